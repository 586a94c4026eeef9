import { Modal, Skeleton } from "antd";
import { tasks, type Task } from "../api/tasks.ts";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useWords, type Word } from "../words/words.tsx";
import type { Move } from "./board-rules.ts";
import { AskDialog } from "./ask-dialog.tsx";
import { Waiting } from "./requests.tsx";
import { ReportDialog } from "./report-form.tsx";
import { useTask, useTaskAct } from "./use-tasks.ts";

type Step = "pause" | "resume" | "cancel";

const steps: Record<Step, { to: "paused" | "resumed" | "cancelled"; title: Word; explain?: Word; ok: Word; said: Word }> = {
  pause: { to: "paused", title: "taskPauseTitle", explain: "taskPauseExplain", ok: "taskPause", said: "taskPaused" },
  resume: { to: "resumed", title: "taskResumeTitle", ok: "taskResume", said: "taskResumed" },
  cancel: { to: "cancelled", title: "taskCancelTitle", explain: "taskCancelExplain", ok: "taskCancel", said: "taskCancelled" },
};

type Props = { task: Task; onClose: () => void };

export function StepDialog({ task, step, onClose }: Props & { step: Step }) {
  const t = useWords();
  const { act } = useTaskAct();
  const look = steps[step];
  return (
    <ReasonDialog
      title={t(look.title, { title: task.title })}
      explain={look.explain && t(look.explain)}
      okText={t(look.ok)}
      danger={step === "cancel"}
      onOk={(reason) => act(() => tasks.setState(task.id, look.to, reason, task.version), t(look.said))}
      onClose={onClose}
    />
  );
}

/** What a move needs, asked for in a dialog. */
export function MoveDialog({ task, move, onClose }: Props & { move: Move }) {
  if (move === "report") return <ReportDialog task={task} onClose={onClose} />;
  if (move === "ask") return <AskDialog task={task} kind="completion" onClose={onClose} />;
  if (move === "confirm") return <ConfirmDialog task={task} onClose={onClose} />;
  return <StepDialog task={task} step={move} onClose={onClose} />;
}

/** The request for completion with its result and evidence, to be decided on the spot. */
function ConfirmDialog({ task, onClose }: Props) {
  const t = useWords();
  const query = useTask(task.id);
  return (
    <Modal open title={task.title} footer={null} onCancel={onClose}>
      {query.data ? <Waiting task={query.data} onDone={onClose} /> : <Skeleton active aria-label={t("loading")} />}
    </Modal>
  );
}
