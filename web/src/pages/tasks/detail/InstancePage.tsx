import { useParams } from "react-router";
import { Page } from "./TaskPage.tsx";

/** What one started, on a page of its own. */
export default function InstancePage() {
  const instance = useParams()["*"] ?? "";
  return <Page key={instance} task={null} instance={instance} />;
}
