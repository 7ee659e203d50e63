import { type ClipboardEvent, useRef } from "react";
import type { Label } from "../api/client.ts";
import { fromTsv, targets, toTsv } from "./clipboard.ts";
import type { Table } from "./model.ts";
import { type CellOrder, givenFor, type Read } from "./reading.ts";
import { fill, type Given, insertRow } from "./rows.ts";
import { type Selection, spanOf } from "./selection.ts";
import { heldAt, type Slot } from "./slots.ts";

interface Block {
  tsv: string;
  cells: { slot: Slot; held: unknown }[][];
}

interface Grid {
  table: Table;
  slots: Slot[];
  selection: Selection;
  editable: boolean;
  textAt: (row: number, slot: Slot) => string;
  read: Read;
  onChange: (next: Table) => void;
}

/** Copy, cut and paste: as sentences for other programs, exactly as it was within the grid. */
export function useClipboard(grid: Grid) {
  const copied = useRef<Block | null>(null);

  function copy(event: ClipboardEvent) {
    const { top, bottom, left, right } = spanOf(grid.selection);
    const cells = range(top, bottom).map((row) =>
      grid.slots.slice(left, right + 1).map((slot) => ({ slot, held: heldAt(grid.table, row, slot) })),
    );
    const tsv = toTsv(cells.map((line, down) => line.map(({ slot }) => grid.textAt(top + down, slot))));
    copied.current = { tsv, cells };
    event.clipboardData.setData("text/plain", tsv);
    event.preventDefault();
  }

  function cut(event: ClipboardEvent) {
    copy(event);
    if (grid.editable) grid.onChange(cleared(grid.table, grid.slots, grid.selection));
  }

  async function paste(event: ClipboardEvent) {
    event.preventDefault();
    if (!grid.editable) return;
    const text = event.clipboardData.getData("text/plain");
    if (!text) return;
    grid.onChange(await pasted(grid, text, copied.current));
  }

  return { onCopy: copy, onCut: cut, onPaste: (event: ClipboardEvent) => void paste(event) };
}

/** Without what is selected. */
export function cleared(table: Table, slots: Slot[], selection: Selection): Table {
  const { top, bottom, left, right } = spanOf(selection);
  const places = range(top, bottom).flatMap((row) =>
    slots.slice(left, right + 1).map((slot) => ({ row, given: emptied(slot) })),
  );
  return fill(table, places);
}

function emptied(slot: Slot): Given {
  return givenFor(slot, undefined, "");
}

async function pasted(grid: Grid, text: string, copied: Block | null): Promise<Table> {
  const span = spanOf(grid.selection);
  const places = targets(fromTsv(text), span).filter(({ col }) => col < grid.slots.length);
  const table = withRoom(grid.table, span.top, Math.max(...places.map(({ row }) => row)));
  const block = copied?.tsv === text.replaceAll("\r\n", "\n") ? copied : null;
  const orders: CellOrder[] = [];
  const filled = places.map(({ row, col, text: typed }) => {
    const slot = grid.slots[col] as Slot;
    const same = block && heldIn(block, row - span.top, col - span.left, slot);
    if (same) return { row, slot, typed, held: same.held, order: -1 };
    const isRead = slot.kind === "when" || slot.kind === "then";
    if (isRead) orders.push({ column: slot.key, typed });
    return { row, slot, typed, held: undefined, order: isRead ? orders.length - 1 : -2 };
  });
  const read = orders.length ? await grid.read(orders) : [];
  return fill(
    table,
    filled.map(({ row, slot, typed, held, order }) => ({
      row,
      given: order === -1 ? asGiven(slot, held) : givenFor(slot, read[order], typed.trim()),
    })),
  );
}

/** The cell of a copied block that comes to a place, if it stood in the same column. */
function heldIn(block: Block, down: number, over: number, slot: Slot): { held: unknown } | null {
  const only = block.cells.length === 1 && block.cells[0]?.length === 1;
  const cell = only ? block.cells[0]?.[0] : block.cells[down]?.[over];
  return cell && cell.slot.key === slot.key && cell.slot.kind === slot.kind ? cell : null;
}

function asGiven(slot: Slot, held: unknown): Given {
  if (slot.kind === "when") return { slot: "when", key: slot.key, cell: String(held ?? "") };
  if (slot.kind === "then") return { slot: "then", key: slot.key, value: held };
  if (slot.kind === "note") return { slot: "note", note: (held as Label | null) ?? null };
  return { slot: slot.kind, day: (held as string | null) ?? null };
}

/** Rows enough for what is pasted; what begins in the default row stays there. */
function withRoom(table: Table, top: number, bottom: number): Table {
  let next = table;
  if (top >= table.rows.length && bottom === top) return table;
  while (next.rows.length <= bottom) next = insertRow(next, next.rows.length);
  return next;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
