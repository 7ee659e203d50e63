/** How a state is meant: the colour and the sign beside its word. */
export type Tone = "going" | "good" | "attention" | "bad" | "quiet";

const TONES: Record<string, Record<string, Tone>> = {
  status: {
    running: "going",
    returned: "attention",
    troubled: "bad",
    unwinding: "attention",
    suspended: "attention",
    finished: "quiet",
    failed: "bad",
  },
  outcome: { approved: "good", rejected: "bad", revoked: "attention", terminated: "attention" },
  task: { open: "going", waiting: "attention", done: "good", cancelled: "quiet" },
  effect: {
    planned: "quiet",
    sent: "going",
    confirmed: "good",
    conflict: "bad",
    rejected: "bad",
    compensated: "attention",
  },
  cause: {
    trouble: "bad",
    nobody: "bad",
    effect: "bad",
    suspended: "attention",
    event: "attention",
    call: "attention",
    person: "going",
    left: "attention",
    absent: "attention",
    lost: "bad",
    unanswered: "bad",
  },
  step: {
    waiting: "attention",
    current: "going",
    done: "good",
    returned: "attention",
    trouble: "bad",
  },
  decision: { OK: "good", NO_MATCH: "attention", CONFLICT: "bad", INPUT_ERROR: "bad" },
  action: {
    approve: "good",
    complete: "good",
    reject: "bad",
    return: "attention",
    resubmit: "good",
    skip: "attention",
  },
};

/** What has states. */
export type Stateful = "status" | "outcome" | "task" | "effect" | "cause" | "step" | "decision" | "action";

/** A state that nobody foresaw, such as an outcome of a process's own, is quiet. */
export function toneOf(of: Stateful, state: string): Tone {
  return TONES[of]?.[state] ?? "quiet";
}
