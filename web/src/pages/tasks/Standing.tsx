import { useTranslation } from "react-i18next";
import { Dwell, When } from "../../ui/Dwell.tsx";
import { StatusTag } from "../../ui/StatusTag.tsx";
import { DueChip } from "./DueChip.tsx";
import type { Box } from "./filters.ts";
import type { TodoItem } from "./listing.ts";
import "./standing.css";

/** How a line stands in time: what is open waits and has a deadline; what is over was once done. */
export function Standing({ box, item }: { box: Box; item: TodoItem }) {
  const { t } = useTranslation("tasks");
  const { instance, task } = item;
  if (box === "open") {
    return (
      <span className="standing">
        {item.due_at ? <DueChip due={item.due_at} /> : null}
        <span className="muted">
          {t("row.dwell")} <Dwell since={item.dwell_since} />
        </span>
      </span>
    );
  }
  if (box === "done") {
    return (
      <span className="standing">
        <span>{task?.action ? t(`did.${task.action}`, { defaultValue: "" }) : null}</span>
        <span className="muted">
          <When at={item.dwell_since} format="MM-DD HH:mm" />
        </span>
      </span>
    );
  }
  return (
    <span className="standing">
      <StatusTag status={instance.status} outcome={instance.outcome} />
      <span className="muted">
        <When at={item.dwell_since} format="MM-DD HH:mm" />
      </span>
    </span>
  );
}
