import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, filtersOf, inBox, narrows } from "./filters.ts";

const read = (address: string) => filtersOf(new URLSearchParams(address));

test("an address says what is listed, and is as short as it can be", () => {
  const filters = read("box=open&search=钢材&due=overdue&order=newest");
  assert.equal(filters.search, "钢材");
  assert.equal(filters.due, "overdue");
  assert.equal(addressOf(filters), "search=%E9%92%A2%E6%9D%90&due=overdue");
  assert.equal(addressOf(read("")), "");
});

test("what an address says wrongly is left out", () => {
  assert.deepEqual(read("box=all&due=never&order=worst"), read(""));
});

test("deadlines belong to what is open", () => {
  const done = inBox(read("due=today&order=due&process=p"), "done");
  assert.equal(addressOf(done), "box=done&process=p");
  assert.equal(narrows(done), true);
  assert.equal(narrows(read("box=done")), false);
});
