import type { Hit } from "./model.ts";

export type { Hit } from "./model.ts";

/** What happens when several rows apply, the usual ones first. */
export const HITS: Hit[] = [
  "unique",
  "first",
  "any",
  "priority",
  "collect",
  "rule_order",
  "output_order",
  "collect_sum",
  "collect_min",
  "collect_max",
  "collect_count",
];
