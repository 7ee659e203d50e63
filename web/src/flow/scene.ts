/** What the canvas draws, as @xyflow/react takes it. What did not change stays the same object and is not drawn anew. */

import { type Edge, type Node, Position } from "@xyflow/react";
import type { Item, Layout } from "./layout.ts";
import { type Marks, takenLines } from "./marks.ts";
import type { Drawing } from "./model.ts";

export interface Said {
  sentences: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, readonly string[]>>;
  marks: Marks;
  selected: string | null;
  openMenu: string;
  start: { title: string; says: string };
  finish: { title: string; says: string };
}

// @xyflow/react lets presses through a node that it neither selects nor drags itself
const PRESSABLE = { pointerEvents: "all" } as const;

const ABOVE_LINES = 2;

type Kept = Map<string, Node>;

export function nodesOf(layout: Layout, said: Said, isEdited: boolean, kept: Kept): Node[] {
  const shown = isEdited
    ? layout.items
    : layout.items.filter((item) => item.type !== "plus" && item.type !== "pill");
  const nodes = shown.map((item) => reused(nodeOf(item, said), kept.get(item.key)));
  kept.clear();
  for (const node of nodes) kept.set(node.id, node);
  return nodes;
}

function nodeOf(item: Item, said: Said): Node {
  const { width, height } = item;
  const handle = { x: width / 2, width: 1, height: 1 };
  return {
    id: item.key,
    type: item.type,
    position: { x: item.x - width / 2, y: item.y },
    width,
    height,
    style: PRESSABLE,
    zIndex: ABOVE_LINES,
    handles: [
      { ...handle, type: "target", position: Position.Top, y: 0 },
      { ...handle, type: "source", position: Position.Bottom, y: height },
    ],
    data: dataOf(item, said),
  };
}

function dataOf(item: Item, said: Said): Record<string, unknown> {
  const about = {
    sentence: said.sentences[item.key],
    faults: said.faults[item.key],
    mark: said.marks[item.key],
    selected: said.selected === item.key,
  };
  switch (item.type) {
    case "start":
    case "finish":
      return { ...said[item.type], ...about };
    case "step":
      return { step: item.step, ...about };
    case "way":
      return { owner: item.owner, slot: item.slot, ...about };
    case "plus":
      return { spot: item.spot, isOpen: said.openMenu === item.key };
    case "pill":
      return { owner: item.owner };
    case "join":
      return {};
  }
}

function reused(fresh: Node, before: Node | undefined): Node {
  if (!before) return fresh;
  const data = isAlike(fresh.data, before.data) ? before.data : fresh.data;
  const stands = fresh.position.x === before.position.x && fresh.position.y === before.position.y;
  return stands && data === before.data ? before : { ...fresh, data };
}

function isAlike(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  return Object.keys(one).every(
    (key) => one[key] === other[key] || (key === "spot" && isSame(one[key], other[key])),
  );
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function edgesOf(layout: Layout, drawing: Drawing, marks: Marks): Edge[] {
  const isMarked = Object.values(marks).some((mark) => mark.path);
  const taken = isMarked ? takenLines(drawing, marks) : new Set<string>();
  return layout.lines.map(({ from, to, bend, unreached }) => {
    const name = `${from}→${to}`;
    const state = unreached ? "unreached" : taken.has(name) ? "taken" : isMarked ? "not" : "plain";
    return {
      id: name,
      source: from,
      target: to,
      type: "line",
      data: { bend, state },
      zIndex: state === "taken" ? 1 : 0,
      focusable: false,
      selectable: false,
    };
  });
}

export function itemOf(layout: Layout, key: string): Item | undefined {
  return layout.items.find((item) => item.key === key);
}
