import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schemas } from "../../../api/client.ts";
import { stepsOf } from "./fromCourse.ts";

const label = (zh: string) => ({ zh, en: zh });
const standing = (some: Partial<Schemas["Standing"]>): Schemas["Standing"] => ({
  node: String(some.at),
  at: "a",
  kind: "approval",
  title: label("采购审批"),
  state: "current",
  visits: 1,
  ways: [],
  who: [],
  ...some,
});

test("what is ahead is listed too, and what merely holds steps is not", () => {
  const steps = stepsOf({
    nodes: [
      standing({ at: "approve", state: "done" }),
      standing({ at: "both", kind: "parallel" }),
      standing({ at: "pay", kind: "effect", state: "not_yet" }),
    ],
    beside: [standing({ at: "@resubmit" })],
  });
  assert.deepEqual(
    steps.map((step) => [step.key, step.state]),
    [
      ["approve", "done"],
      ["pay", "ahead"],
      ["@resubmit", "current"],
    ],
  );
});

test("whose rejection it was is seen, and by which row a rule decided", () => {
  const since = "2026-11-25T10:00:00Z";
  const part = {
    task: "t",
    person: "li",
    name: "",
    agent_name: "",
    state: "done",
    since,
    opinion: "太贵",
  } as const;
  const row = { row: "r3", text: label("金额大于 100,000 元") } as Schemas["HitRow"];
  const [approve, route] = stepsOf({
    nodes: [
      standing({ at: "approve", who: [{ ...part, action: "reject" }] }),
      standing({
        at: "route",
        kind: "decide",
        rule: { table: "t", title: label("t"), rows: [row], inputs: {} },
      }),
    ],
    beside: [],
  });
  assert.deepEqual(approve?.people[0], {
    key: "t",
    name: "li",
    state: "rejected",
    action: "reject",
    opinion: "太贵",
  });
  assert.equal(route?.note?.zh, "金额大于 100,000 元");
});
