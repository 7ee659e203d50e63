import assert from "node:assert/strict";
import { test } from "node:test";
import type { Task } from "./acts.ts";
import { stepsOf } from "./fromTasks.ts";

const task = (some: Partial<Task>): Task =>
  ({
    id: String(some.person),
    kind: "approval",
    epoch: 1,
    name: "",
    opinion: "",
    title: { zh: "", en: "" },
    closed_at: null,
    ...some,
  }) as Task;

test("those who are asked at the same step stand together, in the order in which they were asked", () => {
  const steps = stepsOf([
    task({ node: "b", person: "li", state: "open", opened_at: "2026-11-25T10:00:00Z" }),
    task({
      node: "a",
      person: "wang",
      state: "done",
      opened_at: "2026-11-25T08:00:00Z",
      closed_at: "2026-11-25T10:00:00Z",
    }),
    task({
      node: "b",
      person: "chen",
      state: "done",
      opened_at: "2026-11-25T10:00:00Z",
      closed_at: "2026-11-25T11:00:00Z",
    }),
  ]);
  assert.deepEqual(
    steps.map((step) => [step.key, step.state, step.until, step.people.length]),
    [
      ["a/1", "done", "2026-11-25T10:00:00Z", 1],
      ["b/1", "current", null, 2],
    ],
  );
});

test("a rejection is seen, and of whom", () => {
  const opened_at = "2026-11-25T10:00:00Z";
  const [step] = stepsOf([
    task({ node: "a", person: "li", state: "done", action: "reject", opened_at }),
    task({ node: "a", person: "chen", state: "cancelled", opened_at }),
  ]);
  assert.deepEqual(
    [step?.state, step?.people.map((one) => one.state)],
    ["rejected", ["rejected", "cancelled"]],
  );
});

test("a step that nobody has to do any more is cancelled, and a trouble is one", () => {
  const opened_at = "2026-11-25T10:00:00Z";
  assert.equal(
    stepsOf([task({ node: "a", person: "li", state: "cancelled", opened_at })])[0]?.state,
    "cancelled",
  );
  assert.equal(
    stepsOf([task({ node: "a!", person: "li", state: "open", kind: "exception", opened_at })])[0]?.state,
    "trouble",
  );
});
