import { Select } from "antd";
import type { Frequency } from "../api/indicators.ts";
import { formatPeriod, parts } from "../format/format.ts";
import { periodsBetween } from "../format/periods.ts";
import { serverNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";

type Props = {
  id?: string;
  frequency: Frequency;
  value?: string | null;
  onChange?: (period: string | null) => void;
  allowClear?: boolean;
  placeholder?: string;
  label?: string;
  without?: string[];
};

/** Any period of a frequency from the year before to two years on; typing finds one. Works in a Form.Item. */
export function PeriodSelect({ id, frequency, value, onChange, allowClear, placeholder, label, without = [] }: Props) {
  const t = useWords();
  const { year } = parts(new Date(serverNow()).toISOString());
  const periods = periodsBetween(frequency, year - 1, year + 2).filter((period) => !without.includes(period));
  if (value && !periods.includes(value)) periods.unshift(value);
  return (
    <Select
      id={id}
      aria-label={label}
      allowClear={allowClear}
      placeholder={placeholder ?? t("period")}
      value={value ?? undefined}
      showSearch={{ optionFilterProp: "label" }}
      options={periods.map((period) => ({ value: period, label: formatPeriod(period, t) }))}
      onChange={(period?: string) => onChange?.(period ?? null)}
      style={{ minWidth: 160 }}
    />
  );
}
