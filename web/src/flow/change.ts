/** What a person does to the tree. Nothing is changed in place; each gives the tree as it is then. */

import {
  type Drawing,
  idOf,
  type Json,
  kindOf,
  type Path,
  pathOf,
  put,
  type Spot,
  type Step,
  sequenceAt,
  spotBefore,
  stepOf,
  walk,
} from "./model.ts";

export function insert(drawing: Drawing, spot: Spot, steps: readonly Step[]): Drawing {
  const there = sequenceAt(drawing, spot.sequence);
  return put(drawing, spot.sequence, [...there.slice(0, spot.index), ...steps, ...there.slice(spot.index)]);
}

export function remove(drawing: Drawing, id: string): Drawing {
  const path = pathOf(drawing, id);
  if (!path) return drawing;
  const { sequence, index } = spotBefore(path);
  return put(
    drawing,
    sequence,
    sequenceAt(drawing, sequence).filter((_, number) => number !== index),
  );
}

/** To another place; into itself a step cannot go, and then nothing changes. */
export function move(drawing: Drawing, id: string, spot: Spot): Drawing {
  const from = pathOf(drawing, id);
  const step = stepOf(drawing, id);
  if (!from || !step || startsWith(spot.sequence, from)) return drawing;
  const put = insert(drawing, spot, [{ moved: id }]);
  return settle(remove(put, id), id, step);
}

/** Puts the step where its mark is. */
function settle(drawing: Drawing, id: string, step: Step): Drawing {
  const path = walk(drawing).find((one) => one.step.moved === id)?.path;
  return path ? put(drawing, path, step) : drawing;
}

const startsWith = (path: Path, head: Path): boolean =>
  head.length <= path.length && head.every((key, index) => path[index] === key);

/** One place up or down within its sequence. */
export function shift(drawing: Drawing, id: string, by: -1 | 1): Drawing {
  const path = pathOf(drawing, id);
  if (!path) return drawing;
  const { sequence, index } = spotBefore(path);
  const steps = [...sequenceAt(drawing, sequence)];
  const other = steps[index + by];
  const own = steps[index];
  if (!other || !own) return drawing;
  steps[index] = other;
  steps[index + by] = own;
  return put(drawing, sequence, steps);
}

export function rewrite(drawing: Drawing, id: string, step: Step): Drawing {
  const path = pathOf(drawing, id);
  return path ? put(drawing, path, step) : drawing;
}

/** Another way of a branch or a parallel, before `otherwise`. */
export function addWay(step: Step): Step {
  const ways = Array.isArray(step.branches) ? step.branches : [];
  return { ...step, branches: [...ways, kindOf(step) === "parallel" ? [] : { when: {}, steps: [] }] };
}

export function removeWay(step: Step, index: number): Step {
  const ways = Array.isArray(step.branches) ? step.branches : [];
  return ways.length > 1
    ? { ...step, branches: ways.filter((_: Json, number: number) => number !== index) }
    : step;
}

export function moveWay(step: Step, index: number, by: -1 | 1): Step {
  const ways = Array.isArray(step.branches) ? [...step.branches] : [];
  const [own, other] = [ways[index], ways[index + by]];
  if (own === undefined || other === undefined) return step;
  ways[index] = other;
  ways[index + by] = own;
  return { ...step, branches: ways };
}

export function idsIn(drawing: Drawing): Set<string> {
  return new Set(walk(drawing).map(({ step }) => idOf(step)));
}

/** `approval`, or `approval_2` where there is one already. */
export function freeId(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}_${number}`)) return `${base}_${number}`;
}

/** The same step under names that are free; what its parts say of each other goes by the new names too. */
export function copied(step: Step, taken: ReadonlySet<string>): Step {
  const known = new Set(taken);
  const names = new Map<string, string>();
  for (const { step: inner } of walk({ steps: [step] })) {
    const name = freeId(idOf(inner).replace(/_\d+$/, ""), known);
    known.add(name);
    names.set(idOf(inner), name);
  }
  return renamed(step, names) as Step;
}

const NAMING = new Set(["from", "did", "to_node", "apart_from"]);

function renamed(value: Json | undefined, names: ReadonlyMap<string, string>, key = ""): Json | undefined {
  if (typeof value === "string") return renamedText(value, names, key);
  if (Array.isArray(value)) return value.map((one: Json) => renamed(one, names, key) as Json);
  if (value === null || typeof value !== "object") return value;
  return renamedFields(value as Step, names, key);
}

function renamedFields(value: Step, names: ReadonlyMap<string, string>, key: string): Step {
  const kind = kindOf(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      name === kind && typeof inner === "string" && names.has(inner)
        ? [name, names.get(inner)]
        : [key === "when" ? headRenamed(name, names) : name, renamed(inner, names, name)],
    ),
  );
}

function renamedText(text: string, names: ReadonlyMap<string, string>, key: string): string {
  if (NAMING.has(key)) return headRenamed(text, names);
  return text.replace(/\{([a-z][a-z0-9_]*)(?=[.}])/g, (all, head: string) =>
    names.has(head) ? `{${names.get(head)}` : all,
  );
}

function headRenamed(path: string, names: ReadonlyMap<string, string>): string {
  const [head = "", ...rest] = path.split(".");
  return [names.get(head) ?? head, ...rest].join(".");
}
