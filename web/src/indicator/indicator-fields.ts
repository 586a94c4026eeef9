import type { IndicatorInput } from "../api/indicators.ts";
import type { Indicator, Target } from "../api/types.ts";
import { readAmount, typedAmount } from "../format/amount.ts";

/** The form of a definition: amounts as people type them. */
export type IndicatorFields = Omit<
  Indicator,
  "id" | "version" | "owner" | "valid_from" | "valid_to" | "min" | "max" | "targets"
> & {
  min?: string;
  max?: string;
  targets: { year: number; operator: Target["operator"]; value: string; high?: string }[];
  change_reason?: string;
};

export const blankFields: Partial<IndicatorFields> = {
  value_type: "number",
  accrual: "flow",
  frequency: "month",
  direction: "higher",
  aggregation: "sum",
  decimals: 0,
  part_decimals: 0,
  factor: 1,
  outlier_percent: 50,
  evidence_required: false,
  illustrative: false,
  levels: ["province", "department", "commune"],
  targets: [],
};

export function toFields(indicator: Indicator): Partial<IndicatorFields> {
  const { min, max, targets, ...same } = indicator;
  return {
    ...same,
    min: typedAmount(min),
    max: typedAmount(max),
    targets: targets.map((target) => ({
      ...target,
      value: typedAmount(target.value),
      high: typedAmount(target.high),
    })),
  };
}

function amount(text: string | null | undefined, decimals: number): string | null {
  if (!text?.trim()) return null;
  const read = readAmount(text, decimals);
  return read.ok ? read.value : text;
}

/** What is sent; what the form's rules let through is a number, the rest the server refuses by name. */
export function toInput(fields: IndicatorFields): IndicatorInput {
  const decimals = fields.decimals ?? 0;
  const text = fields.value_type === "text";
  return {
    ...fields,
    name: fields.name.trim(),
    min: text ? null : amount(fields.min, decimals),
    max: text ? null : amount(fields.max, decimals),
    targets: text
      ? []
      : (fields.targets ?? []).map((target) => ({
          year: target.year,
          operator: target.operator,
          value: amount(target.value, decimals) ?? "",
          high: target.operator === "range" ? amount(target.high, decimals) : null,
        })),
  };
}
