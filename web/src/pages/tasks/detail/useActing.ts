import { useState } from "react";
import { useDecide, useTelling } from "../deciding.ts";
import { howTold, type Outcome, type Press } from "../press.ts";
import { type Action, endsTurn, needOf, type Task, takesFields } from "./acts.ts";
import type { InstanceView } from "./asked.ts";
import { askOf } from "./instanceActs.ts";

/** An act that is being asked about: of the task, or of the initiator about the whole instance. */
export interface Asking {
  action: Action;
  of: "task" | "instance";
}

interface Given {
  task: Task | undefined;
  view: InstanceView;
  filled: Record<string, unknown>;
  opinion: string;
  /** Whether all is filled in; says so where it is not. */
  isFilled: () => boolean;
  /** The task is not this person's turn any more. */
  left: () => void;
}

/** From the press of a button, over what it needs to be told, to its outcome. */
export function useActing({ task, view, filled, opinion, isFilled, left }: Given) {
  const decide = useDecide();
  const tell = useTelling();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [refused, setRefused] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);

  async function press(of: Asking["of"], act: Press) {
    setBusy(true);
    const outcome =
      of === "task" && task
        ? await decide(task, { ...act, ...(takesFields(act.action) ? { fields: filled } : {}) })
        : await tell(askOf(view, act.action, act.opinion ?? "", act.confirmed ?? false));
    setBusy(false);
    if (!outcome) return;
    const done = howTold(outcome) === "done" || howTold(outcome) === "pending";
    setRefused(done ? null : outcome);
    if (done || howTold(outcome) === "stale") setAsking(null);
    if (done && of === "task" && endsTurn(act.action)) left();
  }

  function start(next: Asking) {
    setRefused(null);
    if ((next.action === "approve" || next.action === "complete") && !isFilled()) return;
    if (needsWords(next, task, opinion)) setAsking(next);
    else void press(next.of, { action: next.action, opinion });
  }

  const close = () => {
    setAsking(null);
    setRefused(null);
  };
  return { asking, refused, busy, start, press, close };
}

function needsWords({ action, of }: Asking, task: Task | undefined, opinion: string): boolean {
  if (of === "instance") return action !== "urge";
  if (action === "advise") return !opinion.trim();
  return task ? needOf(action, task) !== "nothing" : false;
}
