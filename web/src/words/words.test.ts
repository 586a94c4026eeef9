import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

/** Every word as it is written in the files of a language. */
function written(language: string): string[] {
  const folder = new URL(`./${language}/`, import.meta.url);
  return readdirSync(folder).flatMap((name) =>
    [...readFileSync(new URL(name, folder), "utf8").matchAll(/^  (\w+):/gm)].map((found) => found[1]!),
  );
}

test("no area takes another's word", () => {
  for (const [language, whole] of [["vi", vi], ["en", en]] as const) {
    const words = written(language);
    assert.deepEqual(words.filter((word, i) => words.indexOf(word) !== i), [], language);
    assert.deepEqual(words.toSorted(), Object.keys(whole).sort(), language);
  }
});

test("both languages fill the same places of a sentence", () => {
  const places = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();
  for (const word of Object.keys(vi) as (keyof typeof vi)[]) assert.deepEqual(places(en[word]), places(vi[word]), word);
});
