import { Button, Space } from "antd";
import { useState } from "react";
import type { AssignmentDetail, AssignmentPeriod } from "../api/assignments.ts";
import { formatCount, formatDate, formatPeriod, formatTime } from "../format/format.ts";
import { Bar } from "../parts/bar.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { PeriodException, ReopenPeriod } from "./period-acts.tsx";
import { PeriodState } from "./period-state.tsx";

type Asked = { what: "reopen" | "except"; period: string } | null;

function Line({ period, assignment, ask }: {
  period: AssignmentPeriod;
  assignment: AssignmentDetail;
  ask: (asked: Asked) => void;
}) {
  const t = useWords();
  const language = useLanguage();
  const { tally } = period;
  const count = (value: number) => formatCount(value, language);
  return (
    <tr>
      <th scope="row">{formatPeriod(period.period, t)}</th>
      <td>
        <PeriodState period={period} />
        {period.closed_at && <span className="second-line">{formatTime(period.closed_at)}</span>}
      </td>
      <td>
        {period.deadline.wording}
        <span className="second-line">{t("periodOpens", { date: formatDate(period.opens) })}</span>
      </td>
      <td>
        <Bar part={tally.submitted} whole={tally.assigned} label={t("tallySubmitted")} />
      </td>
      <td className="number">{count(tally.on_time)}</td>
      <td className="number">{count(tally.late)}</td>
      <td className="number">{count(tally.approved)}</td>
      <td className="number">{count(tally.received)}</td>
      <td className="number">{count(tally.returned)}</td>
      <td className="no-print">
        <Space>
          {assignment.may.receive && period.state === "closed" && (
            <Button size="small" onClick={() => ask({ what: "reopen", period: period.period })}>
              {t("periodReopen")}
            </Button>
          )}
          {assignment.may.manage && period.state === "open" && (
            <Button size="small" onClick={() => ask({ what: "except", period: period.period })}>
              {t("periodExcept")}
            </Button>
          )}
        </Space>
      </td>
    </tr>
  );
}

/** The periods opened so far, newest first, with how far the units are. */
export function PeriodTable({ assignment }: { assignment: AssignmentDetail }) {
  const t = useWords();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  if (assignment.periods.length === 0) return <p>{t("periodsNoneHint")}</p>;
  return (
    <>
      <div className="scroll-box" tabIndex={0} role="region" aria-label={t("periods")}>
        <table className="sheet">
          <thead>
            <tr>
              <th scope="col">{t("period")}</th>
              <th scope="col">{t("periodState")}</th>
              <th scope="col">{t("deadline")}</th>
              <th scope="col">{t("tallySubmitted")}</th>
              <th scope="col" className="number">
                {t("onTime")}
              </th>
              <th scope="col" className="number">
                {t("late")}
              </th>
              <th scope="col" className="number">
                {t("stateApproved")}
              </th>
              <th scope="col" className="number">
                {t("stateReceived")}
              </th>
              <th scope="col" className="number">
                {t("stateReturned")}
              </th>
              <th scope="col" className="no-print">
                <span className="visually-hidden">{t("acts")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {assignment.periods.map((period) => (
              <Line key={period.period} period={period} assignment={assignment} ask={setAsked} />
            ))}
          </tbody>
        </table>
      </div>
      {asked?.what === "reopen" && <ReopenPeriod assignment={assignment} period={asked.period} onClose={close} />}
      {asked?.what === "except" && <PeriodException assignment={assignment} period={asked.period} onClose={close} />}
    </>
  );
}
