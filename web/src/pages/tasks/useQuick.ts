import { App } from "antd";
import { useLabel } from "../../app/label.ts";
import { useDecide } from "./deciding.ts";
import { actsOf } from "./detail/acts.ts";
import type { TodoItem } from "./listing.ts";
import { howTold } from "./press.ts";

/** Decides a task from its line, where nothing more has to be said; false where it has to be opened. */
export function useQuick(): (item: TodoItem) => boolean {
  const decide = useDecide();
  const { message } = App.useApp();
  const say = useLabel();
  return (item) => {
    const { task } = item;
    if (!task || !isQuick(item)) return false;
    void decide(task, { action: actsOf(task).primary ?? "approve" }).then((outcome) => {
      const told = outcome && howTold(outcome);
      if (told === "not_done" || told === "stale") void message.warning(say(outcome?.message), 6);
    });
    return true;
  };
}

/** What may be decided together with others needs nothing filled in, nor to be looked at by itself. */
export function isQuick(item: TodoItem): boolean {
  const primary = item.task ? actsOf(item.task).primary : undefined;
  return item.batch && (primary === "approve" || primary === "complete");
}
