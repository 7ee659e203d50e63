import type { Schemas } from "../../../api/client.ts";

type Standing = Schemas["Standing"];
type Hit = Schemas["Hit"];

/** What a rule table answered at a step, and what it went by. */
export interface Decided {
  node: string;
  hit: Hit;
  inputs: [string, unknown][];
}

/** The rules that had answered when the task was given. Whoever sees only a part of the document is told none. */
export function decidedIn(
  nodes: readonly Pick<Standing, "at" | "rule" | "since">[],
  opened: string,
): Decided[] {
  return nodes.flatMap(({ at, rule, since }) =>
    rule && (!since || Date.parse(since) <= Date.parse(opened))
      ? [{ node: at, hit: rule, inputs: Object.entries(rule.inputs) }]
      : [],
  );
}
