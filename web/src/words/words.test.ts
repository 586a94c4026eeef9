import assert from "node:assert/strict";
import { test } from "node:test";
import { admin as adminEn } from "./en/admin.ts";
import { approval as approvalEn } from "./en/approval.ts";
import { entry as entryEn } from "./en/entry.ts";
import { watch as watchEn } from "./en/watch.ts";
import { shell as shellEn } from "./en/shell.ts";
import { en } from "./en.ts";
import { admin } from "./vi/admin.ts";
import { approval } from "./vi/approval.ts";
import { entry } from "./vi/entry.ts";
import { watch } from "./vi/watch.ts";
import { shell } from "./vi/shell.ts";
import { vi } from "./vi.ts";

function twice(areas: Record<string, string>[]): string[] {
  const seen = new Set<string>();
  return areas.flatMap((area) => Object.keys(area)).filter((word) => seen.has(word) || !seen.add(word));
}

test("no area takes another's word", () => {
  assert.deepEqual(twice([shell, entry, approval, watch, admin]), []);
  assert.deepEqual(twice([shellEn, entryEn, approvalEn, watchEn, adminEn]), []);
});

test("both languages fill the same places of a sentence", () => {
  const places = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();
  for (const word of Object.keys(vi) as (keyof typeof vi)[]) assert.deepEqual(places(en[word]), places(vi[word]), word);
});
