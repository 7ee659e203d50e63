import { useTranslation } from "react-i18next";
import { PageHead } from "../../ui/PageHead.tsx";

export default function FlowsPage() {
  const { t } = useTranslation("shell");
  return <PageHead title={t("areas.flows")} />;
}
