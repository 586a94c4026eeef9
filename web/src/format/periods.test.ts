import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, midSentence, periodOf, periodsBetween, periodsFrom } from "./periods.ts";

test("a year has twelve months, four quarters, two halves", () => {
  assert.equal(periodsBetween("month", 2026, 2026).at(-1), "2026-12");
  assert.deepEqual(periodsBetween("quarter", 2026, 2026), ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
  assert.deepEqual(periodsBetween("half_year", 2025, 2026), ["2025-H1", "2025-H2", "2026-H1", "2026-H2"]);
  assert.deepEqual(periodsBetween("year", 2025, 2026), ["2025", "2026"]);
});

test("a month lies in its quarter and half", () => {
  assert.equal(periodOf("month", 2026, 5), "2026-05");
  assert.equal(periodOf("quarter", 2026, 3), "2026-Q1");
  assert.equal(periodOf("quarter", 2026, 4), "2026-Q2");
  assert.equal(periodOf("half_year", 2026, 6), "2026-H1");
  assert.equal(periodOf("half_year", 2026, 7), "2026-H2");
  assert.equal(periodOf("year", 2026, 12), "2026");
});

test("periods follow over the end of a year", () => {
  assert.deepEqual(periodsFrom("month", "2026-11", 3), ["2026-11", "2026-12", "2027-01"]);
  assert.deepEqual(periodsFrom("quarter", "2026-Q4", 2), ["2026-Q4", "2027-Q1"]);
  assert.deepEqual(periodsFrom("quarter", "2026-05", 2), []);
});

test("days follow over the end of a month and a year", () => {
  assert.equal(addDays("2026-05-31", 1), "2026-06-01");
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2026-03-01", -1), "2026-02-28");
});

test("a period's name loses its capital inside a sentence, an abbreviation does not", () => {
  assert.equal(midSentence("Tháng 5/2026"), "tháng 5/2026");
  assert.equal(midSentence("Q2 2026"), "Q2 2026");
  assert.equal(midSentence("6 tháng đầu năm 2026"), "6 tháng đầu năm 2026");
});
