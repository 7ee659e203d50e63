import assert from "node:assert/strict";
import { test } from "node:test";
import { howTold, type Outcome, pressId } from "./press.ts";

const answered = (verdict: Outcome["verdict"], first: Outcome["verdict"] = null): Outcome => ({
  status: "answered",
  verdict,
  first,
  message: { zh: "", en: "" },
});

test("a press that came again is told as it was told first", () => {
  assert.equal(howTold(answered("accepted")), "done");
  assert.equal(howTold(answered("duplicate", "accepted")), "done");
  assert.equal(howTold(answered("duplicate", "late")), "not_done");
  assert.equal(howTold(answered("stale_form")), "stale");
  assert.equal(howTold({ ...answered(null), status: "pending" }), "pending");
});

test("each press has a name of its own", () => {
  assert.match(pressId(), /^[0-9a-f]{24}$/);
  assert.notEqual(pressId(), pressId());
});
