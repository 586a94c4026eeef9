import assert from "node:assert/strict";
import { test } from "node:test";
import type { Task } from "../api/tasks.ts";
import { moveTo, movesOf } from "./board-rules.ts";

const nothing = { report: false, ask: false, decide: false, change: false, pass_down: false, comment: true };
const unit = { ...nothing, report: true, ask: true };
const giver = { ...nothing, decide: true, change: true };

function card(state: Task["state"], may: Task["may"], more: Partial<Task> = {}) {
  return { state, may, completion_requested_at: null, explanation_due: false, ...more };
}

test("the unit begins by a report and asks for completion; it pauses and cancels nothing", () => {
  assert.equal(moveTo(card("not_started", unit), "in_progress"), "report");
  assert.equal(moveTo(card("in_progress", unit), "completed"), "ask");
  assert.equal(moveTo(card("in_progress", unit), "paused"), null);
  assert.equal(moveTo(card("in_progress", unit), "cancelled"), null);
  assert.equal(moveTo(card("in_progress", unit), "not_started"), null, "work that began does not unbegin");
});

test("whoever gave it confirms what was asked for, and only that", () => {
  assert.equal(moveTo(card("in_progress", giver), "completed"), null);
  const asked = { completion_requested_at: "2026-05-16T10:00:00+07:00" };
  assert.equal(moveTo(card("in_progress", giver, asked), "completed"), "confirm");
  assert.equal(moveTo(card("in_progress", unit, asked), "completed"), null, "once asked is enough");
});

test("a late task is explained before anything is reported or asked for", () => {
  const late = { explanation_due: true };
  assert.deepEqual(movesOf(card("in_progress", unit, late)), []);
  assert.equal(moveTo(card("in_progress", giver, late), "paused"), "pause");
});

test("a paused task goes on or ends; what is over stays so", () => {
  assert.deepEqual(movesOf(card("paused", giver)), [
    { to: "in_progress", move: "resume" },
    { to: "cancelled", move: "cancel" },
  ]);
  assert.deepEqual(movesOf(card("completed", { ...giver, ...unit })), []);
  assert.deepEqual(movesOf(card("cancelled", { ...giver, ...unit })), []);
});
