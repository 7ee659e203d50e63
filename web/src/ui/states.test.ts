import assert from "node:assert/strict";
import { test } from "node:test";
import { toneOf } from "./states.ts";

test("what went wrong is told apart from what went well", () => {
  assert.equal(toneOf("outcome", "approved"), "good");
  assert.equal(toneOf("status", "troubled"), "bad");
  assert.equal(toneOf("effect", "conflict"), "bad");
});

test("an outcome of a process's own alarms nobody", () => {
  assert.equal(toneOf("outcome", "archived"), "quiet");
});
