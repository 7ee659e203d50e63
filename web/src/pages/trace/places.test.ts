import assert from "node:assert/strict";
import { test } from "node:test";
import { placesOf } from "./places.ts";

test("the nodes of a definition are told in the order in which it is read, those within others set in", () => {
  const title = { zh: "分派", en: "Route" };
  const steps = [
    { decide: "route", title },
    { parallel: "both", branches: [[{ cc: "finance" }]] },
  ];
  const places = placesOf({ steps });
  assert.deepEqual(places[0], { id: "route", title, depth: 0 });
  assert.deepEqual(places.map((one) => one.id).slice(1), ["both", "finance"]);
  assert.ok((places[2]?.depth ?? 0) > (places[1]?.depth ?? 0));
  assert.deepEqual(placesOf(undefined), []);
});
