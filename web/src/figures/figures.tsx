import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Select, Skeleton } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import type { Cell, Indicator, Target, UnitRef } from "../api/types.ts";
import { formatDate, formatNumber, formatPeriod } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { FigureLabel, IndicatorTable } from "../overview/indicator-table.tsx";
import { useOverview } from "../overview/use-overview.ts";
import { CellValue, targetText, TargetMark } from "../parts/cell-value.tsx";
import { DayPicker } from "../parts/day-picker.tsx";
import { Failure } from "../parts/failure.tsx";
import { PeriodPicker } from "../parts/period-picker.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { UnitTrail } from "../parts/unit-trail.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { targetReached } from "../submission/cell-input.ts";
import { UnitDrawer } from "../submission/unit-drawer.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import type { Overview } from "../overview/overview-types.ts";
import { FigureRows, type FigureRow } from "./figure-rows.tsx";
import { rollUp, type Total } from "./roll-up.ts";
import "../my-work/my-work.css";
import "../submission/approval.css";
import "./figures.css";

type Figures = {
  unit: UnitRef;
  report: { id: string; code: string; title: string };
  indicator: Indicator;
  period: string;
  figure: FigureRow;
  provisional: Cell | null;
  approved: Cell | null;
  children: FigureRow[];
};

/** Tổng hợp: from a figure down to the cells it is made of. */
export default function FiguresScreen() {
  const t = useWords();
  const session = useSession();
  const [place, setPlace] = usePlace();
  const unit = place.get("unit") ?? homeUnit(session).id;
  const overview = useOverview({ unit, report: place.get("report"), period: place.get("period") });
  const indicator = place.get("indicator");
  const asOf = place.get("as_of");
  const data = overview.data;
  return (
    <>
      <div className="screen-bar">
        <h1>{t("screenFigures")}</h1>
        {data && (
          <>
            <span className="head-picker">
              <UnitPicker root={homeUnit(session)} value={data.unit.id} onChange={(id) => id && setPlace({ unit: id })} />
            </span>
            {data.reports.length > 1 && (
              <Select
                value={data.report?.id}
                aria-label={t("reportColumn")}
                style={{ minWidth: 220, maxWidth: "100%" }}
                options={data.reports.map((report) => ({ value: report.id, label: report.title }))}
                onChange={(value) => setPlace({ report: value, period: null, indicator: null })}
              />
            )}
            <PeriodPicker periods={data.periods} value={data.period} onChange={(period) => setPlace({ period })} />
            <span className="as-of">
              <DayPicker value={asOf} label={t("drillAsOf")} placeholder={t("drillNow")} onChange={(day) => setPlace({ as_of: day })} />
            </span>
            <span className="grow" />
            <Button className="no-print" onClick={() => window.print()}>
              {t("print")}
            </Button>
          </>
        )}
      </div>
      {overview.isPending && <Skeleton active paragraph={{ rows: 12 }} />}
      {overview.isError && <Failure error={overview.error} retry={() => void overview.refetch()} />}
      {data && (!data.report || !data.period) && <Empty description={t("drillNone")} />}
      {data?.report && data.period && (
        <>
          <div className="screen-bar">
            <UnitTrail unit={data.unit} onGo={(one) => setPlace({ unit: one.id })} />
            <Select
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              value={indicator ?? undefined}
              placeholder={t("drillPick")}
              aria-label={t("drillPick")}
              style={{ flex: "1 1 280px", minWidth: 0, maxWidth: "min(640px, 100%)" }}
              options={data.indicators.map((one) => ({ value: one.indicator.id, label: `${one.indicator.code} ${one.indicator.name}` }))}
              onChange={(value?: string) => setPlace({ indicator: value ?? null })}
            />
          </div>
          {indicator ? (
            <Drill overview={data} indicator={indicator} asOf={asOf} onUnit={(one) => setPlace({ unit: one.id })} />
          ) : (
            <IndicatorTable overview={data} />
          )}
        </>
      )}
    </>
  );
}

/** Of figures of today only what is handed in counts: what was taken back or returned counts in no total. */
function standing(figures: Figures): Figures {
  const counts = (row: FigureRow): FigureRow =>
    row.state === "draft" || row.state === "returned" ? { ...row, label: "none", cell: null } : row;
  return { ...figures, figure: counts(figures.figure), children: figures.children.map(counts) };
}

type DrillProps = { overview: Overview; indicator: string; asOf: string | null; onUnit: (unit: UnitRef) => void };

function Drill({ overview, indicator, asOf, onUnit }: DrillProps) {
  const t = useWords();
  const [submission, setSubmission] = useState<string | null>(null);
  const key = ["figures", overview.unit.id, overview.report?.id, indicator, overview.period, asOf];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.get<Figures>(
        "/api/figures",
        {
          unit_id: overview.unit.id,
          report_id: overview.report?.id,
          indicator_id: indicator,
          period: overview.period,
          as_of: asOf ? `${asOf}T23:59:59+07:00` : null,
        },
        signal,
      ),
  });
  useLiveRefresh(key, (change) => change.unit_path.startsWith(overview.unit.path) && /^(submission|evidence)\./.test(change.kind));
  if (query.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const figures = asOf ? query.data : standing(query.data);
  const cell = (row: FigureRow) => row.submission_id && setSubmission(row.submission_id);
  return (
    <>
      <Standing figures={figures} overview={overview} asOf={asOf} />
      {asOf && <Alert type="info" showIcon title={t("drillAsOfSaid", { day: formatDate(asOf) })} style={{ marginBottom: 8 }} />}
      {figures.figure.submission_id && (figures.figure.cell || figures.children.length === 0) && (
        <section>
          <h2>{t("drillOwn", { unit: figures.unit.name })}</h2>
          <FigureRows indicator={figures.indicator} states={!asOf} rows={[{ ...figures.figure, has_children: false }]} onDown={onUnit} onCell={cell} />
        </section>
      )}
      {figures.children.length > 0 ? (
        <section>
          <h2>{t("drillChildren", { n: figures.children.length })}</h2>
          <FigureRows indicator={figures.indicator} states={!asOf} rows={figures.children} onDown={onUnit} onCell={cell} />
        </section>
      ) : (
        <p className="work-facts">{t(figures.figure.cell ? "drillNoChildren" : "drillNothing")}</p>
      )}
      <UnitDrawer
        submission={submission}
        exception={false}
        before={null}
        after={null}
        onOpen={setSubmission}
        onDone={() => setSubmission(null)}
        onClose={() => setSubmission(null)}
      />
    </>
  );
}

function fromTotal(total: Total | null, target: Target | null): Cell | null {
  const target_state = total && target ? (targetReached(target, total.value) ? "reached" : "missed") : "none";
  return total && { present: true, nil: false, text: null, note: null, target_state, ...total };
}

/** Approved and provisional beside each other, with what they rest on. */
function Standing({ figures, overview, asOf }: { figures: Figures; overview: Overview; asOf: string | null }) {
  const t = useWords();
  const language = useLanguage();
  const { indicator, children } = figures;
  const approvedRows = children.filter((row) => row.label === "approved");
  const told = children.filter((row) => row.cell !== null);
  const known = overview.indicators.find((one) => one.indicator.id === indicator.id);
  const target = known?.target ?? null;
  const approved = asOf ? fromTotal(rollUp(indicator, approvedRows.map((row) => row.cell)), target) : figures.approved;
  const provisional = asOf ? fromTotal(rollUp(indicator, children.map((row) => row.cell)), target) : figures.provisional;
  const boxes: ["approved" | "provisional", Cell | null][] = [
    ["approved", approved],
    ["provisional", provisional],
  ];
  return (
    <section className="figure-standing">
      <h2>
        {indicator.code} {indicator.name} ({indicator.unit_of_measure}) · {formatPeriod(figures.period, t)}
      </h2>
      {indicator.definition && <p className="work-facts">{indicator.definition}</p>}
      {children.length > 0 && (
        <div className="figure-boxes">
          {boxes.map(([label, cell]) => (
            <div key={label}>
              <FigureLabel label={label} />
              <strong className="figure">
                <CellValue cell={cell} indicator={indicator} /> <TargetMark state={cell?.target_state} />
              </strong>
              <span className="work-facts figure">
                {cell?.numerator ? `${formatNumber(cell.numerator, language)} / ${formatNumber(cell.denominator, language)}` : "\u00a0"}
              </span>
            </div>
          ))}
          <div>
            <span className="work-facts">{t("targetColumn")}</span>
            <strong className="figure">{targetText(target, language) || "–"}</strong>
            <span className="work-facts">{t("drillFrom", { n: told.length, approved: approvedRows.length })}</span>
          </div>
          {known && (
            <div>
              <span className="work-facts">{t("trend12")}</span>
              <Sparkline values={known.trend.map((point) => point.value)} target={target?.value} width={190} height={44} />
            </div>
          )}
        </div>
      )}
    </section>
  );
}
