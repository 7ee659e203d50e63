import type { Schemas } from "../../../api/client.ts";

export type ActName = Schemas["Repair"]["act"];
export type Need = "to" | "node" | "event";

/** An act that can be proposed: what it is done to, and what the person still has to say beside the reason. */
export interface Proposal {
  act: ActName | "withdraw_own" | "urge_own" | "revoke";
  task?: string | null;
  effect?: string | null;
  event?: string | null;
  needs: readonly Need[];
}

const OVER = ["finished", "failed"];
const OWN_ENDINGS = ["approved"];

/** What ends something, or cannot be taken back. */
export function isGrave(act: Proposal["act"]): boolean {
  return ["terminate", "withdraw", "withdraw_own", "skip_effect", "compensate", "revoke"].includes(act);
}

/** What an administrator is offered for the whole of an instance; whether it may be done is up to the server. */
export function offeredToAdmin(status: string): Proposal[] {
  if (OVER.includes(status)) return [];
  const held: Proposal = status === "suspended" ? plain("resume") : plain("suspend");
  return [
    plain("urge"),
    plain("nudge"),
    { act: "jump", needs: ["node"] },
    held,
    plain("withdraw"),
    plain("terminate"),
  ];
}

/** What the initiator is offered. */
export function offeredToInitiator(status: string, outcome: string | null | undefined): Proposal[] {
  if (OVER.includes(status)) return OWN_ENDINGS.includes(outcome ?? "") ? [plain("revoke")] : [];
  return [plain("urge_own"), plain("withdraw_own")];
}

/** What an administrator is offered for one effect of the ledger. */
export function offeredForEffect(effect: Schemas["EffectOut"], status: string): Proposal[] {
  if (OVER.includes(status)) return [];
  const of = (act: ActName): Proposal => ({ act, effect: effect.key, needs: [] });
  if (effect.status === "confirmed") return [of("compensate")];
  if (effect.status === "conflict" || effect.status === "rejected")
    return [of("retry_effect"), of("skip_effect")];
  return [];
}

export function ofRepair(repair: Schemas["Repair"]): Proposal {
  return { ...repair, needs: repair.needs ?? [] };
}

function plain(act: Proposal["act"]): Proposal {
  return { act, needs: [] };
}
