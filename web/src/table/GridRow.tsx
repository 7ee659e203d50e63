// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser cannot be edited like a spreadsheet
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { HolderOutlined } from "@ant-design/icons";
import { memo, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { GridCell } from "./GridCell.tsx";
import type { Lexicon } from "./lexicon.ts";
import { type Marks, placeOf } from "./marks.ts";
import type { Outcome, Row } from "./model.ts";
import { heldIn, type Slot } from "./slots.ts";
import { ROW_HEIGHT } from "./useWindow.ts";

interface Props {
  /** The rule; undefined is the default. */
  known: Row | undefined;
  otherwise: Outcome | null;
  row: number;
  slots: Slot[];
  lexicon: Lexicon;
  /** Changes when the lexicon has learnt something, so that the row is drawn anew. */
  learnt: unknown;
  marks: Marks;
  editable: boolean;
  /** The first and the last selected column; -1 and -1 for none. */
  left: number;
  right: number;
  activeCol: number | null;
  hits: number | null;
  onGrab: (event: PointerEvent, row: number) => void;
}

/** A rule, or below the last one the default. */
export const GridRow = memo(function GridRow(props: Props) {
  const { known, otherwise, row, slots, lexicon, marks, left, right, activeCol } = props;
  const { t } = useTranslation("rules");
  const id = known?.id ?? "default";
  const isHit = known ? marks.hit.has(id) : marks.byDefault;
  const isFound = marks.found.has(id);
  const classes = ["grid-line grid-row", isHit && "hit", isFound && "found", !known && "otherwise"];
  return (
    <div
      role="row"
      aria-rowindex={row + 3}
      data-row={row}
      className={classes.filter(Boolean).join(" ")}
      style={{ top: row * ROW_HEIGHT, height: ROW_HEIGHT }}
    >
      <div role="rowheader" className="grid-number">
        {known ? <RowNumber {...props} /> : t("otherwise")}
      </div>
      {slots.map((slot, col) => {
        const held = heldIn(known, otherwise, slot);
        const isBlank = !known && slot.kind !== "then";
        return isBlank ? (
          <GridBlank key={`${slot.kind} ${slot.key}`} id={`cell-${row}-${col}`} slot={slot} col={col} />
        ) : (
          <GridCell
            key={`${slot.kind} ${slot.key}`}
            id={`cell-${row}-${col}`}
            slot={slot}
            held={held}
            says={lexicon.says(slot, held)}
            wrong={marks.wrong.get(placeOf(id, slot.key))}
            state={stateOf(marks, id, slot.key, isFound)}
            isDefault={!known}
            isActive={col === activeCol}
            isSelected={col >= left && col <= right}
          />
        );
      })}
    </div>
  );
});

function RowNumber({ row, hits, editable, onGrab }: Props) {
  const { t } = useTranslation("rules");
  return (
    <>
      {editable ? (
        <span className="grid-handle" title={t("dragRow")} onPointerDown={(event) => onGrab(event, row)}>
          <HolderOutlined />
        </span>
      ) : null}
      <span>{row + 1}</span>
      {hits === null ? null : (
        <small className="muted" title={t("hits", { count: hits })}>
          {hits > 999 ? "999+" : hits}
        </small>
      )}
    </>
  );
}

function GridBlank({ id, slot, col }: { id: string; slot: Slot; col: number }) {
  const { t } = useTranslation("rules");
  return (
    <div id={id} role="gridcell" className={`grid-cell grid-cell-${slot.kind}`}>
      {col === 0 ? <span className="grid-text muted">{t("otherwiseSays")}</span> : null}
    </div>
  );
}

function stateOf(marks: Marks, row: string, column: string, isFound: boolean): string {
  if (isFound && marks.foundIn.has(column)) return "found-in";
  const held = marks.held.get(placeOf(row, column));
  return held === undefined ? "" : held ? "holds" : "fails";
}
