import { useQuery } from "@tanstack/react-query";
import { Alert, Progress, Skeleton, Space, Tag } from "antd";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { readings, type DocumentRef, type Reading } from "../api/documents.ts";
import type { Task } from "../api/tasks.ts";
import { formatTime } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { CorrectionView } from "./correction-view.tsx";
import { TaskTable } from "./document-tasks.tsx";
import { dayOf, nameOf } from "./document-words.ts";
import { LetterText } from "./letter-text.tsx";
import { ReadingStateSign } from "./reading-list.tsx";
import { lettersOf } from "./spans.ts";

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

/** The letter with the words of its tasks marked; those of the address ("?from=200&to=300") are shown first. */
function Letter({ reading, tasks }: { reading: Reading; tasks: Task[] }) {
  const t = useWords();
  const go = useGo();
  const [place] = usePlace();
  const letters = useMemo(() => lettersOf(reading.text ?? ""), [reading.text]);
  const marked = useMemo(
    () => tasks.flatMap((task) => (task.source && task.source.end > task.source.start ? [{ ...task.source, name: task.id }] : [])),
    [tasks],
  );
  const from = place.get("from");
  const to = place.get("to");
  const span = useMemo(() => (from && to ? { start: Number(from), end: Number(to) } : null), [from, to]);
  const shown = useMemo(() => (span ? { name: "", scroll: true } : null), [span]);
  return (
    <section>
      <h2>{t("documentText")}</h2>
      <LetterText letters={letters} tasks={marked} shown={shown} span={span} onTask={(id) => go(`/tasks/${id}`)} />
    </section>
  );
}

function RefList({ documents }: { documents: DocumentRef[] }) {
  const t = useWords();
  return (
    <ul className="plain-list">
      {documents.map((one) => (
        <li key={one.id}>
          <Link href={`/documents/${one.id}`}>{nameOf(one, t)}</Link>
          <span className="second-line">{[dayOf(one, t), one.issuer, one.subject].filter(Boolean).join(" · ")}</span>
        </li>
      ))}
    </ul>
  );
}

/** What was made of the letter, at whom the tasks are, and where they stand in it. */
function Settled({ reading }: { reading: Reading }) {
  const t = useWords();
  const query = useQuery({ queryKey: ["readings", "results", reading.id], queryFn: () => readings.results(reading.id) });
  useLiveRefresh(["readings", "results", reading.id], (change) => change.kind.startsWith("task."));
  if (query.isPending) return <Skeleton active />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const { documents: made, tasks } = query.data;
  return (
    <>
      <Alert
        type="success"
        showIcon
        className="stacked"
        title={t("readingAcceptedAt", { at: formatTime(reading.accepted_at) })}
        description={made.length + tasks.length === 0 && t("readingMadeNone")}
      />
      <RefList documents={made} />
      {tasks.length > 0 && (
        <>
          <h2>{t("readingTasks")}</h2>
          <TaskTable list={tasks} label={t("readingTasks")} />
        </>
      )}
      {reading.text && <Letter reading={reading} tasks={tasks} />}
    </>
  );
}

/** The registry seems to have it already: its tasks would be given twice. */
function Known({ documents }: { documents: DocumentRef[] }) {
  const t = useWords();
  return (
    <Alert
      type="warning"
      showIcon
      className="stacked"
      title={t("readingKnown")}
      description={<RefList documents={documents} />}
    />
  );
}

/** A letter from the drop to its tasks: read page by page, corrected beside its text, accepted. */
export default function ReadingView({ id }: { id: string }) {
  const t = useWords();
  const go = useGo();
  const [accepted, setAccepted] = useState(false);
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
      {reading.known.length > 0 && !accepted && <Known documents={reading.known} />}
      {reading.accepted_at || accepted ? (
        <Settled reading={reading} />
      ) : reading.state === "done" ? (
        <CorrectionView key={`${reading.id}-${reading.version}`} reading={reading} onAccepted={(withheld) => (withheld ? go("/documents") : setAccepted(true))} />
      ) : reading.state === "failed" ? (
        <Alert type="error" showIcon title={reading.problem ?? t("readingFailed")} description={t("readingFailedHint")} />
      ) : (
        <Waiting reading={reading} />
      )}
    </>
  );
}
