import assert from "node:assert/strict";
import { test } from "node:test";
import { holdersOf } from "./holders.ts";

const task = (
  state: "open" | "done" | "waiting",
  opened_at: string,
  kind: "approval" | "cc" = "approval",
) => ({
  state,
  kind,
  opened_at,
});

test("whoever has waited longest is named first, and copies hold nothing up", () => {
  const late = task("open", "2026-11-25T09:00:00Z");
  const early = task("open", "2026-11-24T09:00:00Z");
  const copy = task("open", "2026-11-23T09:00:00Z", "cc");
  assert.deepEqual(holdersOf([late, copy, task("done", "2026-11-20T09:00:00Z"), early]), [early, late]);
});
