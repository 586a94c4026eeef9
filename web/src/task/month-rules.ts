import type { Deadline } from "../api/types.ts";

const OFFSET_MS = 7 * 3600 * 1000;
const DAY_MS = 86_400_000;

const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The day an instant falls on in Viet Nam, "2026-05-16". */
export function dayOf(at: number): string {
  return isoDay(at + OFFSET_MS);
}

export function monthOf(at: number): string {
  return dayOf(at).slice(0, 7);
}

/** The last day on which a deadline can be met: 24h00 of the 16th ends at 00h00 of the 17th. */
export function dueDay(deadline: Deadline): string {
  return dayOf(Date.parse(deadline.before) - 1);
}

export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const months = year * 12 + (number - 1) + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`;
}

/** First and last day of a month. */
export function daysOf(month: string): { first: string; last: string } {
  const first = `${month}-01`;
  return { first, last: isoDay(Date.parse(`${addMonths(month, 1)}-01T00:00:00Z`) - DAY_MS) };
}

export type Day = { day: string; inside: boolean };

/** The weeks that a month touches, Monday to Sunday. */
export function weeksOf(month: string): Day[][] {
  const { first, last } = daysOf(month);
  const begin = Date.parse(`${first}T00:00:00Z`);
  const weekday = (new Date(begin).getUTCDay() + 6) % 7;
  const weeks: Day[][] = [];
  for (let at = begin - weekday * DAY_MS; isoDay(at) <= last; at += 7 * DAY_MS) {
    weeks.push(
      [0, 1, 2, 3, 4, 5, 6].map((i) => {
        const day = isoDay(at + i * DAY_MS);
        return { day, inside: day >= first && day <= last };
      }),
    );
  }
  return weeks;
}
