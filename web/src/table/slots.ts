import type { Label } from "../api/client.ts";
import { type Input, isDated, type Output, type Table } from "./model.ts";

/** A column of the grid. */
export type Slot =
  | { kind: "when"; key: string; column: Input }
  | { kind: "then"; key: string; output: Output }
  | { kind: "note"; key: "note" }
  | { kind: "valid_from" | "valid_to"; key: "valid_from" | "valid_to" };

/** The columns from left to right; the days of rows only where some row has them, or where they are wanted. */
export function slotsOf(table: Table, withDays: boolean): Slot[] {
  const days: Slot[] =
    withDays || isDated(table)
      ? [
          { kind: "valid_from", key: "valid_from" },
          { kind: "valid_to", key: "valid_to" },
        ]
      : [];
  return [
    ...table.inputs.map((column): Slot => ({ kind: "when", key: column.key, column })),
    ...table.outputs.map((output): Slot => ({ kind: "then", key: output.key, output })),
    { kind: "note", key: "note" },
    ...days,
  ];
}

/** What stands at a place: the text of a condition, the value of an outcome, a note, a day. */
export function heldAt(table: Table, row: number, slot: Slot): unknown {
  const known = table.rows[row];
  if (!known)
    return slot.kind === "then" && !Array.isArray(table.default) ? table.default?.[slot.key] : undefined;
  if (slot.kind === "when") return known.when[slot.key] ?? "";
  if (slot.kind === "then") return known.then[slot.key];
  return known[slot.kind];
}

/** A note in the reader's language. */
export function noteIn(note: unknown, isEnglish: boolean): string {
  const label = note as Label | null | undefined;
  return label ? (isEnglish ? label.en : label.zh) : "";
}
