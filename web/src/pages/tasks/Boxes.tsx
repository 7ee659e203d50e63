import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { countsQuery } from "./asked.ts";
import { addressOf, BOXES, type Box, type Filters, inBox } from "./filters.ts";
import type { TodoCounts } from "./listing.ts";

const COUNTED: Partial<Record<Box, keyof TodoCounts>> = {
  open: "open",
  started: "started_running",
  copied: "copied_unread",
};

/** The four lists, with how many there are to look at. */
export function Boxes({ filters }: { filters: Filters }) {
  const { t } = useTranslation("tasks");
  const { data: counts } = useQuery(countsQuery);
  return (
    <nav className="boxes" aria-label={t("boxesLabel")}>
      {BOXES.map((box) => {
        const counted = COUNTED[box];
        const count = counted && counts ? counts[counted] : 0;
        return (
          <Link
            key={box}
            to={`/tasks?${addressOf(inBox(filters, box))}`}
            className="box"
            aria-current={box === filters.box ? "page" : undefined}
          >
            {t(`boxes.${box}`)}
            {count ? <span className="box-count number">{count}</span> : null}
          </Link>
        );
      })}
    </nav>
  );
}
