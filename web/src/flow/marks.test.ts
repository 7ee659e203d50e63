import assert from "node:assert/strict";
import { test } from "node:test";
import { type Marks, takenLines } from "./marks.ts";
import type { Drawing } from "./model.ts";

const DRAWING: Drawing = {
  steps: [
    { approval: "a" },
    { work: "passed_over" },
    { branch: "b", branches: [{ steps: [{ cc: "c" }] }, { steps: [] }], otherwise: [{ work: "w" }] },
    { effect: "e" },
  ],
};

test("the path leads through the ways that are taken, and past what is passed over", () => {
  const marks: Marks = {
    a: { path: "taken" },
    passed_over: { path: "not" },
    b: { path: "taken" },
    "b/1": { path: "taken" },
    e: { path: "taken" },
  };
  assert.deepEqual(
    [...takenLines(DRAWING, marks)],
    ["start→a", "a→passed_over", "passed_over→b", "b→b/1", "b/1→b/join", "b/join→e"],
  );
});

test("it stops where nobody knows how it goes on", () => {
  const marks: Marks = { a: { path: "taken" }, b: { path: "taken" }, c: { path: "taken" } };
  assert.deepEqual([...takenLines(DRAWING, marks)].slice(-2), ["b→b/0", "b/0→c"]);
});
