import assert from "node:assert/strict";
import { test } from "node:test";
import { evidenceOf, stagesOf } from "./effects.ts";

const times = { planned_at: "t1", sent_at: "t2", finished_at: "t3" };

test("what was sent and not read back is not called confirmed", () => {
  const stages = stagesOf({ ...times, finished_at: null, status: "sent" });
  assert.deepEqual(
    stages.map((one) => [one.stage, one.state]),
    [
      ["planned", "past"],
      ["sent", "past"],
      ["confirmed", "ahead"],
    ],
  );
});

test("a refusal ends the way of an effect, and an undoing says so", () => {
  assert.equal(stagesOf({ ...times, status: "conflict" }).at(-1)?.state, "bad");
  assert.equal(stagesOf({ ...times, status: "compensated" }).at(-1)?.stage, "compensated");
});

test("the evidence is what was read back, and nothing is made up", () => {
  const nothing = {
    status: "sent",
    result_state: null,
    result_version: null,
    ref: null,
    replayed: false,
  } as const;
  assert.deepEqual(evidenceOf(nothing), []);
  assert.deepEqual(
    evidenceOf({ ...nothing, status: "confirmed", result_state: "approved", result_version: "4" }).map(
      (one) => one.what,
    ),
    ["state", "version"],
  );
});
