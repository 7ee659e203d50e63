import assert from "node:assert/strict";
import { test } from "node:test";
import { type Comparison, partsOf, shapeOf } from "./figure.ts";

test("the parts of a condition make the same condition again", () => {
  for (const comparison of ["any", "below", "at_most", "above", "at_least", "is", "is_not"] as Comparison[]) {
    const parts = { comparison, low: comparison === "any" ? "" : "5", high: "", lowIn: true, highIn: true };
    const shape = shapeOf(parts);
    assert.ok(shape);
    assert.deepEqual(partsOf(shape), parts);
  }
  const between = { comparison: "between" as const, low: "5", high: "9", lowIn: false, highIn: true };
  const shape = shapeOf(between);
  assert.ok(shape);
  assert.deepEqual(partsOf(shape), between);
});

test("a bound that is missing makes no condition yet, and several spans are typed", () => {
  assert.equal(shapeOf({ comparison: "between", low: "5", high: "", lowIn: true, highIn: true }), null);
  const one = { low: "5", low_in: true, high: "5", high_in: true };
  assert.equal(partsOf({ negated: false, spans: [one, { ...one, low: "7", high: "7" }] }), null);
});
