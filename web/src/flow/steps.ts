/** A new step of each kind, with what every one of them needs and nothing a person would have to take back. */

import { freeId } from "./change.ts";
import type { Kind, Step } from "./model.ts";

const BASES: Record<Kind, string> = {
  approval: "approve",
  work: "work",
  cc: "inform",
  decide: "route",
  branch: "ways",
  parallel: "parallel",
  each: "item",
  effect: "write_back",
  call: "call",
  wait: "wait",
  end: "end",
};

export function newStep(kind: Kind, taken: ReadonlySet<string>, title: Step): Step {
  const id = freeId(BASES[kind], taken);
  return { [kind]: id, title, ...beginning(kind) };
}

function beginning(kind: Kind): Step {
  switch (kind) {
    case "approval":
    case "work":
    case "cc":
      return { who: [] };
    case "branch":
      return { branches: [{ when: {}, steps: [] }], otherwise: [] };
    case "parallel":
      return { branches: [[], []] };
    case "each":
      return { items: "", steps: [] };
    case "effect":
      return { connector: "", entity: "", action: "", args: {} };
    case "decide":
      return { table: "" };
    case "call":
      return { process: "" };
    case "wait":
      return { for: "1d" };
    case "end":
      return {};
  }
}
