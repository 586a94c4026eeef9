import { SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import type { Task } from "../api/tasks.ts";
import { formatDate } from "../format/format.ts";
import { useWords, type Speak, type Word } from "../words/words.tsx";
import { DeadlineCell, ProgressBar, TaskStateSign, TaskWarnings } from "./task-signs.tsx";

export type ColumnKey =
  | "state"
  | "deadline"
  | "lead"
  | "cooperating"
  | "percent"
  | "product"
  | "head"
  | "assigner"
  | "field"
  | "programme"
  | "document"
  | "weight";

export type Column = { key: ColumnKey; word: Word; number?: boolean; usual: boolean; cell: (task: Task, t: Speak) => ReactNode };

const COOPERATING_SHOWN = 2;

function Cooperating({ task }: { task: Task }) {
  const shown = task.cooperating.slice(0, COOPERATING_SHOWN).map((one) => one.unit.name);
  const rest = task.cooperating.length - shown.length;
  return (
    <span title={task.cooperating.map((one) => one.unit.name).join("\n")}>
      {shown.join("; ")}
      {rest > 0 && ` +${rest}`}
    </span>
  );
}

export const columns: Column[] = [
  { key: "state", word: "taskState", usual: true, cell: (task) => <TaskStateSign state={task.state} /> },
  { key: "deadline", word: "taskDeadline", usual: true, cell: (task) => <DeadlineCell task={task} /> },
  { key: "lead", word: "taskLead", usual: true, cell: (task) => task.lead.name },
  { key: "percent", word: "taskProgress", usual: true, cell: (task) => <ProgressBar task={task} /> },
  { key: "cooperating", word: "taskCooperating", usual: true, cell: (task) => <Cooperating task={task} /> },
  { key: "product", word: "taskProduct", usual: false, cell: (task) => task.product },
  { key: "head", word: "taskHead", usual: false, cell: (task) => task.head },
  { key: "assigner", word: "taskAssigner", usual: false, cell: (task) => task.assigner.name },
  { key: "field", word: "taskField", usual: false, cell: (task) => task.field },
  { key: "programme", word: "taskProgramme", usual: false, cell: (task) => task.programme },
  {
    key: "document",
    word: "taskDocument",
    usual: false,
    cell: (task, t) =>
      task.document && (
        <Link href={`/documents/${task.document.id}`}>
          {task.document.number ?? t("taskUnnumbered")}
          {task.document.date && ` · ${formatDate(task.document.date)}`}
        </Link>
      ),
  },
  { key: "weight", word: "taskWeight", number: true, usual: false, cell: (task) => task.weight },
];

const KEY = "theodoi.tasks.columns";

/** The columns a person chose, kept in the browser. */
export function useColumns(): [Column[], (keys: ColumnKey[]) => void] {
  const [keys, setKeys] = useState<string[]>(() => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
      if (Array.isArray(kept)) return kept.map(String);
    } catch {
      /* what cannot be read was not kept */
    }
    return columns.filter((column) => column.usual).map((column) => column.key);
  });
  const choose = (next: ColumnKey[]) => {
    localStorage.setItem(KEY, JSON.stringify(next));
    setKeys(next);
  };
  return [columns.filter((column) => keys.includes(column.key)), choose];
}

export function ColumnChooser({ chosen, onChoose }: { chosen: Column[]; onChoose: (keys: ColumnKey[]) => void }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const content = (
    <Checkbox.Group<ColumnKey>
      className="task-column-list"
      value={chosen.map((column) => column.key)}
      onChange={onChoose}
      options={columns.map((column) => ({ value: column.key, label: t(column.word) }))}
    />
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content} open={open} onOpenChange={setOpen}>
      <Button size="small" type="text" icon={<SettingOutlined />} aria-expanded={open}>
        {t("taskColumns")}
      </Button>
    </Popover>
  );
}

/** A task's name as the way to it, with what must not be overlooked. */
export function TaskName({ task }: { task: Task }) {
  return (
    <>
      <Link href={`/tasks/${task.id}`} className="task-name">
        {task.title}
      </Link>
      <TaskWarnings task={task} />
    </>
  );
}
