import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Grid, Popover, Skeleton, Space } from "antd";
import { Link } from "wouter";
import { tasks, type Task, type TaskQuery } from "../api/tasks.ts";
import { formatDate, formatPeriod } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { serverNow } from "../session/clock.ts";
import { useWords, type Word } from "../words/words.tsx";
import { queryOf } from "./filters.ts";
import { addMonths, dayOf, daysOf, dueDay, monthOf, weeksOf } from "./month-rules.ts";
import { timelinessLooks, TimelinessSign } from "./task-signs.tsx";
import { tasksKey } from "./use-tasks.ts";

const MOST = 1000;
const SHOWN = 3;
const PAGE = 200;
const weekdays: Word[] = [
  "taskWeekdayMon",
  "taskWeekdayTue",
  "taskWeekdayWed",
  "taskWeekdayThu",
  "taskWeekdayFri",
  "taskWeekdaySat",
  "taskWeekdaySun",
];

/** All that is due in a range of days, up to a thousand. */
async function allDue(query: TaskQuery): Promise<{ items: Task[]; cut: boolean }> {
  const items: Task[] = [];
  let after: string | undefined;
  do {
    const page = await tasks.page({ ...query, after, limit: PAGE });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after && items.length < MOST);
  return { items, cut: after !== undefined };
}

function byDay(items: Task[]): Map<string, Task[]> {
  const days = new Map<string, Task[]>();
  for (const task of items) {
    if (!task.deadline) continue;
    const day = dueDay(task.deadline);
    days.set(day, [...(days.get(day) ?? []), task]);
  }
  return days;
}

/** The deadlines of a month, on the day on which each can last be met. */
export default function MonthView() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const now = monthOf(serverNow());
  const kept = place.get("month");
  const month = kept && /^\d{4}-(0[1-9]|1[0-2])$/.test(kept) ? kept : now;
  const { first, last } = daysOf(month);
  const query = { ...queryOf(place), due_from: first, due_to: last, sort: "due" };
  const due = useQuery({ queryKey: [...tasksKey, "month", query], queryFn: () => allDue(query), placeholderData: (old) => old });
  const turn = (to: string) => setPlace({ month: to === now ? null : to });
  const days = byDay(due.data?.items ?? []);
  return (
    <>
      <Space wrap className="stacked">
        <Button className="no-print" icon={<LeftOutlined />} aria-label={t("taskMonthEarlier")} onClick={() => turn(addMonths(month, -1))} />
        <strong aria-live="polite">{formatPeriod(month, t)}</strong>
        <Button className="no-print" icon={<RightOutlined />} aria-label={t("taskMonthLater")} onClick={() => turn(addMonths(month, 1))} />
        <Button className="no-print" onClick={() => turn(now)}>
          {t("taskToday")}
        </Button>
        {due.data && <span className="work-facts">{t("taskCount", { n: `${due.data.items.length}${due.data.cut ? "+" : ""}` })}</span>}
      </Space>
      {due.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {due.isError && <Failure error={due.error} retry={() => void due.refetch()} />}
      {due.data && (narrow ? <Agenda days={days} /> : <Month month={month} days={days} />)}
    </>
  );
}

function Item({ task }: { task: Task }) {
  const t = useWords();
  const look = timelinessLooks[task.timeliness];
  return (
    <Link href={`/tasks/${task.id}`} className={`task-due edge-${look.tone}`} title={`${task.title} · ${task.lead.name} · ${t(look.word)}`}>
      <span className={`tone-${look.tone}`} aria-hidden="true">
        {look.icon}
      </span>{" "}
      {task.title}
      <span className="visually-hidden">, {t(look.word)}</span>
    </Link>
  );
}

function Month({ month, days }: { month: string; days: Map<string, Task[]> }) {
  const t = useWords();
  const today = dayOf(serverNow());
  return (
    <div className="scroll-box" tabIndex={0} role="region" aria-label={t("taskMonthSaid", { month: formatPeriod(month, t) })}>
      <table className="task-month">
        <thead>
          <tr>
            {weekdays.map((word) => (
              <th key={word} scope="col">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]!.day}>
              {week.map(({ day, inside }) => (
                <td key={day} className={`${inside ? "" : "outside"}${day === today ? " today" : ""}`} aria-current={day === today ? "date" : undefined}>
                  {inside && <Cell day={day} tasks={days.get(day) ?? []} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ day, tasks: list }: { day: string; tasks: Task[] }) {
  const t = useWords();
  const rest = list.length - SHOWN;
  const items = (some: Task[]) => (
    <ul className="plain-list">
      {some.map((task) => (
        <li key={task.id}>
          <Item task={task} />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <span className="task-day">{Number(day.slice(8))}</span>
      {list.length > 0 && items(rest > 1 ? list.slice(0, SHOWN) : list)}
      {rest > 1 && (
        <Popover trigger="click" title={t("taskDayTasks", { n: list.length, date: formatDate(day) })} content={<div className="task-day-list">{items(list)}</div>}>
          <button type="button" className="link-button">
            {t("taskMonthMore", { n: rest })}
          </button>
        </Popover>
      )}
    </>
  );
}

/** On a phone: the days on which something is due, one after the other. */
function Agenda({ days }: { days: Map<string, Task[]> }) {
  const t = useWords();
  const ordered = [...days].sort(([a], [b]) => a.localeCompare(b));
  if (ordered.length === 0) return <p>{t("taskMonthNone")}</p>;
  return (
    <div className="task-agenda">
      {ordered.map(([day, list]) => (
        <section key={day} aria-label={t("taskDayTasks", { n: list.length, date: formatDate(day) })}>
          <h2>{formatDate(day)}</h2>
          <ul className="plain-list">
            {list.map((task) => (
              <li key={task.id}>
                <Link href={`/tasks/${task.id}`}>{task.title}</Link>
                <span className="second-line">
                  {task.lead.name} · <TimelinessSign timeliness={task.timeliness} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
