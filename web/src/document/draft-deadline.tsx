import { Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { formatPeriod } from "../format/format.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { everyOf, periodEnd, quarterOf } from "../task/deadline-rules.ts";
import { useWords, type Word } from "../words/words.tsx";
import { deadlineBefore, deadlineParts, type DraftTask } from "./correction.ts";
import { DraftField } from "./draft-field.tsx";

type Kind = DraftTask["kind"] | "recurring";

const kindWords: Record<Kind, Word> = {
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

type Props = {
  task: DraftTask;
  problem?: string;
  onChange: (changes: Partial<DraftTask>) => void;
  onPoint: (on: boolean, scroll: boolean) => void;
};

/** A day and an hour, "24h00" unless the letter says another. */
function Instant({ task, problem, onChange, onPoint }: Props) {
  const t = useWords();
  const known = task.before ? deadlineParts(task.before) : null;
  const [typed, setTyped] = useState<string | null>(null);
  const hour = typed ?? known?.hour ?? "24h00";
  const day = known?.day ?? null;
  const bad = deadlineBefore("2026-01-01", hour) === null;
  return (
    <>
      <DraftField label={t("taskDeadlineDay")} problem={problem} onPoint={onPoint}>
        {(id) => (
          <DayPicker id={id} value={day} onChange={(next) => onChange({ before: next ? deadlineBefore(next, bad ? "24h00" : hour) : null })} />
        )}
      </DraftField>
      <DraftField label={t("deadlineHour")} problem={bad ? t("deadlineHourHint") : undefined} onPoint={onPoint}>
        {(id) => (
          <Input
            id={id}
            value={hour}
            maxLength={5}
            onBlur={() => !bad && setTyped(null)}
            onChange={(event) => {
              setTyped(event.target.value);
              const before = day ? deadlineBefore(day, event.target.value) : null;
              if (before) onChange({ before });
            }}
          />
        )}
      </DraftField>
    </>
  );
}

function Recurring({ task, onChange, onPoint }: Props) {
  const t = useWords();
  const rule = task.recurrence;
  if (!rule) return null;
  const set = (changes: Partial<typeof rule>) => onChange({ recurrence: { ...rule, ...changes } });
  return (
    <>
      <DraftField label={t("taskRecurEvery")} onPoint={onPoint}>
        {(id) => (
          <Select id={id} value={rule.every} options={everyOf.map((value) => ({ value, label: t(everyWords[value]) }))} onChange={(every) => set({ every })} />
        )}
      </DraftField>
      <DraftField label={t("taskRecurDay")} onPoint={onPoint}>
        {(id) => (
          <InputNumber id={id} min={0} max={rule.every === "week" ? 7 : 31} precision={0} value={rule.day} onChange={(day) => set({ day: day ?? 0 })} />
        )}
      </DraftField>
      <DraftField label={t("taskRecurFrom")} onPoint={onPoint}>
        {(id) => <PeriodSelect id={id} frequency="month" allowClear value={rule.from} onChange={(from) => set({ from })} />}
      </DraftField>
    </>
  );
}

/** When a task is due: what the letter says stays beside what is set. */
export function DraftDeadline(props: Props) {
  const { task, onChange, onPoint, problem } = props;
  const t = useWords();
  const kind: Kind = task.recurrence ? "recurring" : task.kind;
  const choose = (next: Kind) => {
    if (next === "recurring") onChange({ recurrence: { every: "month", day: 0, from: null }, kind: "none", before: null });
    else onChange({ recurrence: null, kind: next, before: next === "instant" || next === "quarter" ? task.before : null });
  };
  return (
    <>
      <DraftField label={t("taskDeadlineKind")} onPoint={onPoint}>
        {(id) => (
          <Select<Kind>
            id={id}
            value={kind}
            options={(Object.keys(kindWords) as Kind[]).map((value) => ({ value, label: t(kindWords[value]) }))}
            onChange={choose}
          />
        )}
      </DraftField>
      {kind === "instant" && <Instant {...props} />}
      {kind === "quarter" && (
        <DraftField label={t("taskKindQuarter")} problem={problem} onPoint={onPoint}>
          {(id) => (
            <PeriodSelect
              id={id}
              frequency="quarter"
              value={task.before ? quarterOf(deadlineParts(task.before).day) : null}
              onChange={(quarter) =>
                onChange({ before: quarter ? periodEnd(quarter) : null, written: task.written || (quarter ? formatPeriod(quarter, t) : "") })
              }
            />
          )}
        </DraftField>
      )}
      {kind === "recurring" && <Recurring {...props} />}
      <DraftField label={t("draftWritten")} wide onPoint={onPoint}>
        {(id) => <Input id={id} value={task.written} maxLength={200} onChange={(event) => onChange({ written: event.target.value })} />}
      </DraftField>
    </>
  );
}
