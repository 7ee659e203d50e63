import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf } from "../../flow/model.ts";
import { openDesk, withField } from "./desk.ts";

const opened = () => openDesk({ drawing: { steps: [{ approval: "a", who: [] }] }, cases: [] });

test("what is typed into one field is undone as one", () => {
  const desk = opened();
  for (const title of ["采", "采购", "采购审批"])
    desk.getState().change((drawing) => withField(drawing, "a", "title", title), "a.title");
  desk.getState().change((drawing) => withField(drawing, "a", "mode", "any"));
  desk.temporal.getState().undo();
  assert.deepEqual(stepOf(desk.getState().drawing, "a"), { approval: "a", who: [], title: "采购审批" });
  desk.temporal.getState().undo();
  assert.deepEqual(stepOf(desk.getState().drawing, "a"), { approval: "a", who: [] });
  desk.temporal.getState().redo();
  assert.equal(stepOf(desk.getState().drawing, "a")?.title, "采购审批");
});

test("what changes nothing is nothing to undo", () => {
  const desk = opened();
  desk.getState().change((drawing) => drawing);
  assert.equal(desk.temporal.getState().pastStates.length, 0);
});
