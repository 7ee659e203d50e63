import type { PassedStep, StepState } from "../../../flow/passage.ts";
import type { Task } from "./acts.ts";

const STATES: Record<Task["state"], StepState> = {
  open: "current",
  waiting: "waiting",
  done: "done",
  cancelled: "cancelled",
};

/** The steps that people were asked at so far, in the order in which they were. */
export function stepsOf(tasks: readonly Task[]): PassedStep[] {
  const visits = new Map<string, Task[]>();
  const inOrder = [...tasks].sort((one, other) => Date.parse(one.opened_at) - Date.parse(other.opened_at));
  for (const task of inOrder) {
    const visit = `${task.node}/${task.epoch}`;
    visits.set(visit, [...(visits.get(visit) ?? []), task]);
  }
  return [...visits].map(([key, asked]) => stepOf(key, asked));
}

function stepOf(key: string, asked: Task[]): PassedStep {
  const first = asked[0] as Task;
  const isOver = asked.every((task) => task.state === "done" || task.state === "cancelled");
  const ends = asked.map((task) => task.closed_at ?? "").sort();
  return {
    key,
    title: first.title,
    kind: first.kind,
    state: stateOf(asked),
    people: asked.map((task) => ({
      key: task.id,
      name: task.name || task.person,
      state: turnsDown(task) ? "rejected" : STATES[task.state],
      action: task.action ?? null,
      opinion: task.opinion,
    })),
    since: first.opened_at,
    note: null,
    until: isOver ? (ends.at(-1) ?? null) || null : null,
  };
}

function stateOf(asked: readonly Task[]): StepState {
  const open = asked.find((task) => task.state === "open");
  if (open) return open.kind === "exception" ? "trouble" : "current";
  if (asked.some((task) => task.state === "waiting")) return "waiting";
  if (asked.some(turnsDown)) return "rejected";
  return asked.some((task) => task.state === "done") ? "done" : "cancelled";
}

function turnsDown(task: Task): boolean {
  return task.state === "done" && (task.action === "reject" || task.action === "return");
}
