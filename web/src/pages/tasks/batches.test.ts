import assert from "node:assert/strict";
import { test } from "node:test";
import { bySteps, commonActs, isThrough } from "./batches.ts";
import type { TodoItem } from "./listing.ts";

const item = (process: string, node: string, actions: string[]): TodoItem =>
  ({ task: { id: node, node, actions }, instance: { process } }) as unknown as TodoItem;

test("together one can do what each of them lets one do", () => {
  const approval = item("p", "check", ["approve", "reject"]);
  assert.deepEqual(commonActs([approval, approval]), ["approve", "reject"]);
  assert.deepEqual(commonActs([approval, item("p", "work", ["complete"])]), []);
  assert.deepEqual(commonActs([]), []);
});

test("tasks of one step go together, also those of several items of a list", () => {
  const groups = bySteps([item("p", "check-1", []), item("p", "check-2", []), item("q", "check", [])]);
  assert.deepEqual(
    groups.map((group) => group.length),
    [2, 1],
  );
});

test("only what was decided is done with", () => {
  const message = { zh: "", en: "" };
  const of = (verdict: "accepted" | "late") => ({
    id: "1",
    outcome: { status: "answered", verdict, message },
  });
  assert.equal(isThrough(of("accepted")), true);
  assert.equal(isThrough(of("late")), false);
  assert.equal(isThrough({ id: "1", skipped: message }), false);
});
