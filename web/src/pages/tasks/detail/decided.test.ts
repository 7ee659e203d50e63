import assert from "node:assert/strict";
import { test } from "node:test";
import { decidedIn } from "./decided.ts";

const label = { zh: "采购分派", en: "Routing" };

test("only rules that had answered by then say why a task is somebody's", () => {
  const rule = { table: "route", title: label, rows: [], inputs: { amount: "128600.00" } };
  const nodes = [
    { at: "route", rule, since: "2026-11-25T08:00:00Z" },
    { at: "later", rule, since: "2026-11-25T10:00:00Z" },
    { at: "approve", rule: null, since: "2026-11-25T08:00:00Z" },
  ];
  assert.deepEqual(
    decidedIn(nodes, "2026-11-25T09:00:00Z").map((one) => [one.node, one.inputs]),
    [["route", [["amount", "128600.00"]]]],
  );
});
