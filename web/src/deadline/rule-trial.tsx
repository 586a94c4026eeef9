import { Form, Select } from "antd";
import type { Rule } from "../api/assignments.ts";
import type { Frequency } from "../api/indicators.ts";
import { parts } from "../format/format.ts";
import { periodOf } from "../format/periods.ts";
import { PeriodSelect } from "../parts/period-select.tsx";
import { serverNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";
import { RuleFields, RulePreview, usualRule } from "./rule-fields.tsx";

const frequencies = ["month", "quarter", "half_year", "year"] as const;
const words = {
  month: "frequencyMonth",
  quarter: "frequencyQuarter",
  half_year: "frequencyHalfYear",
  year: "frequencyYear",
} as const;

/** Tries a deadline rule on the calendar without saving anything. */
export function RuleTrial({ frequency, onFrequency }: { frequency: Frequency; onFrequency: (next: Frequency) => void }) {
  const t = useWords();
  const [form] = Form.useForm<{ rule: Rule; period: string }>();
  const rule = Form.useWatch("rule", form);
  const period = Form.useWatch("period", form);
  const { year, month } = parts(new Date(serverNow()).toISOString());
  const choose = (next: Frequency) => {
    onFrequency(next);
    form.setFieldsValue({ period: periodOf(next, year, month) });
  };
  return (
    <section className="profile-box" aria-label={t("ruleTrial")}>
      <h2>{t("ruleTrial")}</h2>
      <p>{t("ruleTrialIntro")}</p>
      <Form form={form} layout="vertical" initialValues={{ rule: usualRule, period: periodOf(frequency, year, month) }}>
        <div className="form-pair">
          <Form.Item label={t("frequency")} htmlFor="trial-frequency">
            <Select
              id="trial-frequency"
              value={frequency}
              onChange={choose}
              options={frequencies.map((value) => ({ value, label: t(words[value]) }))}
            />
          </Form.Item>
          <Form.Item name="period" label={t("firstPeriod")}>
            <PeriodSelect frequency={frequency} />
          </Form.Item>
        </div>
        <RuleFields />
        <RulePreview rule={rule} frequency={frequency} first={period ?? null} />
      </Form>
    </section>
  );
}
