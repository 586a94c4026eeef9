import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Empty, Segmented, Skeleton, Space } from "antd";
import { Link } from "wouter";
import type { Task } from "../api/tasks.ts";
import { formatDate, formatPeriod } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { useNow } from "../session/clock.ts";
import { useWords, type Word } from "../words/words.tsx";
import { filterCount, queryOf } from "./filters.ts";
import { addMonths, monthOf } from "./month-rules.ts";
import { shownPercent, TaskStateSign, timelinessLooks, TimelinessSign } from "./task-signs.tsx";
import { barOf, placeIn, spanOf, spans, ticksOf, type Bar, type Span, type Tick } from "./timeline-rules.ts";
import { useTaskPages } from "./use-tasks.ts";

const PAGE = 100;
const spanWords: Record<(typeof spans)[number], Word> = { 3: "taskTimelineQuarter", 6: "taskTimelineHalf", 12: "taskTimelineYear" };

/** The window in view: its first month and its length, from the address; at first one month before now. */
function useSpan(now: number) {
  const [place, setPlace] = usePlace();
  const wanted = Number(place.get("span"));
  const months = spans.find((one) => one === wanted) ?? 6;
  const kept = place.get("first");
  const first = kept && /^\d{4}-(0[1-9]|1[0-2])$/.test(kept) ? kept : addMonths(monthOf(now), months === 3 ? -1 : -2);
  return { months, first, span: spanOf(first, months), change: setPlace };
}

/** Bars of work along the calendar with deadlines marked and a line for today; the red part is what went beyond. */
export default function TimelineView() {
  const t = useWords();
  const now = useNow(60_000);
  const [place] = usePlace();
  const { months, first, span, change } = useSpan(now);
  const { pages, items } = useTaskPages({ ...queryOf(place), sort: "due", limit: PAGE });
  const ticks = ticksOf(span);
  return (
    <>
      <Space wrap className="stacked no-print">
        <Button icon={<LeftOutlined />} aria-label={t("taskTimelineEarlier")} onClick={() => change({ first: addMonths(first, -1) })} />
        <Button onClick={() => change({ first: null })}>{t("taskToday")}</Button>
        <Button icon={<RightOutlined />} aria-label={t("taskTimelineLater")} onClick={() => change({ first: addMonths(first, 1) })} />
        <Segmented
          aria-label={t("taskTimelineSpan")}
          value={months}
          onChange={(next) => change({ span: next === 6 ? null : String(next) })}
          options={spans.map((value) => ({ value, label: t(spanWords[value]) }))}
        />
      </Space>
      {pages.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && items.length === 0 && <Empty description={t(filterCount(place) ? "taskNone" : "taskNoneYet")} />}
      {items.length > 0 && (
        <div className="task-timeline">
          <Months ticks={ticks} span={span} now={now} />
          <ul className="plain-list">
            {items.map((task) => (
              <Row key={task.id} task={task} span={span} ticks={ticks} now={now} />
            ))}
          </ul>
        </div>
      )}
      {items.length > 0 && <p className="work-facts">{t("taskTimelineLegend")}</p>}
      {pages.hasNextPage && (
        <Button className="more-button no-print" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}

const per = (value: number) => `${value.toFixed(3)}%`;

function Months({ ticks, span, now }: { ticks: Tick[]; span: Span; now: number }) {
  const t = useWords();
  const today = placeIn(span, now);
  return (
    <div className="task-timeline-head" aria-hidden="true">
      <span />
      <svg width="100%" height={34} className="task-axis">
        {ticks.map((tick, i) => (
          <g key={tick.month}>
            <line x1={per(tick.at)} x2={per(tick.at)} y1={18} y2={34} />
            {(ticks.length <= 6 || i % 2 === 0) && (
              <svg x={per(tick.at)} overflow="visible">
                <text x={4} y={31}>
                  {`${Number(tick.month.slice(5))}/${tick.month.slice(2, 4)}`}
                  <title>{formatPeriod(tick.month, t)}</title>
                </text>
              </svg>
            )}
          </g>
        ))}
        {today >= 0 && today <= 100 && (
          <svg x={per(today)} overflow="visible">
            <text x={0} y={11} textAnchor={today > 85 ? "end" : today < 15 ? "start" : "middle"} className="task-today-word">
              {t("taskToday")}
            </text>
          </svg>
        )}
      </svg>
    </div>
  );
}

function Row({ task, span, ticks, now }: { task: Task; span: Span; ticks: Tick[]; now: number }) {
  const t = useWords();
  const bar = barOf(task, span, now);
  const from = formatDate(task.created_at);
  const said = task.deadline
    ? t("taskTimelineSaid", {
        title: task.title,
        from,
        deadline: task.deadline.wording,
        timeliness: t(timelinessLooks[task.timeliness].word),
      })
    : t("taskTimelineOpenEnd", { title: task.title, from });
  return (
    <li className="task-timeline-row">
      <div className="task-timeline-name">
        <Link href={`/tasks/${task.id}`} title={task.title}>
          {task.title}
        </Link>
        <span className="work-facts">
          {task.lead.name} · {task.timeliness === "none" ? <TaskStateSign state={task.state} /> : <TimelinessSign timeliness={task.timeliness} />}
        </span>
      </div>
      <svg width="100%" role="img" aria-label={said}>
        <title>{said}</title>
        {ticks.map((tick) => (
          <line key={tick.month} className="task-grid" x1={per(tick.at)} x2={per(tick.at)} y1="0" y2="100%" />
        ))}
        <svg y="50%">
          <BarShape bar={bar} task={task} />
        </svg>
        <Today at={placeIn(span, now)} />
      </svg>
    </li>
  );
}

function BarShape({ bar, task }: { bar: Bar; task: Task }) {
  if (bar.before || bar.after) {
    return (
      <svg x={bar.before ? "0" : "100%"}>
        <path className="task-outside" d={bar.before ? "M10 -5 L2 0 L10 5 Z" : "M-10 -5 L-2 0 L-10 5 Z"} />
      </svg>
    );
  }
  const whole = bar.late ? bar.late.x - bar.x : bar.width;
  return (
    <>
      <rect className={`task-bar ${task.state}`} x={per(bar.x)} width={per(Math.max(bar.width, 0.4))} y={-6} height={12} rx={2} />
      <rect className={`task-bar-done ${task.state}`} x={per(bar.x)} width={per((Math.max(whole, 0) * shownPercent(task)) / 100)} y={-6} height={12} rx={2} />
      {bar.late && <rect className="task-bar-late" x={per(bar.late.x)} width={per(bar.late.width)} y={-6} height={12} rx={2} />}
      {bar.deadline !== null && (
        <svg x={per(bar.deadline)}>
          <path className={bar.late ? "task-mark late" : "task-mark"} d="M0 -8 L7 0 L0 8 L-7 0 Z" />
        </svg>
      )}
    </>
  );
}

function Today({ at }: { at: number }) {
  if (at < 0 || at > 100) return null;
  return <line className="task-today" x1={per(at)} x2={per(at)} y1="0" y2="100%" />;
}
