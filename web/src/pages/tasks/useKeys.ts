import { useEffect, useRef } from "react";

export type Keys = Record<string, (event: KeyboardEvent) => void>;

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";
const OVERLAID = ".ant-modal-wrap:not([style*='display: none']), .ant-drawer-open, .ant-dropdown-open";

/** Single keys, by their names in small letters, that do something, while nobody types and nothing lies over the page. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      const on = event.target instanceof Element ? event.target : null;
      if (on?.matches(TYPING) || document.querySelector(OVERLAID)) return;
      if (event.key === "Enter" && on?.closest("a, button")) return;
      const act = latest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act(event);
    }
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
