import { Button, Space } from "antd";
import { useState } from "react";
import type { AssignmentDetail, AssignmentPeriod } from "../api/assignments.ts";
import { formatCount, formatDate, formatPeriod, formatTime } from "../format/format.ts";
import { Bar } from "../parts/bar.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { PeriodException, ReopenPeriod } from "./period-acts.tsx";
import { PeriodState } from "./period-state.tsx";

type Asked = { what: "reopen" | "except"; period: string } | null;

function PeriodActs({ period, assignment, ask }: {
  period: AssignmentPeriod;
  assignment: AssignmentDetail;
  ask: (asked: Asked) => void;
}) {
  const t = useWords();
  return (
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
  );
}

/** The periods opened so far, newest first, with how far the units are. */
export function PeriodTable({ assignment }: { assignment: AssignmentDetail }) {
  const t = useWords();
  const [asked, setAsked] = useState<Asked>(null);
  const language = useLanguage();
  const count = (value: number) => formatCount(value, language);
  const close = () => setAsked(null);
  if (assignment.periods.length === 0) return <p>{t("periodsNoneHint")}</p>;
  return (
    <>
      <ListTable<AssignmentPeriod>
        label={t("periods")}
        rows={assignment.periods}
        rowKey={(period) => period.period}
        columns={[
          { title: t("period"), head: true, cell: (period) => formatPeriod(period.period, t) },
          {
            title: t("periodState"),
            cell: (period) => (
              <>
                <PeriodState period={period} />
                {period.closed_at && <span className="second-line">{formatTime(period.closed_at)}</span>}
              </>
            ),
          },
          {
            title: t("deadline"),
            cell: (period) => (
              <>
                {period.deadline.wording}
                <span className="second-line">{t("periodOpens", { date: formatDate(period.opens) })}</span>
              </>
            ),
          },
          {
            title: t("tallySubmitted"),
            cell: ({ tally }) => <Bar part={tally.submitted} whole={tally.assigned} label={t("tallySubmitted")} />,
          },
          { title: t("onTime"), number: true, cell: ({ tally }) => count(tally.on_time) },
          { title: t("late"), number: true, cell: ({ tally }) => count(tally.late) },
          { title: t("stateApproved"), number: true, cell: ({ tally }) => count(tally.approved) },
          { title: t("stateReceived"), number: true, cell: ({ tally }) => count(tally.received) },
          { title: t("stateReturned"), number: true, cell: ({ tally }) => count(tally.returned) },
          { title: t("acts"), acts: true, cell: (period) => <PeriodActs period={period} assignment={assignment} ask={setAsked} /> },
        ]}
      />
      {asked?.what === "reopen" && <ReopenPeriod assignment={assignment} period={asked.period} onClose={close} />}
      {asked?.what === "except" && <PeriodException assignment={assignment} period={asked.period} onClose={close} />}
    </>
  );
}
