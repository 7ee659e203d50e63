import type { KeyboardEvent } from "react";
import type { Editing } from "./jobs.ts";
import { type Layout, START } from "./layout.ts";
import { type Drawing, idOf, sequenceAt, spotBefore } from "./model.ts";
import { itemOf } from "./scene.ts";
import { type Toward, toward } from "./toward.ts";

interface Desk {
  drawing: Drawing;
  edit: Editing | undefined;
  layout: Layout;
  show: (key: string, takesFocus: boolean) => void;
  openMenu: (key: string) => void;
}

const ARROWS: Record<string, Toward> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** Keys on a card: arrows walk, Alt+arrows move the step, + adds one behind it, and the usual for copies and undoing. */
export function keyPressed(event: KeyboardEvent<HTMLElement>, desk: Desk): void {
  const { key: pressed } = event;
  if ((event.target as HTMLElement).closest(".flow-menu")) return;
  const key = (event.target as HTMLElement).closest<HTMLElement>("[data-key]")?.dataset.key;
  const done =
    event.ctrlKey || event.metaKey
      ? commanded(event, key, desk)
      : key !== undefined && onCard(event, key, desk);
  if (done || (key !== undefined && pressed in ARROWS)) event.preventDefault();
}

function onCard(event: KeyboardEvent, key: string, desk: Desk): boolean {
  const way = ARROWS[event.key];
  const item = itemOf(desk.layout, key);
  const id = item?.type === "step" ? idOf(item.step) : null;
  if (way && event.altKey) return shifted(way, id, desk);
  if (way) return walked(way, key, id, desk);
  if (!desk.edit) return false;
  if ((event.key === "Delete" || event.key === "Backspace") && id) {
    desk.edit.remove(id);
    return true;
  }
  if (event.key !== "+" && event.key !== "Insert") return false;
  const plus = plusBehind(key, desk.layout);
  if (plus) desk.openMenu(plus);
  return plus !== null;
}

function shifted(way: Toward, id: string | null, { edit, show }: Desk): boolean {
  if (!edit || !id || way === "left" || way === "right") return false;
  edit.shift(id, way === "up" ? -1 : 1);
  requestAnimationFrame(() => show(id, true));
  return true;
}

function walked(way: Toward, key: string, id: string | null, { drawing, layout, show }: Desk): boolean {
  const item = itemOf(layout, key);
  const [first] = drawing.steps;
  let next: string | null = null;
  if (key === START) next = way === "down" && first ? idOf(first) : null;
  else if (item?.type === "way") next = way === "up" ? idOf(item.owner) : null;
  else if (id) next = toward(drawing, id, way) ?? (way === "up" ? START : null);
  if (next) show(next, true);
  return next !== null;
}

function plusBehind(key: string, layout: Layout): string | null {
  const plus = layout.items.find(
    (item) => item.type === "plus" && (item.after === key || item.after === `${key}/join`),
  );
  return plus?.key ?? null;
}

function commanded(event: KeyboardEvent, key: string | undefined, { edit, layout, drawing }: Desk): boolean {
  if (!edit) return false;
  const pressed = event.key.toLowerCase();
  if (pressed === "z" || pressed === "y") {
    if (pressed === "y" || event.shiftKey) edit.redo();
    else edit.undo();
    return true;
  }
  const item = key === undefined ? undefined : itemOf(layout, key);
  if (item?.type === "step") return copying(pressed, idOf(item.step), edit, () => behind(item.path));
  if (pressed !== "v" || !edit.canPaste) return false;
  edit.paste(
    item?.type === "plus" ? item.spot : { sequence: ["steps"], index: sequenceAt(drawing, ["steps"]).length },
  );
  return true;
}

const behind = (path: readonly (string | number)[]) => {
  const spot = spotBefore(path);
  return { ...spot, index: spot.index + 1 };
};

function copying(pressed: string, id: string, edit: Editing, spot: () => ReturnType<typeof behind>): boolean {
  if (pressed === "c") edit.copy(id);
  else if (pressed === "x") edit.cut(id);
  else if (pressed === "v" && edit.canPaste) edit.paste(spot());
  else return false;
  return true;
}
