import { FileExcelOutlined, PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Segmented, Skeleton, Space } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useRoute } from "wouter";
import { tasks } from "../api/tasks.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { useMay } from "../session/session.tsx";
import { useWords, type Word } from "../words/words.tsx";
import { queryOf, viewOf, views, type View } from "./filters.ts";
import { ListView } from "./list-view.tsx";
import { TaskFilters } from "./task-filters.tsx";
import { isTaskChange, keepPlace, tasksKey } from "./use-tasks.ts";
import "../my-work/my-work.css";

const TreeView = lazy(() => import("./tree-view.tsx"));
const BoardView = lazy(() => import("./board-view.tsx"));
const TimelineView = lazy(() => import("./timeline-view.tsx"));
const MonthView = lazy(() => import("./month-view.tsx"));
const FiguresView = lazy(() => import("./figures-view.tsx"));
const TaskPage = lazy(() => import("./task-page.tsx"));
const TaskForm = lazy(() => import("./task-form.tsx"));
const ImportDialog = lazy(() => import("./import-dialog.tsx"));

const viewWords: Record<View, Word> = {
  list: "taskViewList",
  tree: "taskViewTree",
  board: "taskViewBoard",
  timeline: "taskViewTimeline",
  month: "taskViewMonth",
  figures: "taskViewFigures",
};

/** Filters that a view has no use for: the board has a column for each state, the month is a range itself. */
const without: Record<View, string[]> = {
  list: [],
  tree: [],
  board: ["state"],
  timeline: ["sort"],
  month: ["from", "sort"],
  figures: [],
};

function Body({ view }: { view: View }) {
  if (view === "tree") return <TreeView />;
  if (view === "board") return <BoardView />;
  if (view === "timeline") return <TimelineView />;
  if (view === "month") return <MonthView />;
  if (view === "figures") return <FiguresView />;
  return <ListView />;
}

function Views() {
  const t = useWords();
  const go = useGo();
  const [place, setPlace] = usePlace();
  const mayGive = useMay("task.assign");
  const [open, setOpen] = useState<"form" | "import" | null>(null);
  const view = viewOf(place);
  const search = place.toString();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => keepPlace(search), [search]);
  useEffect(() => {
    const chosen = bar.current?.querySelector(".ant-segmented-item-selected");
    void chosen?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [view]);
  useLiveRefresh(tasksKey, isTaskChange);
  return (
    <>
      <div className="screen-head">
        <h1>{t("screenTasks")}</h1>
        <Space wrap className="no-print">
          {view !== "figures" && (
            <Button icon={<FileExcelOutlined />} href={tasks.sheet(queryOf(place))} download>
              {t("taskExport")}
            </Button>
          )}
          {mayGive && (
            <Button icon={<UploadOutlined />} onClick={() => setOpen("import")}>
              {t("taskImport")}
            </Button>
          )}
          {mayGive && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("form")}>
              {t("taskAdd")}
            </Button>
          )}
        </Space>
      </div>
      <div ref={bar} className="task-views no-print">
        <Segmented<View>
          aria-label={t("taskViews")}
          value={view}
          onChange={(next) => setPlace({ view: next === "list" ? null : next })}
          options={views.map((value) => ({ value, label: t(viewWords[value]) }))}
        />
      </div>
      {view !== "figures" && <TaskFilters without={without[view]} />}
      <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
        <Body view={view} />
        {open === "form" && <TaskForm onClose={() => setOpen(null)} onDone={(made) => go(`/tasks/${made.id}`)} />}
        {open === "import" && <ImportDialog onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}

/** Nhiệm vụ: /tasks with its views over the same filters, and /tasks/{id}. */
export default function Tasks() {
  const [one, path] = useRoute<{ id: string }>("/tasks/:id");
  return one ? <TaskPage key={path.id} id={path.id} /> : <Views />;
}
