import assert from "node:assert/strict";
import { test } from "node:test";
import { addMonths, dayOf, daysOf, dueDay, weeksOf } from "./month-rules.ts";

test("24h00 of the 16th is due on the 16th, not on the 17th", () => {
  assert.equal(dueDay({ before: "2026-05-17T00:00:00+07:00", wording: "" }), "2026-05-16");
  assert.equal(dueDay({ before: "2026-05-16T17:00:00+07:00", wording: "" }), "2026-05-16");
});

test("a day is one of Viet Nam, whatever the browser's clock is set to", () => {
  assert.equal(dayOf(Date.parse("2026-04-30T17:00:00Z")), "2026-05-01");
  assert.equal(dayOf(Date.parse("2026-04-30T16:59:59Z")), "2026-04-30");
});

test("months go over the year's end both ways", () => {
  assert.equal(addMonths("2026-12", 1), "2027-01");
  assert.equal(addMonths("2026-01", -1), "2025-12");
  assert.equal(addMonths("2026-05", -17), "2024-12");
});

test("a month has all its days in whole weeks from Monday", () => {
  assert.deepEqual(daysOf("2028-02"), { first: "2028-02-01", last: "2028-02-29" });
  const weeks = weeksOf("2026-05");
  assert.equal(weeks.length, 5);
  assert.deepEqual(weeks[0]![0], { day: "2026-04-27", inside: false });
  assert.deepEqual(weeks[0]![4], { day: "2026-05-01", inside: true });
  assert.equal(weeks.flat().filter((day) => day.inside).length, 31);
  assert.equal(weeksOf("2026-02").length, 5);
  assert.equal(weeksOf("2027-02").length, 4, "a February of four full weeks");
});
