import type { Schemas } from "../../../api/client.ts";

type Line = Pick<Schemas["Line"], "kind" | "data">;
type Label = Schemas["Label-Output"];

interface Asked {
  person: string;
  name: string;
  reason: Label;
}

/** Those whom a line says were asked, each with the reason why it is this person, where that is told. */
export function askedFor(line: Line): Asked[] {
  const people = line.data?.people;
  return Array.isArray(people) ? people.filter(isAsked) : [];
}

/** What somebody wrote beside a decision. */
export function opinionOf(line: Line): string | null {
  const opinion = line.data?.opinion;
  return typeof opinion === "string" && opinion ? opinion : null;
}

const BAD = ["trouble", "not_told", "not_escalated", "withdrawn", "document_missing"];
const GOOD = ["finished", "effect", "resubmitted"];
const ATTENTION = [
  "returned",
  "sent_back",
  "escalated",
  "reminded",
  "urged",
  "warned",
  "held",
  "undone",
  "auto",
];

/** How a line is meant, for its mark; the words say what happened. */
export function lineTone(line: Line): "good" | "bad" | "attention" | "going" | "quiet" {
  if (line.kind === "clicked") return line.data?.action === "reject" ? "bad" : "going";
  if (BAD.includes(line.kind)) return "bad";
  if (GOOD.includes(line.kind)) return "good";
  return ATTENTION.includes(line.kind) ? "attention" : "quiet";
}

function isAsked(one: unknown): one is Asked {
  return typeof one === "object" && one !== null && "name" in one && "reason" in one && Boolean(one.reason);
}
