import assert from "node:assert/strict";
import { test } from "node:test";
import { actionable, changedRows, countRows, filterRows, waits } from "./matrix-filter.ts";
import { spanOf } from "./use-window.ts";
import type { Matrix, MatrixCell, MatrixRow } from "./types.ts";

const cell = (change: Partial<MatrixCell> = {}): MatrixCell => ({ v: "1", d: null, ...change });
const row = (id: string, name: string, change: Partial<MatrixRow> = {}) =>
  ({ submission_id: id, unit: { id, name, code: `66.${id}` }, state: "draft", version: 1, revision: 1, on_time: null, cells: [cell()], ...change }) as MatrixRow;

const rows = [
  row("1", "Xã Đắk Liêng", { state: "approved", on_time: true, cells: [cell({ w: true })] }),
  row("2", "Phường Tuy Hoà", { state: "submitted", on_time: false }),
  row("3", "Xã Ea Kiết", { version: 0 }),
];

test("finds units without tone marks or by code", () => {
  const names = (q: string) => filterRows(rows, null, q).map((found) => found.unit.id);
  assert.deepEqual(names("dak"), ["1"]);
  assert.deepEqual(names("Hoà"), ["2"]);
  assert.deepEqual(names("hòa"), ["2"]);
  assert.deepEqual(names("66.3"), ["3"]);
  assert.deepEqual(names(""), ["1", "2", "3"]);
});

test("counts each part", () => {
  const counts = countRows(rows);
  assert.deepEqual([counts.none, counts.submitted, counts.approved, counts.late, counts.outlier, counts.changed], [1, 1, 1, 1, 1, 0]);
  assert.deepEqual(filterRows(rows, "late", "").map((found) => found.unit.id), ["2"]);
});

test("offers an action only where it can be", () => {
  const ids = (found: MatrixRow[]) => found.map((each) => each.submission_id);
  const coordinator = { approve: new Set<string>(), receive: true };
  assert.deepEqual(ids(actionable(rows, "receive", coordinator)), ["1"]);
  assert.deepEqual(ids(actionable(rows, "return", coordinator)), ["1"]);
  assert.deepEqual(ids(actionable(rows, "approve", coordinator)), []);
  const approver = { approve: new Set(["1", "2"]), receive: false };
  assert.deepEqual(ids(actionable(rows, "approve", approver)), ["2"]);
  assert.deepEqual(ids(actionable(rows, "return", approver)), ["2"]);
  assert.deepEqual(ids(actionable(rows, "approve", { ...approver, approve: new Set(["1"]) })), [], "of another unit");
  assert.deepEqual(rows.filter((one) => waits(one, coordinator)).map((one) => one.unit.id), ["1"]);
});

test("tells which rows changed, and nothing when another period came", () => {
  const before = { period: "2026-05", assignment: { id: "a" }, rows } as Matrix;
  const after = { ...before, rows: [{ ...rows[0]!, revision: 2 }, rows[1]!, row("9", "x")] } as Matrix;
  assert.deepEqual(changedRows(before, after), ["1"]);
  assert.deepEqual(changedRows(undefined, after), []);
  assert.deepEqual(changedRows({ ...before, period: "2026-04" }, after), []);
});

test("draws the rows in sight and keeps the length of the rest", () => {
  const span = spanOf(1000, 32, 3200, 640);
  assert.ok(span.first <= 100 && span.end >= 120 && span.end <= 144);
  assert.equal(span.above + span.below + (span.end - span.first) * 32, 32_000);
});
