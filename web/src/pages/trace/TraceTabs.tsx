import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useMay } from "../../app/session.ts";
import "./trace.css";

/** All instances, and for administrators those that are stuck. */
export function TraceTabs() {
  const { t } = useTranslation("trace");
  const isAdmin = useMay()("admin");
  if (!isAdmin) return null;
  return (
    <nav className="trace-tabs" aria-label={t("title")}>
      <NavLink to="/instances" end>
        {t("tabs.all")}
      </NavLink>
      <NavLink to="/instances/stuck">{t("tabs.stuck")}</NavLink>
    </nav>
  );
}
