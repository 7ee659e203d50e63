export type State = "coming" | "now" | "over";

/** Where a time from `from` until before `to` lies, seen at `at`; all three are moments as ISO text. */
export function stateOf(from: string, to: string, at: string): State {
  const now = Date.parse(at);
  if (now < Date.parse(from)) return "coming";
  return now < Date.parse(to) ? "now" : "over";
}
