import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "../ui/Empty.tsx";

export function NotFound() {
  const { t } = useTranslation("shell");
  return (
    <Empty isPage title={t("notFound.title")} says={t("notFound.says")}>
      <Link to="/">{t("notFound.home")}</Link>
    </Empty>
  );
}
