import { Button, Empty, Segmented, Skeleton, Space } from "antd";
import { Link } from "wouter";
import type { FigureBy, FigureRow, Figures } from "../api/tasks.ts";
import { formatCount, formatShare } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { Failure } from "../parts/failure.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useLanguage, useWords, type Word } from "../words/words.tsx";
import { completedOf, openOf } from "./figure-rules.ts";
import { useTaskFigures } from "./use-figures.ts";

const byWords: Record<FigureBy, Word> = { unit: "taskFiguresByUnit", programme: "taskFiguresByProgramme", field: "taskFiguresByField" };
const bys = Object.keys(byWords) as FigureBy[];

/** The Government's frame: total = completed (on time + late) + not completed (in time + overdue). */
export default function FiguresView() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const session = useSession();
  const by = bys.find((one) => one === place.get("by")) ?? "unit";
  const unit = place.get("unit") ?? homeUnit(session).id;
  const query = useTaskFigures({ unit_id: unit, by, from: place.get("from") ?? undefined, to: place.get("to") ?? undefined });
  return (
    <>
      <div className="filters no-print">
        <UnitPicker root={homeUnit(session)} label={t("unit")} value={unit} onChange={(next) => setPlace({ unit: next })} />
        <DayPicker label={t("taskDueFrom")} placeholder={t("taskDueFrom")} value={place.get("from")} onChange={(from) => setPlace({ from })} />
        <DayPicker label={t("taskDueTo")} placeholder={t("taskDueTo")} value={place.get("to")} onChange={(to) => setPlace({ to })} />
      </div>
      <Space wrap className="stacked no-print">
        <Segmented<FigureBy>
          aria-label={t("taskFiguresBy")}
          value={by}
          onChange={(next) => setPlace({ by: next === "unit" ? null : next })}
          options={bys.map((value) => ({ value, label: t(byWords[value]) }))}
        />
        <Button onClick={() => window.print()}>{t("print")}</Button>
      </Space>
      {query.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && query.data.sum.total === 0 && <Empty description={t("taskFiguresNone")} />}
      {query.data && query.data.sum.total > 0 && (
        <>
          <FigureSum sum={query.data.sum} />
          <FrameTable rows={query.data.rows} sum={query.data.sum} by={by} unit={unit} />
        </>
      )}
    </>
  );
}

/** The numbers of the frame with their shares; those behind the first add up to it. */
export function FigureSum({ sum }: { sum: Figures }) {
  const t = useWords();
  const language = useLanguage();
  const figures: { word: Word; part: number; tone: string }[] = [
    { word: "taskFiguresTotal", part: sum.total, tone: "none" },
    { word: "taskCompletedOnTime", part: sum.completed_on_time, tone: "done" },
    { word: "taskCompletedLate", part: sum.completed_late, tone: "late" },
    { word: "taskInTime", part: sum.open_in_time, tone: "info" },
    { word: "taskOverdue", part: sum.overdue, tone: "late" },
    ...(sum.paused > 0 ? [{ word: "taskStatePaused" as const, part: sum.paused, tone: "soon" }] : []),
  ];
  return (
    <dl className="task-sum">
      {figures.map(({ word, part, tone }) => (
        <div key={word} className={`edge-${tone}`}>
          <dt>{t(word)}</dt>
          <dd className="figure">
            <strong>{formatCount(part, language)}</strong>
            {word !== "taskFiguresTotal" && <small> {formatShare(part, sum.total, language)}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Key = keyof Pick<Figures, "completed_on_time" | "completed_late" | "open_in_time" | "overdue" | "without_deadline" | "paused">;
const filterOf: Partial<Record<Key, string>> = {
  completed_on_time: "timeliness=completed_on_time",
  completed_late: "timeliness=completed_late",
  overdue: "timeliness=overdue",
  paused: "state=paused",
};

/** The address of the tasks behind a number. */
function listOf(by: FigureBy, unit: string, row: FigureRow | null, filter = ""): string {
  const search = new URLSearchParams(filter);
  search.set("unit", by === "unit" && row?.key ? row.key : unit);
  search.set("part", row?.own ? "lead" : "within");
  if (by !== "unit" && row?.key) search.set(by, row.key);
  return `/tasks?${search.toString()}`;
}

function FrameTable({ rows, sum, by, unit }: { rows: FigureRow[]; sum: Figures; by: FigureBy; unit: string }) {
  const t = useWords();
  const language = useLanguage();
  const count = (value: number) => (value === 0 ? <span className="no-figure">0</span> : formatCount(value, language));
  const linked = (value: number, whole: FigureRow | null, filter?: string) => (
    <td className="number">{filter && value > 0 ? <Link href={listOf(by, unit, whole, filter)}>{count(value)}</Link> : count(value)}</td>
  );
  const cell = (row: Figures, key: Key, whole: FigureRow | null) => linked(row[key], whole, filterOf[key]);
  const line = (row: Figures, whole: FigureRow | null) => (
    <>
      <td className="number">{count(row.total)}</td>
      {linked(completedOf(row), whole, "state=completed")}
      {cell(row, "completed_on_time", whole)}
      {cell(row, "completed_late", whole)}
      {linked(openOf(row), whole, "state=unfinished")}
      {cell(row, "open_in_time", whole)}
      {cell(row, "overdue", whole)}
      {cell(row, "without_deadline", whole)}
      {cell(row, "paused", whole)}
    </>
  );
  return (
    <>
      <div className="scroll-box" tabIndex={0} role="region" aria-label={t("taskViewFigures")}>
        <table className="sheet task-frame">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t(byWords[by])}
              </th>
              <th scope="col" rowSpan={2} className="number">
                {t("taskFiguresAll")}
              </th>
              <th scope="colgroup" colSpan={3}>
                {t("taskFiguresCompleted")}
              </th>
              <th scope="colgroup" colSpan={5}>
                {t("taskFiguresOpen")}
              </th>
            </tr>
            <tr>
              {(
                [
                  "taskFiguresSum",
                  "taskFiguresOnTime",
                  "taskFiguresLate",
                  "taskFiguresSum",
                  "taskFiguresInTime",
                  "taskFiguresOverdue",
                  "taskFiguresNoDeadline",
                  "taskFiguresPaused",
                ] as Word[]
              ).map((word, i) => (
                <th key={i} scope="col" className="number">
                  {t(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.key} ${row.own}`}>
                <th scope="row" className="wide">
                  {row.key ? (
                    <Link href={listOf(by, unit, row)}>{row.own ? t("taskFiguresOwn", { name: row.name }) : row.name}</Link>
                  ) : (
                    t("taskFiguresOther")
                  )}
                </th>
                {line(row, row)}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("taskFiguresSum")}</th>
              {line(sum, null)}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="work-facts">{t("taskFiguresNote")}</p>
    </>
  );
}
