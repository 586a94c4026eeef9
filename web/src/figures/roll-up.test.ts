import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cell, Indicator } from "../api/types.ts";
import { rollUp } from "./roll-up.ts";

const kind = (aggregation: Indicator["aggregation"]) => ({ aggregation, value_type: "number" as const, factor: 100, decimals: 2 });
const cell = (value: string | null, change: Partial<Cell> = {}): Cell => ({
  present: value !== null,
  nil: false,
  value,
  numerator: null,
  denominator: null,
  text: null,
  note: null,
  ...change,
});

test("sums, extremes and counts", () => {
  const cells = [cell("1.50"), cell("3.00"), null, cell(null, { nil: true })];
  assert.equal(rollUp(kind("sum"), cells)?.value, "4.50");
  assert.equal(rollUp(kind("max"), cells)?.value, "3.00");
  assert.equal(rollUp(kind("min"), cells)?.value, "1.50");
  assert.equal(rollUp(kind("average"), cells)?.value, "2.25");
  assert.equal(rollUp(kind("count_yes"), [cell("1"), cell("0"), cell("1")])?.value, "2");
  assert.equal(rollUp(kind("none"), cells), null);
});

test("a percentage is made of all parts, never an average of percentages", () => {
  const cells = [cell("50.00", { numerator: "1", denominator: "2" }), cell("1.00", { numerator: "1", denominator: "100" })];
  assert.deepEqual(rollUp(kind("ratio"), cells), { value: "1.96", numerator: "2", denominator: "102" });
});

test("nothing told makes no figure", () => {
  assert.equal(rollUp(kind("sum"), [null]), null);
  assert.equal(rollUp(kind("sum"), [cell(null, { nil: true })])?.value, "0");
});
