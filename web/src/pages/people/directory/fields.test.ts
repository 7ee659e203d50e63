import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf, type Person, personOf } from "./fields.ts";

const CHEN: Person = {
  id: "chen",
  name: "Chen",
  department: "buying",
  superior: "wang",
  position: "buyer",
  active: true,
  accounts: { dingtalk: "d-chen", slack: "s-chen" },
  skills: { steel: 4 },
  regions: ["east"],
  email: null,
  phone: "138",
  max_open_tasks: 5,
  max_open_hours: null,
};

test("a person whom nobody touched in the form stays the same", () => {
  assert.deepEqual(personOf(fieldsOf(CHEN, undefined), CHEN), CHEN);
});

test("what is emptied in the form is gone, and accounts that it does not show stay", () => {
  const fields = { ...fieldsOf(CHEN, undefined), phone: " ", superior: undefined, skills: [], accounts: {} };
  const after = personOf(fields, CHEN);
  assert.deepEqual([after.phone, after.superior, after.skills], [null, null, {}]);
  assert.deepEqual(after.accounts, { slack: "s-chen" });
});

test("somebody new begins in the department that is looked at", () => {
  assert.equal(
    personOf({ ...fieldsOf(undefined, "buying"), id: "1", name: "New" }, undefined).department,
    "buying",
  );
});
