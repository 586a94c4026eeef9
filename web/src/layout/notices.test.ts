import assert from "node:assert/strict";
import { test } from "node:test";
import { noticesOf } from "./notices.ts";

const form = (kind: string, state: string, window = "open") => ({ kind, state, window, submission_id: `${kind}-${state}` });
const collect = (waiting: number, period_state = "open") => ({
  kind: "collect",
  waiting,
  period_state,
  assignment_id: "9",
  period: "2026-05",
});

const kinds = (cards: unknown[]) => noticesOf(cards as never).map((notice) => notice.what);

test("what was returned comes first, then approvals, collecting and entry", () => {
  assert.deepEqual(
    kinds([form("entry", "draft"), collect(3), form("approve", "submitted"), form("entry", "returned", "late")]),
    ["returned", "approve", "collect", "enter"],
  );
});

test("what nobody waits for is no notice", () => {
  assert.deepEqual(
    kinds([
      form("entry", "submitted"),
      form("entry", "draft", "locked"),
      form("entry", "draft", "not_yet"),
      form("approve", "approved"),
      form("approve", "draft"),
      collect(0),
      collect(4, "closed"),
    ]),
    [],
  );
});

test("each leads to where the work is done", () => {
  assert.deepEqual(
    noticesOf([form("entry", "draft"), form("approve", "submitted"), collect(1)] as never).map((notice) => notice.to),
    [
      "/approval?submission=approve-submitted",
      "/approval?assignment=9&period=2026-05&state=approved",
      "/entry/entry-draft",
    ],
  );
});
