import { Link } from "wouter";
import { Countdown } from "../parts/countdown.tsx";
import { State, type Tone } from "../parts/state.tsx";
import { taskPeriod } from "../task/task-words.ts";
import { useWords } from "../words/words.tsx";
import { waitWords } from "./task-wait.ts";
import type { TaskWait } from "./work.ts";

const tones: Record<TaskWait["kind"], Tone> = { explain: "late", confirm: "info", decide: "info", report: "none", late: "late", due_soon: "soon" };

const FIRST = 5;

/** The list where the rest of a kind stands. */
const further: Partial<Record<TaskWait["kind"], string>> = { late: "/tasks?timeliness=overdue", due_soon: "/tasks?timeliness=due_soon" };

/** Tasks that wait for the person, grouped by what is to be done about them. */
export function TaskWork({ waits }: { waits: TaskWait[] }) {
  const t = useWords();
  const kinds = [...new Set(waits.map((wait) => wait.kind))];
  return (
    <section aria-label={t("taskWork")}>
      <h2>{t("taskWork")}</h2>
      <div className="work-tasks">
        {kinds.map((kind) => {
          const some = waits.filter((wait) => wait.kind === kind);
          const rest = some.length > FIRST ? further[kind] : undefined;
          return (
            <div key={kind}>
              <h3>
                <State tone={tones[kind]}>
                  {t(waitWords[kind])} ({some.length})
                </State>
              </h3>
              <ul className="plain-list">
                {(rest ? some.slice(0, FIRST) : some).map((wait) => (
                  <li key={`${wait.task.id} ${wait.period ?? ""}`}>
                    <Link href={`/tasks/${wait.task.id}`}>{wait.task.title}</Link>
                    <span className="second-line">
                      {wait.period && `${taskPeriod(wait.period, t)} · `}
                      {wait.task.lead.name}
                    </span>
                    {wait.deadline && kind !== "confirm" && kind !== "decide" && <Countdown deadline={wait.deadline} />}
                  </li>
                ))}
              </ul>
              {rest && <Link href={rest}>{t("loadMore")}</Link>}
            </div>
          );
        })}
      </div>
    </section>
  );
}
