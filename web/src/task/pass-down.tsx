import { Alert, Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { newKey } from "../api/key.ts";
import { tasks, type TaskDetail } from "../api/tasks.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { useWords } from "../words/words.tsx";
import { periodEnd } from "./deadline-rules.ts";
import { useTaskAct } from "./use-tasks.ts";

type Part = { unit_id: string; content: string; product?: string; weight: number; day?: string | null };
type Fields = { parts: Part[] };

/** Passes a task on to units below in parts, each with its weight and, if sooner, a deadline of its own. */
export default function PassDown({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const t = useWords();
  const { refresh } = useTaskAct();
  const [key] = useState(newKey);
  const required = [{ required: true, whitespace: true, message: t("required") }];
  const part = { content: task.title, weight: 1 };
  const save = ({ parts }: Fields) =>
    tasks
      .passDown(
        task.id,
        parts.map(({ day, product, ...rest }) => ({
          ...rest,
          product: product || undefined,
          deadline: day ? { before: periodEnd(day), written: "", kind: "instant" } : undefined,
        })),
        task.version,
        key,
      )
      .finally(() => void refresh());
  return (
    <FormDialog<Fields, unknown>
      drawer={720}
      title={t("taskPassDown")}
      okText={t("taskPassGive")}
      explain={<Alert type="info" showIcon className="stacked" title={t("taskPassDownExplain")} description={task.deadline?.wording} />}
      initialValues={{ parts: [part] }}
      onSave={save}
      said={() => t("saved")}
      onClose={onClose}
    >
      <Form.List name="parts">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row, i) => (
              <fieldset key={row.key} className="task-part">
                <legend>{t("taskPassPart", { n: i + 1 })}</legend>
                <Form.Item name={[row.name, "unit_id"]} label={t("taskLead")} rules={required}>
                  <UnitPicker root={task.lead} />
                </Form.Item>
                <Form.Item name={[row.name, "content"]} label={t("taskContent")} rules={required}>
                  <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={10000} />
                </Form.Item>
                <div className="form-pair">
                  <Form.Item name={[row.name, "product"]} label={t("taskProduct")}>
                    <Input maxLength={500} />
                  </Form.Item>
                  <Form.Item name={[row.name, "day"]} label={t("taskDeadlineDay")} extra={task.deadline?.wording}>
                    <DayPicker />
                  </Form.Item>
                  <Form.Item name={[row.name, "weight"]} label={t("taskWeight")} rules={[{ required: true, message: t("required") }]}>
                    <InputNumber min={1} max={1000} precision={0} style={{ width: "100%" }} />
                  </Form.Item>
                </div>
                {rows.length > 1 && (
                  <Button size="small" type="text" onClick={() => remove(row.name)}>
                    {t("taskPassRemove", { n: i + 1 })}
                  </Button>
                )}
              </fieldset>
            ))}
            <Button onClick={() => add(part)}>{t("taskPassAdd")}</Button>
          </>
        )}
      </Form.List>
    </FormDialog>
  );
}
