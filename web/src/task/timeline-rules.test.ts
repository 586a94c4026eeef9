import assert from "node:assert/strict";
import { test } from "node:test";
import { barOf, monthStart, placeIn, spanOf, ticksOf } from "./timeline-rules.ts";

const span = spanOf("2026-04", 3);
const at = (iso: string) => Date.parse(iso);
const deadline = (before: string) => ({ before, wording: "" });

test("a window begins and ends at 00h00 in Viet Nam and has a tick for each of its months", () => {
  assert.equal(monthStart("2026-04"), at("2026-04-01T00:00:00+07:00"));
  assert.deepEqual(ticksOf(span).map((tick) => tick.month), ["2026-04", "2026-05", "2026-06"]);
  assert.equal(placeIn(span, at("2026-04-01T00:00:00+07:00")), 0);
  assert.equal(placeIn(span, at("2026-07-01T00:00:00+07:00")), 100);
});

test("a task in time reaches to its deadline and has nothing red", () => {
  const bar = barOf(
    { created_at: "2026-04-10T00:00:00+07:00", deadline: deadline("2026-06-01T00:00:00+07:00"), completed_at: null, state: "in_progress" },
    span,
    at("2026-05-01T00:00:00+07:00"),
  );
  assert.ok(Math.abs(bar.x + bar.width - bar.deadline!) < 1e-9);
  assert.equal(bar.late, null);
});

test("an overdue task is red from its deadline until now, and a late one until it was completed", () => {
  const task = { created_at: "2026-04-10T00:00:00+07:00", deadline: deadline("2026-05-01T00:00:00+07:00"), state: "in_progress" as const };
  const now = at("2026-05-16T00:00:00+07:00");
  const open = barOf({ ...task, completed_at: null }, span, now);
  assert.ok(Math.abs(open.late!.x - open.deadline!) < 1e-9);
  assert.ok(Math.abs(open.x + open.width - placeIn(span, now)) < 1e-9);
  const done = barOf({ ...task, completed_at: "2026-05-05T00:00:00+07:00", state: "completed" as const }, span, now);
  assert.ok(done.late!.width < open.late!.width);
});

test("what lies outside the window is cut off and says on which side it is", () => {
  const early = barOf(
    { created_at: "2025-01-01T00:00:00+07:00", deadline: deadline("2025-02-01T00:00:00+07:00"), completed_at: "2025-01-20T00:00:00+07:00", state: "completed" },
    span,
    at("2026-05-01T00:00:00+07:00"),
  );
  assert.equal(early.before, true);
  assert.equal(early.deadline, null);
  assert.equal(early.width, 0);
  const coming = barOf(
    { created_at: "2026-08-01T00:00:00+07:00", deadline: deadline("2026-09-01T00:00:00+07:00"), completed_at: null, state: "not_started" },
    span,
    at("2026-05-01T00:00:00+07:00"),
  );
  assert.equal(coming.after, true);
});
