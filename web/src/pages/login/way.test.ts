import assert from "node:assert/strict";
import { test } from "node:test";
import { wayOn } from "./way.ts";

test("after logging in the way leads to where somebody wanted, within this application", () => {
  assert.equal(wayOn("/tasks?state=done"), "/tasks?state=done");
  for (const elsewhere of [
    null,
    "",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/login?to=/",
  ]) {
    assert.equal(wayOn(elsewhere), "/");
  }
});
