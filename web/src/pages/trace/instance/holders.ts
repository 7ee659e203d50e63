import type { Task } from "../asked.ts";

type Held = Pick<Task, "state" | "kind" | "opened_at">;

/** The tasks that the instance waits for now, the longest waiting first; copies wait for nobody. */
export function holdersOf<T extends Held>(tasks: readonly T[]): T[] {
  return tasks
    .filter((task) => task.state === "open" && task.kind !== "cc")
    .sort((one, other) => one.opened_at.localeCompare(other.opened_at));
}
