/** A place of the grid, counted from 0. */
export interface Place {
  row: number;
  col: number;
}

/** What is selected: from where it began to where it goes; one place if both are the same. */
export interface Selection {
  anchor: Place;
  focus: Place;
}

export interface Span {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const at = (row: number, col: number): Selection => ({ anchor: { row, col }, focus: { row, col } });

export function spanOf({ anchor, focus }: Selection): Span {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.col, focus.col),
    right: Math.max(anchor.col, focus.col),
  };
}

export function holds(span: Span, row: number, col: number): boolean {
  return row >= span.top && row <= span.bottom && col >= span.left && col <= span.right;
}

/** A step of the selection, kept inside a grid of so many rows and columns; with `extend` it grows instead. */
export function stepped(
  selection: Selection,
  rows: number,
  cols: number,
  by: Place,
  extend: boolean,
): Selection {
  const focus = {
    row: Math.max(0, Math.min(rows - 1, selection.focus.row + by.row)),
    col: Math.max(0, Math.min(cols - 1, selection.focus.col + by.col)),
  };
  return { anchor: extend ? selection.anchor : focus, focus };
}

/** The next place (or the one before), going on in the next row at the end of one, as Tab does. */
export function tabbed(selection: Selection, rows: number, cols: number, back: boolean): Selection {
  const number = selection.focus.row * cols + selection.focus.col + (back ? -1 : 1);
  const kept = Math.max(0, Math.min(rows * cols - 1, number));
  return at(Math.floor(kept / cols), kept % cols);
}
