/** Where everything stands: a pure function of the tree, in pixels of the canvas at its own scale. */

import {
  type Drawing,
  hasTimeout,
  idOf,
  type Kind,
  kindOf,
  type Path,
  type Slot,
  type Spot,
  type Step,
  slotsOf,
} from "./model.ts";

export const CARD = { width: 224, height: 76 };
export const HEAD = { width: 224, height: 60 };
export const PLUS = 28;
export const DOT = 8;
const GAP = 60;
const COLUMN_GAP = 40;
const FORK = 68;
export const PILL = { width: 112, height: 28 };
const MERGE = 28;

interface At {
  key: string;
  /** The middle of its upper edge. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Something that is drawn at a place. */
export type Item = At &
  (
    | { type: "start" | "finish" | "join" }
    | { type: "step"; step: Step; path: Path }
    | { type: "way"; owner: Step; slot: string; ownerPath: Path; last: boolean }
    | { type: "plus"; spot: Spot; after: string }
    | { type: "pill"; owner: Step }
  );

/** From one item to another; `bend` is where a line that changes columns turns. `way` is the column it belongs to. */
export interface Line {
  from: string;
  to: string;
  bend: "early" | "late";
  /** Behind a step that ends everything. */
  unreached: boolean;
}

export interface Layout {
  items: Item[];
  lines: Line[];
  width: number;
  height: number;
}

interface Block {
  items: Item[];
  lines: Line[];
  left: number;
  right: number;
  height: number;
  tail: string;
  ends: boolean;
}

export const START = "start";
export const FINISH = "finish";

export const wayKey = (owner: string, slot: string): string => `${owner}/${slot}`;

/** A repeated name is told apart, so that a drawing with that fault can still be shown and mended. */
type Named = (step: Step) => string;

function naming(): Named {
  const times = new Map<string, number>();
  return (step) => {
    const id = idOf(step);
    const number = (times.get(id) ?? 0) + 1;
    times.set(id, number);
    return number === 1 ? id : `${id}#${number}`;
  };
}

export function layout(drawing: Drawing): Layout {
  const start: Item = { type: "start", key: START, x: 0, y: 0, ...CARD };
  const block = column(drawing.steps, ["steps"], START, CARD.height, naming());
  const finish: Item = { type: "finish", key: FINISH, x: 0, y: CARD.height + block.height, ...CARD };
  const items = [start, ...block.items, finish];
  const lines = [...block.lines, line(block.tail, FINISH, block.ends)];
  const left = Math.min(-CARD.width / 2, block.left);
  const right = Math.max(CARD.width / 2, block.right);
  return {
    items: items.map((item) => ({ ...item, x: item.x - left })),
    lines,
    width: right - left,
    height: finish.y + CARD.height,
  };
}

const line = (from: string, to: string, unreached: boolean, bend: Line["bend"] = "early"): Line => ({
  from,
  to,
  unreached,
  bend,
});

/** One sequence around x = 0, below `y`, that begins behind `head`; its last gap belongs to it. */
function column(steps: readonly Step[], path: Path, head: string, y: number, name: Named): Block {
  const whole: Block = {
    items: [],
    lines: [],
    left: -CARD.width / 2,
    right: CARD.width / 2,
    height: 0,
    tail: head,
    ends: false,
  };
  const gap = (index: number) => {
    const top = y + whole.height + (GAP - PLUS) / 2;
    const key = `+${path.join(".")}.${index}`;
    whole.items.push({
      type: "plus",
      key,
      x: 0,
      y: top,
      width: PLUS,
      height: PLUS,
      spot: { sequence: path, index },
      after: whole.tail,
    });
    whole.height += GAP;
  };
  steps.forEach((step, index) => {
    gap(index);
    const block = stepBlock(step, [...path, index], y + whole.height, name);
    const [first] = block.items;
    if (first) whole.lines.push(line(whole.tail, first.key, whole.ends));
    whole.items.push(...block.items);
    whole.lines.push(...block.lines);
    whole.left = Math.min(whole.left, block.left);
    whole.right = Math.max(whole.right, block.right);
    whole.height += block.height;
    whole.tail = block.tail;
    whole.ends = whole.ends || block.ends;
  });
  gap(steps.length);
  return whole;
}

function stepBlock(step: Step, path: Path, y: number, name: Named): Block {
  const key = name(step);
  const card: Item = { type: "step", key, x: 0, y, ...CARD, step, path };
  const alone: Block = {
    items: [card],
    lines: [],
    left: -CARD.width / 2,
    right: CARD.width / 2,
    height: CARD.height,
    tail: key,
    ends: endsAll(step),
  };
  const slots = slotsOf(step);
  return slots.length ? forked(step, key, path, slots, alone, name) : alone;
}

const endsAll = (step: Step): boolean =>
  kindOf(step) === "end" && !Object.keys((step.when as Step | null | undefined) ?? {}).length;

/** The card, its ways side by side below it, and the dot where they come together. */
function forked(step: Step, key: string, path: Path, slots: Slot[], alone: Block, name: Named): Block {
  const [card] = alone.items;
  const top = (card?.y ?? 0) + CARD.height + FORK;
  const ways = slots.map((slot, index) => way(step, key, path, slot, index === slots.length - 1, top, name));
  const kind: Kind = kindOf(step);
  // what happens in time passes a wait by, beside what is done when it does not
  const passing = kind === "wait" && hasTimeout(step) ? CARD.width / 2 : 0;
  const width =
    ways.reduce((sum, one) => sum + one.right - one.left, 0) + COLUMN_GAP * (ways.length - 1) + passing;
  const deepest = Math.max(...ways.map((one) => one.height));
  const join = `${key}/join`;
  const joinY = top + deepest + MERGE;
  let left = -width / 2 + passing;
  const pill: Item = { type: "pill", key: `${key}/pill`, x: 0, y: top - FORK + 12, ...PILL, owner: step };
  const whole: Block = {
    items: kind === "branch" || kind === "parallel" ? [...alone.items, pill] : [...alone.items],
    lines: passing ? [line(key, join, false)] : [],
    left: Math.min(alone.left, -width / 2),
    right: Math.max(alone.right, width / 2),
    height: CARD.height + FORK + deepest + MERGE + DOT,
    tail: join,
    ends: kind !== "wait" && ways.every((one) => one.ends),
  };
  for (const one of ways) {
    const x = left - one.left;
    whole.items.push(...one.items.map((item) => ({ ...item, x: item.x + x })));
    whole.lines.push(
      line(key, one.items[0]?.key ?? join, false),
      ...one.lines,
      line(one.tail, join, one.ends, "late"),
    );
    left += one.right - one.left + COLUMN_GAP;
  }
  whole.items.push({ type: "join", key: join, x: 0, y: joinY, width: DOT, height: DOT });
  return whole;
}

function way(
  owner: Step,
  key: string,
  ownerPath: Path,
  slot: Slot,
  last: boolean,
  y: number,
  name: Named,
): Block {
  const head: Item = {
    type: "way",
    key: wayKey(key, slot.name),
    x: 0,
    y,
    ...HEAD,
    owner,
    ownerPath,
    slot: slot.name,
    last,
  };
  const block = column(slot.steps, [...ownerPath, ...slot.path], head.key, y + HEAD.height, name);
  return { ...block, items: [head, ...block.items], height: HEAD.height + block.height };
}
