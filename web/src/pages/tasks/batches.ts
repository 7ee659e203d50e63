import type { Schemas } from "../../api/client.ts";
import type { TodoItem } from "./listing.ts";

export type Together = "approve" | "reject" | "complete";
export type ItemOutcome = Schemas["ItemOutcome"];

/** What all of these tasks let their person do; nothing for none of them. */
export function commonActs(items: readonly TodoItem[]): Together[] {
  const acts: Together[] = ["approve", "complete", "reject"];
  return acts.filter((act) => items.length > 0 && items.every((item) => item.task?.actions.includes(act)));
}

/** One request is about one step of one process. */
export function bySteps(items: readonly TodoItem[]): TodoItem[][] {
  const steps = new Map<string, TodoItem[]>();
  for (const item of items) {
    const step = `${item.instance.process}/${(item.task?.node ?? "").split("-")[0]}`;
    steps.set(step, [...(steps.get(step) ?? []), item]);
  }
  return [...steps.values()];
}

/** Whether a task is done with: decided now, or by the same press before. */
export function isThrough(said: ItemOutcome): boolean {
  const verdict = said.outcome?.verdict;
  return verdict === "accepted" || verdict === "duplicate";
}
