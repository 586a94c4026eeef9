import assert from "node:assert/strict";
import { test } from "node:test";
import type { Typed } from "./cell-input.ts";
import { layBlock, parseBlock, writeBlock } from "./paste.ts";

const empty: Typed = { value: "", numerator: "", denominator: "", text: "", note: "", nil: false };
const percentage = { indicator: { value_type: "percentage" as const }, typed: empty };
const number = { indicator: { value_type: "number" as const }, typed: empty };
const text = { indicator: { value_type: "text" as const }, typed: empty };
const isNil = (word: string) => word.trim().toLowerCase() === "kps";

test("reads a block as spreadsheets write it", () => {
  assert.deepEqual(parseBlock("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
  assert.deepEqual(parseBlock("5"), [["5"]]);
  assert.deepEqual(parseBlock("1\n\n3"), [["1"], [""], ["3"]]);
  assert.deepEqual(parseBlock('"a\tb"\t"say ""x"""\n'), [["a\tb", 'say "x"']]);
  assert.deepEqual(parseBlock('"two\nlines"\t1'), [["two\nlines", "1"]]);
  assert.deepEqual(parseBlock('5" pipe'), [['5" pipe']]);
  assert.deepEqual(parseBlock("\n\n"), []);
  assert.deepEqual(parseBlock(""), []);
});

test("what is written is read back", () => {
  const block = [["1.234,5", "a\tb"], ['"', "x\ny"]];
  assert.deepEqual(parseBlock(writeBlock(block)), block);
});

test("lays two columns over numerators and denominators", () => {
  const { changes, skipped } = layBlock([["1", "2"], ["3", "4"]], [percentage, percentage], 0, "numerator", isNil);
  assert.deepEqual(changes.map(({ typed }) => [typed.numerator, typed.denominator]), [["1", "2"], ["3", "4"]]);
  assert.equal(skipped, 0);
});

test("a column of numbers fits rows of either kind", () => {
  const { changes } = layBlock([["1"], ["2"], ["3"]], [percentage, number, text], 0, "numerator", isNil);
  assert.deepEqual(changes.map(({ typed }) => [typed.numerator, typed.value, typed.text]), [["1", "", ""], ["", "2", ""], ["", "", "3"]]);
});

test("percentages worked out elsewhere are left out, plain values are not", () => {
  const { changes, skipped } = layBlock([["1", "4", "25"], ["", "", "7"]], [percentage, number], 0, "numerator", isNil);
  assert.deepEqual(changes.map(({ typed }) => [typed.numerator, typed.denominator, typed.value]), [["1", "4", ""], ["", "", "7"]]);
  assert.equal(skipped, 0);
});

test("the only figure of a line goes to the only place of its row", () => {
  const { changes, skipped } = layBlock([["12", ""]], [number], 0, "numerator", isNil);
  assert.equal(changes[0]?.typed.value, "12");
  assert.equal(skipped, 0);
});

test("what has no row is counted", () => {
  const { changes, skipped } = layBlock([["1"], ["2"], [""]], [number], 0, "value", isNil);
  assert.equal(changes.length, 1);
  assert.equal(skipped, 1);
});

test("words for nothing to report mark the cell", () => {
  const { changes } = layBlock([["KPS"]], [{ ...number, typed: { ...empty, value: "5" } }], 0, "value", isNil);
  assert.deepEqual(changes[0]?.typed, { ...empty, nil: true });
});

test("notes come along", () => {
  const { changes } = layBlock([["7", "vì mưa"]], [number], 0, "value", isNil);
  assert.deepEqual([changes[0]?.typed.value, changes[0]?.typed.note], ["7", "vì mưa"]);
});
