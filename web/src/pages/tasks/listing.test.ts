import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, moved, nextAfter, type TodoItem, without } from "./listing.ts";

const item = (id: string): TodoItem => ({ task: { id }, instance: { id: `of-${id}` } }) as TodoItem;
const items = ["a", "b", "c"].map(item);

test("what was decided leaves the list, whichever page it was on", () => {
  const listed = {
    pages: [
      { items: items.slice(0, 2), next: "x" },
      { items: items.slice(2), next: null },
    ],
    pageParams: [null, "x"],
  };
  const left = without(listed, new Set(["a", "c"]));
  assert.deepEqual(
    left?.pages.map((page) => page.items.map(idOf)),
    [["b"], []],
  );
  assert.equal(without(undefined, new Set()), undefined);
});

test("after a decision the next task comes up, and after the last the one before", () => {
  assert.equal(nextAfter(items, "a", new Set(["a", "b"])), "c");
  assert.equal(nextAfter(items, "c", new Set(["c"])), "b");
  assert.equal(nextAfter(items, "a", new Set(["a", "b", "c"])), null);
});

test("one moves from line to line and not beyond the ends", () => {
  assert.equal(moved(items, null, 1), "a");
  assert.equal(moved(items, "a", 1), "b");
  assert.equal(moved(items, "c", 1), "c");
  assert.equal(moved([], null, 1), null);
});
