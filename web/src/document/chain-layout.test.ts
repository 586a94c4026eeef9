import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChainNode } from "../api/documents.ts";
import { BOX, layOut, levelOf, nextBox } from "./chain-layout.ts";

const node = (level: string): ChainNode => ({ id: null, number: null, date: null, issuer: null, subject: null, level });
const chain = {
  nodes: [node("province"), node("central"), node("department"), node("department"), node("a new kind"), node("government")],
  edges: [
    { from: 0, to: 1, kind: "carries_out" as const },
    { from: 3, to: 0, kind: "based_on" as const },
    { from: 3, to: 2, kind: "replaces" as const },
    { from: 0, to: 0, kind: "based_on" as const },
    { from: 0, to: 99, kind: "based_on" as const },
  ],
};

test("levels stand below each other, what is not known last", () => {
  const layout = layOut(chain);
  assert.deepEqual(layout.rows.map(({ level }) => level), ["central", "government", "province", "department", "other"]);
  const tops = layout.rows.map(({ y }) => y);
  assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
  assert.equal(levelOf(node("")), "other");
  const named = (issuer: string, level = "") => levelOf({ ...node(level), issuer });
  assert.equal(named("Văn phòng Trung ương Đảng"), "central");
  assert.equal(named("Thủ tướng Chính phủ"), "government");
  assert.equal(named("Văn phòng Chính phủ", "central"), "government");
  assert.equal(named("Bộ Nội vụ"), "ministry");
  assert.equal(named("Ủy ban nhân dân tỉnh Nghệ An"), "province");
  assert.equal(named("Sở Y tế tỉnh Nghệ An"), "department");
  assert.equal(named("Uỷ ban nhân dân xã Ea Kao"), "commune");
  const numbered = (number: string) => levelOf({ ...node(""), number });
  assert.deepEqual(
    ["57-NQ/TW", "2203-CV/VPTW", "749/QĐ-TTg", "13/2023/NĐ-CP", "15/QĐ-BNV", "88/KH-UBND", "12-CTr/TU", "120/SKHCN-VP", "7"].map(numbered),
    ["central", "central", "government", "government", "ministry", "province", "province", "department", "other"],
  );
});

test("no two letters stand on each other, and all inside the picture", () => {
  const layout = layOut(chain);
  const boxes = layout.rows.flatMap((row) => row.boxes);
  assert.deepEqual(boxes.map(({ index }) => index).toSorted(), [0, 1, 2, 3, 4, 5]);
  for (const one of boxes) {
    assert.ok(one.x >= 0 && one.x + BOX.width <= layout.width && one.y + BOX.height <= layout.height);
    for (const other of boxes) {
      if (other !== one && other.y === one.y) assert.ok(Math.abs(other.x - one.x) >= BOX.width);
    }
  }
});

test("a line to itself or to nowhere is left out", () => {
  assert.deepEqual(layOut(chain).lines.map(({ from, to }) => [from, to]), [[0, 1], [3, 0], [3, 2]]);
  assert.deepEqual(layOut({ nodes: [], edges: [] }).rows, []);
});

test("a letter stands below what it is tied to", () => {
  const layout = layOut({
    nodes: [node("central"), node("central"), node("province"), node("province")],
    edges: [{ from: 3, to: 0, kind: "based_on" }, { from: 2, to: 1, kind: "based_on" }],
  });
  assert.deepEqual(layout.rows[1]!.boxes.map(({ index }) => index), [3, 2]);
});

test("arrows lead from letter to letter and stay at the edges", () => {
  const layout = layOut(chain);
  assert.equal(nextBox(layout, 0, "ArrowUp"), 5);
  assert.equal(nextBox(layout, 1, "ArrowUp"), 1);
  const [left, right] = layout.rows[3]!.boxes;
  assert.equal(nextBox(layout, left!.index, "ArrowRight"), right!.index);
  assert.equal(nextBox(layout, left!.index, "ArrowLeft"), left!.index);
  assert.equal(nextBox(layout, right!.index, "ArrowDown"), 4);
});
