import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, missing, recordsOf, rowsOf, textOf, titleOfField, typed, wordOf } from "./fields.ts";

const label = (zh: string) => ({ zh, en: zh });
const view = {
  card: [
    [label("金额"), label("128600.00")],
    [label("物料类型"), label("生产物料")],
  ] as [ReturnType<typeof label>, ReturnType<typeof label>][],
  card_fields: ["amount", "material"],
  fields: { amount: "128600.00", material: "production", department: "生产部", version: 3, note: "" },
};

test("first comes what the process shows, then what is to be filled in, then the rest", () => {
  const { shown, others } = rowsOf(view, { cost_centre: "required", version: "hidden" }, [], ["amount"]);
  assert.deepEqual(
    shown.map((row) => row.field),
    ["material", "cost_centre"],
  );
  assert.deepEqual(
    others.map((row) => row.field),
    ["department"],
  );
});

test("a field that may be filled in is shown where one fills it in, also if it is on top", () => {
  const { shown } = rowsOf(view, { amount: "write" }, [], ["amount"]);
  assert.deepEqual(
    shown.map((row) => row.field),
    ["amount", "material"],
  );
});

test("what must be filled in is missing until it is, there or here", () => {
  const { shown } = rowsOf(view, { cost_centre: "required", material: "required" }, [], []);
  assert.deepEqual(
    missing(shown, {}).map((row) => row.field),
    ["cost_centre"],
  );
  assert.deepEqual(missing(shown, { cost_centre: "C-1" }), []);
  assert.equal(missing(shown, { cost_centre: "C-1", material: " " }).length, 1);
});

test("what is different since one looked is named, also what came or went", () => {
  assert.deepEqual(changesOf({ amount: "1", a: 1 }, { amount: "2", b: [1] }), [
    { field: "amount", before: "1", after: "2" },
    { field: "a", before: 1, after: undefined },
    { field: "b", before: undefined, after: [1] },
  ]);
  assert.deepEqual(changesOf({ lines: [{ a: 1 }] }, { lines: [{ a: 1 }] }), []);
});

test("fields and values have the words that the process gives them", () => {
  const card = [{ field: "material", title: label("物料类型"), values: { office: label("办公用品") } }];
  assert.equal(titleOfField(card, "material")?.zh, "物料类型");
  assert.equal(wordOf(card, "material", "office")?.zh, "办公用品");
  assert.equal(titleOfField(card, "amount"), null);
  assert.equal(wordOf(card, "material", "steel"), null);
});

test("values are read as people would say them, and kept as what they were", () => {
  assert.equal(textOf([{ sku: "A", qty: 3 }, "B"]), "A 3、B");
  assert.equal(recordsOf([{ sku: "A" }])?.length, 1);
  assert.equal(recordsOf(["A"]), null);
  assert.equal(typed("12.5", 3), 12.5);
  assert.equal(typed("12.50", "3.00"), "12.50");
  assert.equal(typed("true", false), true);
});
