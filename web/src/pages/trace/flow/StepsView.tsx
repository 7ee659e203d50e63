import { useSuspenseQuery } from "@tanstack/react-query";
import type { PassedStep, StepState } from "../../../flow/passage.ts";
import { StepList } from "../../../flow/StepList.tsx";
import { flowQuery, type InstanceOut } from "../asked.ts";
import type { Standing } from "./standing.ts";

const STATES: Record<Standing["state"], StepState> = {
  not_yet: "ahead",
  waiting: "waiting",
  current: "current",
  done: "done",
  skipped: "skipped",
  returned: "ahead",
  cancelled: "cancelled",
  trouble: "trouble",
};
const OF_TASKS: Record<Standing["who"][number]["state"], StepState> = {
  open: "current",
  waiting: "waiting",
  done: "done",
  cancelled: "cancelled",
};

/** The steps from top to bottom, as the server tells them; readable on a phone. */
export default function StepsView({ of: shown }: { of: InstanceOut }) {
  const { data: flow } = useSuspenseQuery(flowQuery(shown.instance.id));
  const standings = [...flow.course.nodes, ...flow.course.beside];
  return (
    <div className="card trace-steps">
      <StepList steps={standings.map(stepOf)} />
    </div>
  );
}

function stepOf(one: Standing): PassedStep {
  const people = one.who.map((part) => ({
    key: part.task,
    name: part.name || part.person,
    state: part.action === "reject" ? ("rejected" as const) : OF_TASKS[part.state],
    action: part.action ?? null,
    opinion: part.opinion,
  }));
  const { at, title, kind, state, since = null, until = null } = one;
  const note = one.cause ?? one.rule?.rows[0]?.text ?? null;
  return { key: at, title, kind, state: STATES[state], people, since, until, note };
}
