import assert from "node:assert/strict";
import { test } from "node:test";
import type { Indicator, Target } from "../api/types.ts";
import { derivedValue, readCell, targetReached, type Typed } from "./cell-input.ts";

const empty: Typed = { value: "", numerator: "", denominator: "", text: "", note: "", nil: false };
const base = { id: "1", value_type: "number", decimals: 1, part_decimals: 0, factor: 100, min: null, max: null } as Indicator;
const share = { ...base, value_type: "percentage", decimals: 2, min: "0.00", max: "100.00" } as Indicator;

function why(indicator: Indicator, typed: Partial<Typed>): string {
  const read = readCell(indicator, { ...empty, ...typed });
  return read.ok ? "ok" : `${read.fault.field} ${read.fault.why}`;
}

test("judges a typed cell as the server will", () => {
  const table: [Indicator, Partial<Typed>, string][] = [
    [base, { value: "1.234,5" }, "ok"],
    [base, { value: "1,25" }, "value precise"],
    [base, { value: "abc" }, "value invalid"],
    [base, {}, "ok"],
    [base, { nil: true }, "ok"],
    [{ ...base, min: "0.0" } as Indicator, { value: "-1" }, "value below"],
    [{ ...base, max: "9.0" } as Indicator, { value: "9,1" }, "value above"],
    [share, { numerator: "1" }, "denominator parts"],
    [share, { denominator: "1" }, "numerator parts"],
    [share, { numerator: "1", denominator: "0" }, "denominator denominator"],
    [share, { numerator: "5", denominator: "4" }, "numerator exceeds"],
    [share, { numerator: "-5", denominator: "4" }, "numerator negative"],
    [share, { numerator: "1,5", denominator: "4" }, "numerator precise"],
    [share, { numerator: "4", denominator: "4" }, "ok"],
    [{ ...share, max: null } as Indicator, { numerator: "5", denominator: "4" }, "ok"],
    [{ ...base, value_type: "yes_no", decimals: 0 } as Indicator, { value: "2" }, "value yesNo"],
    [{ ...base, value_type: "yes_no", decimals: 0 } as Indicator, { value: "1" }, "ok"],
    [{ ...base, value_type: "rank", decimals: 0 } as Indicator, { value: "0" }, "value rank"],
    [{ ...base, value_type: "text" } as Indicator, { text: "x".repeat(2001) }, "text long"],
    [base, { value: "1", note: "x".repeat(2001) }, "note long"],
  ];
  for (const [indicator, typed, expected] of table) assert.equal(why(indicator, typed), expected, JSON.stringify(typed));
});

test("sends API decimals and only what the type takes", () => {
  const read = readCell(share, { ...empty, value: "9", numerator: "1.000", denominator: "4.000", note: " vì sao " });
  assert.deepEqual(read, { ok: true, cell: { numerator: "1000", denominator: "4000", note: "vì sao" }, value: "25.00" });
  assert.deepEqual(readCell(base, { ...empty, note: "x" }), { ok: true, cell: { clear: true, note: "x" }, value: null });
});

test("works a percentage out while it is typed", () => {
  assert.equal(derivedValue(share, { ...empty, numerator: "1", denominator: "3" }), "33.33");
  assert.equal(derivedValue(share, { ...empty, numerator: "1" }), null);
  assert.equal(derivedValue(share, { ...empty, nil: true, numerator: "1", denominator: "3" }), null);
});

test("compares with targets", () => {
  const target = (operator: Target["operator"], value: string, high: string | null = null): Target => ({ year: 2026, operator, value, high });
  assert.ok(targetReached(target("at_least", "80"), "80.00"));
  assert.ok(!targetReached(target("more", "80"), "80.00"));
  assert.ok(targetReached(target("at_most", "5"), "5"));
  assert.ok(!targetReached(target("less", "5"), "5"));
  assert.ok(targetReached(target("equal", "5.0"), "5"));
  assert.ok(targetReached(target("range", "5", "7"), "7"));
  assert.ok(!targetReached(target("range", "5", "7"), "7.1"));
});
