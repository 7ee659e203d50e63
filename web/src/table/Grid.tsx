// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser cannot be edited like a spreadsheet
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../app/label.ts";
import { CellPopup } from "./CellPopup.tsx";
import { CellEditor, type Go } from "./editors/CellEditor.tsx";
import { GridHead } from "./GridHead.tsx";
import { GridRow } from "./GridRow.tsx";
import "./grid.css";
import type { Lexicon } from "./lexicon.ts";
import type { Marks } from "./marks.ts";
import { defaultOutcome, type Table } from "./model.ts";
import type { Read } from "./reading.ts";
import { fill, type Given, moveRows } from "./rows.ts";
import { at, type Place, type Selection, spanOf, stepped, tabbed } from "./selection.ts";
import { heldAt, noteIn, type Slot } from "./slots.ts";
import { useClipboard } from "./useClipboard.ts";
import { onGridKey } from "./useKeys.ts";
import { useRowDrag } from "./useRowDrag.ts";
import { ROW_HEIGHT, reveal, useWindow } from "./useWindow.ts";

export interface GridProps {
  table: Table;
  slots: Slot[];
  lexicon: Lexicon;
  /** Changes when the lexicon has learnt something. */
  learnt: unknown;
  marks: Marks;
  read: Read;
  editable: boolean;
  hits: Record<string, number> | null;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onChange: (next: Table) => void;
  onColumn: (key: string) => void;
  onUndo: () => void;
  onRedo: () => void;
}

const HEAD = 2 * 36;

/** The table like a spreadsheet whose cells read as sentences. The last row is the default. */
export function Grid(props: GridProps) {
  const { table, slots, lexicon, marks, editable, selection, onSelect, onChange } = props;
  const { i18n } = useTranslation("rules");
  const say = useLabel();
  const isEnglish = i18n.language === "en";
  const scroller = useRef<HTMLDivElement>(null);
  const leave = useRef<() => void>(() => undefined);
  const [editing, setEditing] = useState<{ typed: string | null } | null>(null);
  const rows = table.rows.length + (Array.isArray(table.default) ? 0 : 1);
  const [first, last] = useWindow(scroller, rows);
  const span = spanOf(selection);
  const otherwise = defaultOutcome(table);
  const { row: activeRow, col: activeCol } = selection.focus;

  const textAt = useCallback(
    (row: number, slot: Slot): string => {
      const held = heldAt(table, row, slot);
      if (slot.kind === "note") return noteIn(held, isEnglish);
      if (slot.kind === "when" && !held) return "";
      const says = lexicon.says(slot, held);
      if (held === undefined || held === null) return "";
      return says ? say(says) : typeof held === "string" ? held : JSON.stringify(held);
    },
    [table, lexicon, isEnglish, say],
  );
  const clipboard = useClipboard({ ...props, textAt });
  const drag = useRowDrag(scroller, table.rows.length, (from, before) => {
    const next = moveRows(table, from, from, before);
    onChange(next);
    onSelect(at(before > from ? before - 1 : before, activeCol));
  });

  useEffect(() => reveal(scroller.current, activeRow, HEAD), [activeRow]);

  function edit(typed: string | null) {
    const slot = slots[activeCol];
    const isOfDefault = activeRow >= table.rows.length;
    if (editable && slot && (!isOfDefault || slot.kind === "then")) setEditing({ typed });
  }

  function close() {
    setEditing(null);
    scroller.current?.focus({ preventScroll: true });
  }

  function commit(given: Given, go: Go) {
    onChange(fill(table, [{ row: activeRow, given }]));
    if (go === "away") return setEditing(null);
    close();
    if (go === "down") onSelect(stepped(selection, rows, slots.length, { row: 1, col: 0 }, false));
    if (go === "right" || go === "left") onSelect(tabbed(selection, rows, slots.length, go === "left"));
  }

  function pointed(event: MouseEvent<HTMLElement>) {
    const place = placeUnder(event);
    if (!place || (editing && place.row === activeRow && place.col === activeCol)) return;
    onSelect({ anchor: event.shiftKey ? selection.anchor : place, focus: place });
    scroller.current?.focus({ preventScroll: true });
    event.preventDefault();
  }

  function drawn(event: MouseEvent<HTMLElement>) {
    const place = event.buttons === 1 && !editing && drag.before === null ? placeUnder(event) : null;
    if (place && (place.row !== activeRow || place.col !== activeCol))
      onSelect({ anchor: selection.anchor, focus: place });
  }

  const slot = slots[activeCol];
  const editor =
    editing && slot ? (
      <CellEditor
        key={`${activeRow} ${activeCol}`}
        slot={slot}
        held={heldAt(table, activeRow, slot)}
        text={textAt(activeRow, slot)}
        typed={editing.typed}
        read={props.read}
        leave={leave}
        onDone={commit}
        onCancel={close}
      />
    ) : null;
  const columns = useMemo(() => template(slots), [slots]);
  const inSight = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={say(table.title)}
      aria-rowcount={rows + 2}
      aria-colcount={slots.length + 1}
      aria-readonly={!editable}
      aria-multiselectable
      aria-activedescendant={
        activeRow >= first && activeRow < last ? `cell-${activeRow}-${activeCol}` : undefined
      }
      tabIndex={0}
      className="grid card"
      onKeyDown={(event) => !editing && onGridKey(event, { ...props, rows, onEdit: edit })}
      onMouseDown={pointed}
      onMouseOver={drawn}
      onDoubleClick={() => edit(null)}
      {...(editing ? {} : clipboard)}
    >
      <div className="grid-sheet" role="presentation" style={columns}>
        <GridHead slots={slots} editable={editable} onColumn={props.onColumn} />
        <div role="rowgroup" className="grid-body" style={{ height: rows * ROW_HEIGHT }}>
          {inSight.map((row) => (
            <GridRow
              key={table.rows[row]?.id ?? "default"}
              {...{ row, slots, lexicon, marks, editable, otherwise }}
              known={table.rows[row]}
              learnt={props.learnt}
              left={row >= span.top && row <= span.bottom ? span.left : -1}
              right={row >= span.top && row <= span.bottom ? span.right : -1}
              activeCol={row === activeRow ? activeCol : null}
              hits={table.rows[row] && props.hits ? (props.hits[table.rows[row].id] ?? 0) : null}
              onGrab={drag.grab}
            />
          ))}
          {drag.before === null ? null : (
            <div className="grid-drop" role="presentation" style={{ top: drag.before * ROW_HEIGHT }} />
          )}
        </div>
      </div>
      {editor ? (
        <CellPopup cell={`cell-${activeRow}-${activeCol}`} onLeave={() => leave.current()}>
          {editor}
        </CellPopup>
      ) : null}
    </div>
  );
}

/** The cell at which somebody points; null for heads and row numbers. */
function placeUnder({ target }: MouseEvent<HTMLElement>): Place | null {
  const cell = (target as HTMLElement).closest<HTMLElement>("[role=gridcell]");
  const row = cell?.closest<HTMLElement>("[data-row]")?.dataset.row;
  return cell && row ? { row: Number(row), col: Number(cell.id.split("-").at(-1)) } : null;
}

function template(slots: Slot[]): {
  gridTemplateColumns?: string;
  minWidth: number;
  [name: `--${string}`]: string;
} {
  const wide = { when: 196, then: 196, note: 130, valid_from: 124, valid_to: 124 } as const;
  const minWidth = slots.reduce((sum, slot) => sum + wide[slot.kind], 84);
  const columns = slots.map((slot) => `minmax(${wide[slot.kind]}px, ${slot.kind === "note" ? 0.8 : 1.1}fr)`);
  return { "--grid-columns": `84px ${columns.join(" ")}`, minWidth };
}
