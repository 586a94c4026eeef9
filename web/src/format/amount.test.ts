import assert from "node:assert/strict";
import { test } from "node:test";
import { compareAmounts, difference, ratio, readAmount, sum, typedAmount } from "./amount.ts";

test("reads what people type and paste", () => {
  const table: [string, number, string | null][] = [
    ["1.234,5", 1, "1234.5"],
    ["1234,5", 1, "1234.5"],
    ["1 234,5", 1, "1234.5"],
    ["1\u00a0234,5", 1, "1234.5"],
    ["1234.5", 1, "1234.5"],
    ["1,234.5", 1, "1234.5"],
    ["1.234", 0, "1234"],
    ["1,234", 0, "1234"],
    ["1,234", 3, "1.234"],
    ["0,125", 3, "0.125"],
    ["1234.567", 3, "1234.567"],
    ["1.234.567", 0, "1234567"],
    ["\u22125", 0, "-5"],
    ["-0", 0, "0"],
    ["007", 0, "7"],
    ["12,50", 1, "12.5"],
    [",5", 1, "0.5"],
    [" 98,5 ", 2, "98.5"],
    ["12,55", 1, null],
    ["1.23.456", 0, null],
    ["1.234.56", 2, null],
    ["12a", 0, null],
    ["", 0, null],
    ["-", 0, null],
    ["5,", 1, null],
    ["9999999999999999999", 0, null],
  ];
  for (const [typed, decimals, expected] of table) {
    const got = readAmount(typed, decimals);
    assert.equal(got.ok ? got.value : null, expected, `${typed} with ${decimals}`);
  }
});

test("says why it could not read", () => {
  assert.deepEqual(readAmount("1,25", 1), { ok: false, why: "precise" });
  assert.deepEqual(readAmount("x", 1), { ok: false, why: "invalid" });
  assert.deepEqual(readAmount("12345678901234567", 2), { ok: false, why: "large" });
});

test("what is shown for change is read back alike", () => {
  for (const [value, decimals] of [["1234.567", 3], ["1234.5", 1], ["0.125", 3], ["-12", 0], ["100.00", 2], ["100", 0]] as const) {
    const back = readAmount(typedAmount(value), decimals);
    assert.ok(back.ok);
    assert.equal(compareAmounts(back.value, value), 0, value);
  }
});

test("subtracts and compares", () => {
  assert.equal(difference("98.5", "97.25"), "1.25");
  assert.equal(difference("97.25", "98.5"), "-1.25");
  assert.equal(difference("5", "5.0"), "0.0");
  assert.equal(compareAmounts("1.50", "1.5"), 0);
  assert.ok(compareAmounts("-2", "1") < 0);
});

test("sums", () => {
  assert.equal(sum(["1.5", "2", "-0.25"]), "3.25");
  assert.equal(sum([]), "0");
  assert.equal(sum(["9007199254740993", "1"]), "9007199254740994");
});

test("a ratio rounds half away from zero", () => {
  assert.equal(ratio("1", "3", 100, 2), "33.33");
  assert.equal(ratio("1", "8", 100, 0), "13");
  assert.equal(ratio("-1", "8", 100, 0), "-13");
  assert.equal(ratio("12.5", "100", 100, 1), "12.5");
  assert.equal(ratio("3", "2500", 10000, 1), "12.0");
  assert.equal(ratio("1", "0", 100, 2), null);
  assert.equal(ratio("-1", "100000", 1, 2), "0.00");
});
