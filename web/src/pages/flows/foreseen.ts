/** What the server foresaw, as the canvas shows it. */

import type { TFunction } from "i18next";
import type { Schemas } from "../../api/client.ts";
import { FINISH, START, wayKey } from "../../flow/layout.ts";
import type { Chip, Mark } from "../../flow/marks.ts";
import { type Drawing, kindOf, OTHERWISE, slotsOf, stepOf } from "../../flow/model.ts";
import { say } from "./words.ts";

export type Foresight = Schemas["Foresight"];
export type Foreseen = Schemas["Foreseen"];

const PATHS = { taken: "taken", not_taken: "not", maybe: "maybe" } as const;
const NAMED = 2;

export function foreseenMarks(
  seen: Foresight,
  drawing: Drawing,
  t: TFunction,
  lang: string,
): Record<string, Mark> {
  const marks: Record<string, Mark> = { [START]: { path: "taken" } };
  for (const [node, places] of byNode(seen.nodes)) {
    const best = places.find((one) => one.state === "taken") ?? places[0];
    if (!best) continue;
    marks[node] = { path: PATHS[best.state], chips: chipsOf(places, t, lang) };
    Object.assign(marks, wayMarks(node, places, drawing));
  }
  const ends = say(seen.ends, lang);
  marks[FINISH] = seen.outcome
    ? { path: "taken", chips: [{ text: ends, tone: "good" }] }
    : { path: "maybe", chips: [{ text: ends, tone: "warn", says: ends }] };
  return marks;
}

/** A step within a list is there once for every item. */
export function byNode(nodes: readonly Foreseen[]): Map<string, Foreseen[]> {
  const found = new Map<string, Foreseen[]>();
  for (const one of nodes) found.set(one.node, [...(found.get(one.node) ?? []), one]);
  return found;
}

function wayMarks(node: string, places: readonly Foreseen[], drawing: Drawing): Record<string, Mark> {
  const step = stepOf(drawing, node);
  const slots = step ? slotsOf(step) : [];
  const taken = new Set(places.flatMap((one) => one.ways));
  const isMaybe = places.every((one) => one.state === "maybe");
  const isTaken = places.some((one) => one.state === "taken");
  const isChosen = step !== null && kindOf(step) === "branch";
  const rest = slots.filter((slot) => slot.name !== OTHERWISE).length;
  return Object.fromEntries(
    slots.map((slot, index) => {
      const number = slot.name === OTHERWISE ? rest : index;
      const goes = isChosen ? taken.has(number) : isTaken && slot.name !== "timeout";
      return [wayKey(node, slot.name), { path: isMaybe ? "maybe" : goes ? "taken" : "not" } satisfies Mark];
    }),
  );
}

function chipsOf(places: readonly Foreseen[], t: TFunction, lang: string): Chip[] {
  const taken = places.filter((one) => one.state === "taken");
  const trouble = taken.find((one) => one.trouble);
  if (trouble) return [{ text: say(trouble.trouble, lang), tone: "bad", says: say(trouble.trouble, lang) }];
  const [first] = taken;
  if (!first) {
    const why = say(places[0]?.why, lang);
    return why ? [{ text: why, says: why }] : [];
  }
  if (first.rule) {
    const rows = first.rule.rows.map((row) => say(row.text, lang)).join(t("trial.and"));
    return [{ text: rows, tone: "busy", icon: "rule", says: `${say(first.rule.title, lang)}: ${rows}` }];
  }
  const asked = taken.flatMap((one) => one.who);
  if (asked.length) return [whoChip(first.kind, asked, t, lang)];
  const why = say(first.why, lang);
  return why ? [{ text: why, tone: "warn", says: why }] : [];
}

type Asked = Foreseen["who"][number];

export const nameOf = (one: Asked, t: TFunction): string =>
  one.agent_name ? t("trial.agent", { agent: one.agent_name, name: one.name }) : one.name;

function whoChip(kind: string, asked: readonly Asked[], t: TFunction, lang: string): Chip {
  const names = [...new Set(asked.map((one) => nameOf(one, t)))];
  const few = names.slice(0, NAMED).join(t("trial.and"));
  const who = names.length > NAMED ? t("trial.andMore", { few, count: names.length }) : few;
  const whys = asked.map((one) => `${nameOf(one, t)}: ${say(one.why, lang)}`).join("\n");
  return { text: t(`trial.does.${kind}`, { who }), tone: "busy", icon: "person", says: whys };
}

/** A case that expects what was foreseen: everybody agrees, in this order. */
export function caseOf(
  name: string,
  seen: Foresight,
  drawing: Drawing,
  initiator: string,
  document: object,
): object {
  const coming = seen.order
    .map((place) => seen.nodes.find((one) => one.at === place))
    .filter((one): one is Foreseen => one !== undefined);
  const decided = coming.filter((one) => one.kind === "approval" || one.kind === "work");
  const script = decided.flatMap((one) =>
    actors(one, drawing).map((who) => ({
      as: who.person,
      do: one.kind === "approval" ? "approve" : "complete",
      node: one.at,
    })),
  );
  return {
    name,
    start: { initiator, document },
    script,
    expect: {
      outcome: seen.outcome,
      effects: coming.filter((one) => one.effect).map((one) => one.at),
      told: coming.filter((one) => one.kind === "cc").flatMap((one) => one.who.map((who) => who.person)),
    },
  };
}

/** Where one is enough, only the first acts. */
function actors(one: Foreseen, drawing: Drawing): readonly Asked[] {
  const step = stepOf(drawing, one.node);
  return step?.mode === "any" || step?.assign === "claim" ? one.who.slice(0, 1) : one.who;
}
