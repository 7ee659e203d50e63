import { wayKey } from "../../../flow/layout.ts";
import type { Chip, Mark, Marks } from "../../../flow/marks.ts";
import type { FlowOut } from "../asked.ts";
import { heatOf } from "./heat.ts";

export type Standing = FlowOut["course"]["nodes"][number];
type State = Standing["state"];

/** What the marks say, in the reader's language. */
export interface Words {
  state: (state: State) => string;
  span: (seconds: number) => string;
  dwells: (seconds: number) => string;
  exactly: (at: string) => string;
  say: (label: { zh: string; en: string } | null | undefined) => string;
}

const GRAVEST: State[] = [
  "trouble",
  "current",
  "waiting",
  "returned",
  "done",
  "cancelled",
  "skipped",
  "not_yet",
];
const ACTIVE: State[] = ["trouble", "current", "waiting"];

/** By node; of a step that is done for each item of a list, the one that needs most looking after. */
export function byNode(standings: readonly Standing[]): Map<string, Standing> {
  const found = new Map<string, Standing>();
  for (const one of standings) {
    const before = found.get(one.node);
    if (!before || GRAVEST.indexOf(one.state) < GRAVEST.indexOf(before.state)) found.set(one.node, one);
  }
  return found;
}

/** The picture's marks: the way that was taken, who holds a step and how long, and what was passed by. */
export function marksOf(standings: readonly Standing[], isOver: boolean, words: Words): Marks {
  const marks: Record<string, Mark> = {};
  for (const [node, standing] of byNode(standings)) {
    marks[node] = markOf(standing, isOver, words);
    for (const way of standing.ways ?? []) marks[wayKey(node, String(way))] = { path: "taken" };
  }
  return marks;
}

function markOf(standing: Standing, isOver: boolean, words: Words): Mark {
  const { state } = standing;
  if (state === "not_yet") return isOver ? { path: "not" } : {};
  if (state === "skipped" || state === "cancelled")
    return { path: "not", chips: [{ text: words.state(state) }] };
  return ACTIVE.includes(state) ? held(standing, words) : passed(standing, words);
}

function held({ state, who, seconds, since, cause }: Standing, words: Words): Mark {
  const tone = state === "trouble" ? "bad" : heatOf((seconds ?? 0) * 1000);
  const names = namesOf(who.filter((one) => one.state === "open" || one.state === "waiting"));
  const time: Chip[] =
    seconds != null && since
      ? [{ text: words.dwells(seconds), tone, icon: "time", says: words.exactly(since) }]
      : [];
  const what: Chip = names
    ? { text: names, tone, icon: "person" }
    : { text: words.state(state), tone, ...(cause ? { says: words.say(cause) } : {}) };
  return { path: "taken", ring: tone, chips: [what, ...time] };
}

function passed({ state, who, seconds, outcome, rule }: Standing, words: Words): Mark {
  const row = rule?.rows[0];
  const tone = state === "done" ? "good" : "warn";
  if (row) {
    const text = words.say(row.text);
    return { path: "taken", chips: [{ text, tone, icon: "rule", says: text }] };
  }
  const names = namesOf(who);
  const done: Chip = { text: names || words.say(outcome) || words.state(state), tone, icon: "done" };
  const time: Chip[] = names && seconds ? [{ text: words.span(seconds), icon: "time" }] : [];
  return { path: "taken", chips: [done, ...time] };
}

function namesOf(who: Standing["who"]): string {
  return [...new Set(who.map((one) => one.name || one.person))].join(" · ");
}
