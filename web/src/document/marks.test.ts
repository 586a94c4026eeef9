import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReadDocument } from "../api/documents.ts";
import { marksOf } from "./marks.ts";
import { lettersOf, wordsAt } from "./spans.ts";

const text = "Số: 7/UBND\nGia Lai, ngày 02 tháng 3 năm 2026\nGiao Sở Y\ntế rà soát, hoàn thành trước ngày 30/4/2026.\nLê Văn A";
const letters = lettersOf(text);
const document: ReadDocument = {
  issuer: null, superior: null, number: "7/UBND", number_normal: null, type: "Công văn", place: "Gia Lai", date: "2026-03-02",
  month: null, subject: null, addressees: [], references: [], signer: { prefix: null, position: null, name: "Lê Văn A" }, recipients: [],
  source: { start: 0, end: letters.length },
  tasks: [
    {
      text: "Rà soát", lead: ["Sở Y tế"], cooperating: [], product: null, recurrence: null, lead_units: [], cooperating_units: [],
      deadline: { wording: "trước ngày 30/4/2026", before: null, kind: "instant" },
      source: { start: text.indexOf("Giao"), end: text.indexOf("Lê") },
    },
  ],
};

test("fields and parts of tasks are found in the letter, and what is not there has no mark", () => {
  const marks = marksOf({ text, documents: [document] });
  const said = (name: string) => wordsAt(letters, marks.get(name)!);
  assert.equal(said("d0.number"), "7/UBND");
  assert.equal(said("d0.date"), "ngày 02 tháng 3 năm 2026");
  assert.equal(said("d0.signer"), "Lê Văn A");
  assert.equal(said("d0t0.unit.Sở Y tế"), "Sở Y\ntế");
  assert.equal(said("d0t0.before"), "trước ngày 30/4/2026");
  for (const name of ["d0.type", "d0.issuer", "d0.subject", "d0.recipients"]) assert.equal(marks.has(name), false, name);
});
