import assert from "node:assert/strict";
import { test } from "node:test";
import { stateOf } from "./state.ts";

const FROM = "2026-12-01T01:00:00Z";
const TO = "2026-12-08T01:00:00Z";

test("an absence is on from its first moment until before its last", () => {
  assert.equal(stateOf(FROM, TO, "2026-12-01T00:59:59Z"), "coming");
  assert.equal(stateOf(FROM, TO, "2026-12-01T09:00:00+08:00"), "now");
  assert.equal(stateOf(FROM, TO, TO), "over");
});
