import type { Label } from "../api/client.ts";
import {
  defaultOutcome,
  type Input,
  isDated,
  type Outcome,
  type Output,
  type Row,
  type Table,
} from "./model.ts";

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
  return heldIn(table.rows[row], defaultOutcome(table), slot);
}

/** What a row holds in a column; without a row, what the default does. */
export function heldIn(row: Row | undefined, otherwise: Outcome | null, slot: Slot): unknown {
  if (!row) return slot.kind === "then" ? otherwise?.[slot.key] : undefined;
  if (slot.kind === "when") return row.when[slot.key] ?? "";
  if (slot.kind === "then") return row.then[slot.key];
  return row[slot.kind];
}

/** A note in the reader's language. */
export function noteIn(note: unknown, isEnglish: boolean): string {
  const label = note as Label | null | undefined;
  return label ? (isEnglish ? label.en : label.zh) : "";
}
