import assert from "node:assert/strict";
import { test } from "node:test";
import { blankFields, toFields, toInput } from "./document-fields.ts";

const typed = {
  ...blankFields("5", "2026-05-16"),
  number: " 12/UBND-VX ",
  subject: "Về việc thử",
  date: "2026-05-06",
  due: "2026-05-08",
  addressees: [" Sở Y tế ", ""],
};

test("what is typed is sent trimmed, with the deadline as the first instant that is too late", () => {
  const input = toInput(typed, false);
  assert.equal(input.number, "12/UBND-VX");
  assert.deepEqual(input.due, { before: "2026-05-09T00:00:00+07:00" });
  assert.deepEqual(input.addressees, ["Sở Y tế"]);
  assert.equal(input.arrived_on, "2026-05-16");
  assert.equal(toInput({ ...typed, arrived: false }, false).arrived_on, null);
});

test("of a secret document nothing but number, date and deadline leaves the form", () => {
  const input = toInput({ ...typed, secrecy: "secret" }, true);
  assert.deepEqual(Object.keys(input).toSorted(), ["date", "due", "number", "secrecy", "unit_id"]);
});

test("a change names no unit and keeps the month of a letter without a day", () => {
  const existing = {
    unit: { id: "5" }, number: null, type: "Công văn", issuer: "UBND", superior: "", place: "", date: null, month: "2026-05",
    subject: "Thử", signer: { prefix: null, position: null, name: "A" }, addressees: [], recipients: [], secrecy: "normal",
    due: { before: "2026-05-09T17:00:00+07:00", wording: "" }, arrived_on: null, arrival_number: null,
  } as never;
  const fields = toFields(existing);
  assert.equal(fields.due_hour, "17h00");
  assert.equal(fields.arrived, false);
  const input = toInput(fields, false, existing);
  assert.equal(input.unit_id, undefined);
  assert.equal(input.month, "2026-05");
  assert.equal(input.references, undefined);
  assert.equal(toInput({ ...fields, date: "2026-05-02" }, false, existing).month, undefined);
});
