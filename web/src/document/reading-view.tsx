import { useQuery } from "@tanstack/react-query";
import { Alert, Progress, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { documents, readings, type Accepted, type Reading } from "../api/documents.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { storageKey } from "./correction.ts";
import { CorrectionView } from "./correction-view.tsx";
import { DocumentTasks } from "./document-tasks.tsx";
import { dayOf, nameOf } from "./document-words.ts";
import { ReadingStateSign } from "./reading-list.tsx";

/** How often to ask how many pages are read: the live stream tells of the end only. */
const POLL_MS = 1_500;

function Waiting({ reading }: { reading: Reading }) {
  const t = useWords();
  const { pages_done: done, pages_total: total } = reading;
  return (
    <div className="reading-progress" role="status">
      <p>
        {reading.state === "waiting"
          ? t("readingWaitingLong")
          : total > 0
            ? t("readingPagesLong", { done, total })
            : t("readingRunning")}
      </p>
      <Progress percent={total > 0 ? Math.round((done * 100) / total) : 0} status="active" aria-label={t("readingProgress")} />
      <p className="work-facts">{t("readingLeaveHint")}</p>
    </div>
  );
}

/** What was made of the letter, and at whom the tasks are. */
function Made({ id }: { id: string }) {
  const t = useWords();
  const query = useQuery({ queryKey: ["documents", "one", id], queryFn: () => documents.one(id) });
  if (query.isPending) return <Skeleton active />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <section>
      <h2>
        <Link href={`/documents/${id}`}>{nameOf(query.data, t)}</Link>
      </h2>
      <p className="work-facts">{[dayOf(query.data, t), query.data.issuer, query.data.subject].filter(Boolean).join(" · ")}</p>
      <DocumentTasks document={query.data} />
    </section>
  );
}

function acceptedKey(account: string, reading: string): string {
  return `${storageKey(account, reading)}.accepted`;
}

function Settled({ reading, accepted }: { reading: Reading; accepted: Accepted | null }) {
  const t = useWords();
  return (
    <>
      <Alert
        type="success"
        showIcon
        className="stacked"
        title={
          accepted
            ? t("readingAcceptedSaid", { documents: accepted.documents.length, tasks: accepted.tasks.length })
            : t("readingAcceptedAt", { at: formatTime(reading.accepted_at) })
        }
        action={<Link href="/documents">{t("documentBack")}</Link>}
      />
      {accepted?.documents.map((id) => <Made key={id} id={id} />)}
    </>
  );
}

/** A letter from the drop to its tasks: read page by page, corrected beside its text, accepted. */
export default function ReadingView({ id }: { id: string }) {
  const t = useWords();
  const { account } = useSession();
  const [accepted, setAccepted] = useState<Accepted | null>(
    () => JSON.parse(localStorage.getItem(acceptedKey(account.id, id)) ?? "null") as Accepted | null,
  );
  const query = useQuery({
    queryKey: ["readings", "one", id],
    queryFn: () => readings.one(id),
    /* A correction is under way: the same reading must not come anew below it. */
    staleTime: 300_000,
    refetchInterval: (q) => {
      const state = q.state.data?.state;
      return state === "waiting" || state === "running" ? POLL_MS : false;
    },
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const reading = query.data;
  const settled = reading.accepted_at !== null || accepted !== null;
  const onAccepted = (made: Accepted) => {
    localStorage.setItem(acceptedKey(account.id, id), JSON.stringify(made));
    setAccepted(made);
  };
  return (
    <>
      <Link href="/documents?tab=readings" className="no-print">
        ← {t("readingBack")}
      </Link>
      <div className="screen-head">
        <h1>
          {reading.name} {reading.from_picture && <Tag color="warning">{t("readingFromPicture")}</Tag>}
        </h1>
        <Space>
          <span className="work-facts">{reading.unit.name}</span>
          <ReadingStateSign reading={reading} />
        </Space>
      </div>
      {settled ? (
        <Settled reading={reading} accepted={accepted} />
      ) : reading.state === "done" ? (
        <CorrectionView key={`${reading.id}-${reading.version}`} reading={reading} onAccepted={onAccepted} />
      ) : reading.state === "failed" ? (
        <Alert type="error" showIcon title={reading.problem ?? t("readingFailed")} description={t("readingFailedHint")} />
      ) : (
        <Waiting reading={reading} />
      )}
    </>
  );
}
