import { type PointerEvent, type RefObject, useCallback, useRef, useState } from "react";
import { ROW_HEIGHT } from "./useWindow.ts";

/** A row taken by its handle: `before` is where it would go. */
export function useRowDrag(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  onDrop: (from: number, before: number) => void,
) {
  const [before, setBefore] = useState<number | null>(null);
  const latest = useRef({ rows, onDrop });
  latest.current = { rows, onDrop };

  // always the same function, so that rows need not be drawn anew
  const grab = useCallback(
    (event: PointerEvent, from: number) => {
      const body = scroller.current?.querySelector<HTMLElement>(".grid-body");
      if (!body) return;
      event.preventDefault();
      event.stopPropagation();
      let to = from;
      const move = (at: globalThis.PointerEvent) => {
        to = Math.round((at.clientY - body.getBoundingClientRect().top) / ROW_HEIGHT);
        to = Math.max(0, Math.min(latest.current.rows, to));
        setBefore(to);
      };
      const drop = () => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", drop);
        setBefore(null);
        if (to !== from && to !== from + 1) latest.current.onDrop(from, to);
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", drop);
    },
    [scroller],
  );

  return { before, grab };
}
