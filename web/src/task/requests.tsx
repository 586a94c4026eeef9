import { Alert, Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { tasks, type TaskDetail, type TaskRequest } from "../api/tasks.ts";
import { formatTime } from "../format/format.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { State, type Tone } from "../parts/state.tsx";
import { useSession } from "../session/session.tsx";
import { useWords, type Word } from "../words/words.tsx";
import { FileLinks } from "./task-files.tsx";
import { useTaskAct } from "./use-tasks.ts";

const looks: Record<TaskRequest["state"], { tone: Tone; word: Word }> = {
  waiting: { tone: "soon", word: "taskRequestWaiting" },
  accepted: { tone: "done", word: "taskRequestAccepted" },
  refused: { tone: "late", word: "taskRequestRefused" },
  withdrawn: { tone: "none", word: "taskRequestWithdrawn" },
};

function useRequestName(): (request: TaskRequest) => string {
  const t = useWords();
  return (request) =>
    request.kind === "completion" ? t("taskRequestCompletion") : t("taskRequestExtension", { deadline: request.deadline?.wording ?? "" });
}

type One = { task: TaskDetail; request: TaskRequest };

/** Yes with an opinion, or no with its reason. */
function Decide({ task, request, onDone }: One & { onDone?: () => void }) {
  const t = useWords();
  const { refresh } = useTaskAct();
  const [open, setOpen] = useState<"yes" | "no" | null>(null);
  const completion = request.kind === "completion";
  const close = () => setOpen(null);
  const decide = (accept: boolean, reason: string) => tasks.decide(request.id, accept, reason, task.version).finally(() => void refresh());
  return (
    <Space wrap className="no-print">
      <Button type="primary" onClick={() => setOpen("yes")}>
        {t(completion ? "taskConfirm" : "taskExtend")}
      </Button>
      <Button onClick={() => setOpen("no")}>{t(completion ? "taskRefuse" : "taskExtendRefuse")}</Button>
      {open === "yes" && (
        <FormDialog<{ reason: string }, unknown>
          title={t(completion ? "taskConfirm" : "taskExtend")}
          okText={t(completion ? "taskConfirm" : "taskExtend")}
          explain={
            <p>
              {completion
                ? t("taskConfirmExplain", { title: task.title, at: formatTime(request.asked_at) })
                : t("taskExtendExplain", { deadline: request.deadline?.wording ?? "" })}
            </p>
          }
          initialValues={{ reason: "" }}
          onSave={({ reason }) => decide(true, reason)}
          said={() => t(completion ? "taskConfirmed" : "taskExtended")}
          onSaved={() => (onDone ?? close)()}
          onClose={close}
        >
          <Form.Item name="reason" label={t("taskDecisionNote")}>
            <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} />
          </Form.Item>
        </FormDialog>
      )}
      {open === "no" && (
        <ReasonDialog
          title={t(completion ? "taskRefuseTitle" : "taskExtendRefuse")}
          explain={completion ? t("taskRefuseExplain") : undefined}
          okText={t(completion ? "taskRefuse" : "taskExtendRefuse")}
          onOk={async (reason) => {
            await decide(false, reason);
            onDone?.();
          }}
          onClose={close}
        />
      )}
    </Space>
  );
}

/** Requests that wait, at the top of the page: to be decided here, or withdrawn by those who asked. */
export function Waiting({ task, onDone }: { task: TaskDetail; onDone?: () => void }) {
  const t = useWords();
  const own = useSession().account.id;
  const nameOf = useRequestName();
  const { tryAct, busy } = useTaskAct();
  return task.requests
    .filter((request) => request.state === "waiting")
    .map((request) => (
      <Alert
        key={request.id}
        type="info"
        showIcon
        className="stacked"
        title={nameOf(request)}
        description={
          <>
            <p className="task-said">{request.reason}</p>
            <FileLinks files={request.files} />
            <p className="work-facts">{t("taskWaitingFor", { person: request.asked_by?.name ?? "", unit: task.lead.name, at: formatTime(request.asked_at) })}</p>
            {task.may.decide && request.asked_by?.id !== own && <Decide task={task} request={request} onDone={onDone} />}
            {task.may.ask && (
              <Button loading={busy} onClick={() => void tryAct(() => tasks.withdraw(request.id), t("taskWithdrawn"))}>
                {t("taskWithdraw")}
              </Button>
            )}
          </>
        }
      />
    ));
}

/** Requests that were decided or withdrawn. */
export function PastRequests({ task }: { task: TaskDetail }) {
  const t = useWords();
  const nameOf = useRequestName();
  const past = task.requests.filter((request) => request.state !== "waiting");
  if (past.length === 0) return null;
  return (
    <section aria-labelledby="task-requests">
      <h2 id="task-requests">{t("taskRequests")}</h2>
      <ul className="plain-list task-log">
        {past.map((request) => (
          <li key={request.id}>
            <State tone={looks[request.state].tone}>{t(looks[request.state].word)}</State> · {nameOf(request)}
            <p className="task-said">{request.reason}</p>
            <FileLinks files={request.files} />
            {request.decision && <p className="task-said task-answer">{request.decision}</p>}
            <span className="second-line">
              {request.asked_by?.name} {formatTime(request.asked_at)}
              {request.decided_at && ` → ${request.decided_by?.name ?? ""} ${formatTime(request.decided_at)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
