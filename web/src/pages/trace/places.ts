import type { Label } from "../../api/client.ts";
import { type Drawing, idOf, walk } from "../../flow/model.ts";

/** A node of a definition, and how deep it lies within others. */
export interface Place {
  id: string;
  title: Label;
  depth: number;
}

/** Every node of a definition, in the order in which it is read. */
export function placesOf(process: object | undefined): Place[] {
  if (!process) return [];
  return walk(process as Drawing).map(({ step, path }) => ({
    id: idOf(step),
    title: titleOf(step.title) ?? { zh: idOf(step), en: idOf(step) },
    depth: path.filter((part) => typeof part === "number").length - 1,
  }));
}

function titleOf(title: unknown): Label | null {
  const isLabel = typeof title === "object" && title !== null && "zh" in title && "en" in title;
  return isLabel ? (title as Label) : null;
}
