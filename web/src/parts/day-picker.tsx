import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/vi";
import { useLanguage, useWords } from "../words/words.tsx";

type Props = {
  id?: string;
  value?: string | null;
  onChange?: (day: string | null) => void;
  disabled?: boolean;
  placeholder?: string;
  label?: string;
  earliest?: string;
};

/** One day as "2026-05-16", shown and typed as 16/5/2026. Works as the control of a Form.Item. */
export function DayPicker({ id, value, onChange, disabled, placeholder, label, earliest }: Props) {
  const t = useWords();
  const language = useLanguage();
  return (
    <DatePicker
      id={id}
      disabled={disabled}
      aria-label={label}
      placeholder={placeholder ?? t("dayHint")}
      format={["D/M/YYYY", "DD/MM/YYYY", "YYYY-MM-DD"]}
      value={value ? dayjs(value).locale(language) : null}
      minDate={earliest ? dayjs(earliest) : undefined}
      onChange={(day) => onChange?.(day ? day.format("YYYY-MM-DD") : null)}
      style={{ width: "100%", minWidth: 130 }}
    />
  );
}
