import type { KeyboardEvent } from "react";
import type { Table } from "./model.ts";
import { deleteRows, duplicateRows, insertRow, moveRows } from "./rows.ts";
import { at, type Selection, spanOf, stepped, tabbed } from "./selection.ts";
import type { Slot } from "./slots.ts";
import { cleared } from "./useClipboard.ts";

interface Keys {
  table: Table;
  slots: Slot[];
  rows: number;
  selection: Selection;
  editable: boolean;
  onSelect: (selection: Selection) => void;
  onChange: (next: Table) => void;
  onEdit: (typed: string | null) => void;
  onUndo: () => void;
  onRedo: () => void;
}

const ARROWS: Record<string, { row: number; col: number }> = {
  ArrowUp: { row: -1, col: 0 },
  ArrowDown: { row: 1, col: 0 },
  ArrowLeft: { row: 0, col: -1 },
  ArrowRight: { row: 0, col: 1 },
  PageUp: { row: -12, col: 0 },
  PageDown: { row: 12, col: 0 },
};

/** What keys do in the grid while no cell is edited. */
export function onGridKey(event: KeyboardEvent, keys: Keys): void {
  if (event.nativeEvent.isComposing) return;
  const command = event.ctrlKey || event.metaKey;
  const did =
    goes(event, keys, command) ||
    (keys.editable && (edits(event, keys, command) || rows(event, keys, command)));
  if (did) event.preventDefault();
}

function goes(event: KeyboardEvent, keys: Keys, command: boolean): boolean {
  const { selection, slots, onSelect } = keys;
  const by = ARROWS[event.key];
  if (by && !event.altKey && !command) {
    onSelect(stepped(selection, keys.rows, slots.length, by, event.shiftKey));
    return true;
  }
  if (event.key === "Tab") {
    const next = tabbed(selection, keys.rows, slots.length, event.shiftKey);
    const isStuck = next.focus.row === selection.focus.row && next.focus.col === selection.focus.col;
    if (!isStuck) onSelect(next);
    return !isStuck; // past the last cell Tab leaves the grid, so that nobody is trapped in it
  }
  if (event.key === "Home" || event.key === "End") {
    const far = event.key === "Home" ? -1e6 : 1e6;
    onSelect(
      stepped(selection, keys.rows, slots.length, { row: command ? far : 0, col: far }, event.shiftKey),
    );
    return true;
  }
  if (command && event.key.toLowerCase() === "a") {
    onSelect({ anchor: { row: 0, col: 0 }, focus: { row: keys.rows - 1, col: slots.length - 1 } });
    return true;
  }
  return false;
}

function edits(event: KeyboardEvent, keys: Keys, command: boolean): boolean {
  const key = event.key.toLowerCase();
  if (command && key === "z") {
    if (event.shiftKey) keys.onRedo();
    else keys.onUndo();
    return true;
  }
  if (command && key === "y") {
    keys.onRedo();
    return true;
  }
  if (!command && (key === "delete" || key === "backspace")) {
    keys.onChange(cleared(keys.table, keys.slots, keys.selection));
    return true;
  }
  if (!command && !event.altKey && (key === "enter" || key === "f2")) {
    keys.onEdit(null);
    return true;
  }
  if (event.key === "Process") {
    keys.onEdit(""); // an input method begins; the rest of what it composes goes into the editor
    return false;
  }
  if (!command && !event.altKey && event.key.length === 1) {
    keys.onEdit(event.key);
    return true;
  }
  return false;
}

function rows(event: KeyboardEvent, keys: Keys, command: boolean): boolean {
  const { table, selection, onChange, onSelect } = keys;
  const { top, bottom } = spanOf(selection);
  const { col } = selection.focus;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const up = event.key === "ArrowUp";
    const next = moveRows(table, top, bottom, up ? top - 1 : bottom + 2);
    if (next !== table) {
      onChange(next);
      onSelect(shifted(selection, up ? -1 : 1));
    }
    return true;
  }
  if (command && event.key === "Enter") {
    const place = Math.min(bottom + 1, table.rows.length);
    onChange(insertRow(table, place));
    onSelect(at(place, 0));
    return true;
  }
  if (command && event.key.toLowerCase() === "d" && bottom < table.rows.length) {
    onChange(duplicateRows(table, top, bottom));
    onSelect(at(bottom + 1, col));
    return true;
  }
  if (command && (event.key === "Delete" || event.key === "-")) {
    onChange(deleteRows(table, top, bottom));
    onSelect(at(Math.max(0, Math.min(top, table.rows.length - 2)), col));
    return true;
  }
  return false;
}

function shifted({ anchor, focus }: Selection, by: number): Selection {
  return { anchor: { ...anchor, row: anchor.row + by }, focus: { ...focus, row: focus.row + by } };
}
