import type { Schemas } from "../../../api/client.ts";

export type LineTone = "good" | "bad" | "attention" | "quiet";

const ATTENTION = new Set([
  "returned",
  "sent_back",
  "changed",
  "trouble",
  "withdrawn",
  "called_off",
  "escalated",
  "held",
]);

/** How a line of the story is meant; what people decided stands out. */
export function toneOfLine(line: Pick<Schemas["Line"], "kind" | "data">): LineTone {
  const action = line.data.action;
  if (action === "reject" || line.kind === "trouble") return "bad";
  if (action === "approve" || action === "complete" || line.kind === "finished") return "good";
  return ATTENTION.has(line.kind) || action === "return" ? "attention" : "quiet";
}
