import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { newKey } from "../api/key.ts";
import { tasks, type Task, type TaskDetail } from "../api/tasks.ts";
import { formatDate, formatTime } from "../format/format.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { serverNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";
import { dayOf } from "./month-rules.ts";
import { useTaskAct } from "./use-tasks.ts";

type Fields = { cause: string; remedy: string; new_date: string };

export function ExplainDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const t = useWords();
  const { refresh } = useTaskAct();
  const [key] = useState(newKey);
  const required = [{ required: true, whitespace: true, message: t("required") }];
  return (
    <FormDialog<Fields, unknown>
      title={t("taskExplain")}
      okText={t("taskExplain")}
      explain={<p className="work-facts">{task.title}</p>}
      onSave={(fields) => tasks.explain(task.id, fields, task.version, key).finally(() => void refresh())}
      said={() => t("taskExplained")}
      onClose={onClose}
    >
      <Form.Item name="cause" label={t("taskCause")} rules={required}>
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="remedy" label={t("taskRemedy")} rules={required}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="new_date" label={t("taskNewDate")} extra={t("taskNewDateHint")} rules={[{ required: true, message: t("required") }]}>
        <DayPicker earliest={dayOf(serverNow())} />
      </Form.Item>
    </FormDialog>
  );
}

/** Asked for at once when a task is late, above everything else. */
export function ExplanationDue({ task }: { task: TaskDetail }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  if (!task.explanation_due) return null;
  return (
    <>
      <Alert
        type="error"
        showIcon
        className="stacked"
        title={t("taskExplainTitle")}
        description={
          task.may.report ? (
            <>
              <p>{t("taskExplainMine")}</p>
              <Button type="primary" onClick={() => setOpen(true)}>
                {t("taskExplain")}
              </Button>
            </>
          ) : (
            t("taskExplainTheirs", { unit: task.lead.name })
          )
        }
      />
      {open && <ExplainDialog task={task} onClose={() => setOpen(false)} />}
    </>
  );
}

export function Explanations({ task }: { task: TaskDetail }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const again = task.timeliness === "overdue" && !task.explanation_due && task.may.report;
  if (task.explanations.length === 0) return null;
  return (
    <section aria-labelledby="task-explanations">
      <h2 id="task-explanations">{t("taskExplanations")}</h2>
      {task.explanations.map((one) => (
        <dl key={one.id} className="task-explanation">
          <dt>{t("taskCause")}</dt>
          <dd className="task-said">{one.cause}</dd>
          <dt>{t("taskRemedy")}</dt>
          <dd className="task-said">{one.remedy}</dd>
          <dt>{t("taskNewDate")}</dt>
          <dd>
            {formatDate(one.new_date)}
            <span className="second-line">
              {one.given_by?.name} · {formatTime(one.given_at)} · {one.deadline.wording}
            </span>
          </dd>
        </dl>
      ))}
      {again && (
        <Button className="no-print" onClick={() => setOpen(true)}>
          {t("taskExplainAgain")}
        </Button>
      )}
      {open && <ExplainDialog task={task} onClose={() => setOpen(false)} />}
    </section>
  );
}
