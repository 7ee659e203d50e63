import assert from "node:assert/strict";
import { test } from "node:test";
import { fromTsv, targets, toTsv } from "./clipboard.ts";
import { addInput, freshKey, moveColumn, removeColumn } from "./columns.ts";
import { begun, done, redone, undone } from "./history.ts";
import { Lexicon } from "./lexicon.ts";
import { named, type Table } from "./model.ts";
import { deleteRows, duplicateRows, fill, insertRow, moveRows } from "./rows.ts";
import { at, spanOf, stepped, tabbed } from "./selection.ts";
import { slotsOf } from "./slots.ts";
import { mended } from "./steps.ts";

const ROUTE: Table = {
  table: "route",
  title: named("采购分派"),
  hit: "unique",
  inputs: [
    { key: "amount", title: named("金额"), type: "money", unit: "CNY" },
    { key: "material", title: named("物料"), type: "enum", domain: ["production", "office"] },
  ],
  given: [],
  outputs: [{ key: "approver", title: named("审批人"), type: "who" }],
  rows: ["< 5000", "[5000..50000]", "> 50000"].map((amount, place) => ({
    id: `r${place + 1}`,
    when: { amount },
    then: { approver: { role: "buyer" } },
  })),
  default: null,
  cases: [],
};
const ids = (table: Table) => table.rows.map((row) => row.id).join(" ");

test("rows are inserted, copied, moved and deleted, and ids never repeat", () => {
  assert.equal(ids(insertRow(ROUTE, 1)), "r1 r4 r2 r3");
  assert.equal(ids(duplicateRows(ROUTE, 0, 1)), "r1 r2 r4 r5 r3");
  assert.equal(ids(insertRow(deleteRows(ROUTE, 0, 0), 2)), "r2 r3 r4");
  assert.equal(ids(moveRows(ROUTE, 2, 2, 0)), "r3 r1 r2");
  assert.equal(ids(moveRows(ROUTE, 0, 1, 3)), "r3 r1 r2");
});

test("a move to where the rows are already is none", () => {
  assert.equal(moveRows(ROUTE, 1, 1, 1), ROUTE);
  assert.equal(moveRows(ROUTE, 1, 1, 2), ROUTE);
});

test("places are filled at once, the row after the last being the default", () => {
  const filled = fill(ROUTE, [
    { row: 0, given: { slot: "when", key: "material", cell: "office" } },
    { row: 1, given: { slot: "when", key: "amount", cell: "" } },
    { row: 3, given: { slot: "then", key: "approver", value: { process_owner: true } } },
  ]);
  assert.deepEqual(filled.rows[0]?.when, { amount: "< 5000", material: "office" });
  assert.deepEqual(filled.rows[1]?.when, {});
  assert.deepEqual(filled.default, { approver: { process_owner: true } });
  const emptied = fill(filled, [{ row: 3, given: { slot: "then", key: "approver", value: undefined } }]);
  assert.equal(emptied.default, null);
});

test("a column goes with what rows say in it, and the last one stays", () => {
  assert.deepEqual(
    removeColumn(ROUTE, "amount").rows.map((row) => row.when),
    [{}, {}, {}],
  );
  assert.equal(removeColumn(ROUTE, "approver"), ROUTE);
  assert.deepEqual(
    moveColumn(ROUTE, "material", -1).inputs.map((one) => one.key),
    ["material", "amount"],
  );
  const wider = addInput(ROUTE, {
    key: freshKey(ROUTE, "Amount", "input"),
    title: named("x"),
    type: "number",
  });
  assert.equal(wider.inputs[2]?.key, "amount_2");
  assert.equal(freshKey(ROUTE, "客户级别", "input"), "input");
});

test("what was done is undone and redone, until something else is done", () => {
  const two = done(done(begun("a"), "b"), "c");
  assert.equal(undone(two).present, "b");
  assert.equal(redone(undone(two)).present, "c");
  assert.equal(redone(done(undone(two), "d")).present, "d");
  assert.equal(undone(begun("a")).present, "a");
  assert.equal(done(two, "c"), two);
});

test("cells come from Excel and go there", () => {
  const cells = [
    ["小于 5,000 元", 'he said "no"'],
    ["a\tb\nc", ""],
  ];
  assert.deepEqual(fromTsv(toTsv(cells)), cells);
  assert.deepEqual(fromTsv("1\t2\r\n3\t4\r\n"), [
    ["1", "2"],
    ["3", "4"],
  ]);
  assert.deepEqual(fromTsv(""), [[""]]);
});

test("one copied cell fills what is selected, several go from the corner on", () => {
  const span = spanOf({ anchor: { row: 2, col: 1 }, focus: { row: 1, col: 1 } });
  assert.deepEqual(
    targets([["x"]], span).map(({ row, col }) => [row, col]),
    [
      [1, 1],
      [2, 1],
    ],
  );
  assert.deepEqual(targets([["x", "y"]], spanOf(at(0, 3)))[1], { row: 0, col: 4, text: "y" });
});

test("the selection stays inside, grows with shift and wraps with tab", () => {
  assert.deepEqual(stepped(at(0, 0), 3, 2, { row: -1, col: 0 }, false), at(0, 0));
  assert.deepEqual(spanOf(stepped(at(0, 0), 3, 2, { row: 1, col: 1 }, true)), {
    top: 0,
    bottom: 1,
    left: 0,
    right: 1,
  });
  assert.deepEqual(tabbed(at(0, 1), 3, 2, false), at(1, 0));
  assert.deepEqual(tabbed(at(0, 0), 3, 2, true), at(0, 0));
});

test("a proposal of the server is carried out, and gets an id that nobody has", () => {
  const title = named("补一行");
  const row = { id: "r3", when: { amount: "7" }, then: {} };
  assert.equal(ids(mended(ROUTE, { title, steps: [{ kind: "add_row", added: row }] })), "r1 r2 r3 r4");
  const moved = mended(ROUTE, { title, steps: [{ kind: "move_row", row: "r3", before: "r1" }] });
  assert.equal(ids(moved), "r3 r1 r2");
  const cell = mended(ROUTE, {
    title,
    steps: [{ kind: "set_cell", row: "r1", column: "amount", cell: "<= 1" }],
  });
  assert.equal(cell.rows[0]?.when.amount, "<= 1");
  assert.equal(mended(ROUTE, { title, steps: [{ kind: "delete_row", row: "gone" }] }), ROUTE);
});

test("what a cell says is known by its content, wherever its row goes", () => {
  const lexicon = new Lexicon();
  const [amount] = slotsOf(ROUTE, false);
  assert.ok(amount);
  lexicon.learn(amount, "< 5000", named("小于 5,000 元"));
  assert.equal(lexicon.says(amount, "< 5000")?.zh, "小于 5,000 元");
  assert.equal(lexicon.says(amount, "< 6000"), undefined);
});
