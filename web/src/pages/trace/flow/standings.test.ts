import assert from "node:assert/strict";
import { test } from "node:test";
import { standingsOf, type Told } from "./standings.ts";

const nothing: Told = { instance: { halts: [], finished_at: null }, tasks: [], effects: [], lines: [] };

const task = (node: string, person: string, state: "open" | "done", opened_at: string) => ({
  node,
  person,
  name: "",
  state,
  kind: "approval" as const,
  opened_at,
  closed_at: state === "done" ? "2026-11-25T10:00:00Z" : null,
});

test("a step is passed once its tasks are over, and held by those whose tasks are open", () => {
  const tasks = [
    task("check", "wang", "done", "2026-11-25T09:00:00Z"),
    task("approve", "chen", "open", "2026-11-25T10:00:00Z"),
  ];
  const found = standingsOf({ ...nothing, tasks });
  assert.deepEqual(found.get("check")?.state, "passed");
  assert.deepEqual(found.get("approve"), {
    state: "current",
    people: ["chen"],
    since: "2026-11-25T10:00:00Z",
    until: null,
  });
});

test("a step that comes again is held by those asked now, however often it was passed", () => {
  const tasks = [
    task("approve", "wang", "done", "2026-11-24T09:00:00Z"),
    task("approve", "chen", "open", "2026-11-25T09:00:00Z"),
  ];
  assert.deepEqual(standingsOf({ ...nothing, tasks }).get("approve")?.people, ["chen"]);
});

test("an exception makes its step a trouble, and the end of the instance ends every holding", () => {
  const exception = {
    ...task("write_back!", "qian", "open", "2026-11-25T09:00:00Z"),
    kind: "exception" as const,
  };
  const told = { ...nothing, tasks: [exception] };
  assert.equal(standingsOf(told).get("write_back")?.state, "trouble");
  const over = { ...told, instance: { halts: [], finished_at: "2026-11-25T11:00:00Z" } };
  assert.equal(standingsOf(over).get("write_back")?.state, "passed");
});

test("an effect that was sent and not read back is under way", () => {
  const effects = [{ node: "write_back", status: "sent" as const, planned_at: "2026-11-25T09:00:00Z" }];
  assert.equal(standingsOf({ ...nothing, effects }).get("write_back")?.state, "current");
});
