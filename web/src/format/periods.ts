import type { Frequency } from "../api/indicators.ts";

const PER_YEAR: Record<Frequency, number> = { month: 12, quarter: 4, half_year: 2, year: 1 };

function nth(frequency: Frequency, year: number, index: number): string {
  if (frequency === "year") return String(year);
  if (frequency === "quarter") return `${year}-Q${index + 1}`;
  if (frequency === "half_year") return `${year}-H${index + 1}`;
  return `${year}-${String(index + 1).padStart(2, "0")}`;
}

/** All periods of the years, oldest first: "2026-05", "2026-Q2", "2026-H1", "2026". */
export function periodsBetween(frequency: Frequency, firstYear: number, lastYear: number): string[] {
  const periods: string[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    for (let index = 0; index < PER_YEAR[frequency]; index++) periods.push(nth(frequency, year, index));
  }
  return periods;
}

/** The period that a month of the calendar (1 to 12) falls in. */
export function periodOf(frequency: Frequency, year: number, month: number): string {
  return nth(frequency, year, Math.floor(((month - 1) * PER_YEAR[frequency]) / 12));
}

/** The `count` periods from `first` on. */
export function periodsFrom(frequency: Frequency, first: string, count: number): string[] {
  const year = Number(first.slice(0, 4));
  const all = periodsBetween(frequency, year, year + count);
  const at = all.indexOf(first);
  return at < 0 ? [] : all.slice(at, at + count);
}

/** A period's name in the middle of a sentence: "tháng 5/2026", but "Q2 2026" as it is. */
export function midSentence(name: string): string {
  return name.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());
}

/** "2026-05-31" and 1 is "2026-06-01". */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
