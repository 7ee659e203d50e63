import assert from "node:assert/strict";
import { test } from "node:test";
import { asSearch, filtersIn, isFiltered, NO_FILTERS, seldomSet, withProcess } from "./filters.ts";

test("filters survive in the address, so that a search can be sent to somebody", () => {
  const wanted = { ...NO_FILTERS, q: "PR-7", status: "troubled", since: "2026-11-01" };
  assert.deepEqual(filtersIn(new URLSearchParams(asSearch(wanted))), wanted);
});

test("what is empty is no filter and does not stand in the address", () => {
  assert.deepEqual(asSearch(NO_FILTERS), {});
  assert.equal(isFiltered(filtersIn(new URLSearchParams("q=%20&after=x"))), false);
});

test("another process lets go of the step and the release of the former one", () => {
  const before = { ...NO_FILTERS, process: "a", node: "approve", release: "a@1", q: "PR" };
  assert.deepEqual(withProcess(before, "b"), { ...NO_FILTERS, process: "b", q: "PR" });
});

test("filters that are folded away are counted, so that nobody overlooks them", () => {
  assert.equal(seldomSet({ ...NO_FILTERS, q: "PR", system: "erp", since: "2026-11-01" }), 2);
});
