import { useTranslation } from "react-i18next";
import { useSession } from "../../app/session.ts";
import type { TodoItem } from "./listing.ts";

/** For whom the reader does a task that is somebody else's. */
export function ForPerson({ item }: { item: TodoItem }) {
  const { t } = useTranslation("tasks");
  const { person } = useSession();
  const { task } = item;
  if (!task || task.agent !== person.id) return null;
  return <span className="tasks-unread">{t("row.forPerson", { name: task.name || task.person })}</span>;
}
