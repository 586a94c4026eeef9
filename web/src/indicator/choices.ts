import type { CheckOperator } from "../api/indicators.ts";
import type { Indicator, Target } from "../api/types.ts";
import type { Speak, Word } from "../words/words.tsx";

/** The choices of a definition and the words for them. */
export const valueTypes: Record<Indicator["value_type"], Word> = {
  number: "typeNumber",
  percentage: "typePercentage",
  rank: "typeRank",
  yes_no: "typeYesNo",
  text: "typeText",
};

export const accruals: Record<Indicator["accrual"], Word> = {
  stock: "accrualStock",
  flow: "accrualFlow",
  cumulative: "accrualCumulative",
};

export const frequencies: Record<Indicator["frequency"], Word> = {
  month: "frequencyMonth",
  quarter: "frequencyQuarter",
  half_year: "frequencyHalfYear",
  year: "frequencyYear",
};

export const directions: Record<Indicator["direction"], Word> = {
  higher: "directionHigher",
  lower: "directionLower",
  range: "directionRange",
  information: "directionInformation",
};

export const aggregations: Record<Indicator["aggregation"], Word> = {
  none: "aggregationNone",
  sum: "aggregationSum",
  ratio: "aggregationRatio",
  average: "aggregationAverage",
  max: "aggregationMax",
  min: "aggregationMin",
  last: "aggregationLast",
  count_yes: "aggregationCountYes",
};

export const operators: Record<Target["operator"], Word> = {
  at_least: "operatorAtLeast",
  more: "operatorMore",
  at_most: "operatorAtMost",
  less: "operatorLess",
  equal: "operatorEqual",
  range: "operatorRange",
};

export const checkOperators = (Object.keys(operators) as Target["operator"][]).filter(
  (operator): operator is CheckOperator => operator !== "range",
);

export const levels: Record<string, Word> = {
  central: "levelCentral",
  ministry: "levelMinistry",
  province: "levelProvince",
  department: "levelDepartment",
  commune: "levelCommune",
};

export function optionsOf<V extends string>(words: Record<V, Word>, t: Speak): { value: V; label: string }[] {
  return (Object.entries(words) as [V, Word][]).map(([value, word]) => ({ value, label: t(word) }));
}

/** How a level's figure may come from those below, by type: a percentage is never averaged, yes/no is counted. */
export function aggregationsOf(type: Indicator["value_type"]): Indicator["aggregation"][] {
  if (type === "percentage") return ["none", "ratio", "max", "min", "last"];
  if (type === "yes_no") return ["none", "count_yes"];
  if (type === "text") return ["none"];
  if (type === "rank") return ["none", "max", "min", "last"];
  return ["none", "sum", "average", "max", "min", "last"];
}
