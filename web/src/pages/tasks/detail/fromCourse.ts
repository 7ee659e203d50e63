import type { Label, Schemas } from "../../../api/client.ts";
import type { PassedStep, StepPerson, StepState } from "../../../flow/passage.ts";

type Standing = Schemas["Standing"];
type Part = Schemas["Part"];

const AROUND = new Set(["branch", "parallel", "each"]);

const STATES: Record<Standing["state"], StepState> = {
  not_yet: "ahead",
  waiting: "waiting",
  current: "current",
  done: "done",
  skipped: "skipped",
  returned: "rejected",
  cancelled: "cancelled",
  trouble: "trouble",
};

const OF_PERSON: Record<Part["state"], StepState> = {
  open: "current",
  waiting: "waiting",
  done: "done",
  cancelled: "cancelled",
};

/** The steps from top to bottom: what was done and what is still ahead, and beside them what nobody drew, such as
 * amending after a return. What merely holds other steps is left out. */
export function stepsOf(course: Pick<Schemas["Course"], "nodes" | "beside">): PassedStep[] {
  const drawn = course.nodes.filter((one) => !AROUND.has(one.kind));
  return [...drawn, ...course.beside].map(stepOf);
}

function stepOf(one: Standing): PassedStep {
  return {
    key: one.at,
    title: one.title,
    kind: one.kind,
    state: STATES[one.state],
    people: one.who.map(personOf),
    since: one.since ?? null,
    until: one.until ?? null,
    note: one.cause ?? rowsOf(one) ?? null,
  };
}

function personOf(part: Part): StepPerson {
  const turnsDown = part.action === "reject" || part.action === "return";
  return {
    key: part.task,
    name: part.name || part.person,
    state: turnsDown ? "rejected" : OF_PERSON[part.state],
    action: part.action ?? null,
    opinion: part.opinion,
  };
}

/** By which row a rule decided, in words. */
function rowsOf(one: Standing): Label | undefined {
  const rows = one.rule?.rows ?? [];
  if (!rows.length) return undefined;
  return {
    zh: rows.map((row) => row.text.zh).join("; "),
    en: rows.map((row) => row.text.en).join("; "),
  };
}
