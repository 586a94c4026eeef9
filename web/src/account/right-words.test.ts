import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inGroups, rightWord } from "./right-words.ts";

const source = readFileSync(new URL("../../../src/account/account_rights.c", import.meta.url), "utf8");
const rights = [...source.matchAll(/^\t\[RIGHT_\w+\] = "([\w.]+)",$/gm)].map((found) => found[1]!);

test("every right of the program has a name for people", () => {
  assert.ok(rights.length >= 18, `${rights.length} rights were found`);
  assert.deepEqual(rights.filter((right) => rightWord(right, (word) => `a name: ${word}`) === right), []);
});

test("every right stands in one group, and an unknown one at the end", () => {
  const groups = inGroups([...rights, "moon.visit"]);
  assert.deepEqual(groups.flatMap((group) => group.rights).sort(), [...rights, "moon.visit"].sort());
  assert.deepEqual(groups.at(-1), { group: "rightGroupOther", rights: ["moon.visit"] });
  assert.deepEqual(inGroups(["figure.read"]).map(({ group }) => group), ["groupFigures"]);
});
