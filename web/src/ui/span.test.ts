import assert from "node:assert/strict";
import { test } from "node:test";
import { spanOf } from "./span.ts";

test("a length of time is said in the unit a person would use", () => {
  assert.deepEqual(spanOf(59 * 60_000), { count: 59, unit: "minutes" });
  assert.deepEqual(spanOf(26 * 3_600_000), { count: 26, unit: "hours" });
  assert.deepEqual(spanOf(3 * 86_400_000 + 5), { count: 3, unit: "days" });
});

test("what lies ahead has a length like what lies behind", () => {
  assert.deepEqual(spanOf(-2 * 3_600_000), { count: 2, unit: "hours" });
});
