// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser cannot be edited like a spreadsheet
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Label } from "../api/client.ts";
import { useLabel } from "../app/label.ts";
import { noteIn, type Slot } from "./slots.ts";

interface Props {
  id: string;
  slot: Slot;
  held: unknown;
  says: Label | undefined;
  wrong: Label | undefined;
  state: string;
  isDefault: boolean;
  isActive: boolean;
  isSelected: boolean;
}

/** One place: the sentence of what it holds. */
export const GridCell = memo(function GridCell(props: Props) {
  const { id, slot, wrong, state, isActive, isSelected } = props;
  const say = useLabel();
  const classes = [
    "grid-cell",
    `grid-cell-${slot.kind}`,
    state,
    isActive && "active",
    isSelected && "selected",
  ];
  if (wrong) classes.push("wrong");
  return (
    <div
      id={id}
      role="gridcell"
      aria-selected={isSelected}
      aria-invalid={wrong ? true : undefined}
      className={classes.filter(Boolean).join(" ")}
      title={wrong ? say(wrong) : titleOf(props, say)}
    >
      <CellText {...props} />
    </div>
  );
});

/** What the cell says in full: it may be wider than its column. */
function titleOf({ slot, held, says }: Props, say: (label: Label) => string): string | undefined {
  if (slot.kind === "note") return held ? say(held as Label) : undefined;
  return says && held ? say(says) : undefined;
}

function CellText({ slot, held, says, isDefault }: Props) {
  const { t, i18n } = useTranslation("rules");
  const say = useLabel();
  if (slot.kind === "note")
    return <span className="grid-text muted">{noteIn(held, i18n.language === "en")}</span>;
  if (slot.kind === "when") {
    if (!held) return <span className="grid-text muted">{t("any")}</span>;
    return <span className={says ? "grid-text" : "grid-text raw"}>{says ? say(says) : String(held)}</span>;
  }
  if (slot.kind === "then") {
    if (held === undefined || held === null)
      return (
        <span className={isDefault ? "grid-text muted" : "grid-text missing"}>
          {t(isDefault ? "none" : "empty")}
        </span>
      );
    const text = says ? say(says) : typeof held === "string" ? held : JSON.stringify(held);
    return <span className={says ? "grid-text outcome" : "grid-text outcome raw"}>{text}</span>;
  }
  return (
    <span className="grid-text">{held ? String(held) : <span className="muted">{t("always")}</span>}</span>
  );
}
