import { Button, Checkbox, Empty, Grid, Skeleton } from "antd";
import { useMemo, useState } from "react";
import type { Task } from "../api/tasks.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { ColumnChooser, TaskName, useColumns, type Column } from "./columns.tsx";
import { filterCount, queryOf } from "./filters.ts";
import { TaskCard } from "./task-card.tsx";
import { useTaskPages } from "./use-tasks.ts";

const PAGE = 100;

/** The list: one line for each task, chosen columns, several taken at once. */
export function ListView() {
  const t = useWords();
  const [place] = usePlace();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const [chosen, choose] = useColumns();
  const { pages, items } = useTaskPages({ ...queryOf(place), limit: PAGE });
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const taken = useMemo(() => items.filter((task) => picked.has(task.id)), [items, picked]);
  const toggle = (id: string) =>
    setPicked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  if (pages.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (pages.isError) return <Failure error={pages.error} retry={() => void pages.refetch()} />;
  if (items.length === 0) return <Empty description={t(filterCount(place) ? "taskNone" : "taskNoneYet")} />;
  const all = taken.length === items.length;
  const shared = { items, picked, toggle };
  return (
    <>
      <div className="task-list-head no-print">
        <Checkbox checked={all} indeterminate={taken.length > 0 && !all} onChange={() => setPicked(all ? new Set() : new Set(items.map((task) => task.id)))}>
          {t("taskSelectAll")}
        </Checkbox>
        <span className="grow" />
        {!narrow && <ColumnChooser chosen={chosen} onChoose={choose} />}
      </div>
      {taken.length > 0 && <BulkBar taken={taken} onClear={() => setPicked(new Set())} />}
      {narrow ? <Cards {...shared} /> : <Lines {...shared} chosen={chosen} />}
      {pages.hasNextPage && (
        <Button className="more-button no-print" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}

type Shared = { items: Task[]; picked: ReadonlySet<string>; toggle: (id: string) => void };

function Pick({ task, picked, toggle }: { task: Task } & Omit<Shared, "items">) {
  const t = useWords();
  return <Checkbox checked={picked.has(task.id)} aria-label={t("taskSelect", { title: task.title })} onChange={() => toggle(task.id)} />;
}

function Lines({ items, chosen, ...pick }: Shared & { chosen: Column[] }) {
  const t = useWords();
  return (
    <div className="scroll-box" tabIndex={0} role="region" aria-label={t("screenTasks")}>
      <table className="sheet task-table">
        <thead>
          <tr>
            <th scope="col" className="no-print">
              <span className="visually-hidden">{t("taskSelectAll")}</span>
            </th>
            <th scope="col">{t("taskTitle")}</th>
            {chosen.map((column) => (
              <th key={column.key} scope="col" className={column.number ? "number" : undefined}>
                {t(column.word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((task) => (
            <tr key={task.id}>
              <td className="no-print">
                <Pick task={task} {...pick} />
              </td>
              <th scope="row" className="task-title-cell">
                <TaskName task={task} />
              </th>
              {chosen.map((column) => (
                <td key={column.key} className={column.number ? "number" : `task-cell-${column.key}`}>
                  {column.cell(task, t)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ items, ...pick }: Shared) {
  return (
    <ul className="plain-list task-cards">
      {items.map((task) => (
        <li key={task.id}>
          <TaskCard task={task} before={<Pick task={task} {...pick} />} />
        </li>
      ))}
    </ul>
  );
}
