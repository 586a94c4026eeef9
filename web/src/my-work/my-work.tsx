import { Empty, Skeleton } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { formatDate } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { unsentCounts } from "../submission/draft-queue.ts";
import { useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { ApproveList } from "./approve-list.tsx";
import { CollectCardView } from "./collect-card.tsx";
import { FormCardView } from "./form-card.tsx";
import { LeaderFigures } from "./leader-figures.tsx";
import { RecentEvents } from "./recent-events.tsx";
import { TaskWork } from "./task-work.tsx";
import { isDue, useMyWork, type CollectCard, type FormCard, type MyWork } from "./work.ts";
import "./my-work.css";

const LeaderOverview = lazy(() => import("./leader-overview.tsx"));

/** Việc của tôi: what waits for this person, the nearest 24h00 first. */
export default function MyWorkScreen() {
  const t = useWords();
  const query = useMyWork();
  return (
    <>
      <div className="screen-bar">
        <h1>{t("screenMyWork")}</h1>
      </div>
      {query.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Work work={query.data} />}
    </>
  );
}

const soonest = (a: { deadline: { before: string } }, b: { deadline: { before: string } }) => a.deadline.before.localeCompare(b.deadline.before);

function Work({ work }: { work: MyWork }) {
  const t = useWords();
  const session = useSession();
  const unsent = useMemo(() => unsentCounts(localStorage, session.account.id), [session.account.id, work]);
  const forms = work.cards.filter((card): card is FormCard => card.kind === "entry");
  const approvals = work.cards.filter((card): card is FormCard => card.kind === "approve");
  const collects = work.cards.filter((card): card is CollectCard => card.kind === "collect");
  const due = forms.filter(isDue).sort(soonest);
  const done = forms.filter((card) => !isDue(card)).sort(soonest);
  const units = new Set(forms.map((card) => card.unit.id));
  const tasks = work.tasks ?? [];
  const nothing = work.cards.length === 0 && tasks.length === 0 && !work.leader;
  return (
    <div className="work">
      <p className="work-greeting">
        {session.account.full_name} · {session.account.position ? `${session.account.position} · ` : ""}
        {session.account.unit.name} · {formatDate(work.now)}
      </p>
      {work.leader && <LeaderFigures leader={work.leader} />}
      {nothing && <Empty description={t("workNothing")} />}
      <div className={work.cards.length > 0 || tasks.length > 0 ? "work-pair" : undefined}>
        <div className="work">
          {collects.length > 0 && (
            <section aria-label={t("workCollect")}>
              <h2>{t("workCollect")}</h2>
              <div className="work-cards">
                {collects.sort(soonest).map((card) => (
                  <CollectCardView key={`${card.assignment_id} ${card.period}`} card={card} />
                ))}
              </div>
            </section>
          )}
          {approvals.length > 0 && (
            <section aria-label={t("screenApproval")}>
              <h2>{t(approvals.some((card) => card.state === "submitted") ? "workApprove" : "screenApproval")}</h2>
              <ApproveList cards={approvals} narrow />
            </section>
          )}
          {tasks.length > 0 && <TaskWork waits={tasks} />}
          {forms.length > 0 && (
            <section aria-label={t("workForms")}>
              <h2>{t("workForms")}</h2>
              {due.length === 0 && <p className="work-facts">{t("workFormsDone")}</p>}
              <div className="work-cards">
                {[...due, ...done].map((card) => (
                  <FormCardView key={card.submission_id} card={card} unsent={unsent.get(card.submission_id) ?? 0} showUnit={units.size > 1} />
                ))}
              </div>
            </section>
          )}
        </div>
        {work.events && work.events.length > 0 && <RecentEvents events={work.events} />}
      </div>
      {work.leader?.period && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
          <LeaderOverview leader={work.leader} />
        </Suspense>
      )}
    </div>
  );
}
