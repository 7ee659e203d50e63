import assert from "node:assert/strict";
import { test } from "node:test";
import { type Department, treeOf, within } from "./tree.ts";

const department = (id: string, parent: string | null): Department => ({
  id,
  name: id,
  parent,
  head: null,
  head_name: null,
  people: 0,
  below: 0,
  stamp: "",
});
const COMPANY = [department("line", "plant"), department("plant", "company"), department("company", null)];

test("departments lie in each other as they say, in their order", () => {
  const [top, ...others] = treeOf([...COMPANY, department("lost", "nowhere")]);
  assert.equal(top?.department.id, "company");
  assert.equal(top?.inside[0]?.inside[0]?.department.id, "line");
  assert.deepEqual(
    others.map((one) => one.department.id),
    ["lost"],
  );
});

test("a department moves to none that lies in it", () => {
  assert.deepEqual(within(COMPANY, "plant"), new Set(["plant", "line"]));
});
