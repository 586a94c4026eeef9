import { Button, Descriptions, Dropdown, Skeleton, Space } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import type { TaskDetail } from "../api/tasks.ts";
import { formatDate, formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { menuAct } from "../parts/menu-act.ts";
import { State } from "../parts/state.tsx";
import { useNow } from "../session/clock.ts";
import { useMay } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import { Comments } from "./comments.tsx";
import { ExplanationDue, Explanations } from "./explanation.tsx";
import { StepDialog } from "./move-dialog.tsx";
import { ReportButtons } from "./report-form.tsx";
import { Reports } from "./reports.tsx";
import { PastRequests, Waiting } from "./requests.tsx";
import { FileLinks } from "./task-files.tsx";
import { TaskHistory } from "./task-history.tsx";
import { deadlineWords, leftInWords, ProgressBar, TaskStateSign, TimelinessSign } from "./task-signs.tsx";
import { recurrenceWords } from "./task-words.ts";
import { TaskTree } from "./tree-view.tsx";
import { keptPlace, useTask } from "./use-tasks.ts";

const DocumentChain = lazy(() => import("../document/chain.tsx"));
const TaskForm = lazy(() => import("./task-form.tsx"));
const PassDown = lazy(() => import("./pass-down.tsx"));

/** How far, how it stands with time, and the deadline as the letter words it: what one looks for first. */
function Head({ task }: { task: TaskDetail }) {
  const t = useWords();
  const now = useNow();
  const open = task.state === "not_started" || task.state === "in_progress";
  const left = task.deadline && open ? leftInWords(task.deadline.before, now, t) : null;
  const before = task.deadlines.slice(1).filter((one) => one.deadline);
  return (
    <div className="task-head">
      <p className="task-head-signs">
        <TaskStateSign state={task.state} />
        {task.timeliness !== "none" && <TimelinessSign timeliness={task.timeliness} />}
        {task.late_children > 0 && <State tone="late">{t("taskLateChildren", { n: task.late_children })}</State>}
      </p>
      <p>
        <strong>{deadlineWords(task, t)}</strong>
        {left && <span className={left.past ? "tone-late" : "work-facts"}> · {t(left.past ? "taskPast" : "taskLeft", { left: left.words })}</span>}
        {task.completed_at && <span className="work-facts"> · {t("taskCompletedAt", { at: formatTime(task.completed_at) })}</span>}
        {task.deadline_written && <span className="second-line">{t("taskDeadlineWritten", { written: task.deadline_written })}</span>}
        {before.map((one) => (
          <span key={one.set_at} className="second-line">
            {t("taskDeadlineOld", { deadline: one.deadline?.wording ?? "" })}
          </span>
        ))}
      </p>
      <div className="task-head-progress">
        <ProgressBar task={task} />
        {task.children > 0 && task.state !== "completed" && (
          <span className="second-line">
            {t("taskRolled")} · {t("taskOwnPercent")}: {t("taskPercent", { n: task.percent })}
          </span>
        )}
      </div>
    </div>
  );
}

function Facts({ task }: { task: TaskDetail }) {
  const t = useWords();
  const reads = useMay("document.read");
  const manages = useMay("document.manage");
  const text = (key: string, label: string, value: string) => (value ? [{ key, label, children: value }] : []);
  const { document } = task;
  const named = document && [document.number ?? t("taskUnnumbered"), formatDate(document.date)].filter(Boolean).join(" · ");
  return (
    <Descriptions
      size="small"
      bordered
      column={1}
      items={[
        { key: "lead", label: t("taskLead"), children: task.lead.name },
        ...text("head", t("taskHead"), task.head),
        { key: "assigner", label: t("taskAssigner"), children: task.assigner.name },
        ...(task.cooperating.length > 0
          ? [
              {
                key: "cooperating",
                label: t("taskCooperating"),
                children: (
                  <ul className="plain-list task-cooperating">
                    {task.cooperating.map((one) => (
                      <li key={one.unit.id}>
                        {one.unit.name}
                        {one.part && <span className="second-line">{one.part}</span>}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
        ...text("product", t("taskProduct"), task.product),
        ...text("programme", t("taskProgramme"), task.programme),
        ...text("field", t("taskField"), task.field),
        ...(task.recurrence ? [{ key: "recurs", label: t("taskRecurs"), children: recurrenceWords(task.recurrence, t) }] : []),
        ...(task.parent_id ? [{ key: "weight", label: t("taskWeight"), children: task.weight }] : []),
        ...(document
          ? [
              {
                key: "document",
                label: t("taskDocument"),
                children: (
                  <>
                    {reads ? <Link href={`/documents/${document.id}`}>{named}</Link> : named}
                    <span className="second-line">{document.subject}</span>
                    {manages && task.source && <Link href={`/documents/readings/${task.source.reading_id}?from=${task.source.start}&to=${task.source.end}`}>{t("taskSource")}</Link>}
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

type Dialog = "edit" | "pass" | "completion" | "extension" | "pause" | "resume" | "cancel";

function Acts({ task }: { task: TaskDetail }) {
  const t = useWords();
  const [open, setOpen] = useState<Dialog | null>(null);
  const close = () => setOpen(null);
  const { may, state } = task;
  const working = state === "not_started" || state === "in_progress";
  const waits = (kind: string) => task.requests.some((request) => request.state === "waiting" && request.kind === kind);
  const further: { key: Dialog; label: string; danger?: boolean }[] = [];
  if (may.change && working) further.push({ key: "pause", label: t("taskPause") });
  if (may.change && state === "paused") further.push({ key: "resume", label: t("taskResume") });
  if (may.change && state !== "completed" && state !== "cancelled") further.push({ key: "cancel", label: t("taskCancel"), danger: true });
  return (
    <Space wrap className="stacked no-print">
      {may.report && working && !task.explanation_due && <ReportButtons task={task} />}
      {may.ask && working && !task.explanation_due && !waits("completion") && (
        <Button onClick={() => setOpen("completion")}>{t("taskAskCompletion")}</Button>
      )}
      {may.ask && working && task.deadline && !task.recurrence && !waits("extension") && (
        <Button onClick={() => setOpen("extension")}>{t("taskAskExtension")}</Button>
      )}
      {may.pass_down && working && <Button onClick={() => setOpen("pass")}>{t("taskPassDown")}</Button>}
      {may.change && working && <Button onClick={() => setOpen("edit")}>{t("edit")}</Button>}
      {further.length > 0 && (
        <Dropdown autoFocus trigger={["click"]} menu={{ items: further.map((item) => ({ ...item, onClick: menuAct(() => setOpen(item.key)) })) }}>
          <Button>{t("taskActs")}</Button>
        </Dropdown>
      )}
      {(open === "completion" || open === "extension") && <AskDialog task={task} kind={open} onClose={close} />}
      {(open === "pause" || open === "resume" || open === "cancel") && <StepDialog task={task} step={open} onClose={close} />}
      <Suspense fallback={null}>
        {open === "edit" && <TaskForm task={task} onClose={close} onDone={close} />}
        {open === "pass" && <PassDown task={task} onClose={close} />}
      </Suspense>
    </Space>
  );
}

/** One task: /tasks/{id}. */
export default function TaskPage({ id }: { id: string }) {
  const t = useWords();
  const query = useTask(id);
  const reads = useMay("document.read");
  if (query.isPending) return <Skeleton active paragraph={{ rows: 12 }} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const task = query.data;
  return (
    <>
      <Link href={keptPlace()} className="no-print">
        ← {t("taskBack")}
      </Link>
      {task.ancestors.length > 0 && (
        <nav className="unit-trail" aria-label={t("taskParents")}>
          {task.ancestors.map((one) => (
            <span key={one.id}>
              <Link href={`/tasks/${one.id}`}>{one.title}</Link>
              <span aria-hidden="true"> › </span>
            </span>
          ))}
        </nav>
      )}
      <h1 className="task-page-title">{task.title}</h1>
      <Head task={task} />
      <ExplanationDue task={task} />
      <Waiting task={task} />
      <Acts task={task} />
      <div className="task-pair">
        <div>
          {task.content && task.content !== task.title && <p className="task-said task-content">{task.content}</p>}
          {(task.parts.length > 0 || task.may.pass_down) && (
            <section aria-labelledby="task-parts">
              <h2 id="task-parts">{t("taskParts", { n: task.children })}</h2>
              {task.parts.length > 0 ? (
                <TaskTree roots={task.parts} label={t("taskParts", { n: task.children })} keepLate weights />
              ) : (
                <p className="work-facts">{t("taskPartsNone")}</p>
              )}
            </section>
          )}
          <Explanations task={task} />
          <Reports task={task} />
          <PastRequests task={task} />
          {task.document && reads && (
            <section aria-labelledby="task-chain">
              <h2 id="task-chain">{t("taskChain")}</h2>
              <Suspense fallback={<Skeleton active title={false} />}>
                <DocumentChain id={task.document.id} />
              </Suspense>
            </section>
          )}
          <Comments task={task} />
        </div>
        <div>
          <Facts task={task} />
          {task.files.length > 0 && (
            <section aria-labelledby="task-files">
              <h2 id="task-files">{t("taskFiles")}</h2>
              <FileLinks files={task.files} />
            </section>
          )}
          <TaskHistory id={task.id} />
        </div>
      </div>
    </>
  );
}
