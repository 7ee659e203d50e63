/** The ways of saying who does something, as one picks them. */

import type { Json, Step } from "../../flow/model.ts";

export const WAYS = [
  "from",
  "role",
  "department_head_of",
  "superior_of",
  "initiator",
  "person",
  "members_of",
  "skill",
  "position",
  "did",
  "process_owner",
] as const;

export type Way = (typeof WAYS)[number];

export const STRATEGIES = ["highest_skill", "least_loaded", "round_robin", "sticky", "weighted"] as const;

/** Which way it is said; null while nothing has been picked. */
export function wayOf(who: Step): Way | null {
  const said = (way: Way) => Boolean(who[way]);
  if (said("role")) return "role";
  if (said("members_of")) return "members_of";
  return WAYS.find(said) ?? null;
}

/** A new way of saying it; nothing of the old one stays. */
export function begun(way: Way, applicant: string): Step {
  if (way === "initiator" || way === "process_owner") return { [way]: true };
  if (way === "department_head_of" || way === "superior_of") return { [way]: applicant };
  return { [way]: "" };
}

/** Whether those meant may be several, of whom one can be chosen. */
export function isMany(way: Way | null): boolean {
  return way !== null && ["role", "members_of", "skill", "position", "from"].includes(way);
}

/** One, several, or none yet: a list in any case. */
export function whoList(value: Json | undefined): readonly Step[] {
  if (Array.isArray(value)) return value as readonly Step[];
  return value && typeof value === "object" ? [value as Step] : [];
}

/** With what a strategy needs, and without what it must not have. */
export function withStrategy(who: Step, strategy: string | undefined): Step {
  const { strategy: _was, weights, same, apart_from: apart, otherwise, ...rest } = who;
  if (!strategy) return rest;
  return {
    ...rest,
    strategy,
    ...(strategy === "weighted"
      ? { weights: weights ?? { skill: rest.skill ? 1 : 0, load: 1, recency: 1 } }
      : {}),
    ...(strategy === "sticky" ? { same: same ?? "" } : {}),
    ...(Array.isArray(apart) && apart.length ? { apart_from: apart } : {}),
    ...(otherwise ? { otherwise } : {}),
  };
}
