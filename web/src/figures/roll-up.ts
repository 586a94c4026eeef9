import type { Cell, Indicator } from "../api/types.ts";
import { compareAmounts, ratio, sum } from "../format/amount.ts";

type Kind = Pick<Indicator, "aggregation" | "value_type" | "factor" | "decimals">;
export type Total = { value: string; numerator: string | null; denominator: string | null };

/**
 * What the figures of a level make together, as the server rolls them up. The server keeps sums of today alone; as
 * known on another day they are made here of the units' own versions. Percentages are never averaged.
 */
export function rollUp(indicator: Kind, cells: (Cell | null)[]): Total | null {
  const told = cells.filter((cell): cell is Cell => cell !== null && (cell.present || cell.nil));
  const present = told.filter((cell) => cell.present && cell.value !== null);
  if (told.length === 0) return null;
  const values = present.map((cell) => cell.value!);
  const plain = (value: string | null | undefined): Total | null => (value == null ? null : { value, numerator: null, denominator: null });
  switch (indicator.aggregation) {
    case "sum":
      return plain(sum(values));
    case "ratio": {
      const numerator = sum(present.map((cell) => cell.numerator ?? "0"));
      const denominator = sum(present.map((cell) => cell.denominator ?? "0"));
      const value = ratio(numerator, denominator, indicator.factor, indicator.decimals);
      return value === null ? null : { value, numerator, denominator };
    }
    case "average":
      return plain(present.length > 0 ? ratio(sum(values), String(present.length), 1, indicator.decimals) : null);
    case "max":
      return plain(values.toSorted(compareAmounts).at(-1));
    case "min":
      return plain(values.toSorted(compareAmounts)[0]);
    case "count_yes":
      return plain(String(values.filter((value) => compareAmounts(value, "0") !== 0).length));
    case "none":
    case "last":
      return null;
  }
}
