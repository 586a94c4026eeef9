import { DeleteOutlined, MergeCellsOutlined, ScissorOutlined, ReadOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Space, Tooltip } from "antd";
import { memo, useRef } from "react";
import type { UnitRef } from "../api/types.ts";
import { useWords } from "../words/words.tsx";
import { splitPlace, type DraftTask, type Gap } from "./correction.ts";
import { DraftDeadline } from "./draft-deadline.tsx";
import type { Point } from "./draft-document.tsx";
import { DraftField } from "./draft-field.tsx";
import { problemAt, problemsBeside, type Refusal } from "./refusal.ts";
import { DraftUnitList } from "./draft-units.tsx";

export type TaskActs = {
  change: (key: string, changes: Partial<DraftTask>) => void;
  remove: (key: string) => void;
  split: (key: string, at: number) => void;
  merge: (key: string) => void;
  /** On a phone the letter is in a drawer. */
  showText: (key: string) => void;
};

type Props = {
  task: DraftTask;
  nth: number;
  chosen: boolean;
  /** Who may lead: the unit that the letter was read for and those below it. */
  unit: UnitRef;
  /** Who may co-operate. */
  root: UnitRef;
  gaps: Gap["field"][];
  problems: Refusal[];
  acts: TaskActs;
  onPoint: Point;
};

/** What the server calls the fields that show what is said of them. */
const sentAs = {
  title: ["title"],
  lead: ["lead_unit_ids", "lead_unit_id"],
  cooperating: ["cooperating"],
  before: ["deadline"],
};

function Head({ task, nth, acts, place }: Pick<Props, "task" | "nth" | "acts"> & { place: () => number }) {
  const t = useWords();
  const name = t("draftTask", { n: nth + 1 });
  return (
    <div className="draft-task-head">
      <h4>{name}</h4>
      <Space size={4}>
        <Tooltip title={t("draftShowText")}>
          <Button
            className="draft-to-text"
            size="small"
            icon={<ReadOutlined />}
            disabled={!task.source}
            aria-label={`${t("draftShowText")}: ${name}`}
            onClick={() => acts.showText(task.key)}
          />
        </Tooltip>
        <Tooltip title={t("draftSplitHint")}>
          <Button size="small" icon={<ScissorOutlined />} aria-label={`${t("draftSplit")}: ${name}`} onClick={() => acts.split(task.key, place())} />
        </Tooltip>
        {nth > 0 && (
          <Tooltip title={t("draftMerge")}>
            <Button size="small" icon={<MergeCellsOutlined />} aria-label={`${t("draftMerge")}: ${name}`} onClick={() => acts.merge(task.key)} />
          </Tooltip>
        )}
        <Tooltip title={t("draftRemove")}>
          <Button size="small" icon={<DeleteOutlined />} aria-label={`${t("draftRemove")}: ${name}`} onClick={() => acts.remove(task.key)} />
        </Tooltip>
      </Space>
    </div>
  );
}

/** One instruction of the letter as a task to be. */
export const DraftTaskView = memo(function DraftTaskView({ task, nth, chosen, unit, root, gaps, problems, acts, onPoint }: Props) {
  const t = useWords();
  const caret = useRef(0);
  const set = (changes: Partial<DraftTask>) => acts.change(task.key, changes);
  const point = (name: string) => (on: boolean, scroll: boolean) => onPoint(name, on, scroll);
  const whole = point(task.key);
  const unitPoint = (name: string | null) => onPoint(name === null ? task.key : `${task.key}.unit.${name}`, name !== null, false);
  const missing = (field: keyof typeof sentAs, word: "required" | "unitOpenProblem" = "required") =>
    problemAt(problems, ...sentAs[field]) ?? (gaps.includes(field) ? t(word) : undefined);
  const place = () => (caret.current > 0 && caret.current < task.content.length ? caret.current : splitPlace(task.content));
  return (
    <li className={chosen ? "draft-task is-chosen" : "draft-task"} id={`draft-${task.key}`} tabIndex={-1}>
      <Head task={task} nth={nth} acts={acts} place={place} />
      <div className="draft-grid">
        {problemsBeside(problems, Object.values(sentAs).flat()).map(({ title }) => (
          <div key={title} className="draft-problem is-wide" role="alert">
            {title}
          </div>
        ))}
        <DraftField label={t("taskTitle")} wide problem={missing("title")} onPoint={whole}>
          {(id) => <Input.TextArea id={id} autoSize value={task.title} maxLength={500} onChange={(event) => set({ title: event.target.value })} />}
        </DraftField>
        <DraftField label={t("taskContent")} wide onPoint={whole}>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ maxRows: 12 }}
              value={task.content}
              maxLength={10_000}
              onSelect={(event) => (caret.current = event.currentTarget.selectionStart)}
              onChange={(event) => set({ content: event.target.value })}
            />
          )}
        </DraftField>
        <DraftUnitList
          label={t("taskLead")}
          addLabel={t("draftLeadAdd")}
          list={task.lead}
          root={unit}
          within={unit}
          problem={missing("lead", "unitOpenProblem")}
          onChange={(lead) => set({ lead })}
          onPoint={unitPoint}
        />
        <DraftUnitList
          label={t("taskCooperating")}
          addLabel={t("draftCooperatingAdd")}
          list={task.cooperating}
          root={root}
          withPart
          problem={missing("cooperating", "unitOpenProblem")}
          onChange={(cooperating) => set({ cooperating })}
          onPoint={unitPoint}
        />
        <DraftDeadline task={task} problem={missing("before")} onChange={set} onPoint={point(`${task.key}.before`)} />
        <DraftField label={t("taskProduct")} wide onPoint={point(`${task.key}.product`)}>
          {(id) => <Input.TextArea id={id} autoSize value={task.product} maxLength={500} onChange={(event) => set({ product: event.target.value })} />}
        </DraftField>
        <DraftField label={t("taskProgramme")} onPoint={whole}>
          {(id) => <Input id={id} value={task.programme} maxLength={200} onChange={(event) => set({ programme: event.target.value })} />}
        </DraftField>
        <DraftField label={t("taskField")} onPoint={whole}>
          {(id) => <Input id={id} value={task.field} maxLength={200} onChange={(event) => set({ field: event.target.value })} />}
        </DraftField>
        <DraftField label={t("taskWeight")} onPoint={whole}>
          {(id) => <InputNumber id={id} min={1} max={1000} precision={0} value={task.weight} onChange={(weight) => set({ weight: weight ?? 1 })} />}
        </DraftField>
      </div>
    </li>
  );
});
