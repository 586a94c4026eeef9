import assert from "node:assert/strict";
import { test } from "node:test";
import { moved, sectionsOf } from "./report-rules.ts";

test("an item moves by steps and stays at the ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, -2), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, 1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, -1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a"], 3, 1), ["a"]);
});

test("sections follow the order of the form, not the alphabet", () => {
  const item = (section: string, position: number) => ({ section, position }) as never;
  const found = sectionsOf([item("B", 1), item("B", 2), item("A", 3), item("B", 4)]);
  assert.deepEqual(
    found.map(({ section, items }) => [section, items.map((one) => one.position)]),
    [["B", [1, 2]], ["A", [3]], ["B", [4]]],
  );
});
