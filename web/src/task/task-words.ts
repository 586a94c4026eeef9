import type { Recurrence } from "../api/tasks.ts";
import { formatPeriod } from "../format/format.ts";
import { midSentence } from "../format/periods.ts";
import type { Speak, Word } from "../words/words.tsx";

/** A report's period in words; a week by its number. */
export function taskPeriod(period: string, t: Speak): string {
  const week = /^(\d{4})-W(\d+)$/.exec(period);
  return week ? t("taskPeriodWeek", { week: Number(week[2]), year: week[1]! }) : formatPeriod(period, t);
}

const weekdays: Word[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const ruleWords: Record<Exclude<Recurrence["every"], "week">, Word> = {
  month: "taskRecursMonth",
  quarter: "taskRecursQuarter",
  half_year: "taskRecursHalfYear",
  year: "taskRecursYear",
};

/** "Hằng tháng, trước 24h00 ngày 18, từ tháng 5/2026". */
export function recurrenceWords({ every, day, from }: Recurrence, t: Speak): string {
  const since = from ? `, ${t("taskRecursSince", { from: midSentence(formatPeriod(from, t)) })}` : "";
  if (every === "week") {
    const weekday = weekdays[(day || 7) - 1] ?? "sunday";
    return t("taskRecursWeek", { day: midSentence(t(weekday)) }) + since;
  }
  return t(ruleWords[every], { day: day || t("taskLastDay") }) + since;
}
