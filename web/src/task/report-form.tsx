import { Button, Form, Input, InputNumber, Slider, Space } from "antd";
import { useState } from "react";
import { newKey } from "../api/key.ts";
import { tasks, type Task, type TaskDetail, type TaskFile, type TaskReport } from "../api/tasks.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useWords } from "../words/words.tsx";
import { FilePick } from "./task-files.tsx";
import { taskPeriod } from "./task-words.ts";
import { useTaskAct } from "./use-tasks.ts";

type Fields = { percent: number; result: string; difficulties: string; requests: string; files: TaskFile[] };

/** A percentage by slider and by number. In a Form.Item. */
function Percent({ id, value = 0, onChange }: { id?: string; value?: number; onChange?: (value: number) => void }) {
  const t = useWords();
  return (
    <div className="task-percent">
      <Slider min={0} max={100} step={5} value={value} onChange={onChange} ariaLabelForHandle={t("taskPercentLabel")} />
      <InputNumber id={id} min={0} max={100} precision={0} value={value} suffix="%" onChange={(next) => onChange?.(next ?? 0)} />
    </div>
  );
}

type Props = { task: Task; row?: TaskReport; onClose: () => void };

/** A progress report; with `row`, the answer to one that was opened for a period. */
export function ReportDialog({ task, row, onClose }: Props) {
  const t = useWords();
  const { refresh } = useTaskAct();
  const [key] = useState(newKey);
  const said = row?.period ? `${t("taskReport")} · ${taskPeriod(row.period, t)}` : t("taskReport");
  return (
    <FormDialog<Fields, unknown>
      title={said}
      okText={t("taskReportSend")}
      explain={<p className="work-facts">{task.title}</p>}
      initialValues={{ percent: task.percent, result: "", difficulties: "", requests: "", files: [] }}
      onSave={({ percent, result, difficulties, requests, files }) =>
        tasks
          .report(
            task.id,
            { percent, result, difficulties, requests, nil: false, file_ids: files.map((file) => file.id), period: row?.period ?? undefined },
            task.version,
            key,
          )
          .finally(() => void refresh())
      }
      said={() => t("taskReportSent")}
      onClose={onClose}
    >
      <Form.Item name="percent" label={t("taskPercentLabel")}>
        <Percent />
      </Form.Item>
      <Form.Item name="result" label={t("taskReportResult")} rules={[{ required: true, whitespace: true, message: t("taskReportResultNeeded") }]}>
        <Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 10 }} maxLength={10000} />
      </Form.Item>
      <Form.Item name="difficulties" label={t("taskReportDifficulties")}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={10000} />
      </Form.Item>
      <Form.Item name="requests" label={t("taskReportRequests")}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={10000} />
      </Form.Item>
      <Form.Item name="files" label={t("taskFiles")}>
        <FilePick task={task.id} />
      </Form.Item>
    </FormDialog>
  );
}

/** The two answers to "how far is it": a report, or, with one click, that nothing came up. */
export function ReportButtons({ task, row }: { task: TaskDetail; row?: TaskReport }) {
  const t = useWords();
  const { tryAct, busy } = useTaskAct();
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState(newKey);
  const nil = async () => {
    const input = { percent: task.percent, result: "", difficulties: "", requests: "", nil: true, file_ids: [], period: row?.period ?? undefined };
    await tryAct(() => tasks.report(task.id, input, task.version, key), t("taskReportNilSent"));
    setKey(newKey());
  };
  return (
    <Space wrap className="no-print">
      <Button type={row ? "default" : "primary"} onClick={() => setOpen(true)}>
        {t("taskReport")}
      </Button>
      <Button loading={busy} title={t("taskReportNilHint")} onClick={() => void nil()}>
        {t("taskReportNil")}
      </Button>
      {open && <ReportDialog task={task} row={row} onClose={() => setOpen(false)} />}
    </Space>
  );
}
