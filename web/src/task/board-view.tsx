import { SwapOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Skeleton } from "antd";
import { useState, type DragEvent } from "react";
import type { Task, TaskState } from "../api/tasks.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { menuAct } from "../parts/menu-act.ts";
import { useWords, type Word } from "../words/words.tsx";
import { moveTo, movesOf, type Move } from "./board-rules.ts";
import { queryOf, states } from "./filters.ts";
import { MoveDialog } from "./move-dialog.tsx";
import { TaskCard } from "./task-card.tsx";
import { stateLooks } from "./task-signs.tsx";
import { useTaskPages } from "./use-tasks.ts";

const PAGE = 50;

const moveWords: Record<Move, Word> = {
  report: "taskMoveReport",
  ask: "taskMoveAsk",
  confirm: "taskMoveConfirm",
  pause: "taskMovePause",
  resume: "taskMoveResume",
  cancel: "taskMoveCancel",
};

type Asked = { task: Task; move: Move };

/** A column for each state. A card that is moved asks for what the move needs; the server alone moves it. */
export default function BoardView() {
  const t = useWords();
  const { message } = App.useApp();
  const [carried, setCarried] = useState<Task | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const put = (to: TaskState) => {
    if (!carried || carried.state === to) return;
    const move = moveTo(carried, to);
    if (move) setAsked({ task: carried, move });
    else void message.info(t("taskBoardNoMove", { from: t(stateLooks[carried.state].word), to: t(stateLooks[to].word) }));
  };
  return (
    <>
      <p className="work-facts no-print">{t("taskBoardHint")}</p>
      <div className="task-board" tabIndex={0} role="region" aria-label={t("taskViewBoard")}>
        {states.map((state) => (
          <Column key={state} state={state} carried={carried} onCarry={setCarried} onPut={() => put(state)} onMove={(task, move) => setAsked({ task, move })} />
        ))}
      </div>
      {asked && <MoveDialog task={asked.task} move={asked.move} onClose={() => setAsked(null)} />}
    </>
  );
}

type ColumnProps = {
  state: TaskState;
  carried: Task | null;
  onCarry: (task: Task | null) => void;
  onPut: () => void;
  onMove: (task: Task, move: Move) => void;
};

function Column({ state, carried, onCarry, onPut, onMove }: ColumnProps) {
  const t = useWords();
  const [place] = usePlace();
  const [over, setOver] = useState(false);
  const { pages, items } = useTaskPages({ ...queryOf(place), state, limit: PAGE });
  const look = stateLooks[state];
  const takes = carried !== null && moveTo(carried, state) !== null;
  const drag = {
    onDragOver: (event: DragEvent) => {
      if (!carried) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = takes ? "move" : "none";
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      onPut();
    },
  };
  const id = `board-${state}`;
  return (
    <section className={`task-column${takes ? " takes" : ""}${over && takes ? " over" : ""}`} aria-labelledby={id} {...drag}>
      <h2 id={id}>
        <span aria-hidden="true" className={`tone-${look.tone}`}>
          {look.icon}
        </span>{" "}
        {t(look.word)} <span className="work-facts">{items.length}{pages.hasNextPage && "+"}</span>
      </h2>
      {pages.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && items.length === 0 && <p className="work-facts">{t("taskBoardColumnNone")}</p>}
      <ul className="plain-list task-cards">
        {items.map((task) => (
          <Card key={task.id} task={task} onCarry={onCarry} onMove={onMove} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </section>
  );
}

function Card({ task, onCarry, onMove }: { task: Task } & Pick<ColumnProps, "onCarry" | "onMove">) {
  const t = useWords();
  const moves = movesOf(task);
  const menu = moves.length > 0 && (
    <Dropdown
      autoFocus
      trigger={["click"]}
      menu={{ items: moves.map(({ move }) => ({ key: move, label: t(moveWords[move]), onClick: menuAct(() => onMove(task, move)) })) }}
    >
      <Button size="small" type="text" icon={<SwapOutlined />} aria-label={t("taskBoardMoveOf", { title: task.title })} title={t("taskBoardMove")} />
    </Dropdown>
  );
  return (
    <li
      draggable={moves.length > 0}
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", task.title);
        event.dataTransfer.effectAllowed = "move";
        onCarry(task);
      }}
      onDragEnd={() => onCarry(null)}
    >
      <TaskCard task={task} state={false} after={menu} />
    </li>
  );
}
