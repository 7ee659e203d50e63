const HOUR = 3_600_000;

/** How a deadline is felt: it has passed, it is close, or there is time. */
export type Urgency = "overdue" | "soon" | "later";

const SOON = 4 * HOUR;

export function urgencyOf(due: string, now: number): Urgency {
  const left = Date.parse(due) - now;
  if (left < 0) return "overdue";
  return left < SOON ? "soon" : "later";
}
