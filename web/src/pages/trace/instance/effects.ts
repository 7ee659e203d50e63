import type { Effect } from "../asked.ts";

export type StageName = "planned" | "sent" | "confirmed" | "failed" | "compensated";

interface Stage {
  stage: StageName;
  at: string | null;
  state: "past" | "bad" | "ahead";
}

type Progress = Pick<Effect, "status" | "planned_at" | "sent_at" | "finished_at">;

/** The way of an effect: planned, sent, then confirmed by reading back, or refused; perhaps undone after that. */
export function stagesOf(effect: Progress): Stage[] {
  const { status, planned_at, sent_at, finished_at } = effect;
  const planned: Stage = { stage: "planned", at: planned_at, state: "past" };
  const sent: Stage = { stage: "sent", at: sent_at, state: sent_at ? "past" : "ahead" };
  if (status === "conflict" || status === "rejected") {
    return [planned, sent, { stage: "failed", at: finished_at, state: "bad" }];
  }
  if (status === "compensated")
    return [planned, sent, { stage: "compensated", at: finished_at, state: "past" }];
  const confirmed = status === "confirmed";
  return [
    planned,
    sent,
    { stage: "confirmed", at: confirmed ? finished_at : null, state: confirmed ? "past" : "ahead" },
  ];
}

interface Proof {
  what: "state" | "version" | "ref" | "replayed";
  value: string;
}

type Read = Pick<Effect, "status" | "result_state" | "result_version" | "ref" | "replayed">;

/** What was read back from the other system. */
export function evidenceOf(effect: Read): Proof[] {
  const told: [Proof["what"], string | null][] = [
    ["ref", effect.ref],
    ["state", effect.result_state],
    ["version", effect.result_version],
    ["replayed", effect.replayed ? "" : null],
  ];
  return told.flatMap(([what, value]) => (value === null ? [] : [{ what, value }]));
}
