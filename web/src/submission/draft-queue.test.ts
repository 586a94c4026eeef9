import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cell, Indicator } from "../api/types.ts";
import { typedOf, type Typed } from "./cell-input.ts";
import { answer, keepQueue, loadQueue, put, resolve, savedCell, sendable, unsentCounts, type Queue } from "./draft-queue.ts";
import type { DraftReply } from "./types.ts";

const cell: Cell = { present: true, nil: false, value: "12.5", numerator: null, denominator: null, text: null, note: null, revision: 3 };
const indicator = { id: "1", value_type: "number", decimals: 1, part_decimals: 0, factor: 100, min: null, max: "50.0" } as Indicator;
const indicators = new Map([["1", indicator]]);
const typed = (value: string): Typed => ({ ...typedOf(cell), value });
const reply = (change: Partial<DraftReply>): DraftReply => ({ saved: [], conflicts: [], invalid: [], saved_at: "", ...change });
const saved = { indicator_id: "1", revision: 4, value: "13.0", warnings: [] };

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("typing waits, and typing back what the server has does not", () => {
  const queue = put({}, "1", typed("13"), cell);
  assert.deepEqual(queue["1"], { typed: typed("13"), base: 3 });
  assert.deepEqual(put(queue, "1", typed("12,5"), cell), {});
});

test("typing back the old value while another is on its way still waits", () => {
  const sending = put({}, "1", typed("13"), cell);
  const queue = put(sending, "1", typed("12,5"), cell, sending);
  assert.equal(queue["1"]?.typed.value, "12,5");
  const after = answer(queue, sending, reply({ saved: [saved] }));
  assert.deepEqual(after["1"], { typed: typed("12,5"), base: 4 });
});

test("only what reads well is sent", () => {
  assert.deepEqual(sendable(put({}, "1", typed("13,5"), cell), indicators, 9), [{ indicator_id: "1", base_revision: 3, value: "13.5" }]);
  assert.deepEqual(sendable(put({}, "1", typed("13x"), cell), indicators, 9), []);
  assert.deepEqual(sendable(put({}, "1", typed("50,1"), cell), indicators, 9), []);
  assert.deepEqual(sendable(put({}, "1", typed(""), cell), indicators, 9), [{ indicator_id: "1", base_revision: 3, clear: true }]);
  assert.deepEqual(sendable(put({}, "9", typed("1"), cell), indicators, 9), [], "an indicator that left the form");
});

test("an answer takes out what was saved and keeps what was typed since", () => {
  const sent = put({}, "1", typed("13"), cell);
  assert.deepEqual(answer(sent, sent, reply({ saved: [saved] })), {});
  const since = put(sent, "1", typed("14"), cell);
  assert.deepEqual(answer(since, sent, reply({ saved: [saved] }))["1"], { typed: typed("14"), base: 4 });
});

test("what was refused is not sent again until it is changed", () => {
  const sent = put({}, "1", typed("13"), cell);
  const queue = answer(sent, sent, reply({ invalid: [{ indicator_id: "1", code: "x", title: "Sai", field: "cells/TN01/value" }] }));
  assert.equal(queue["1"]?.refused?.title, "Sai");
  assert.deepEqual(sendable(queue, indicators, 9), []);
  assert.equal(sendable(put(queue, "1", typed("14"), cell), indicators, 9).length, 1);
});

test("a conflict waits for the person, and either choice ends it", () => {
  const sent = put({}, "1", typed("13"), cell);
  const theirs = { ...cell, value: "20.0", revision: 8 };
  const queue = answer(sent, sent, reply({ conflicts: [{ indicator_id: "1", theirs, by: null, at: null }] }));
  assert.deepEqual(sendable(queue, indicators, 9), []);
  assert.ok(put(queue, "1", typed("15"), cell)["1"]?.conflict, "typing on does not hide it");
  assert.deepEqual(resolve(queue, "1", "theirs"), {});
  assert.deepEqual(resolve(queue, "1", "mine")["1"], { typed: typed("13"), base: 8 });
});

test("the queue survives in the browser, each account's by itself", () => {
  const store = memory();
  const queue: Queue = put({}, "1", typed("13"), cell);
  assert.ok(keepQueue(store, "a", "s", {}, queue));
  assert.deepEqual(loadQueue(store, "a", "s"), queue);
  assert.deepEqual(loadQueue(store, "b", "s"), {});
  assert.deepEqual([...unsentCounts(store, "a")], [["s", 1]]);
  keepQueue(store, "a", "s", queue, {});
  assert.equal(store.length, 0);
});

test("two windows keep each other's cells", () => {
  const store = memory();
  keepQueue(store, "a", "s", {}, put({}, "1", typed("13"), cell));
  keepQueue(store, "a", "s", {}, put({}, "2", typed("7"), cell));
  assert.deepEqual(Object.keys(loadQueue(store, "a", "s")), ["1", "2"]);
});

test("a browser without room says so", () => {
  const full = { ...memory(), setItem: () => { throw new Error("quota"); } } as Storage;
  assert.equal(keepQueue(full, "a", "s", {}, put({}, "1", typed("13"), cell)), false);
});

test("the saved cell is what was sent with the server's value", () => {
  const made = savedCell({ indicator_id: "1", base_revision: 3, numerator: "1", denominator: "4", note: "x" }, { ...saved, value: "25.00" });
  assert.deepEqual([made.present, made.value, made.numerator, made.note, made.revision], [true, "25.00", "1", "x", 4]);
  assert.equal(savedCell({ indicator_id: "1", base_revision: 3, clear: true }, { ...saved, value: null }).present, false);
});
