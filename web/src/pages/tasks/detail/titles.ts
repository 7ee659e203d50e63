import type { Label, Schemas } from "../../../api/client.ts";
import { type Drawing, stepOf } from "../../../flow/model.ts";

type Process = Schemas["ReleaseOut"]["process"];

/** What a step is called, in the definition as it is now; null for one that has no name, or is gone. */
export function titleOfStep(process: Process | undefined, node: string): Label | null {
  const step = process
    ? stepOf({ steps: process.steps as unknown as Drawing["steps"] }, node.split("-")[0] ?? "")
    : null;
  const title = step?.title;
  return typeof title === "object" && title !== null && "zh" in title && "en" in title
    ? { zh: String(title.zh), en: String(title.en) }
    : null;
}
