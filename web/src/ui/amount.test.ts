import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped } from "./amount.ts";

test("digits of an amount are grouped and none is lost", () => {
  assert.equal(grouped("128600.00"), "128,600.00");
  assert.equal(grouped("-1234567890123456789.5"), "-1,234,567,890,123,456,789.5");
  assert.equal(grouped("999"), "999");
});

test("what is no decimal stays as it is", () => {
  assert.equal(grouped("约 5000"), "约 5000");
});
