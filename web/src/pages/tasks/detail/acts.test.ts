import assert from "node:assert/strict";
import { test } from "node:test";
import { actsOf, endsTurn, needOf } from "./acts.ts";

test("one act goes on, one turns down, and the rest is behind 更多", () => {
  assert.deepEqual(actsOf({ actions: ["approve", "reject", "transfer", "return"] }), {
    primary: "approve",
    danger: "reject",
    more: ["transfer", "return"],
  });
  assert.deepEqual(actsOf({ actions: ["complete", "transfer", "unclaim"] }), {
    primary: "complete",
    danger: undefined,
    more: ["transfer", "unclaim"],
  });
  assert.deepEqual(actsOf({ actions: ["claim"] }), { primary: "claim", danger: undefined, more: [] });
  assert.deepEqual(actsOf({ actions: ["take_back"] }).more, ["take_back"]);
});

test("a rejection asks where it leads only where its person is to say so", () => {
  const somewhere = [{ node: "initiator", title: { zh: "发起人", en: "The initiator" } }];
  assert.equal(needOf("reject", { back_to: somewhere, actions: ["reject"] }), "turning_down");
  assert.equal(needOf("reject", { back_to: somewhere, actions: ["reject", "return"] }), "reason");
  assert.equal(needOf("reject", { back_to: [], actions: ["reject"] }), "reason");
});

test("what leaves the decision open leaves the task in the list", () => {
  assert.equal(endsTurn("approve"), true);
  assert.equal(endsTurn("add_signers"), false);
  assert.equal(endsTurn("claim"), false);
});
