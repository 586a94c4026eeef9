import assert from "node:assert/strict";
import { test } from "node:test";
import { areaState, neighbour } from "./overview-types.ts";

test("a unit's area says the worst of what is known", () => {
  assert.equal(areaState({ state: "draft", standing: "missing" }), "missing");
  assert.equal(areaState({ state: "approved", standing: "late" }), "late");
  assert.equal(areaState({ state: "received", standing: "on_time" }), "done");
  assert.equal(areaState({ state: "approved", standing: "on_time" }), "done");
  assert.equal(areaState({ state: "submitted", standing: "on_time" }), "submitted");
  assert.equal(areaState({ state: "returned", standing: "on_time" }), "returned");
  assert.equal(areaState({ state: "draft", standing: "open" }), "open");
  assert.equal(areaState({ state: null, standing: "none" }), "open");
});

test("arrows lead to the nearest area that way, and stay at the edge", () => {
  const points: [number, number][] = [[0, 0], [10, 1], [10, 20], [0, 10], [30, 0]];
  assert.equal(neighbour(points, 0, "ArrowRight"), 1);
  assert.equal(neighbour(points, 1, "ArrowRight"), 4);
  assert.equal(neighbour(points, 0, "ArrowDown"), 3);
  assert.equal(neighbour(points, 0, "ArrowUp"), 0);
  assert.equal(neighbour(points, 0, "ArrowLeft"), 0);
  assert.equal(neighbour([null, [1, 1]], 0, "ArrowRight"), 0);
});
