import type { Schemas } from "../../../api/client.ts";

export type Task = Schemas["Task"];
export type Action = Schemas["Action"];

/** What an act needs to be told beside its name. */
export type Need =
  | "nothing"
  | "opinion"
  | "reason"
  | "person"
  | "signers"
  | "added"
  | "target"
  | "turning_down";

/** How the acts of a task stand on the screen: one that goes on, one that turns down, and the rest. */
export interface Acts {
  primary: Action | undefined;
  danger: Action | undefined;
  more: Action[];
}

const PRIMARY: readonly Action[] = ["approve", "complete", "claim", "resubmit", "advise", "retry", "recall"];
const DANGER: readonly Action[] = ["reject"];

export function actsOf(task: Pick<Task, "actions">): Acts {
  const primary = PRIMARY.find((one) => task.actions.includes(one));
  const danger = DANGER.find((one) => task.actions.includes(one));
  return { primary, danger, more: task.actions.filter((one) => one !== primary && one !== danger) };
}

/** Where a rejection asks where it leads to, its person chooses; where something is returned, always. */
export function needOf(action: Action, task: Pick<Task, "back_to" | "actions">): Need {
  switch (action) {
    case "reject":
      return asksWhere(task) ? "turning_down" : "reason";
    case "return":
      return "target";
    case "transfer":
    case "delegate":
      return "person";
    case "add_signers":
      return "signers";
    case "remove_signer":
      return "added";
    case "advise":
    case "withdraw":
    case "skip":
      return "reason";
    case "take_back":
      return "opinion";
    default:
      return "nothing";
  }
}

/** A rejection leads where its person says, if there are places and returning by itself is not what they are for. */
function asksWhere(task: Pick<Task, "back_to" | "actions">): boolean {
  return task.back_to.length > 0 && !task.actions.includes("return");
}

/** Acts after which the task is not this person's turn any more. */
const ENDING: readonly Action[] = [
  "approve",
  "reject",
  "complete",
  "resubmit",
  "withdraw",
  "transfer",
  "delegate",
  "advise",
  "return",
  "retry",
  "skip",
];

export function endsTurn(action: Action): boolean {
  return ENDING.includes(action);
}

/** Acts that take what was filled in with them. */
export function takesFields(action: Action): boolean {
  return action === "approve" || action === "reject" || action === "complete";
}
