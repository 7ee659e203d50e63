import assert from "node:assert/strict";
import { test } from "node:test";
import { offeredForEffect, offeredToAdmin, offeredToInitiator, ofRepair } from "./acts.ts";

const effect = {
  key: "k",
  node: "write_back",
  connector: "erp",
  entity: "order",
  action: "approve",
  attempts: 1,
  planned_at: "2026-01-01T00:00:00Z",
  sent_at: null,
  finished_at: null,
  on_behalf_of: null,
  result_version: null,
  result_state: null,
  ref: null,
  replayed: false,
  message: null,
};

test("an instance that is over is left alone, but for what was approved", () => {
  assert.deepEqual(offeredToAdmin("finished"), []);
  assert.deepEqual(offeredToInitiator("finished", "rejected"), []);
  assert.deepEqual(
    offeredToInitiator("finished", "approved").map((one) => one.act),
    ["revoke"],
  );
});

test("what is suspended can be resumed, and what runs suspended", () => {
  const acts = (status: string) => offeredToAdmin(status).map((one) => one.act);
  assert.ok(acts("suspended").includes("resume") && !acts("suspended").includes("suspend"));
  assert.ok(acts("running").includes("suspend") && !acts("running").includes("resume"));
});

test("an effect is tried again, passed over or undone by its key", () => {
  const acts = (status: "conflict" | "confirmed" | "sent") =>
    offeredForEffect({ ...effect, status }, "troubled").map((one) => `${one.act} ${one.effect}`);
  assert.deepEqual(acts("conflict"), ["retry_effect k", "skip_effect k"]);
  assert.deepEqual(acts("confirmed"), ["compensate k"]);
  assert.deepEqual(acts("sent"), []);
});

test("a repair is proposed as the server said it", () => {
  const repair = { act: "reassign", task: "t", effect: null, event: null, needs: ["to"] } as const;
  assert.deepEqual(ofRepair({ ...repair, needs: ["to"] }), { ...repair, needs: ["to"] });
});
