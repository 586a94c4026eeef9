import type { Rule } from "../api/assignments.ts";
import type { Frequency } from "../api/indicators.ts";
import { formatPeriod } from "../format/format.ts";
import { midSentence } from "../format/periods.ts";
import type { Speak, Word } from "../words/words.tsx";

function sentence(frequency: Frequency, offset: number): Word {
  if (frequency === "quarter") return offset ? "ruleQuarterAfter" : "ruleQuarter";
  if (frequency === "half_year") return offset ? "ruleHalfYearAfter" : "ruleHalfYear";
  if (frequency === "year") return offset ? "ruleYearAfter" : "ruleYear";
  if (offset === 1) return "ruleMonthNext";
  return offset ? "ruleMonthAfter" : "ruleMonth";
}

/** A rule as the letter will word it, before it is saved: "trước 24h00 ngày 16 hằng tháng (bắt đầu từ tháng 5/2026)". */
export function ruleWording(rule: Rule, frequency: Frequency, first: string | null, t: Speak): string {
  const words = t(sentence(frequency, rule.month_offset), { day: rule.day, n: rule.month_offset });
  const roll = rule.roll ? t("ruleRoll") : "";
  const from = first ? t("ruleFrom", { period: midSentence(formatPeriod(first, t)) }) : "";
  return words + roll + from;
}
