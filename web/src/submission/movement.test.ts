import assert from "node:assert/strict";
import { test } from "node:test";
import { move, nearest, nextEmpty, percentageStops, plainStops, type Column } from "./movement.ts";

const rows = [percentageStops, plainStops, percentageStops];

test("left and right stay in the row", () => {
  assert.deepEqual(move(rows, { row: 0, column: "numerator" }, "right"), { row: 0, column: "denominator" });
  assert.deepEqual(move(rows, { row: 0, column: "numerator" }, "left"), { row: 0, column: "numerator" });
  assert.deepEqual(move(rows, { row: 0, column: "evidence" }, "right"), { row: 0, column: "evidence" });
  assert.deepEqual(move(rows, { row: 1, column: "note" }, "home"), { row: 1, column: "value" });
  assert.deepEqual(move(rows, { row: 1, column: "value" }, "end"), { row: 1, column: "evidence" });
});

test("going down over a row of another kind comes back to the column", () => {
  const below = move(rows, { row: 0, column: "numerator" }, "down");
  assert.deepEqual(below, { row: 1, column: "value" });
  assert.deepEqual(move(rows, below, "down", "numerator"), { row: 2, column: "numerator" });
});

test("figures lead to figures, not to notes", () => {
  assert.equal(nearest(percentageStops, "value"), "denominator");
  assert.equal(nearest(plainStops, "note"), "note");
});

test("the edges hold", () => {
  assert.deepEqual(move(rows, { row: 0, column: "note" }, "up"), { row: 0, column: "note" });
  assert.deepEqual(move(rows, { row: 2, column: "note" }, "pageDown"), { row: 2, column: "note" });
  assert.deepEqual(move(rows, { row: 0, column: "note" }, "bottom"), { row: 2, column: "note" });
});

test("Tab finds the next empty place, and none at the end", () => {
  const filled = new Set(["0 numerator", "1 value"]);
  const empty = ({ row, column }: { row: number; column: Column }) =>
    ["numerator", "denominator", "value"].includes(column) && !filled.has(`${row} ${column}`);
  const first = nextEmpty(rows, { row: 0, column: "numerator" }, empty);
  assert.deepEqual(first, { row: 0, column: "denominator" });
  assert.deepEqual(nextEmpty(rows, first!, empty), { row: 2, column: "numerator" });
  assert.equal(nextEmpty(rows, { row: 2, column: "denominator" }, empty), null);
  assert.deepEqual(nextEmpty(rows, { row: 2, column: "numerator" }, empty, -1), { row: 0, column: "denominator" });
});
