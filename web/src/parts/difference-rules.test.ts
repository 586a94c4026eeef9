import assert from "node:assert/strict";
import { test } from "node:test";
import { differences } from "./difference-rules.ts";

test("only what differs is told, by path", () => {
  assert.deepEqual(differences({ name: "A", unit: { code: "01", kind: "commune" } }, { name: "B", unit: { code: "01", kind: "commune" } }), [
    { path: "name", before: "A", after: "B" },
  ]);
});

test("what was not there before is new, what is gone is old", () => {
  assert.deepEqual(differences(null, { day: 16 }), [{ path: "day", before: null, after: "16" }]);
  assert.deepEqual(differences({ roll: true }, null), [{ path: "roll", before: "true", after: null }]);
});

test("lists of plain values are one line, lists of objects one for each member", () => {
  assert.deepEqual(differences({ levels: ["a", "b"] }, { levels: ["a"] }), [{ path: "levels", before: "a, b", after: "a" }]);
  assert.deepEqual(differences({ targets: [{ year: 2026 }] }, { targets: [{ year: 2027 }] }), [
    { path: "targets.0.year", before: "2026", after: "2027" },
  ]);
});

test("nothing differs between equal states", () => {
  assert.deepEqual(differences({ a: [1, { b: null }] }, { a: [1, { b: null }] }), []);
  assert.deepEqual(differences(null, null), []);
});
