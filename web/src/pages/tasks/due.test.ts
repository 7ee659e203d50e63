import assert from "node:assert/strict";
import { test } from "node:test";
import { urgencyOf } from "./due.ts";

const now = Date.parse("2026-11-25T12:00:00Z");

test("a deadline is over, close or far", () => {
  assert.equal(urgencyOf("2026-11-25T11:59:00Z", now), "overdue");
  assert.equal(urgencyOf("2026-11-25T15:00:00Z", now), "soon");
  assert.equal(urgencyOf("2026-11-26T12:00:00Z", now), "later");
});
