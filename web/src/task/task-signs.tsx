import {
  BorderOutlined,
  CalendarOutlined,
  CarryOutFilled,
  CheckCircleFilled,
  ClockCircleFilled,
  ExceptionOutlined,
  PauseCircleFilled,
  PlayCircleOutlined,
  StopOutlined,
  WarningFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Task, TaskState, Timeliness } from "../api/tasks.ts";
import { formatTime, timeLeft } from "../format/format.ts";
import { State, type Tone } from "../parts/state.tsx";
import { useNow } from "../session/clock.ts";
import { useWords, type Speak, type Word } from "../words/words.tsx";
import "./task.css";

type Look = { tone: Tone; word: Word; icon: ReactNode };

export const stateLooks: Record<TaskState, Look> = {
  not_started: { tone: "none", word: "taskStateNotStarted", icon: <span className="task-ring" /> },
  in_progress: { tone: "info", word: "taskStateInProgress", icon: <PlayCircleOutlined /> },
  completed: { tone: "done", word: "taskStateCompleted", icon: <CheckCircleFilled /> },
  paused: { tone: "soon", word: "taskStatePaused", icon: <PauseCircleFilled /> },
  cancelled: { tone: "none", word: "taskStateCancelled", icon: <StopOutlined /> },
};

export const timelinessLooks: Record<Timeliness, Look> = {
  in_time: { tone: "info", word: "taskInTime", icon: <CalendarOutlined /> },
  due_soon: { tone: "soon", word: "taskDueSoon", icon: <ClockCircleFilled /> },
  overdue: { tone: "late", word: "taskOverdue", icon: <WarningFilled /> },
  completed_on_time: { tone: "done", word: "taskCompletedOnTime", icon: <CarryOutFilled /> },
  completed_late: { tone: "late", word: "taskCompletedLate", icon: <ExceptionOutlined /> },
  none: { tone: "none", word: "taskNoTimeliness", icon: <BorderOutlined /> },
};

/** How far the work is: a sign in a frame. */
export function TaskStateSign({ state }: { state: TaskState }) {
  const t = useWords();
  const look = stateLooks[state];
  return (
    <span className="task-state">
      <State tone={look.tone} icon={look.icon}>
        {t(look.word)}
      </State>
    </span>
  );
}

/** How it stands with its deadline, computed by the server: a sign without a frame. */
export function TimelinessSign({ timeliness }: { timeliness: Timeliness }) {
  const t = useWords();
  const look = timelinessLooks[timeliness];
  return (
    <State tone={look.tone} icon={look.icon}>
      {t(look.word)}
    </State>
  );
}

/** "2 ngày 4 giờ": the two greatest units of time between now and an instant. */
export function leftInWords(before: string, now: number, t: Speak): { past: boolean; words: string } {
  const left = timeLeft(before, now);
  const words = [
    left.days ? t("days", { n: left.days }) : "",
    left.hours ? t("hours", { n: left.hours }) : "",
    !left.days && (left.minutes || !left.hours) ? t("minutes", { n: left.minutes }) : "",
  ];
  return { past: left.past, words: words.filter(Boolean).join(" ") };
}

type Dated = Pick<Task, "deadline" | "deadline_kind" | "state" | "timeliness" | "completed_at">;

/** The deadline in words, also of a task that has none. */
export function deadlineWords(task: Pick<Task, "deadline" | "deadline_kind">, t: Speak): string {
  if (task.deadline) return task.deadline.wording;
  return t(task.deadline_kind === "soonest" ? "taskDeadlineSoonest" : "taskDeadlineNone");
}

/** The deadline as the letter words it; below it how it stands and the time left. */
export function DeadlineCell({ task }: { task: Dated }) {
  const t = useWords();
  const now = useNow();
  const open = task.state === "not_started" || task.state === "in_progress";
  const left = task.deadline && open ? leftInWords(task.deadline.before, now, t) : null;
  return (
    <span className="task-deadline">
      <span className="figure">{deadlineWords(task, t)}</span>
      {task.timeliness !== "none" && (
        <span className="task-deadline-second">
          <TimelinessSign timeliness={task.timeliness} />
          {left && <span className="work-facts"> {t(left.past ? "taskPast" : "taskLeft", { left: left.words })}</span>}
        </span>
      )}
      {task.completed_at && <span className="second-line">{t("taskCompletedAt", { at: formatTime(task.completed_at) })}</span>}
    </span>
  );
}

/** What must not be overlooked: late children, what waits for whom. */
export function TaskWarnings({ task }: { task: Pick<Task, "late_children" | "completion_requested_at" | "explanation_due" | "state"> }) {
  const t = useWords();
  if (!task.late_children && !task.completion_requested_at && !task.explanation_due) return null;
  return (
    <span className="task-warnings">
      {task.late_children > 0 && <State tone="late">{t("taskLateChildren", { n: task.late_children })}</State>}
      {task.explanation_due && (
        <State tone="late" icon={<ExceptionOutlined />}>
          {t("taskExplanationWaits")}
        </State>
      )}
      {task.completion_requested_at && task.state !== "completed" && <State tone="info">{t("taskCompletionWaits")}</State>}
    </span>
  );
}

/** How much is done: the units' own word, or that of the parts where there are parts. */
export function shownPercent(task: Pick<Task, "children" | "percent" | "rolled_percent" | "state">): number {
  if (task.state === "completed") return 100;
  return task.children > 0 ? task.rolled_percent : task.percent;
}

export function ProgressBar({ task }: { task: Pick<Task, "children" | "percent" | "rolled_percent" | "state" | "timeliness" | "late_children"> }) {
  const t = useWords();
  const percent = shownPercent(task);
  const late = task.timeliness === "overdue" || task.timeliness === "completed_late" || task.late_children > 0;
  const tone = late ? "late" : task.state === "completed" ? "done" : "info";
  return (
    <span className="bar">
      <span
        className="bar-track"
        role="progressbar"
        aria-label={t("taskPercentLabel")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <span className={`bar-fill fill-${tone}`} style={{ width: `${percent}%` }} />
      </span>
      <span className="figure">{t("taskPercent", { n: percent })}</span>
    </span>
  );
}
