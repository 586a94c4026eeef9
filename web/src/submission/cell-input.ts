import type { Cell, Indicator, Target } from "../api/types.ts";
import { compareAmounts, ratio, readAmount, typedAmount } from "../format/amount.ts";
import type { CellInput } from "./types.ts";

/** A cell as it stands in the browser: what was typed, not yet what it means. */
export type Typed = {
  value: string;
  numerator: string;
  denominator: string;
  text: string;
  note: string;
  nil: boolean;
};

export type Field = "value" | "numerator" | "denominator" | "text";

/** The fields a person fills for an indicator; a percentage's value is worked out. */
export function fieldsOf(indicator: Pick<Indicator, "value_type">): Field[] {
  if (indicator.value_type === "percentage") return ["numerator", "denominator"];
  return [indicator.value_type === "text" ? "text" : "value"];
}

export function typedOf(cell: Cell): Typed {
  return {
    value: typedAmount(cell.value),
    numerator: typedAmount(cell.numerator),
    denominator: typedAmount(cell.denominator),
    text: cell.text ?? "",
    note: cell.note ?? "",
    nil: cell.nil,
  };
}

export function sameTyped(a: Typed, b: Typed): boolean {
  return (
    a.value === b.value &&
    a.numerator === b.numerator &&
    a.denominator === b.denominator &&
    a.text === b.text &&
    a.note === b.note &&
    a.nil === b.nil
  );
}

/** Nothing to send but the wish to empty the cell. A percentage's typed value does not count. */
export function isEmpty(indicator: Pick<Indicator, "value_type">, typed: Typed): boolean {
  return !typed.nil && fieldsOf(indicator).every((field) => typed[field].trim() === "");
}

export type FaultWhy =
  | "invalid"
  | "precise"
  | "large"
  | "parts"
  | "denominator"
  | "exceeds"
  | "negative"
  | "below"
  | "above"
  | "yesNo"
  | "rank"
  | "long";

/** Why a typed cell cannot stand; the server judges again by the same rules. */
export type Fault = { why: FaultWhy; field: Field | "note"; bound?: string };

export const TEXT_MAX = 2000;

export type Read = { ok: true; cell: Omit<CellInput, "indicator_id" | "base_revision">; value: string | null } | { ok: false; fault: Fault };

function fail(why: FaultWhy, field: Field | "note", bound?: string): Read {
  return { ok: false, fault: bound === undefined ? { why, field } : { why, field, bound } };
}

function outOfRange(indicator: Indicator, value: string, field: Field): Read | null {
  if (indicator.min !== null && compareAmounts(value, indicator.min) < 0) return fail("below", field, indicator.min);
  if (indicator.max !== null && compareAmounts(value, indicator.max) > 0) return fail("above", field, indicator.max);
  return null;
}

/** A percentage that cannot pass the whole: a part of it. */
function isShare(indicator: Indicator): boolean {
  return indicator.max !== null && compareAmounts(indicator.max, String(indicator.factor)) === 0;
}

function readPercentage(indicator: Indicator, typed: Typed): Read {
  if (typed.numerator.trim() === "") return fail("parts", "numerator");
  if (typed.denominator.trim() === "") return fail("parts", "denominator");
  const numerator = readAmount(typed.numerator, indicator.part_decimals);
  if (!numerator.ok) return fail(numerator.why, "numerator");
  const denominator = readAmount(typed.denominator, indicator.part_decimals);
  if (!denominator.ok) return fail(denominator.why, "denominator");
  if (compareAmounts(denominator.value, "0") <= 0) return fail("denominator", "denominator");
  if (isShare(indicator) && compareAmounts(numerator.value, "0") < 0) return fail("negative", "numerator");
  if (isShare(indicator) && compareAmounts(numerator.value, denominator.value) > 0) return fail("exceeds", "numerator");
  const value = ratio(numerator.value, denominator.value, indicator.factor, indicator.decimals);
  return (
    outOfRange(indicator, value ?? "0", "numerator") ?? {
      ok: true,
      cell: { numerator: numerator.value, denominator: denominator.value },
      value,
    }
  );
}

function readNumber(indicator: Indicator, typed: Typed): Read {
  const read = readAmount(typed.value, indicator.decimals);
  if (!read.ok) return fail(indicator.value_type === "yes_no" ? "yesNo" : read.why, "value");
  if (indicator.value_type === "yes_no" && read.value !== "0" && read.value !== "1") return fail("yesNo", "value");
  if (indicator.value_type === "rank" && (read.value.includes(".") || compareAmounts(read.value, "1") < 0))
    return fail("rank", "value");
  return outOfRange(indicator, read.value, "value") ?? { ok: true, cell: { value: read.value }, value: read.value };
}

/** What the server is to be told of a typed cell, or why it cannot stand. */
export function readCell(indicator: Indicator, typed: Typed): Read {
  if (typed.note.length > TEXT_MAX) return fail("long", "note");
  const note = typed.note.trim() ? { note: typed.note.trim() } : {};
  if (typed.nil) return { ok: true, cell: { nil: true, ...note }, value: null };
  if (isEmpty(indicator, typed)) return { ok: true, cell: { clear: true, ...note }, value: null };
  if (indicator.value_type === "text") {
    if (typed.text.length > TEXT_MAX) return fail("long", "text");
    return { ok: true, cell: { text: typed.text.trim(), ...note }, value: null };
  }
  const read = indicator.value_type === "percentage" ? readPercentage(indicator, typed) : readNumber(indicator, typed);
  return read.ok ? { ...read, cell: { ...read.cell, ...note } } : read;
}

/** The percentage as far as it can be worked out while it is being typed. */
export function derivedValue(indicator: Indicator, typed: Typed): string | null {
  if (typed.nil) return null;
  if (indicator.value_type !== "percentage") {
    const read = readAmount(typed.value, indicator.decimals);
    return read.ok ? read.value : null;
  }
  const numerator = readAmount(typed.numerator, indicator.part_decimals);
  const denominator = readAmount(typed.denominator, indicator.part_decimals);
  if (!numerator.ok || !denominator.ok) return null;
  return ratio(numerator.value, denominator.value, indicator.factor, indicator.decimals);
}

export function targetReached(target: Target, value: string): boolean {
  const order = compareAmounts(value, target.value);
  switch (target.operator) {
    case "at_least":
      return order >= 0;
    case "more":
      return order > 0;
    case "at_most":
      return order <= 0;
    case "less":
      return order < 0;
    case "equal":
      return order === 0;
    case "range":
      return order >= 0 && compareAmounts(value, target.high ?? target.value) <= 0;
  }
}
