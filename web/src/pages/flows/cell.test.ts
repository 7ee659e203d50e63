import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cell, type FieldType, readCell, withOp, writeCell } from "./cell.ts";

const SAID: [string, FieldType, Cell][] = [
  ["> 5000", "money", { op: "gt", value: "5000" }],
  ["<= -0.5", "number", { op: "le", value: "-0.5" }],
  ["[5000..50000]", "money", { op: "between", low: "5000", high: "50000", open: "[]" }],
  ["(5000..50000]", "money", { op: "between", low: "5000", high: "50000", open: "(]" }],
  ["production", "enum", { op: "eq", value: "production" }],
  ['"华东"', "text", { op: "eq", value: "华东" }],
  ["production, office", "enum", { op: "in", values: ["production", "office"] }],
  ['"a, b", "c\\"d"', "text", { op: "in", values: ["a, b", 'c"d'] }],
  ["not(production)", "enum", { op: "ne", value: "production" }],
  ["not(production, office)", "enum", { op: "notIn", values: ["production", "office"] }],
  ["true", "bool", { op: "eq", value: "true" }],
  ["2026-11-22", "date", { op: "eq", value: "2026-11-22" }],
];

test("what a cell says is taken apart and put together again without a loss", () => {
  for (const [text, type, cell] of SAID) {
    assert.deepEqual(readCell(text), cell, text);
    assert.equal(writeCell(cell, type), text);
  }
});

test("what no editor can say stays as it was written", () => {
  for (const text of ["< 5, > 10", "not(< 5)", "[..5]", "", "-"]) {
    const cell = readCell(text);
    assert.equal(cell.op, "written", text);
    assert.equal(writeCell(cell, "number"), text);
  }
});

test("another comparison keeps the value", () => {
  assert.deepEqual(withOp({ op: "gt", value: "5" }, "between"), {
    op: "between",
    low: "5",
    high: "",
    open: "[]",
  });
  assert.deepEqual(withOp({ op: "in", values: ["a", "b"] }, "notIn"), { op: "notIn", values: ["a", "b"] });
});
