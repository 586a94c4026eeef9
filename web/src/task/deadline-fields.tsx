import { Form, InputNumber, Select } from "antd";
import { formatPeriod } from "../format/format.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { useWords, type Word } from "../words/words.tsx";
import type { Deadline } from "../api/types.ts";
import type { Task, TaskInput } from "../api/tasks.ts";
import { everyOf, periodEnd, quarterOf, type DeadlineEntry } from "./deadline-rules.ts";
import { dueDay } from "./month-rules.ts";

const kindWords: Record<DeadlineEntry["kind"], Word> = {
  instant: "taskKindInstant",
  quarter: "taskKindQuarter",
  soonest: "taskKindSoonest",
  none: "taskKindNone",
  recurring: "taskKindRecurring",
};

const everyWords: Record<(typeof everyOf)[number], Word> = {
  week: "taskEveryWeek",
  month: "taskEveryMonth",
  quarter: "taskEveryQuarter",
  half_year: "taskEveryHalfYear",
  year: "taskEveryYear",
};

/** What the form shows of a task's deadline. */
export function entryOf(task: Pick<Task, "deadline" | "deadline_kind" | "recurrence">): DeadlineEntry {
  if (task.recurrence) {
    const { every, day, from } = task.recurrence;
    return { kind: "recurring", every, day_of: day, from };
  }
  if (task.deadline_kind === "quarter" && task.deadline) return { kind: "quarter", quarter: quarterOf(dueDay(task.deadline)) };
  if (task.deadline) return { kind: "instant", day: dueDay(task.deadline) };
  return { kind: task.deadline_kind === "soonest" ? "soonest" : "none" };
}

/** What the server is sent for it; the words of a quarter are its name. */
export function useDeadlineInput(): (entry: DeadlineEntry) => Pick<TaskInput, "deadline" | "recurrence"> {
  const t = useWords();
  return (entry) => {
    if (entry.kind === "recurring") {
      return { recurrence: { every: entry.every ?? "month", day: entry.day_of ?? 0, from: entry.from ?? null } };
    }
    const before = entry.kind === "instant" ? periodEnd(entry.day ?? "") : entry.kind === "quarter" ? periodEnd(entry.quarter ?? "") : null;
    const written = entry.kind === "quarter" && entry.quarter ? formatPeriod(entry.quarter, t) : "";
    return { deadline: { before, written, kind: entry.kind } };
  };
}

/** The deadline of a task in a form: a day, a quarter, a rule, or none. */
export function DeadlineFields({ recurring = true, parent }: { recurring?: boolean; parent?: Deadline | null }) {
  const t = useWords();
  const form = Form.useFormInstance();
  const kind = (Form.useWatch(["when", "kind"], form) as DeadlineEntry["kind"] | undefined) ?? "instant";
  const every = (Form.useWatch(["when", "every"], form) as DeadlineEntry["every"]) ?? "month";
  const required = [{ required: true, message: t("required") }];
  const kinds = (Object.keys(kindWords) as DeadlineEntry["kind"][]).filter((one) => recurring || one !== "recurring");
  return (
    <div className="form-pair">
      <Form.Item name={["when", "kind"]} label={t("taskDeadlineKind")}>
        <Select options={kinds.map((value) => ({ value, label: t(kindWords[value]) }))} />
      </Form.Item>
      {kind === "instant" && (
        <Form.Item name={["when", "day"]} label={t("taskDeadlineDay")} extra={parent ? parent.wording : t("taskDeadlineDayHint")} rules={required}>
          <DayPicker />
        </Form.Item>
      )}
      {kind === "quarter" && (
        <Form.Item name={["when", "quarter"]} label={t("taskKindQuarter")} rules={required}>
          <PeriodSelect frequency="quarter" />
        </Form.Item>
      )}
      {kind === "recurring" && (
        <>
          <Form.Item name={["when", "every"]} label={t("taskRecurEvery")} rules={required}>
            <Select options={everyOf.map((value) => ({ value, label: t(everyWords[value]) }))} />
          </Form.Item>
          <Form.Item name={["when", "day_of"]} label={t("taskRecurDay")} rules={required}>
            <InputNumber min={1} max={every === "week" ? 7 : 31} precision={0} style={{ width: "100%" }} />
          </Form.Item>
          <Form.Item name={["when", "from"]} label={t("taskRecurFrom")}>
            <PeriodSelect frequency="month" allowClear />
          </Form.Item>
        </>
      )}
    </div>
  );
}
