import assert from "node:assert/strict";
import { test } from "node:test";
import { byNode, marksOf, type Standing, type Words } from "./standing.ts";

const words: Words = {
  state: (state) => state,
  span: (seconds) => `${seconds}s`,
  dwells: (seconds) => `for ${seconds}s`,
  exactly: (at) => at,
  say: (label) => label?.en ?? "",
};

const title = { zh: "", en: "" };
const standing = (node: string, state: Standing["state"], more: Partial<Standing> = {}): Standing => ({
  node,
  at: node,
  kind: "approval",
  title,
  state,
  visits: 1,
  who: [],
  ways: [],
  ...more,
});

test("of a step that is done for each item, the one in trouble is shown", () => {
  const items = [standing("inspect", "done"), standing("inspect", "trouble"), standing("inspect", "current")];
  assert.equal(byNode(items).get("inspect")?.state, "trouble");
});

test("whoever holds a step is named, with how long, and a long dwell is hot", () => {
  const chen = {
    task: "t",
    person: "chen",
    name: "陈静",
    state: "open",
    since: "then",
    agent_name: "",
    opinion: "",
  } as const;
  const held = standing("approve", "current", { who: [chen], seconds: 90_000, since: "then" });
  const { approve } = marksOf([held], false, words);
  assert.equal(approve?.ring, "warn");
  assert.deepEqual(
    approve?.chips?.map((one) => one.text),
    ["陈静", "for 90000s"],
  );
});

test("what was never come to is no part of the way once it is over, and no mistake before", () => {
  const ahead = standing("write_back", "not_yet");
  assert.equal(marksOf([ahead], true, words).write_back?.path, "not");
  assert.equal(marksOf([ahead], false, words).write_back?.path, undefined);
});

test("the ways that a branch took are part of the way", () => {
  const branch = standing("size", "done", { ways: [1] });
  assert.equal(marksOf([branch], false, words)["size/1"]?.path, "taken");
});
