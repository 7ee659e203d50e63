import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addWay,
  copied,
  freeId,
  idsIn,
  insert,
  move,
  moveWay,
  remove,
  removeWay,
  rewrite,
  shift,
} from "./change.ts";
import { type Drawing, idOf, type Step, sequenceAt, stepOf, walk } from "./model.ts";
import { toward } from "./toward.ts";

const DRAWING: Drawing = {
  process: "purchase",
  strange: { kept: true },
  steps: [
    { decide: "route", table: "purchase-route" },
    {
      branch: "size",
      branches: [
        { when: { amount: "> 5000" }, steps: [{ approval: "director", who: [{ from: "route.approver" }] }] },
      ],
      otherwise: [{ approval: "head", who: [] }],
    },
    { parallel: "both", branches: [[{ cc: "tell", who: [] }], []] },
    { effect: "book", args: { note: "{route.note} {title}" } },
  ],
};

const order = (drawing: Drawing) => walk(drawing).map(({ step }) => idOf(step));

test("a step is put between two others, at any depth, and what was there is kept", () => {
  const more = insert(DRAWING, { sequence: ["steps", 1, "branches", 0, "steps"], index: 1 }, [{ work: "w" }]);
  assert.deepEqual(order(more), ["route", "size", "director", "w", "head", "both", "tell", "book"]);
  assert.deepEqual(more.strange, { kept: true });
  assert.deepEqual(order(DRAWING), ["route", "size", "director", "head", "both", "tell", "book"]);
});

test("a step is taken out with everything in it", () => {
  assert.deepEqual(order(remove(DRAWING, "size")), ["route", "both", "tell", "book"]);
  assert.equal(remove(DRAWING, "nobody"), DRAWING);
});

test("a step moves to where it is dropped, also before itself and out of a way", () => {
  assert.deepEqual(order(move(DRAWING, "book", { sequence: ["steps"], index: 0 })).slice(0, 2), [
    "book",
    "route",
  ]);
  assert.deepEqual(order(move(DRAWING, "route", { sequence: ["steps", 1, "otherwise"], index: 1 })), [
    "size",
    "director",
    "head",
    "route",
    "both",
    "tell",
    "book",
  ]);
  assert.deepEqual(order(move(DRAWING, "tell", { sequence: ["steps"], index: 4 })).slice(-2), [
    "book",
    "tell",
  ]);
});

test("a step cannot go into itself", () => {
  assert.equal(move(DRAWING, "size", { sequence: ["steps", 1, "otherwise"], index: 0 }), DRAWING);
});

test("a step trades places with its neighbour and stops at the edge", () => {
  assert.deepEqual(order(shift(DRAWING, "both", -1)).slice(0, 3), ["route", "both", "tell"]);
  assert.equal(shift(DRAWING, "route", -1), DRAWING);
});

test("a copy has names of its own, and its parts go by them", () => {
  const group: Step = {
    parallel: "p",
    branches: [
      [
        { decide: "route", table: "t" },
        { approval: "a", who: [{ from: "route.approver" }], when: { "route.x": "1" } },
      ],
      [{ effect: "e", args: { t: "{route.x} {title}" } }],
    ],
  };
  const copy = copied(group, new Set(["p", "route", "a", "e"]));
  assert.deepEqual(copy, {
    parallel: "p_2",
    branches: [
      [
        { decide: "route_2", table: "t" },
        { approval: "a_2", who: [{ from: "route_2.approver" }], when: { "route_2.x": "1" } },
      ],
      [{ effect: "e_2", args: { t: "{route_2.x} {title}" } }],
    ],
  });
});

test("a copy still goes by what lies outside of it", () => {
  const copy = copied(stepOf(DRAWING, "director") as Step, idsIn(DRAWING));
  assert.deepEqual(copy, { approval: "director_2", who: [{ from: "route.approver" }] });
});

test("a branch gets another way, keeps one at least, and its ways change places", () => {
  const size = stepOf(DRAWING, "size") as Step;
  const two = addWay(size);
  assert.equal((two.branches as unknown[]).length, 2);
  assert.equal(removeWay(size, 0), size);
  assert.deepEqual(removeWay(two, 1), size);
  assert.deepEqual((moveWay(two, 1, -1).branches as Step[])[0], { when: {}, steps: [] });
  assert.deepEqual(sequenceAt(rewrite(DRAWING, "size", two), ["steps", 1, "branches", 1, "steps"]), []);
});

test("names are counted up", () => {
  assert.equal(freeId("approve", new Set()), "approve");
  assert.equal(freeId("approve", new Set(["approve", "approve_2"])), "approve_3");
});

test("arrows lead down into a fork, across its ways, and out of it", () => {
  assert.equal(toward(DRAWING, "size", "down"), "director");
  assert.equal(toward(DRAWING, "director", "right"), "head");
  assert.equal(toward(DRAWING, "head", "left"), "director");
  assert.equal(toward(DRAWING, "head", "down"), "both");
  assert.equal(toward(DRAWING, "tell", "up"), "both");
  assert.equal(toward(DRAWING, "book", "down"), null);
});
