import type { Label, Schemas } from "../api/client.ts";

/** What the grid shows beside what cells say: mistakes, what a finding is about, and how a trial went. */
export interface Marks {
  /** By row and column: why the cell cannot be read. */
  wrong: Map<string, Label>;
  /** Rows that a finding is about. */
  found: Set<string>;
  /** The columns a finding is about, within its rows. */
  foundIn: Set<string>;
  /** Rows that answered the trial. */
  hit: Set<string>;
  /** By row and column: whether the cell held in the trial. */
  held: Map<string, boolean>;
  /** Whether the default row answered the trial. */
  byDefault: boolean;
}

export const placeOf = (row: string, column: string): string => `${row}\n${column}`;

type Finding = Schemas["Finding"];
type Explanation = Schemas["Explanation"];

export function marksOf(findings: Finding[], chosen: Finding | null, tried: Explanation | null): Marks {
  const wrong = new Map<string, Label>();
  for (const one of findings)
    if (one.sort === "mistake")
      for (const row of one.rows ?? [])
        for (const column of one.columns ?? [""]) wrong.set(placeOf(row, column), one.text);
  const held = new Map<string, boolean>();
  for (const row of tried?.rows ?? [])
    for (const cell of row.cells) held.set(placeOf(row.row, cell.column), cell.holds);
  const answer = tried?.evaluation;
  return {
    wrong,
    found: new Set(chosen?.rows ?? []),
    foundIn: new Set(chosen?.columns ?? []),
    hit: new Set(answer?.rows ?? []),
    held,
    byDefault: answer?.used_default ?? false,
  };
}
