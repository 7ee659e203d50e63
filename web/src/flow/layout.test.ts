import assert from "node:assert/strict";
import { test } from "node:test";
import { type Item, layout } from "./layout.ts";
import type { Drawing, Step } from "./model.ts";

const NESTED: Drawing = {
  steps: [
    { approval: "a" },
    {
      branch: "b",
      branches: [
        { when: {}, steps: [{ parallel: "p", branches: [[{ cc: "c" }], [{ cc: "d" }], []] }] },
        { when: {}, steps: [] },
      ],
      otherwise: [{ end: "stop" }],
    },
    { wait: "w", event: "arrived", for: "2d", timeout: [{ work: "chase" }] },
    { each: "line", items: "lines", steps: [{ work: "inspect" }] },
  ],
};

function overlap(one: Item, other: Item): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

test("nothing stands on anything else", () => {
  const { items } = layout(NESTED);
  const pairs = items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
  assert.deepEqual(
    pairs.filter(([one, other]) => overlap(one, other)).map(([one, other]) => [one.key, other.key]),
    [],
  );
});

test("everything lies within the size that is told", () => {
  const { items, width, height } = layout(NESTED);
  for (const item of items) {
    assert.ok(item.x - item.width / 2 >= 0 && item.x + item.width / 2 <= width, item.key);
    assert.ok(item.y + item.height <= height, item.key);
  }
});

test("there is a place for a new step before and behind every other", () => {
  const { items } = layout(NESTED);
  const pluses = items.filter((item) => item.type === "plus");
  // 5 outside, 2+1+2 in the ways, 2+2+1 in the parallel ones, 2 after the time, 2 for every item
  assert.equal(pluses.length, 5 + 5 + 5 + 2 + 2);
  assert.equal(new Set(items.map((item) => item.key)).size, items.length);
});

test("every line joins two things that are there, and leads down", () => {
  const { items, lines } = layout(NESTED);
  const found = new Map(items.map((item) => [item.key, item]));
  for (const { from, to } of lines) {
    const [a, b] = [found.get(from), found.get(to)];
    assert.ok(a && b && a.y < b.y, `${from} ${to}`);
  }
});

test("what lies behind an end is not reached", () => {
  const { lines } = layout(NESTED);
  assert.deepEqual(
    lines.filter((line) => line.unreached).map(({ from, to }) => [from, to]),
    [["stop", "b/join"]],
  );
});

test("a name that is there twice is shown twice", () => {
  const twice: Step[] = [{ cc: "c" }, { cc: "c" }];
  assert.deepEqual(
    layout({ steps: twice })
      .items.filter((item) => item.type === "step")
      .map((item) => item.key),
    ["c", "c#2"],
  );
});

test("the same tree always stands the same", () => {
  assert.deepEqual(layout(NESTED), layout(structuredClone(NESTED)));
});
