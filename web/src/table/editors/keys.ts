import type { KeyboardEvent } from "react";
import type { Go } from "./CellEditor.tsx";

/** Enter and Tab finish an editor, Esc leaves it; while signs are composed they belong to the input method. */
export function onEditorKey(event: KeyboardEvent, done: (go: Go) => void, cancel: () => void): void {
  if (event.nativeEvent.isComposing) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    cancel();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    done("down");
  } else if (event.key === "Tab") {
    event.preventDefault();
    done(event.shiftKey ? "left" : "right");
  }
}
