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

/** A difference, always with its sign: "+1,2", "−3", "0". */
export function formatSigned(value: string, language: string): string {
  const shown = formatNumber(value, language);
  return value.startsWith("-") || !/[1-9]/.test(value) ? shown : `+${shown}`;
}

/** part of whole in per cent with one place, "98,3 %". */
export function formatShare(part: number, whole: number, language: string): string {
  if (whole <= 0) return "";
  const tenths = Math.floor((part * 1000) / whole);
  return `${formatNumber(`${Math.floor(tenths / 10)}.${tenths % 10}`, language)} %`;
}

export function formatSize(bytes: number, language: string): string {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
  return `${formatNumber(size.toFixed(1), language)} ${unit}`;
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

/** A name as it stands at the head of a table or list: with a capital, the rest as written. */
export function asHeading(name: string): string {
  return name.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}
