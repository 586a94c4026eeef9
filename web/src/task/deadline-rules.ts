import { addDays } from "../format/periods.ts";
import { addMonths } from "./month-rules.ts";

export const everyOf = ["week", "month", "quarter", "half_year", "year"] as const;

/** A deadline as a form holds it. */
export type DeadlineEntry = {
  kind: "instant" | "quarter" | "soonest" | "none" | "recurring";
  /** The last day on which it can be met. */
  day?: string | null;
  quarter?: string | null;
  every?: (typeof everyOf)[number];
  day_of?: number;
  from?: string | null;
};

/** The first instant after a day ("2026-05-16") or a quarter ("2026-Q2"), which is what a deadline is. */
export function periodEnd(period: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(period)) return `${addDays(period, 1)}T00:00:00+07:00`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (!quarter) return null;
  return `${addMonths(`${quarter[1]}-01`, Number(quarter[2]) * 3)}-01T00:00:00+07:00`;
}

/** The quarter a day lies in. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}
