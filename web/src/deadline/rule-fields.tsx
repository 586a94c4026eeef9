import { useQueries } from "@tanstack/react-query";
import { Checkbox, Form, InputNumber, Radio, Select } from "antd";
import { useDeferredValue } from "react";
import { previewDeadline, type Rule } from "../api/assignments.ts";
import type { Frequency } from "../api/indicators.ts";
import { formatDate, formatPeriod } from "../format/format.ts";
import { periodsFrom } from "../format/periods.ts";
import { useWords } from "../words/words.tsx";
import { ruleWording } from "./rule-wording.ts";

export const usualRule: Rule = { day: 16, month_offset: 0, roll: false, locks: false, opens_day: 1 };

const PREVIEWED = 3;

/** The parts of a deadline rule, under the name "rule" of the form around it. */
export function RuleFields() {
  const t = useWords();
  const required = [{ required: true, message: t("required") }];
  return (
    <>
      <div className="form-pair">
        <Form.Item name={["rule", "day"]} label={t("ruleDay")} extra={t("ruleDayHint")} rules={required}>
          <InputNumber min={1} max={31} precision={0} />
        </Form.Item>
        <Form.Item name={["rule", "month_offset"]} label={t("ruleMonthOffset")}>
          <Select
            options={Array.from({ length: 13 }, (_, n) => ({
              value: n,
              label: t(n === 0 ? "ruleOffsetNone" : "ruleOffset", { n }),
            }))}
          />
        </Form.Item>
        <Form.Item name={["rule", "opens_day"]} label={t("ruleOpens")} extra={t("ruleOpensHint")} rules={required}>
          <InputNumber min={1} max={31} precision={0} />
        </Form.Item>
      </div>
      <Form.Item name={["rule", "roll"]} valuePropName="checked">
        <Checkbox>{t("ruleRollChoice")}</Checkbox>
      </Form.Item>
      <Form.Item name={["rule", "locks"]} label={t("latePolicy")}>
        <Radio.Group
          options={[
            { value: false, label: t("lateAllowed") },
            { value: true, label: t("lateLocked") },
          ]}
        />
      </Form.Item>
    </>
  );
}

/** The rule in words and the deadlines it gives in the next periods, as the server works them out. */
export function RulePreview({ rule, frequency, first }: { rule?: Rule; frequency: Frequency; first: string | null }) {
  const t = useWords();
  const asked = useDeferredValue(rule);
  const good = !!asked?.day && asked.month_offset !== undefined;
  const periods = first ? periodsFrom(frequency, first, PREVIEWED) : [];
  const previews = useQueries({
    queries: periods.map((period) => ({
      queryKey: ["deadline-preview", asked, period],
      queryFn: () => previewDeadline({ ...usualRule, ...asked }, period),
      enabled: good,
      retry: false,
      staleTime: Infinity,
    })),
  });
  if (!rule?.day) return null;
  return (
    <div className="rule-preview" aria-live="polite">
      <strong>{ruleWording(rule, frequency, first, t)}</strong>
      <ul>
        {previews.map((preview, index) => {
          const period = periods[index] ?? "";
          return (
            <li key={period}>
              {formatPeriod(period, t)}:{" "}
              {preview.data
                ? t("previewLine", { deadline: preview.data.deadline.wording, opens: formatDate(preview.data.opens) })
                : (preview.error?.message ?? "…")}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
