import type { Schemas } from "../api/client.ts";
import { asTable, type Table } from "./model.ts";
import { deleteRows, fill, freshId, moveRows } from "./rows.ts";

export type Mending = Schemas["Mending"];

/** The table after the steps of a proposal of the server's. Steps about rows that are gone change nothing. */
export function mended(table: Table, mending: Mending): Table {
  return mending.steps.reduce(after, table);
}

function after(table: Table, step: Schemas["Step"]): Table {
  const row = table.rows.findIndex((one) => one.id === step.row);
  if (step.kind === "add_row" && step.added) return added(table, step.added);
  if (step.kind === "set_default") return { ...table, default: step.default ?? null };
  if (step.kind === "set_hit" && step.hit) return { ...table, hit: step.hit };
  if (row < 0) return table;
  if (step.kind === "delete_row") return deleteRows(table, row, row);
  if (step.kind === "set_cell" && step.column)
    return fill(table, [{ row, given: { slot: "when", key: step.column, cell: step.cell ?? "" } }]);
  if (step.kind === "move_row") {
    const before = table.rows.findIndex((one) => one.id === step.before);
    return before < 0 ? table : moveRows(table, row, row, before);
  }
  return table;
}

function added(table: Table, row: Schemas["Row-Output"]): Table {
  const [asRow] = asTable({ ...table, rows: [row] } as Schemas["Table-Output"]).rows;
  if (!asRow) return table;
  const isTaken = table.rows.some((one) => one.id === asRow.id);
  const id = isTaken ? freshId(table.rows.map((one) => one.id)) : asRow.id;
  return { ...table, rows: [...table.rows, { ...asRow, id }] };
}
