/** The ways of naming people that an editor offers; any other stays as it was written. */
export const WAYS = [
  "role",
  "department_head_of",
  "superior_of",
  "members_of",
  "person",
  "position",
  "process_owner",
  "initiator",
] as const;
export type Way = (typeof WAYS)[number];

export type WhoSaid = Record<string, unknown>;

/** By which way somebody is named; null if by none of those or by several people at once. */
export function wayOf(value: unknown): Way | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const said = value as WhoSaid;
  return WAYS.find((way) => said[way] !== undefined && said[way] !== null && said[way] !== false) ?? null;
}

/** Somebody named in this way; what is chosen comes later unless the way says it all. */
export function begunWith(way: Way): WhoSaid {
  if (way === "process_owner" || way === "initiator") return { [way]: true };
  if (way === "department_head_of" || way === "superior_of") return { [way]: "applicant" };
  return { [way]: "" };
}

/** Whether it says whom it means. */
export const isComplete = (said: WhoSaid, way: Way): boolean => said[way] !== "" && said[way] !== undefined;

/** A role narrowed to what the document says under a key, or no longer. */
export function narrowed(said: WhoSaid, keys: string[]): WhoSaid {
  const { where: _before, closest: _closest, ...rest } = said;
  return keys.length ? { ...rest, where: Object.fromEntries(keys.map((key) => [key, `{${key}}`])) } : rest;
}
