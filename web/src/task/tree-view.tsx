import { CaretDownFilled, CaretRightFilled } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Skeleton } from "antd";
import { useState } from "react";
import { tasks, type Task } from "../api/tasks.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { TaskName } from "./columns.tsx";
import { filterCount, queryOf } from "./filters.ts";
import { DeadlineCell, ProgressBar, TaskStateSign } from "./task-signs.tsx";
import { tasksKey, useTaskPages } from "./use-tasks.ts";
import "../parts/list-table.css";

const PAGE = 100;
const PARTS = 200;

type Shared = {
  depth: number;
  opened: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** Late parts stay in sight also where the rest is folded. */
  keepLate: boolean;
  weights: boolean;
};

const isLate = (task: Task) => task.timeliness === "overdue" || task.timeliness === "completed_late" || task.late_children > 0;

/** The parts of a task, loaded when it is opened or something below it is late. */
function Parts({ of, all, ...rest }: { of: Task; all: boolean } & Shared) {
  const t = useWords();
  const query = { parent_id: of.id, limit: PARTS };
  const parts = useQuery({ queryKey: [...tasksKey, "parts", query], queryFn: () => tasks.page(query) });
  if (parts.isPending || parts.isError) {
    return (
      <tr role="row">
        <td role="cell" colSpan={6}>{parts.isError ? <Failure error={parts.error} retry={() => void parts.refetch()} /> : t("loading")}</td>
      </tr>
    );
  }
  return parts.data.items.filter((task) => all || isLate(task)).map((task) => <Branch key={task.id} task={task} {...rest} />);
}

function Branch({ task, depth, opened, toggle, keepLate, weights }: { task: Task } & Shared) {
  const t = useWords();
  const open = opened.has(task.id);
  return (
    <>
      <tr role="row">
        <th role="rowheader" scope="row" className="task-title-cell">
          <div className={`task-branch depth-${Math.min(depth, 8)}`}>
            {task.children > 0 ? (
              <Button
                size="small"
                type="text"
                icon={open ? <CaretDownFilled /> : <CaretRightFilled />}
                aria-expanded={open}
                aria-label={t(open ? "taskCloseChildren" : "taskOpenChildren", { title: task.title })}
                onClick={() => toggle(task.id)}
              />
            ) : (
              <span className="task-leaf" />
            )}
            <div>
              <TaskName task={task} />
            </div>
          </div>
        </th>
        <td role="cell" data-label={t("taskState")}>
          <TaskStateSign state={task.state} />
        </td>
        <td role="cell" data-label={t("taskDeadline")}>
          <DeadlineCell task={task} />
        </td>
        <td role="cell" data-label={t("taskLead")}>
          <div>{task.lead.name}</div>
        </td>
        <td role="cell" data-label={t("taskProgress")} className="task-cell-percent">
          <ProgressBar task={task} />
        </td>
        {weights && (
          <td role="cell" data-label={t("taskWeight")} className="number">
            <div>{task.weight}</div>
          </td>
        )}
      </tr>
      {(open || (keepLate && task.late_children > 0)) && (
        <Parts of={task} all={open} depth={depth + 1} opened={opened} toggle={toggle} keepLate={keepLate} weights={weights} />
      )}
    </>
  );
}

export function TaskTree({ roots, label, keepLate = false, weights = false }: { roots: Task[]; label: string; keepLate?: boolean; weights?: boolean }) {
  const t = useWords();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <div className="scroll-box list-box" tabIndex={0} role="region" aria-label={label}>
      <table role="table" className="sheet list-table task-table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">{t("taskTitle")}</th>
            <th role="columnheader" scope="col">{t("taskState")}</th>
            <th role="columnheader" scope="col">{t("taskDeadline")}</th>
            <th role="columnheader" scope="col">{t("taskLead")}</th>
            <th role="columnheader" scope="col">{t("taskProgress")}</th>
            {weights && (
              <th role="columnheader" scope="col" className="number">
                {t("taskWeight")}
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {roots.map((task) => (
            <Branch key={task.id} task={task} depth={0} opened={opened} toggle={toggle} keepLate={keepLate} weights={weights} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The tree: without filters from its roots; with them, what they find, each with the parts below it. */
export default function TreeView() {
  const t = useWords();
  const [place] = usePlace();
  const filtered = filterCount(place) > 0;
  const { pages, items } = useTaskPages({ ...queryOf(place), roots: filtered ? undefined : true, limit: PAGE });
  if (pages.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (pages.isError) return <Failure error={pages.error} retry={() => void pages.refetch()} />;
  if (items.length === 0) return <Empty description={t(filtered ? "taskNone" : "taskNoneYet")} />;
  const found = new Set(items.map((task) => task.id));
  const roots = items.filter((task) => !task.parent_id || !found.has(task.parent_id));
  return (
    <>
      <TaskTree roots={roots} label={t("taskViewTree")} />
      {pages.hasNextPage && (
        <Button className="more-button" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}
