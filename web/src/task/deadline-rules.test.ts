import assert from "node:assert/strict";
import { test } from "node:test";
import { periodEnd, quarterOf } from "./deadline-rules.ts";

test("to the end of a day is before 00h00 of the next", () => {
  assert.equal(periodEnd("2026-05-16"), "2026-05-17T00:00:00+07:00");
  assert.equal(periodEnd("2026-12-31"), "2027-01-01T00:00:00+07:00");
  assert.equal(periodEnd("2028-02-28"), "2028-02-29T00:00:00+07:00");
});

test("a quarter ends where the next begins", () => {
  assert.equal(periodEnd("2026-Q2"), "2026-07-01T00:00:00+07:00");
  assert.equal(periodEnd("2026-Q4"), "2027-01-01T00:00:00+07:00");
  assert.equal(periodEnd("2026-Q5"), null);
  assert.equal(periodEnd(""), null);
  assert.equal(quarterOf("2026-06-30"), "2026-Q2");
  assert.equal(quarterOf("2026-07-01"), "2026-Q3");
});
