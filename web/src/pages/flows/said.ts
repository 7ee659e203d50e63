/** The server's sentences and faults, by the keys of the canvas. */

import type { Schemas } from "../../api/client.ts";
import { wayKey } from "../../flow/layout.ts";
import { type Drawing, OTHERWISE, stepOf } from "../../flow/model.ts";
import type { Fault } from "./asking.ts";
import { say } from "./words.ts";

type Sentence = Schemas["Sentence"];

/** A step's sentence under its id, its condition under `id?`, and that of a way under the way's key. */
export function sentencesByKey(sentences: readonly Sentence[], lang: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const one of sentences) {
    const text = say(one.text, lang);
    const when = say(one.when, lang);
    const [detail] = one.details;
    found[one.node] = [when, text, detail ? say(detail, lang) : ""]
      .filter(Boolean)
      .join(lang === "en" ? ", " : "，");
    if (when) found[`${one.node}?`] = when;
    one.ways.forEach((way, index) => {
      const isLast = index === one.ways.length - 1;
      found[wayKey(one.node, isLast ? OTHERWISE : String(way.number))] = say(way.text, lang);
    });
  }
  return found;
}

/** Of a branch, what is wrong with one of its ways is said at that way. */
export function keyOfFault(fault: Fault, drawing: Drawing): string | null {
  if (!fault.node) return null;
  const way = /^branches\[(\d+)\]/.exec(fault.field);
  const step = stepOf(drawing, fault.node);
  return way && typeof step?.branch === "string" ? wayKey(fault.node, way[1] ?? "0") : fault.node;
}

export function faultsByKey(
  faults: readonly Fault[],
  drawing: Drawing,
  lang: string,
): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const one of faults) {
    const key = keyOfFault(one, drawing) ?? "start";
    found[key] = [...(found[key] ?? []), say(one.message, lang)];
  }
  return found;
}
