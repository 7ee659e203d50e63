import type { ReactFlowInstance } from "@xyflow/react";
import type { Layout } from "./layout.ts";
import { itemOf } from "./scene.ts";

const MARGIN = 32;
const READABLE = 0.6;

/** The whole tree if it can be read at that size, else its upper part. */
export function opened(flow: ReactFlowInstance, frame: HTMLElement, stands: Layout): void {
  const { clientWidth, clientHeight } = frame;
  const fitting = Math.min(
    (clientWidth - 2 * MARGIN) / stands.width,
    (clientHeight - 2 * MARGIN) / stands.height,
    1,
  );
  const zoom = Math.max(fitting, READABLE);
  const middle =
    stands.width * zoom + 2 * MARGIN > clientWidth ? (stands.items[0]?.x ?? 0) : stands.width / 2;
  void flow.setViewport({ x: clientWidth / 2 - middle * zoom, y: MARGIN, zoom });
}

/** Moves the view no farther than it has to. */
export function bringIntoView(
  flow: ReactFlowInstance,
  frame: HTMLElement,
  stands: Layout,
  key: string,
): void {
  const item = itemOf(stands, key);
  if (!item) return;
  const { x, y, zoom } = flow.getViewport();
  const left = (item.x - item.width / 2) * zoom + x;
  const top = item.y * zoom + y;
  const isIn =
    left >= MARGIN &&
    top >= MARGIN &&
    left + item.width * zoom <= frame.clientWidth - MARGIN &&
    top + item.height * zoom <= frame.clientHeight - MARGIN;
  if (isIn) return;
  const readable = Math.max(zoom, READABLE);
  void flow.setViewport({
    x: frame.clientWidth / 2 - item.x * readable,
    y: frame.clientHeight / 2 - (item.y + item.height / 2) * readable,
    zoom: readable,
  });
}

/** Gives the card the keyboard once it is drawn, which it may not be before it comes into view. */
export function focusOn(frame: HTMLElement, key: string, tries = 10): void {
  requestAnimationFrame(() => {
    const card = frame.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (card) card.focus({ preventScroll: true });
    else if (tries) focusOn(frame, key, tries - 1);
  });
}
