import { useEffect } from "react";
import type { DeskStore } from "./desk.ts";

/** Ctrl+Z and Ctrl+Y wherever nothing is being typed: a field undoes its own letters. */
export function useUndoKeys(desk: DeskStore, mayEdit: boolean): void {
  useEffect(() => {
    if (!mayEdit) return;
    const pressed = (event: KeyboardEvent) => {
      const isTyping = (event.target as Element | null)?.closest?.("input, textarea, [contenteditable=true]");
      if (event.defaultPrevented || isTyping || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      const history = desk.temporal.getState();
      if (key === "y" || event.shiftKey) history.redo();
      else history.undo();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [desk, mayEdit]);
}
