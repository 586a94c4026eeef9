import { useQuery } from "@tanstack/react-query";
import { Alert, App, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { newKey } from "../api/key.ts";
import { indicators, reports, type ReportDetail, type ReportInput } from "../api/indicators.ts";
import type { Indicator } from "../api/types.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useWords } from "../words/words.tsx";
import { frequencies, optionsOf } from "./choices.ts";
import { CheckRows } from "./report-checks.tsx";
import { ReportItems, type BuilderItem } from "./report-items.tsx";

type Fields = Omit<ReportInput, "items">;

/** All definitions there are, page by page: a form is chosen from them. */
async function allIndicators(): Promise<Indicator[]> {
  const list: Indicator[] = [];
  let after: string | undefined;
  do {
    const page = await indicators.page({ after, limit: 500 });
    list.push(...page.indicators);
    after = page.next ?? undefined;
  } while (after);
  return list;
}

function Head({ fixed }: { fixed: boolean }) {
  const t = useWords();
  const required = [{ required: true, whitespace: true, message: t("required") }];
  return (
    <>
      {!fixed && (
        <div className="form-pair">
          <Form.Item name="code" label={t("reportCode")} extra={t("indicatorCodeHint")} rules={required}>
            <Input autoFocus maxLength={20} spellCheck={false} />
          </Form.Item>
          <Form.Item name="frequency" label={t("frequency")}>
            <Select options={optionsOf(frequencies, t)} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="title" label={t("reportTitle")} rules={required}>
        <Input.TextArea autoSize maxLength={300} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="resolution" label={t("resolution")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="cut_day" label={t("cutDay")} extra={t("cutDayHint")}>
          <InputNumber min={0} max={28} precision={0} />
        </Form.Item>
      </div>
      <Form.Item name="instructions" label={t("instructions")}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
      </Form.Item>
    </>
  );
}

function toItems(report?: ReportDetail): BuilderItem[] {
  return (report?.items ?? []).map(({ indicator, section, required, evidence_required }) => ({
    indicator,
    section,
    required,
    evidence_required,
  }));
}

type Props = { report?: ReportDetail; onClose: () => void; onSaved?: (report: ReportDetail) => void };

/** Makes a report form, or a new version of one: its head, its indicators in order, its checks. */
export function ReportBuilder({ report, onClose, onSaved }: Props) {
  const t = useWords();
  const [form] = Form.useForm<Fields>();
  const [items, setItems] = useState(() => toItems(report));
  const [key] = useState(newKey);
  const { message } = App.useApp();
  const known = useQuery({ queryKey: ["indicators", "all"], queryFn: allIndicators });
  const frequency = Form.useWatch("frequency", form) ?? report?.frequency ?? "month";

  const hasItems = () => {
    if (items.length === 0) void message.error(t("reportItemsNone"));
    return items.length > 0;
  };
  const save = (fields: Fields) => {
    const input: ReportInput = {
      ...fields,
      checks: (fields.checks ?? []).map((check) => ({ ...check, blocks: !!check.blocks })),
      items: items.map(({ indicator, ...rest }) => ({ indicator_id: indicator.id, ...rest })),
    };
    return report ? reports.change(report.id, input, report.version) : reports.create(input, key);
  };
  return (
    <FormDialog
      drawer="min(1100px, 100vw)"
      title={report ? t("reportEdit", { code: report.code }) : t("reportAdd")}
      explain={report && <Alert type="info" showIcon className="stacked" title={t("reportVersionExplain")} />}
      form={form}
      initialValues={report ?? { frequency: "month", cut_day: 0, checks: [] }}
      ready={hasItems}
      onSave={save}
      said={(saved) => t("reportSaved", { code: saved.code })}
      refresh={["reports"]}
      onSaved={(saved) => {
        onClose();
        onSaved?.(saved);
      }}
      onClose={onClose}
    >
      <Head fixed={!!report} />
      <h2>{t("reportItems")}</h2>
      <ReportItems items={items} onChange={setItems} known={known.data ?? []} frequency={frequency} />
      <h2>{t("checks")}</h2>
      <CheckRows chosen={items.map((item) => item.indicator)} />
    </FormDialog>
  );
}
