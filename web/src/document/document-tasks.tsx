import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Link } from "wouter";
import type { DocumentDetail } from "../api/documents.ts";
import { tasks, type Task } from "../api/tasks.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useMay } from "../session/session.tsx";
import { DeadlineCell, ProgressBar, TaskStateSign, TaskWarnings } from "../task/task-signs.tsx";
import { useWords } from "../words/words.tsx";

export function TaskTable({ list, label }: { list: Task[]; label: string }) {
  const t = useWords();
  return (
    <ListTable<Task>
      label={label}
      rows={list}
      rowKey={(task) => task.id}
      columns={[
        {
          title: t("taskTitle"),
          head: true,
          className: "document-task",
          cell: (task) => (
            <>
              <Link href={`/tasks/${task.id}`}>{task.title}</Link>
              <TaskWarnings task={task} />
              {task.children > 0 && <div className="second-line">{t("documentTaskParts", { n: task.children })}</div>}
            </>
          ),
        },
        { title: t("taskLead"), cell: (task) => task.lead.name },
        { title: t("taskState"), cell: (task) => <TaskStateSign state={task.state} /> },
        { title: t("taskDeadline"), className: "document-task-due", cell: (task) => <DeadlineCell task={task} /> },
        { title: t("taskProgress"), cell: (task) => <ProgressBar task={task} /> },
      ]}
    />
  );
}

/** Without the parts of tasks that are themselves in the list: a letter to all communes has a hundred of them. */
function withoutParts(list: Task[]): Task[] {
  const ids = new Set(list.map((task) => task.id));
  return list.filter((task) => !task.parent_id || !ids.has(task.parent_id));
}

/** The tasks that stand on a document, as far as the person may read them. */
export function DocumentTasks({ document }: { document: DocumentDetail }) {
  const t = useWords();
  const may = useMay("task.read");
  const query = useQuery({
    queryKey: ["tasks", "document", document.id],
    queryFn: () => tasks.page({ document_id: document.id, limit: 200 }),
    enabled: may,
  });
  useLiveRefresh(["tasks", "document", document.id], (change) => change.kind.startsWith("task."));
  if (!may) return null;
  return (
    <>
      <h2>{t("documentTasksTitle")}</h2>
      {query.isPending && <Skeleton active paragraph={{ rows: 3 }} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && query.data.items.length === 0 && <p className="work-facts">{t("documentTasksNone")}</p>}
      {query.isSuccess && query.data.items.length > 0 && <TaskTable list={withoutParts(query.data.items)} label={t("documentTasksTitle")} />}
      {query.data?.next && (
        <Link className="no-print" href={`/tasks?document=${document.id}`}>
          {t("documentTasksAll")}
        </Link>
      )}
    </>
  );
}
