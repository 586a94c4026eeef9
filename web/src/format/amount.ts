/** Exact arithmetic on decimal strings ("-1234.5") in whole numbers, as base/decimal.h does it on the server. */

export type Reading = { ok: true; value: string } | { ok: false; why: "invalid" | "precise" | "large" };

/** Digits that the server keeps of an amount. */
const DIGITS_MAX = 18;

const grouped = (text: string, mark: string) => new RegExp(`^[1-9]\\d{0,2}(\\${mark}\\d{3})+$`).test(text);

/**
 * Where the decimal mark is. A single mark before three digits groups ("1.234"), unless it cannot ("0,125",
 * "1234.567") or it is the Vietnamese decimal mark of an amount of three places.
 */
function markAt(text: string, decimals: number): number {
  const at = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (at < 0) return -1;
  const mark = text[at]!;
  if (text.indexOf(mark) !== at) return -1;
  if ((text.includes(".") && text.includes(",")) || text.includes(" ")) return at;
  if (text.length - at - 1 !== 3 || !grouped(text, mark)) return at;
  return mark === "," && decimals >= 3 ? at : -1;
}

/** What people type or paste: "1.234,5", "1234,5", "1 234,5" and "1234.5" are all 1234.5. */
export function readAmount(typed: string, decimals: number): Reading {
  const plain = typed
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[\u2212\u2013]/g, "-")
    .trim();
  const [, sign = "", text = ""] = /^([-+]?) ?([\d., ]+)$/.exec(plain) ?? [];
  if (!text) return { ok: false, why: "invalid" };
  const at = markAt(text, decimals);
  const whole = at < 0 ? text : text.slice(0, at);
  const part = at < 0 ? "" : text.slice(at + 1);
  if (whole && !/^\d+$/.test(whole) && !grouped(whole, " ") && !grouped(whole, ".") && !grouped(whole, ","))
    return { ok: false, why: "invalid" };
  if ((at >= 0 && !/^\d+$/.test(part)) || (!whole && at < 0)) return { ok: false, why: "invalid" };
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "") || "0";
  const places = part.replace(/0+$/, "");
  if (places.length > decimals) return { ok: false, why: "precise" };
  if (digits.length + decimals > DIGITS_MAX) return { ok: false, why: "large" };
  const value = digits + (places ? `.${places}` : "");
  return { ok: true, value: sign === "-" && /[1-9]/.test(value) ? `-${value}` : value };
}

/** An amount as people would type it, to be changed: "1234,5". */
export function typedAmount(value: string | null | undefined): string {
  if (!value) return "";
  return (value.includes(".") ? value.replace(/\.?0+$/, "") : value).replace(".", ",");
}

function placesOf(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

function scaled(text: string, places: number): bigint {
  const [whole = "0", part = ""] = text.replace("-", "").split(".");
  const size = BigInt((whole || "0") + part.padEnd(places, "0"));
  return text.startsWith("-") ? -size : size;
}

function unscaled(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return value < 0n ? `-${text}` : text;
}

/** a - b, with the places of the finer one. */
export function difference(a: string, b: string): string {
  const places = Math.max(placesOf(a), placesOf(b));
  return unscaled(scaled(a, places) - scaled(b, places), places);
}

export function sum(amounts: string[]): string {
  const places = Math.max(0, ...amounts.map(placesOf));
  return unscaled(
    amounts.reduce((total, amount) => total + scaled(amount, places), 0n),
    places,
  );
}

/** Below 0 when a < b, 0 when they are the same amount ("1.50" and "1.5"), above 0 when a > b. */
export function compareAmounts(a: string, b: string): number {
  const places = Math.max(placesOf(a), placesOf(b));
  const gap = scaled(a, places) - scaled(b, places);
  return gap < 0n ? -1 : gap > 0n ? 1 : 0;
}

/** numerator / denominator * factor at `decimals` places, rounded half away from zero; null without one. */
export function ratio(numerator: string, denominator: string, factor: number, decimals: number): string | null {
  const places = Math.max(placesOf(numerator), placesOf(denominator));
  const below = scaled(denominator, places);
  if (below === 0n) return null;
  const above = scaled(numerator, places) * BigInt(factor) * 10n ** BigInt(decimals);
  const negative = above < 0n !== below < 0n;
  const a = above < 0n ? -above : above;
  const b = below < 0n ? -below : below;
  const rounded = (2n * a + b) / (2n * b);
  return unscaled(negative ? -rounded : rounded, decimals);
}
