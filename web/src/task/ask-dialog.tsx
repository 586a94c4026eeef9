import { Form, Input } from "antd";
import { useState } from "react";
import { newKey } from "../api/key.ts";
import { tasks, type Task, type TaskFile } from "../api/tasks.ts";
import { addDays } from "../format/periods.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { serverNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";
import { periodEnd } from "./deadline-rules.ts";
import { dayOf, dueDay } from "./month-rules.ts";
import { FilePick } from "./task-files.tsx";
import { useTaskAct } from "./use-tasks.ts";

type Props = { task: Task; kind: "completion" | "extension"; onClose: () => void };
type Fields = { reason: string; day?: string; files: TaskFile[] };

/** Asks whoever gave the task to confirm that it is done, or for more time. */
export function AskDialog({ task, kind, onClose }: Props) {
  const t = useWords();
  const { refresh } = useTaskAct();
  const [key] = useState(newKey);
  const more = kind === "extension";
  const today = dayOf(serverNow());
  const due = task.deadline ? dueDay(task.deadline) : today;
  return (
    <FormDialog<Fields, unknown>
      title={t(more ? "taskAskExtension" : "taskAskCompletion")}
      okText={t(more ? "taskAskExtension" : "taskAskCompletion")}
      explain={<p>{t(more ? "taskAskExtensionExplain" : "taskAskCompletionExplain")}</p>}
      initialValues={{ reason: "", files: [] }}
      onSave={({ reason, day, files }) =>
        tasks
          .ask(
            task.id,
            { kind, reason, deadline: (more && day && periodEnd(day)) || undefined, file_ids: files.map((file) => file.id) },
            task.version,
            key,
          )
          .finally(() => void refresh())
      }
      said={() => t("taskAskSent", { unit: task.assigner.name })}
      onClose={onClose}
    >
      {more && (
        <Form.Item name="day" label={t("taskAskExtensionDay")} extra={task.deadline?.wording} rules={[{ required: true, message: t("required") }]}>
          <DayPicker earliest={addDays(due > today ? due : today, 1)} />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={t(more ? "reason" : "taskAskCompletionResult")}
        rules={[{ required: true, whitespace: true, message: t("required") }]}
      >
        <Input.TextArea autoFocus={!more} autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="files" label={t("taskFiles")}>
        <FilePick task={task.id} />
      </Form.Item>
    </FormDialog>
  );
}
