import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { spanOf } from "../../ui/span.ts";
import { urgencyOf } from "./due.ts";
import "./standing.css";

/** How much time a deadline leaves, or how long it has passed; the exact moment on hover. */
export function DueChip({ due }: { due: string }) {
  const { t } = useTranslation("tasks");
  const { t: shell } = useTranslation("shell");
  const now = Date.now();
  const urgency = urgencyOf(due, now);
  const { count, unit } = spanOf(Date.parse(due) - now);
  return (
    <time
      className={`due due-${urgency} number`}
      dateTime={due}
      title={t("due.exact", { at: dayjs(due).format("YYYY-MM-DD HH:mm") })}
    >
      {t(`due.${urgency}`, { span: shell(`span.${unit}`, { count }) })}
    </time>
  );
}
