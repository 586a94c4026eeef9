import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { api } from "../api/client.ts";
import { newKey } from "../api/key.ts";
import { tasks, type TaskDetail, type TaskInput } from "../api/tasks.ts";
import type { UnitRef } from "../api/types.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { useMay, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { DeadlineFields, entryOf, useDeadlineInput } from "./deadline-fields.tsx";
import type { DeadlineEntry } from "./deadline-rules.ts";
import { useTaskAct } from "./use-tasks.ts";

type Fields = {
  unit_id: string;
  lead_unit_id: string;
  title: string;
  content: string;
  product: string;
  programme: string;
  field: string;
  head: string;
  weight: number;
  document_id: string | null;
  cooperating: { unit_id: string; part: string }[];
  when: DeadlineEntry;
};

/** Units that the person may give tasks from. */
export function useGivingUnits(): UnitRef[] {
  const session = useSession();
  const held = session.grants.filter((grant) => grant.role === "coordinator").map((grant) => grant.unit);
  const all = held.length ? held : [session.account.unit];
  return all.filter((unit, index) => all.findIndex((one) => one.id === unit.id) === index);
}

type Found = { id: string; number: string | null; subject: string };

/** A document by part of its number or subject. In a Form.Item. */
function DocumentPick({ id, value, onChange, kept }: { id?: string; value?: string | null; onChange?: (id: string | null) => void; kept?: Found | null }) {
  const t = useWords();
  const [q, setQ] = useState("");
  const wanted = useDeferredValue(q.trim());
  const found = useQuery({
    queryKey: ["documents", "pick", wanted],
    queryFn: () => api.get<{ items: Found[] }>("/api/documents", { q: wanted || undefined, limit: 20 }),
  });
  const items = found.data?.items ?? [];
  const all = kept && !items.some((one) => one.id === kept.id) ? [kept, ...items] : items;
  return (
    <Select
      id={id}
      allowClear
      placeholder={t("taskDocumentPick")}
      value={value ?? undefined}
      showSearch={{ searchValue: q, onSearch: setQ, filterOption: false }}
      loading={found.isFetching}
      notFoundContent={wanted && !found.isFetching ? t("searchNothing", { q: wanted }) : null}
      options={all.map((one) => ({ value: one.id, label: `${one.number ?? t("taskUnnumbered")} · ${one.subject}` }))}
      onChange={(next?: string) => {
        setQ("");
        onChange?.(next ?? null);
      }}
    />
  );
}

function CooperatingFields({ root }: { root: UnitRef }) {
  const t = useWords();
  return (
    <Form.List name="cooperating">
      {(rows, { add, remove }) => (
        <fieldset className="form-rows">
          <legend>{t("taskCooperating")}</legend>
          {rows.map((row, i) => (
            <div key={row.key} className="task-cooperating-row">
              <Form.Item name={[row.name, "unit_id"]} rules={[{ required: true, message: t("required") }]}>
                <UnitPicker root={root} label={`${t("taskCooperating")} ${i + 1}`} />
              </Form.Item>
              <Form.Item name={[row.name, "part"]}>
                <Input placeholder={t("taskCooperatingPart")} aria-label={`${t("taskCooperatingPart")} ${i + 1}`} maxLength={500} />
              </Form.Item>
              <Button type="text" aria-label={t("taskCooperatingRemove", { n: i + 1 })} onClick={() => remove(row.name)}>
                {t("remove")}
              </Button>
            </div>
          ))}
          <Button size="small" onClick={() => add({ part: "" })}>
            {t("taskCooperatingAdd")}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function fieldsOf(task: TaskDetail | undefined, unit: UnitRef | undefined): Partial<Fields> {
  if (!task) return { unit_id: unit?.id, weight: 1, cooperating: [], when: { kind: "instant" } };
  return {
    lead_unit_id: task.lead.id,
    title: task.title,
    content: task.content,
    product: task.product,
    programme: task.programme,
    field: task.field,
    head: task.head,
    weight: task.weight,
    document_id: task.document?.id ?? null,
    cooperating: task.cooperating.map((one) => ({ unit_id: one.unit.id, part: one.part })),
    when: entryOf(task),
  };
}

type Props = { task?: TaskDetail; onClose: () => void; onDone: (task: TaskDetail) => void };

/** Gives a task, or changes one; what the server keeps fast (deadline, leading unit) is not offered any more. */
export default function TaskForm({ task, onClose, onDone }: Props) {
  const t = useWords();
  const { refresh } = useTaskAct();
  const reads = useMay("document.read");
  const units = useGivingUnits();
  const [form] = Form.useForm<Fields>();
  const [key] = useState(newKey);
  const deadlineInput = useDeadlineInput();
  const unitId = Form.useWatch("unit_id", form) as string | undefined;
  const root = task ? task.assigner : (units.find((unit) => unit.id === unitId) ?? units[0]!);
  const untouched = !task || (task.state === "not_started" && task.timeliness !== "overdue");
  const setsDeadline = !task || (untouched && !task.recurrence);
  const setsLead = !task || (untouched && task.children === 0);
  const required = [{ required: true, message: t("required") }];
  const save = async ({ when, unit_id, lead_unit_id, ...fields }: Fields) => {
    const common: Partial<TaskInput> = { ...fields, document_id: fields.document_id ?? null };
    const timed = setsDeadline && (!task || form.isFieldTouched("when")) ? deadlineInput(when) : {};
    try {
      if (task) return await tasks.change(task.id, { ...common, ...(setsLead ? { lead_unit_id } : {}), ...timed }, task.version);
      return await tasks.create({ ...common, ...timed, title: fields.title, unit_id: unit_id ?? root.id, lead_unit_id }, key);
    } finally {
      void refresh();
    }
  };
  return (
    <FormDialog<Fields, TaskDetail>
      drawer={720}
      form={form}
      title={t(task ? "taskEdit" : "taskAdd")}
      okText={t(task ? "save" : "taskGive")}
      initialValues={fieldsOf(task, units[0])}
      onSave={save}
      said={(saved) => (task ? t("taskSaved") : t("taskMade", { unit: saved.lead.name }))}
      onSaved={onDone}
      onClose={onClose}
    >
      <Form.Item name="title" label={t("taskTitle")} extra={t("taskTitleHint")} rules={[{ required: true, whitespace: true, message: t("required") }]}>
        <Input.TextArea autoFocus autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="content" label={t("taskContent")} htmlFor="task-content">
        <Input.TextArea id="task-content" autoSize={{ minRows: 2, maxRows: 12 }} maxLength={10000} />
      </Form.Item>
      {!task && (
        <Form.Item name="unit_id" label={t("taskAssigner")} hidden={units.length < 2}>
          <Select options={units.map((unit) => ({ value: unit.id, label: unit.name }))} />
        </Form.Item>
      )}
      {setsLead && (
        <Form.Item name="lead_unit_id" label={t("taskLead")} rules={required}>
          <UnitPicker root={root} />
        </Form.Item>
      )}
      {setsDeadline ? <DeadlineFields recurring={!task} /> : <p className="work-facts">{t("taskDeadlineLocked")}</p>}
      <CooperatingFields root={root} />
      <Form.Item name="product" label={t("taskProduct")}>
        <Input maxLength={500} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="programme" label={t("taskProgramme")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="field" label={t("taskField")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="head" label={t("taskHead")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="weight" label={t("taskWeight")} extra={t("taskWeightHint")}>
          <InputNumber min={1} max={1000} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      {reads && (
        <Form.Item name="document_id" label={t("taskDocumentId")}>
          <DocumentPick kept={task?.document} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
