import { type RefObject, useEffect, useState } from "react";

export const ROW_HEIGHT = 44;
const BEYOND = 8;

/** Which rows are in sight, and a few beyond: of several hundred only those are drawn. */
export function useWindow(scroller: RefObject<HTMLElement | null>, rows: number): [number, number] {
  const [sight, setSight] = useState<[number, number]>([0, 40]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const first = Math.floor(element.scrollTop / ROW_HEIGHT);
      const last = first + Math.ceil(element.clientHeight / ROW_HEIGHT);
      const next: [number, number] = [Math.max(0, first - BEYOND), last + BEYOND];
      setSight((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, [scroller]);
  return [sight[0], Math.min(rows, sight[1])];
}

/** Scrolls so that a row can be seen below the head of the grid. */
export function reveal(element: HTMLElement | null, row: number, head: number): void {
  if (!element) return;
  const top = row * ROW_HEIGHT;
  const room = element.clientHeight - head - ROW_HEIGHT;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top > element.scrollTop + room) element.scrollTop = top - room;
}
