import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "../../ui/Empty.tsx";
import { type Filters, narrows } from "./filters.ts";

export function NothingListed({ filters }: { filters: Filters }) {
  const { t } = useTranslation("tasks");
  const of = narrows(filters) ? "narrowed" : filters.box;
  return (
    <Empty title={t(`empty.${of}.title`)} says={t(`empty.${of}.says`)}>
      {narrows(filters) ? <Link to={`/tasks?box=${filters.box}`}>{t("filters.clear")}</Link> : null}
    </Empty>
  );
}
