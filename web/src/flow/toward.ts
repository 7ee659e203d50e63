/** Where the arrow keys lead from a step. */

import {
  at,
  type Drawing,
  idOf,
  kindOf,
  type Path,
  pathOf,
  type Step,
  sequenceAt,
  slotsOf,
  spotBefore,
} from "./model.ts";

export type Toward = "up" | "down" | "left" | "right";

/** The step that lies that way, or null at the edge: down leads into the first way of a fork, up out of it again. */
export function toward(drawing: Drawing, id: string, way: Toward): string | null {
  const path = pathOf(drawing, id);
  if (!path) return null;
  const found = { up, down, left: sideways(-1), right: sideways(1) }[way](drawing, path);
  return found ? idOf(found) : null;
}

function up(drawing: Drawing, path: Path): Step | undefined {
  const { sequence, index } = spotBefore(path);
  return index > 0 ? sequenceAt(drawing, sequence)[index - 1] : ownerOf(drawing, path)?.step;
}

function down(drawing: Drawing, path: Path): Step | undefined {
  const step = at(drawing, path) as Step;
  const inside = slotsOf(step).find((slot) => slot.steps.length)?.steps[0];
  return inside ?? next(drawing, path);
}

/** The one after it; behind the last of a way, what comes behind the fork. */
function next(drawing: Drawing, path: Path): Step | undefined {
  const { sequence, index } = spotBefore(path);
  const after = sequenceAt(drawing, sequence)[index + 1];
  if (after) return after;
  const owner = ownerOf(drawing, path);
  return owner ? next(drawing, owner.path) : undefined;
}

const sideways =
  (by: -1 | 1) =>
  (drawing: Drawing, path: Path): Step | undefined => {
    const owner = ownerOf(drawing, path);
    if (!owner) return undefined;
    const slots = slotsOf(owner.step);
    const own = slots.findIndex((slot) =>
      slot.path.every((key, index) => path[owner.path.length + index] === key),
    );
    for (let number = own + by; number >= 0 && number < slots.length; number += by) {
      const first = slots[number]?.steps[0];
      if (first) return first;
    }
    return sideways(by)(drawing, owner.path);
  };

function ownerOf(drawing: Drawing, path: Path): { step: Step; path: Path } | undefined {
  for (let length = path.length - 1; length > 1; length -= 1) {
    const head = path.slice(0, length);
    const value = at(drawing, head);
    if (typeof head[length - 1] === "number" && isStep(value)) return { step: value, path: head };
  }
  return undefined;
}

function isStep(value: unknown): value is Step {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    typeof (value as Step)[kindOf(value as Step)] === "string"
  );
}
