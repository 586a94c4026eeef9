import { Button, Empty, Select, Skeleton, Space } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { formatCount, formatShare } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { Countdown } from "../parts/countdown.tsx";
import { Failure } from "../parts/failure.tsx";
import { PeriodPicker } from "../parts/period-picker.tsx";
import { SubmissionStateTag } from "../parts/state.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { UnitTrail } from "../parts/unit-trail.tsx";
import { homeUnit, useMay, useSession } from "../session/session.tsx";
import { UnitDrawerLater } from "../submission/unit-drawer-later.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { HeatMap } from "./heat-map.tsx";
import { IndicatorTable } from "./indicator-table.tsx";
import { LateList } from "./late-list.tsx";
import { OverviewPair } from "./overview-pair.tsx";
import type { Overview, OverviewChild } from "./overview-types.ts";
import { useOverview } from "./use-overview.ts";
import "../my-work/my-work.css";
import "../submission/approval.css";
import "./overview.css";

const TaskStanding = lazy(() => import("../task/task-standing.tsx"));

/** Điều hành: how a level stands with a report in a period. */
export default function OverviewScreen() {
  const t = useWords();
  const session = useSession();
  const reads = useMay("figure.read");
  const readsTasks = useMay("task.read");
  const [place, setPlace] = usePlace();
  const unit = place.get("unit") ?? homeUnit(session).id;
  const query = useOverview({ unit, report: place.get("report"), period: place.get("period") });
  const submission = place.get("submission");
  const part = place.get("part");
  const there = query.data !== undefined;
  useEffect(() => {
    if (there && part) document.getElementById(part)?.scrollIntoView();
  }, [there, part]);

  const overview = query.data;
  const goUnit = (id: string) => setPlace({ unit: id, submission: null, part: null });
  const open = (child: OverviewChild) => {
    if (child.assignment_id) goUnit(child.unit.id);
    else if (child.submission_id && reads) setPlace({ submission: child.submission_id });
  };
  return (
    <>
      <div className="screen-bar">
        <h1>{t("screenOverview")}</h1>
        {overview && (
          <>
            <span className="head-picker">
              <UnitPicker root={homeUnit(session)} value={overview.unit.id} onChange={(id) => id && goUnit(id)} />
            </span>
            {overview.reports.length > 1 && (
              <Select
                value={overview.report?.id}
                aria-label={t("reportColumn")}
                style={{ minWidth: 220, maxWidth: "100%" }}
                options={overview.reports.map((report) => ({ value: report.id, label: report.title }))}
                onChange={(value) => setPlace({ report: value, period: null })}
              />
            )}
            <PeriodPicker periods={overview.periods} value={overview.period} onChange={(period) => setPlace({ period })} />
          </>
        )}
      </div>
      {query.isPending && <Skeleton active paragraph={{ rows: 14 }} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {overview && <Body overview={overview} onUnit={goUnit} onChild={open} onSubmission={(id) => reads && setPlace({ submission: id })} />}
      {readsTasks && (
        <Suspense fallback={null}>
          <TaskStanding unit={unit} />
        </Suspense>
      )}
      <UnitDrawerLater
        submission={submission}
        exception={false}
        before={null}
        after={null}
        onOpen={(id) => setPlace({ submission: id })}
        onDone={() => setPlace({ submission: null })}
        onClose={() => setPlace({ submission: null })}
      />
    </>
  );
}

type BodyProps = {
  overview: Overview;
  onUnit: (unit: string) => void;
  onChild: (child: OverviewChild) => void;
  onSubmission: (submission: string) => void;
};

function Body({ overview, onUnit, onChild, onSubmission }: BodyProps) {
  const t = useWords();
  if (!overview.report) return <Empty description={t("overviewNone")} />;
  return (
    <div className="overview">
      <div className="screen-bar">
        <UnitTrail unit={overview.unit} onGo={(unit) => onUnit(unit.id)} />
        <span className="work-facts">{overview.report.title}</span>
      </div>
      <Standing overview={overview} onSubmission={onSubmission} />
      {overview.children.length > 0 && (
        <OverviewPair overview={overview} onChild={onChild}>
          <LateList late={overview.late} units={overview.children} onOpen={onSubmission} />
        </OverviewPair>
      )}
      <IndicatorTable overview={overview} />
      {overview.children.length > 0 && <HeatMap overview={overview} onOpen={onChild} />}
    </div>
  );
}

function Standing({ overview, onSubmission }: { overview: Overview; onSubmission: (submission: string) => void }) {
  const t = useWords();
  const language = useLanguage();
  const go = useGo();
  const approves = useSession().screens.includes("approval");
  const { tally, below, parts } = overview;
  const deadlines = parts.map((part) => part.deadline).filter((one, i, all) => all.findIndex((other) => other.before === one.before) === i);
  const due = overview.late.some((unit) => unit.standing === "missing");
  const figures: [string, number, number, string][] = tally
    ? [
        [t("completeness"), tally.submitted, tally.assigned, tally.submitted === tally.assigned ? "done" : "info"],
        [t("timeliness"), tally.on_time, tally.assigned, tally.late > 0 ? "late" : "info"],
        [t("stateApproved"), tally.approved, tally.assigned, tally.approved === tally.assigned ? "done" : "info"],
        [t("stateReceived"), tally.received, tally.assigned, tally.received === tally.assigned ? "done" : "info"],
        [t("stillMissing"), tally.assigned - tally.submitted, tally.assigned, tally.submitted === tally.assigned ? "done" : due ? "late" : "soon"],
        ...(below ? ([[t("belowSubmitted"), below.submitted, below.assigned, "info"]] as [string, number, number, string][]) : []),
      ]
    : [];
  return (
    <>
      <div className="screen-bar">
        {deadlines.length > 0 && (
          <span>
            {t("deadlineBelow")}: {deadlines.map((one) => <Countdown key={one.before} deadline={one} />)}
          </span>
        )}
        {overview.own_deadline && (
          <span>
            {t("deadlineOwn")}: <Countdown deadline={overview.own_deadline} /> {overview.own_state && <SubmissionStateTag state={overview.own_state} />}
          </span>
        )}
        <span className="grow" />
        <Space className="no-print" wrap>
          {overview.own_submission_id && <Button onClick={() => onSubmission(overview.own_submission_id!)}>{t("ownSubmission")}</Button>}
          {approves &&
            parts.map((part) => (
              <Button key={part.assignment_id} onClick={() => go(`/approval?assignment=${part.assignment_id}&period=${overview.period}`)}>
                {parts.length > 1 ? `${t("openMatrix")}: ${part.deadline.wording}` : t("openMatrix")}
              </Button>
            ))}
          <Button onClick={() => window.print()}>{t("print")}</Button>
        </Space>
      </div>
      {figures.length > 0 && (
        <dl className="overview-figures">
          {figures.map(([name, part, whole, tone]) => (
            <div key={name} className={`edge-${tone}`}>
              <dt>{name}</dt>
              <dd className="figure">
                <strong>{formatCount(part, language)}</strong>/{formatCount(whole, language)}
                <small>{formatShare(part, whole, language)}</small>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
