import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Select, Space } from "antd";
import { formatPeriod } from "../format/format.ts";
import { useWords } from "../words/words.tsx";

type Props = { periods: string[]; value: string | null; onChange: (period: string) => void };

/** One of the periods there are, newest first in the list; the arrows go to the one before and after. */
export function PeriodPicker({ periods, value, onChange }: Props) {
  const t = useWords();
  const ordered = [...new Set(periods)].sort();
  const at = value === null ? -1 : ordered.indexOf(value);
  const before = at > 0 ? ordered[at - 1] : undefined;
  const after = at >= 0 ? ordered[at + 1] : undefined;
  return (
    <Space.Compact>
      <Button
        icon={<LeftOutlined />}
        aria-label={t("periodBefore")}
        disabled={!before}
        onClick={() => before && onChange(before)}
      />
      <Select
        value={value ?? undefined}
        placeholder={t("period")}
        aria-label={t("period")}
        style={{ width: 150 }}
        options={ordered.toReversed().map((period) => ({ value: period, label: formatPeriod(period, t) }))}
        onChange={onChange}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={t("periodAfter")}
        disabled={!after}
        onClick={() => after && onChange(after)}
      />
    </Space.Compact>
  );
}
