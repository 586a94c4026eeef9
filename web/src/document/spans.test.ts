import assert from "node:assert/strict";
import { test } from "node:test";
import { findDay, findWords, lettersOf, pieces, wordsAt } from "./spans.ts";

const letter = lettersOf("Số: 15/QĐ-BNV\n𝐀 Hà Nội, ngày 06 tháng 5\nnăm 2026\nỦy ban nhân dân **tỉnh**\nHoà Bình giao Sở Y tế");
const all = { start: 0, end: letter.length };

test("places are counted in characters, also behind one of two units", () => {
  const place = findWords(letter, "Hà Nội", all)!;
  assert.deepEqual(place, { start: 16, end: 22 });
  assert.equal(wordsAt(letter, place), "Hà Nội");
});

test("words are found over line breaks, stars, capitals and both tone placements", () => {
  assert.equal(wordsAt(letter, findWords(letter, "UỶ BAN nhân dân tỉnh Hòa Bình", all)!), "Ủy ban nhân dân **tỉnh**\nHoà Bình");
  assert.equal(findWords(letter, "Sở Tài chính", all), null);
  assert.equal(findWords(letter, "  ", all), null);
});

test("words are looked for only where they may be", () => {
  assert.equal(findWords(letter, "Sở Y tế", { start: 0, end: 30 }), null);
  assert.equal(findWords(letter, "Số", { start: 3, end: letter.length }), null);
});

test("a day is found as the letter writes it", () => {
  assert.equal(wordsAt(letter, findDay(letter, "2026-05-06", all)!), "ngày 06 tháng 5\nnăm 2026");
  const short = lettersOf("trước ngày 30/4/2026.");
  assert.equal(wordsAt(short, findDay(short, "2026-04-30", { start: 0, end: short.length })!), "30/4/2026");
  assert.equal(findDay(letter, "2026-05-07", all), null);
});

test("text is cut at every edge, the shortest mark first", () => {
  assert.deepEqual(
    pieces(10, [
      { name: "task", start: 2, end: 9 },
      { name: "deadline", start: 5, end: 7 },
      { name: "nowhere", start: 12, end: 15 },
      { name: "empty", start: 3, end: 3 },
    ]),
    [
      { start: 0, end: 2, marks: [] },
      { start: 2, end: 5, marks: ["task"] },
      { start: 5, end: 7, marks: ["deadline", "task"] },
      { start: 7, end: 9, marks: ["task"] },
      { start: 9, end: 10, marks: [] },
    ],
  );
  assert.deepEqual(pieces(0, []), []);
});
