import assert from "node:assert/strict";
import { test } from "node:test";
import type { Speak } from "../words/words.tsx";
import { vi } from "../words/vi.ts";
import { recurrenceWords, taskPeriod } from "./task-words.ts";

const t: Speak = (word, values) => vi[word].replace(/\{(\w+)\}/g, (_, name: string) => String(values?.[name]));

test("a rule is worded as letters word it", () => {
  assert.equal(recurrenceWords({ every: "month", day: 18, from: "2026-05" }, t), "Hằng tháng, trước 24h00 ngày 18, từ tháng 5/2026");
  assert.equal(recurrenceWords({ every: "week", day: 5, from: null }, t), "Hằng tuần, trước 24h00 thứ Sáu");
  assert.match(recurrenceWords({ every: "quarter", day: 0, from: null }, t), /ngày cuối cùng/);
});

test("a week has its number, other periods their names", () => {
  assert.equal(taskPeriod("2026-W20", t), "Tuần 20 năm 2026");
  assert.equal(taskPeriod("2026-05", t), "Tháng 5/2026");
});
