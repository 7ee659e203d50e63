import assert from "node:assert/strict";
import { test } from "node:test";
import { bilingual } from "./bilingual.ts";
import { askedFor, lineTone, opinionOf } from "./lines.ts";

const reason = { zh: "采购总监", en: "Purchasing director" };

test("whoever was asked is told with the reason, and nobody without one", () => {
  const people = [
    { person: "wang", name: "王强", reason },
    { person: "li", name: "李四" },
  ];
  assert.deepEqual(
    askedFor({ kind: "asked", data: { people } }).map((one) => one.name),
    ["王强"],
  );
  assert.deepEqual(askedFor({ kind: "asked", data: {} }), []);
});

test("an opinion is told where there is one", () => {
  assert.equal(opinionOf({ kind: "clicked", data: { opinion: "预算内" } }), "预算内");
  assert.equal(opinionOf({ kind: "clicked", data: { opinion: "" } }), null);
});

test("a rejection and a trouble stand out", () => {
  assert.equal(lineTone({ kind: "clicked", data: { action: "reject" } }), "bad");
  assert.equal(lineTone({ kind: "trouble", data: {} }), "bad");
  assert.equal(lineTone({ kind: "branch", data: {} }), "quiet");
});

test("what the server says in both languages is read in one", () => {
  assert.equal(bilingual("第 2 行被改动 / line 2 was changed", "zh-CN"), "第 2 行被改动");
  assert.equal(bilingual("第 2 行被改动 / line 2 was changed", "en"), "line 2 was changed");
  assert.equal(bilingual("2/3", "en"), "2/3");
});
