/** What is said about the steps of a tree on the canvas; by whom and why is decided elsewhere. */

import { FINISH, wayKey } from "./layout.ts";
import { type Drawing, idOf, type Step, slotsOf } from "./model.ts";

export type Tone = "plain" | "good" | "busy" | "warn" | "bad";

/** A few words on a card, in place of its sentence; `says` is told on hover and on focus. */
export interface Chip {
  readonly text: string;
  readonly tone?: Tone;
  readonly says?: string;
  readonly icon?: "person" | "time" | "rule" | "done";
}

export interface Mark {
  /** Whether the path leads here: what is taken is blue, what is not fades. Without it, neither. */
  readonly path?: "taken" | "not" | "maybe";
  /** A ring around the card. Say in a chip what it means: a colour alone is no word. */
  readonly ring?: Tone;
  readonly chips?: readonly Chip[];
}

/** By the id of a step, `wayKey(id, "0" | "1" | … | "otherwise")` for a way, START or FINISH. */
export type Marks = Readonly<Record<string, Mark>>;

/** The lines that the path goes along, as `from→to` by the keys of the layout. */
export function takenLines(drawing: Drawing, marks: Marks): Set<string> {
  const lines = new Set<string>();
  const isTaken = (key: string) => marks[key]?.path === "taken";
  const column = (steps: readonly Step[], head: string, goesOn: boolean, foot: string) => {
    let from = head;
    steps.forEach((step, index) => {
      const id = idOf(step);
      const later = goesOn || steps.slice(index + 1).some((one) => isTaken(idOf(one)));
      if (isTaken(id) || later) lines.add(`${from}→${id}`);
      from = id;
      const slots = slotsOf(step);
      if (!slots.length) return;
      const join = `${id}/join`;
      let passes = false;
      for (const slot of slots) {
        const key = wayKey(id, slot.name);
        const goes = isTaken(key) || slot.steps.some((one) => isTaken(idOf(one)));
        if (!goes) continue;
        passes = true;
        lines.add(`${id}→${key}`);
        column(slot.steps, key, later, join);
      }
      if (later && !passes) lines.add(`${id}→${join}`);
      from = join;
    });
    if (goesOn) lines.add(`${from}→${foot}`);
  };
  column(drawing.steps, "start", isTaken(FINISH), FINISH);
  return lines;
}
