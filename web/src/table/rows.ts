import type { Label } from "../api/client.ts";
import type { Row, Table } from "./model.ts";

/** The id of a row that comes: r and the next number that nobody has. */
export function freshId(taken: Iterable<string>): string {
  const known = new Set(taken);
  let number = known.size + 1;
  while (known.has(`r${number}`)) number += 1;
  return `r${number}`;
}

const idsOf = (table: Table): string[] => table.rows.map((row) => row.id);

/** An empty row at a place; it says nothing yet. */
export function insertRow(table: Table, at: number): Table {
  const row: Row = { id: freshId(idsOf(table)), when: {}, then: {} };
  return { ...table, rows: [...table.rows.slice(0, at), row, ...table.rows.slice(at)] };
}

/** The rows from one place to another once more, right below. */
export function duplicateRows(table: Table, from: number, to: number): Table {
  const taken = idsOf(table);
  const copies = table.rows.slice(from, to + 1).map((row) => {
    const id = freshId(taken);
    taken.push(id);
    return { ...structuredClone(row), id };
  });
  return { ...table, rows: [...table.rows.slice(0, to + 1), ...copies, ...table.rows.slice(to + 1)] };
}

export function deleteRows(table: Table, from: number, to: number): Table {
  return { ...table, rows: table.rows.filter((_, place) => place < from || place > to) };
}

/** The rows from one place to another, put before what stands at `before` now; the table itself if that is no move. */
export function moveRows(table: Table, from: number, to: number, before: number): Table {
  const last = table.rows.length;
  if (from < 0 || to >= last || before < 0 || before > last || (before >= from && before <= to + 1))
    return table;
  const moved = table.rows.slice(from, to + 1);
  const rest = [...table.rows.slice(0, from), ...table.rows.slice(to + 1)];
  const place = before > to ? before - moved.length : before;
  return { ...table, rows: [...rest.slice(0, place), ...moved, ...rest.slice(place)] };
}

/** What a place of the grid is given: a condition, an outcome, a note or a day; undefined or "" empties it. */
export type Given =
  | { slot: "when"; key: string; cell: string }
  | { slot: "then"; key: string; value: unknown }
  | { slot: "note"; note: Label | null }
  | { slot: "valid_from" | "valid_to"; day: string | null };

/** A row with one place changed. */
export function filled(row: Row, given: Given): Row {
  if (given.slot === "when") return { ...row, when: put(row.when, given.key, given.cell || undefined) };
  if (given.slot === "then")
    return { ...row, then: put<unknown>(row.then, given.key, given.value ?? undefined) };
  if (given.slot === "note") return { ...row, note: given.note };
  return { ...row, [given.slot]: given.day };
}

function put<T>(into: Record<string, T>, key: string, value: T | undefined): Record<string, T> {
  const { [key]: _gone, ...rest } = into;
  return value === undefined ? rest : { ...into, [key]: value };
}

/** Several places at once; the row after the last is the default, which has outcomes only. */
export function fill(table: Table, places: { row: number; given: Given }[]): Table {
  const rows = [...table.rows];
  let otherwise = Array.isArray(table.default) ? null : table.default;
  for (const { row, given } of places) {
    const known = rows[row];
    if (known) rows[row] = filled(known, given);
    else if (row === rows.length && given.slot === "then")
      otherwise = put<unknown>(otherwise ?? {}, given.key, given.value ?? undefined);
  }
  const emptied = otherwise && Object.keys(otherwise).length === 0 ? null : otherwise;
  return { ...table, rows, default: Array.isArray(table.default) ? table.default : emptied };
}
