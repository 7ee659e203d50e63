export type Unit = "minutes" | "hours" | "days";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in the one unit a person would say it in: minutes to an hour, hours to two days, then days. */
export function spanOf(milliseconds: number): { count: number; unit: Unit } {
  const length = Math.abs(milliseconds);
  if (length < HOUR) return { count: Math.floor(length / MINUTE), unit: "minutes" };
  if (length < 2 * DAY) return { count: Math.floor(length / HOUR), unit: "hours" };
  return { count: Math.floor(length / DAY), unit: "days" };
}
