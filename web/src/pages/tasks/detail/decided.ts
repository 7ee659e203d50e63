import type { Schemas } from "../../../api/client.ts";

type Line = Schemas["Line"];

/** What a rule table answered, as the story tells it. */
export interface Decided {
  number: number;
  table: string;
  rows: string[];
  inputs: [string, unknown][];
  outcome: [string, unknown][];
}

/** The rules that had answered when the task was given, the latest first. Whoever sees only a part of the document is
 * not told what a rule went by. */
export function decidedIn(lines: readonly Line[], opened: string): Decided[] {
  return lines
    .filter(
      (line) => line.kind === "decided" && "table" in line.data && Date.parse(line.at) <= Date.parse(opened),
    )
    .map((line) => ({
      number: line.number,
      table: String(line.data.table),
      rows: Array.isArray(line.data.rows) ? line.data.rows.map(String) : [],
      inputs: entries(line.data.inputs),
      outcome: entries(line.data.outcome),
    }))
    .reverse();
}

function entries(said: unknown): [string, unknown][] {
  if (typeof said !== "object" || said === null) return [];
  return Array.isArray(said) ? said.flatMap(entries) : Object.entries(said);
}
