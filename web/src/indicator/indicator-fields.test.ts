import assert from "node:assert/strict";
import { test } from "node:test";
import { toFields, toInput, type IndicatorFields } from "./indicator-fields.ts";

const fields = {
  name: " Tỷ lệ ",
  value_type: "percentage",
  decimals: 2,
  min: "0",
  max: "1.000,5",
  targets: [
    { year: 2026, operator: "at_least", value: "80,25", high: "" },
    { year: 2027, operator: "range", value: "80", high: "90,5" },
  ],
} as unknown as IndicatorFields;

test("amounts are sent as decimals whatever way they were typed", () => {
  const input = toInput(fields);
  assert.equal(input.name, "Tỷ lệ");
  assert.equal(input.min, "0");
  assert.equal(input.max, "1000.5");
  assert.deepEqual(input.targets, [
    { year: 2026, operator: "at_least", value: "80.25", high: null },
    { year: 2027, operator: "range", value: "80", high: "90.5" },
  ]);
});

test("an empty bound takes the bound away; a text has neither bounds nor targets", () => {
  assert.equal(toInput({ ...fields, min: "" }).min, null);
  const text = toInput({ ...fields, value_type: "text" });
  assert.deepEqual([text.min, text.max, text.targets], [null, null, []]);
});

test("a definition that is read and sent back says the same", () => {
  const definition = {
    ...toInput(fields),
    min: "0.00",
    max: "1000.50",
    targets: [{ year: 2026, operator: "at_least", value: "80.25", high: null }],
  };
  const again = toInput(toFields(definition as never) as IndicatorFields);
  assert.equal(again.max, "1000.5");
  assert.deepEqual(again.targets, [{ year: 2026, operator: "at_least", value: "80.25", high: null }]);
});
