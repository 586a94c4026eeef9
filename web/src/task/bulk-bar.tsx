import { Alert, App, Button, Form, Input, Modal, Space } from "antd";
import { useState } from "react";
import { tasks, type BulkAct, type BulkResult, type Task } from "../api/tasks.ts";
import { useShowProblem } from "../parts/problem-form.ts";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useWords, type Word } from "../words/words.tsx";
import { useTaskAct } from "./use-tasks.ts";

/** As many as the server takes. */
const AT_ONCE = 200;

type Step = "pause" | "resume" | "cancel";
type Label = "set_field" | "set_programme";

const labels: Record<Label, { word: Word; title: Word; label: Word }> = {
  set_field: { word: "taskBulkField", title: "taskBulkFieldTitle", label: "taskField" },
  set_programme: { word: "taskBulkProgramme", title: "taskBulkProgrammeTitle", label: "taskProgramme" },
};

const steps: Record<Step, { word: Word; title: Word; wants: (task: Task) => boolean }> = {
  pause: { word: "taskPause", title: "taskBulkPauseTitle", wants: (task) => task.state === "not_started" || task.state === "in_progress" },
  resume: { word: "taskResume", title: "taskBulkResumeTitle", wants: (task) => task.state === "paused" },
  cancel: { word: "taskMoveCancel", title: "taskBulkCancelTitle", wants: (task) => task.state !== "completed" && task.state !== "cancelled" },
};

const isStep = (asked: Step | Label): asked is Step => asked in steps;

/** One act on all tasks taken: what could be done is done, the rest is named with its reason. */
export function BulkBar({ taken, onClear }: { taken: Task[]; onClear: () => void }) {
  const t = useWords();
  const { message } = App.useApp();
  const { refresh } = useTaskAct();
  const [asking, setAsking] = useState<Step | Label | null>(null);
  const [refused, setRefused] = useState<{ title: string; why: string }[]>([]);
  const mine = taken.filter((task) => task.may.change);
  const run = async (act: BulkAct, among: Task[], values: { reason?: string; value?: string }) => {
    const results: BulkResult[] = [];
    for (let i = 0; i < among.length; i += AT_ONCE) {
      const ids = among.slice(i, i + AT_ONCE).map((task) => task.id);
      results.push(...(await tasks.bulk(ids, act, values)).results);
    }
    const failed = results.filter((result) => !result.done);
    setRefused(
      failed.map((result) => ({
        title: taken.find((task) => task.id === result.id)?.title ?? result.id,
        why: result.title ?? "",
      })),
    );
    if (results.length > failed.length) void message.success(t("taskBulkDone", { n: results.length - failed.length }));
    await refresh();
    if (failed.length === 0) onClear();
  };
  return (
    <div className="task-bulk no-print" role="region" aria-label={t("taskSelected", { n: taken.length })}>
      <Space wrap>
        <strong>{t("taskSelected", { n: taken.length })}</strong>
        {(Object.keys(steps) as Step[])
          .filter((step) => mine.some(steps[step].wants))
          .map((step) => (
            <Button key={step} size="small" danger={step === "cancel"} onClick={() => setAsking(step)}>
              {t(steps[step].word)}
            </Button>
          ))}
        {mine.length > 0 ? (
          (Object.keys(labels) as Label[]).map((label) => (
            <Button key={label} size="small" onClick={() => setAsking(label)}>
              {t(labels[label].word)}
            </Button>
          ))
        ) : (
          <span>{t("taskBulkNone")}</span>
        )}
        <Button size="small" type="text" onClick={onClear}>
          {t("taskUnselect")}
        </Button>
      </Space>
      {refused.length > 0 && (
        <Alert
          type="warning"
          showIcon
          closable
          onClose={() => setRefused([])}
          title={t("taskBulkRefused", { n: refused.length })}
          description={
            <ul>
              {refused.map((one) => (
                <li key={one.title}>
                  {one.title}: {one.why}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {asking && isStep(asking) && (
        <ReasonDialog
          title={t(steps[asking].title, { n: mine.filter(steps[asking].wants).length })}
          okText={t(steps[asking].word)}
          danger={asking === "cancel"}
          onOk={(reason) => run(asking, mine.filter(steps[asking].wants), { reason })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking && !isStep(asking) && (
        <LabelDialog label={asking} count={mine.length} onOk={(value) => run(asking, mine, { value })} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

type LabelProps = { label: Label; count: number; onOk: (value: string) => Promise<void>; onClose: () => void };

function LabelDialog({ label, count, onOk, onClose }: LabelProps) {
  const t = useWords();
  const show = useShowProblem();
  const [form] = Form.useForm<{ value: string }>();
  const [busy, setBusy] = useState(false);
  const act = async ({ value }: { value: string }) => {
    setBusy(true);
    try {
      await onOk(value.trim());
      onClose();
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t(labels[label].title, { n: count })}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(fields) => void act(fields)}>
        <Form.Item name="value" label={t(labels[label].label)} rules={[{ required: true, whitespace: true, message: t("required") }]}>
          <Input autoFocus maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
