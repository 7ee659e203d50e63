import { ArrowLeftOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { Detail } from "./Detail.tsx";

/** One task on a page of its own. */
export default function TaskPage() {
  const task = useParams()["*"] ?? "";
  return <Page key={task} task={task} instance={null} />;
}

export function Page({ task, instance }: { task: string | null; instance: string | null }) {
  const { t } = useTranslation("tasks");
  const navigate = useNavigate();
  const { key } = useLocation();
  // whoever came by a link from elsewhere stays and sees what became of it
  const left = () => key !== "default" && navigate(-1);
  return (
    <article className="task-page">
      <Link
        to="/tasks"
        className="task-back"
        onClick={(event) => {
          if (key === "default") return;
          event.preventDefault();
          navigate(-1);
        }}
      >
        <ArrowLeftOutlined aria-hidden="true" /> {t("detail.back")}
      </Link>
      <div className="task-sheet card">
        <Detail task={task} instance={instance} left={left} heading="h1" />
      </div>
    </article>
  );
}
