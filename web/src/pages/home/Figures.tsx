import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { countsQuery } from "../tasks/asked.ts";

const FIGURES = [
  { name: "open", to: "/tasks" },
  { name: "overdue", to: "/tasks?due=overdue" },
  { name: "due_today", to: "/tasks?due=today" },
  { name: "copied_unread", to: "/tasks?box=copied" },
  { name: "started_running", to: "/tasks?box=started" },
] as const;

/** How much there is, each figure a way to it. */
export function Figures() {
  const { t } = useTranslation("home");
  const { data: counts } = useQuery(countsQuery);
  return (
    <nav className="figures" aria-label={t("figures.label")}>
      {FIGURES.map(({ name, to }) => {
        const count = counts?.[name];
        return (
          <Link key={name} to={to} className={count ? `figure card figure-${name}` : "figure card"}>
            <strong className="number">{count ?? "–"}</strong>
            <span className="muted">{t(`figures.${name}`)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
