import assert from "node:assert/strict";
import { test } from "node:test";
import { heatOf } from "./heat.ts";

test("a step grows hot with the days it has lasted", () => {
  const hours = (count: number) => heatOf(count * 3_600_000);
  assert.deepEqual([hours(1), hours(25), hours(80)], ["busy", "warn", "bad"]);
});
