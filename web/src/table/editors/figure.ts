import type { CellShape, SpanShape } from "../reading.ts";

export const COMPARISONS = [
  "any",
  "below",
  "at_most",
  "above",
  "at_least",
  "is",
  "is_not",
  "between",
] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A condition of one span, as its editor shows it; `low` is the one bound where there is only one. */
export interface Parts {
  comparison: Comparison;
  low: string;
  high: string;
  lowIn: boolean;
  highIn: boolean;
}

/** The parts of a cell; null if it has more than one span and has to be typed. */
export function partsOf(shape: CellShape): Parts | null {
  const [span, ...more] = shape.spans ?? [];
  const parts = { low: "", high: "", lowIn: true, highIn: true };
  if (!span) return { ...parts, comparison: "any" };
  if (more.length) return null;
  const { low, high } = span;
  if (low && low === high) return { ...parts, comparison: shape.negated ? "is_not" : "is", low };
  if (shape.negated) return null;
  if (!low) return { ...parts, comparison: span.high_in ? "at_most" : "below", low: high ?? "" };
  if (!high) return { ...parts, comparison: span.low_in ? "at_least" : "above", low };
  return { comparison: "between", low, high, lowIn: span.low_in ?? true, highIn: span.high_in ?? true };
}

/** The cell that the parts make; null while a bound is missing. */
export function shapeOf(parts: Parts | null): CellShape | null {
  if (!parts) return null;
  const { comparison, low, high } = parts;
  if (comparison === "any") return { negated: false, spans: [] };
  if (!low || (comparison === "between" && !high)) return null;
  return { negated: comparison === "is_not", spans: [spanOf(parts)] };
}

function spanOf({ comparison, low, high, lowIn, highIn }: Parts): SpanShape {
  if (comparison === "below" || comparison === "at_most")
    return { low: null, low_in: false, high: low, high_in: comparison === "at_most" };
  if (comparison === "above" || comparison === "at_least")
    return { low, low_in: comparison === "at_least", high: null, high_in: false };
  if (comparison === "between") return { low, low_in: lowIn, high, high_in: highIn };
  return { low, low_in: true, high: low, high_in: true };
}
