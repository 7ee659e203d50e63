/** What a new process begins with. */

import type { Drawing, Step } from "../../flow/model.ts";
import type { DocumentWord } from "./words.ts";

export const TEMPLATES = ["approvalAndBack", "empty"] as const;

export type Template = (typeof TEMPLATES)[number];

interface Titles {
  process: Step;
  approval: Step;
  back: Step;
}

export function drawn(
  template: Template,
  key: string,
  document: DocumentWord,
  bound: Step,
  titles: Titles,
): Drawing {
  const steps = template === "empty" ? [] : approvalAndBack(document, bound, titles);
  return {
    process: key,
    title: titles.process,
    owner: { role: "process_owner" },
    document: bound,
    steps,
  };
}

/** Somebody approves, and the document is told so where its system knows how. */
function approvalAndBack(document: DocumentWord, bound: Step, titles: Titles): Step[] {
  const initiator = String(bound.initiator ?? "applicant");
  const approval: Step = {
    approval: "approve",
    title: titles.approval,
    who: [{ department_head_of: initiator }],
    reject: "to_initiator",
  };
  const approved = ((bound.states ?? {}) as Step).approved ?? ["approved"];
  const action = document.actions.find((one) => Array.isArray(approved) && approved.includes(one.to));
  if (!action) return [approval];
  const back: Step = {
    effect: "write_back",
    title: titles.back,
    connector: document.system,
    entity: document.kind,
    action: action.value,
    args: Object.fromEntries(action.args.map((name) => [name, name === "note" ? "{decision.opinion}" : ""])),
    ...(action.undo ? { undo: action.undo } : {}),
  };
  return [approval, back];
}

/** `purchase-requisition`, or `purchase-requisition-2` where there is one. */
export function freeKey(base: string, taken: readonly string[]): string {
  const plain = base.replace(/_/g, "-");
  if (!taken.includes(plain)) return plain;
  for (let number = 2; ; number += 1) if (!taken.includes(`${plain}-${number}`)) return `${plain}-${number}`;
}
