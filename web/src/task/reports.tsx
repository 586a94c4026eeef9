import type { TaskDetail, TaskReport } from "../api/tasks.ts";
import { formatTime } from "../format/format.ts";
import { Countdown } from "../parts/countdown.tsx";
import { State } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import { ReportButtons } from "./report-form.tsx";
import { FileLinks } from "./task-files.tsx";
import { taskPeriod } from "./task-words.ts";

function Texts({ report }: { report: TaskReport }) {
  const t = useWords();
  const texts = [
    [t("taskReportResult"), report.result],
    [t("taskReportDifficulties"), report.difficulties],
    [t("taskReportRequests"), report.requests],
  ].filter(([, text]) => text);
  return (
    <dl className="task-report-texts">
      {texts.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="task-said">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Row({ task, report }: { task: TaskDetail; report: TaskReport }) {
  const t = useWords();
  const period = report.period ? taskPeriod(report.period, t) : t("taskReportPeriodNone");
  if (!report.reported_at) {
    const working = task.state === "not_started" || task.state === "in_progress";
    return (
      <li className="task-awaited">
        <State tone={report.on_time === false ? "late" : "none"}>{t("taskReportAwaited", { period })}</State>
        {report.deadline && (
          <div>
            <Countdown deadline={report.deadline} />
          </div>
        )}
        {task.may.report && working && !task.explanation_due && <ReportButtons task={task} row={report} />}
      </li>
    );
  }
  return (
    <li>
      <strong>{period}</strong> · {report.nil ? <State tone="none">{t("taskReportNil")}</State> : t("taskPercent", { n: report.percent })}
      {report.on_time === false && (
        <>
          {" "}
          · <State tone="late">{t("late")}</State>
        </>
      )}
      <Texts report={report} />
      <FileLinks files={report.files} />
      <span className="second-line">
        {report.reported_by?.name} · {formatTime(report.reported_at)}
      </span>
    </li>
  );
}

/** Progress reports, newest first; those that wait have their buttons. */
export function Reports({ task }: { task: TaskDetail }) {
  const t = useWords();
  return (
    <section aria-labelledby="task-reports">
      <h2 id="task-reports">{t("taskReports")}</h2>
      {task.reports.length === 0 && <p className="work-facts">{t("taskReportsNone")}</p>}
      <ul className="plain-list task-log">
        {task.reports.map((report) => (
          <Row key={report.id} task={task} report={report} />
        ))}
      </ul>
    </section>
  );
}
