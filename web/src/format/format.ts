import type { Speak } from "../words/words.tsx";

/** Numbers, dates and time left as people in Viet Nam read them. Amounts stay decimal strings: no floating point. */

const OFFSET = 7 * 3600 * 1000;

/** "1234567.50" as "1.234.567,5" (trailing zeros kept unless `trim`). */
export function formatNumber(value: string | null | undefined, language: string, trim = true): string {
  if (value === null || value === undefined || value === "") return "";
  const negative = value.startsWith("-");
  const [whole = "0", part = ""] = (negative ? value.slice(1) : value).split(".");
  const vietnamese = language === "vi";
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, vietnamese ? "." : ",");
  const decimals = trim ? part.replace(/0+$/, "") : part;
  return (negative ? "−" : "") + grouped + (decimals ? (vietnamese ? "," : ".") + decimals : "");
}

export function formatCount(value: number, language: string): string {
  return formatNumber(String(value), language);
}

export function parts(iso: string) {
  const at = new Date(Date.parse(iso) + OFFSET);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

const two = (value: number) => String(value).padStart(2, "0");

/** 16/5/2026 */
export function formatDate(iso: string | null | undefined): string {
  if (!iso) return "";
  if (/^\d{4}-\d\d-\d\d$/.test(iso)) {
    const [year, month, day] = iso.split("-").map(Number);
    return `${day}/${month}/${year}`;
  }
  const at = parts(iso);
  return `${at.day}/${at.month}/${at.year}`;
}

/** 10:32 16/5/2026 */
export function formatTime(iso: string | null | undefined): string {
  if (!iso) return "";
  const at = parts(iso);
  return `${two(at.hour)}:${two(at.minute)} ${at.day}/${at.month}/${at.year}`;
}

/** 10:32 */
export function formatClock(iso: string): string {
  const at = parts(iso);
  return `${two(at.hour)}:${two(at.minute)}`;
}

/** "2026-05" in words: see the period words of words/{vi,en}/shell.ts. */
export function formatPeriod(period: string, t: Speak): string {
  const [year = "", rest] = period.split("-");
  if (!rest) return t("periodYear", { year });
  if (rest.startsWith("Q")) {
    const quarter = ["I", "II", "III", "IV"][Number(rest.slice(1)) - 1] ?? rest;
    return t("periodQuarter", { quarter, year });
  }
  if (rest.startsWith("H")) return t(rest === "H1" ? "periodFirstHalf" : "periodSecondHalf", { year });
  return t("periodMonth", { month: Number(rest), year });
}

/** "5/26" for narrow column heads. */
export function formatPeriodShort(period: string): string {
  const [year = "", rest] = period.split("-");
  if (!rest) return year;
  return /^\d/.test(rest) ? `${Number(rest)}/${year.slice(2)}` : `${rest}/${year.slice(2)}`;
}

export type TimeLeft = { past: boolean; days: number; hours: number; minutes: number };

export function timeLeft(before: string, now: number): TimeLeft {
  const difference = Date.parse(before) - now;
  const size = Math.floor(Math.abs(difference) / 60000);
  return {
    past: difference <= 0,
    days: Math.floor(size / 1440),
    hours: Math.floor((size % 1440) / 60),
    minutes: size % 60,
  };
}

/**
 * What a person typed as an API decimal: "1.234,5", "1234,5", "1 234,5" and
 * "1234.5" are all 1234.5. Null when it is no number. The same rule as
 * decimal_parse_typed on the server.
 */
export function parseTyped(typed: string): string | null {
  let text = typed.replace(/[\s\u00a0]/g, "").replace(/^[−–]/, "-");
  if (text === "") return null;
  const negative = text.startsWith("-");
  if (negative) text = text.slice(1);
  const commas = (text.match(/,/g) ?? []).length;
  const points = (text.match(/\./g) ?? []).length;
  let mark = "";
  if (commas && points) mark = text.lastIndexOf(",") > text.lastIndexOf(".") ? "," : ".";
  else if (commas === 1) mark = ",";
  else if (points === 1 && !/^\d{1,3}\.\d{3}$/.test(text)) mark = ".";
  const grouping = mark === "," ? "." : mark === "." ? "," : points ? "." : ",";
  const at = mark ? text.lastIndexOf(mark) : -1;
  const whole = at >= 0 ? text.slice(0, at) : text;
  const part = at >= 0 ? text.slice(at + 1) : "";
  const plain = /^\d+$/.test(whole);
  const grouped = new RegExp(`^\\d{1,3}(\\${grouping}\\d{3})+$`).test(whole);
  if (!(plain || grouped) || (at >= 0 && !/^\d+$/.test(part))) return null;
  const digits = whole.replaceAll(grouping, "").replace(/^0+(?=\d)/, "");
  const result = digits + (part ? `.${part}` : "");
  return negative && /[1-9]/.test(result) ? `-${result}` : result;
}

/** numerator / denominator * factor at `decimals` places, rounded half away from zero, in whole numbers; null without one. */
export function ratio(numerator: string, denominator: string, factor: number, decimals: number): string | null {
  const scale = Math.max(numerator.split(".")[1]?.length ?? 0, denominator.split(".")[1]?.length ?? 0);
  const whole = (text: string) => {
    const [left = "0", right = ""] = text.replace("-", "").split(".");
    const size = BigInt(left + right.padEnd(scale, "0"));
    return text.startsWith("-") ? -size : size;
  };
  const below = whole(denominator);
  if (below === 0n) return null;
  const above = whole(numerator) * BigInt(factor) * 10n ** BigInt(decimals);
  const negative = above < 0n !== below < 0n;
  const a = above < 0n ? -above : above;
  const b = below < 0n ? -below : below;
  const rounded = (2n * a + b) / (2n * b);
  const digits = rounded.toString().padStart(decimals + 1, "0");
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
  return negative && rounded !== 0n ? `-${text}` : text;
}
