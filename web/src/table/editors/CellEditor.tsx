import type { RefObject } from "react";
import type { Label } from "../../api/client.ts";
import type { Read } from "../reading.ts";
import type { Given } from "../rows.ts";
import type { Slot } from "../slots.ts";
import { ConditionEditor } from "./ConditionEditor.tsx";
import { OutcomeEditor } from "./OutcomeEditor.tsx";
import { DayEditor, NoteEditor } from "./PlainEditors.tsx";

/** Where the selection goes once a cell is done; `away`, somebody pressed elsewhere. */
export type Go = "down" | "right" | "left" | "stay" | "away";

export interface EditorProps {
  slot: Slot;
  held: unknown;
  /** What the cell says now. */
  text: string;
  /** What was typed to begin with, instead of what the cell says. */
  typed: string | null;
  read: Read;
  /** What finishes the editor when somebody presses elsewhere. */
  leave: RefObject<() => void>;
  onDone: (given: Given, go: Go) => void;
  onCancel: () => void;
}

/** The editor that fits the column. */
export function CellEditor(props: EditorProps) {
  const { slot, held } = props;
  if (slot.kind === "when") return <ConditionEditor {...props} column={slot.column} />;
  if (slot.kind === "then") return <OutcomeEditor {...props} output={slot.output} />;
  if (slot.kind === "note")
    return <NoteEditor {...props} note={(held as Label | null | undefined) ?? null} />;
  return <DayEditor {...props} end={slot.kind} day={(held as string | null) ?? null} />;
}
