import type { Tone } from "../../../flow/marks.ts";

const HOUR = 3_600_000;

/** How hot a step is by how long it has lasted: from a day on it is worth a look, from three days on it is late. */
export function heatOf(milliseconds: number): Tone {
  if (milliseconds >= 72 * HOUR) return "bad";
  return milliseconds >= 24 * HOUR ? "warn" : "busy";
}
