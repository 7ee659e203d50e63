import assert from "node:assert/strict";
import { test } from "node:test";
import { isNow } from "./now.ts";

const week = { from: "2026-11-23T00:00:00Z", to: "2026-11-28T00:00:00Z" };

test("somebody is away from the first moment until before the last", () => {
  assert.equal(isNow(week, Date.parse("2026-11-23T00:00:00Z")), true);
  assert.equal(isNow(week, Date.parse("2026-11-27T23:59:59Z")), true);
  assert.equal(isNow(week, Date.parse("2026-11-28T00:00:00Z")), false);
  assert.equal(isNow(week, Date.parse("2026-11-22T23:59:59Z")), false);
});
