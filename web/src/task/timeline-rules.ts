import type { Task } from "../api/tasks.ts";
import { addMonths, monthOf } from "./month-rules.ts";

const OFFSET_MS = 7 * 3600 * 1000;
const DAY_MS = 86_400_000;

export type Span = { from: number; to: number };
export const spans = [3, 6, 12] as const;

/** The first instant of a month, "2026-05", in Viet Nam. */
export function monthStart(month: string): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return Date.UTC(year, number - 1, 1) - OFFSET_MS;
}

/** A window of whole months. */
export function spanOf(first: string, months: number): Span {
  return { from: monthStart(first), to: monthStart(addMonths(first, months)) };
}

/** Where an instant lies in the window, in per cent from its left edge; outside, below 0 or above 100. */
export function placeIn(span: Span, at: number): number {
  return ((at - span.from) * 100) / (span.to - span.from);
}

export type Tick = { month: string; at: number };

/** The months of a window, each at its left edge. */
export function ticksOf(span: Span): Tick[] {
  const ticks: Tick[] = [];
  for (let month = monthOf(span.from); monthStart(month) < span.to; month = addMonths(month, 1)) {
    ticks.push({ month, at: placeIn(span, monthStart(month)) });
  }
  return ticks;
}

export type Bar = {
  /** Left edge and width of what is seen of it, in per cent. */
  x: number;
  width: number;
  /** Where the deadline is marked; null outside the window or without one. */
  deadline: number | null;
  /** Part of the bar that is red: from the deadline to now or to the completion. */
  late: { x: number; width: number } | null;
  before: boolean;
  after: boolean;
};

const within = (value: number) => Math.min(100, Math.max(0, value));

/**
 * A task in a window: from when it was given to its deadline; where that passed, on to its completion or to now.
 * Without a deadline it reaches to its completion or to now.
 */
export function barOf(task: Pick<Task, "created_at" | "deadline" | "completed_at" | "state">, span: Span, now: number): Bar {
  const begun = Date.parse(task.created_at);
  const due = task.deadline ? Date.parse(task.deadline.before) : null;
  const open = task.state === "not_started" || task.state === "in_progress" || task.state === "paused";
  const done = task.completed_at ? Date.parse(task.completed_at) : null;
  const over = done ?? (open ? now : (due ?? begun));
  const end = Math.max(due ?? over, over, begun + DAY_MS);
  const left = placeIn(span, Math.min(begun, due ?? begun));
  const right = placeIn(span, end);
  const x = within(left);
  const mark = due === null ? null : placeIn(span, due);
  const late = due !== null && over > due ? { x: within(placeIn(span, due)), width: within(placeIn(span, over)) - within(placeIn(span, due)) } : null;
  return {
    x,
    width: within(right) - x,
    deadline: mark !== null && mark >= 0 && mark <= 100 ? mark : null,
    late: late && late.width > 0 ? late : null,
    before: right < 0,
    after: left > 100,
  };
}
