import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox, Empty, Segmented, Skeleton, Space } from "antd";
import { useState } from "react";
import { Link, useRoute } from "wouter";
import { assignments, type Assignment, type AssignmentPeriod } from "../api/assignments.ts";
import { formatPeriod } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { Bar } from "../parts/bar.tsx";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { AssignmentDetailView } from "./assignment-detail.tsx";
import { AssignmentFormDrawer } from "./assignment-form.tsx";
import { PeriodState } from "./period-state.tsx";
import "./assignment.css";

function Lines({ list }: { list: Assignment[] }) {
  const t = useWords();
  const latest = (assignment: Assignment) => assignment.periods[0];
  return (
    <ListTable<Assignment>
      label={t("screenAssignments")}
      rows={list}
      rowKey={(assignment) => assignment.id}
      columns={[
        {
          title: t("report"),
          head: true,
          className: "assignment-title",
          cell: (assignment) => (
            <>
              <Link href={`/assignments/${assignment.id}`}>{assignment.report.title}</Link>
              <span className="second-line assignment-document">
                {assignment.report.code}
                {assignment.document && ` · ${assignment.document}`}
              </span>
            </>
          ),
        },
        { title: t("assignmentFrom"), cell: (assignment) => assignment.from.name },
        { title: t("deadlineRule"), className: "assignment-rule", cell: (assignment) => assignment.rule_wording },
        { title: t("assignmentUnits"), number: true, cell: (assignment) => assignment.unit_count },
        { title: t("latestPeriod"), className: "assignment-period", cell: (assignment) => <Latest period={latest(assignment)} /> },
        {
          title: t("tallySubmitted"),
          className: "assignment-tally",
          cell: (assignment) => {
            const tally = latest(assignment)?.tally;
            return tally && <Bar part={tally.submitted} whole={tally.assigned} label={t("tallySubmitted")} />;
          },
        },
      ]}
    />
  );
}

function Latest({ period }: { period: AssignmentPeriod | undefined }) {
  const t = useWords();
  if (!period) return t("periodsNone");
  return (
    <>
      {formatPeriod(period.period, t)} · <PeriodState period={period} />
      <span className="second-line">{period.deadline.wording}</span>
    </>
  );
}

type View = "all" | "given" | "received";

function AssignmentList() {
  const t = useWords();
  const go = useGo();
  const [place, setPlace] = usePlace();
  const own = homeUnit(useSession());
  const [adding, setAdding] = useState(false);
  const view = (place.get("view") ?? "all") as View;
  const ended = place.get("ended") === "1";
  const query = {
    from_unit_id: view === "given" ? own.id : undefined,
    to_unit_id: view === "received" ? own.id : undefined,
    ended: ended || undefined,
  };
  const pages = useInfiniteQuery({
    queryKey: ["assignments", "list", query],
    queryFn: ({ pageParam }) => assignments.page({ ...query, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const list = pages.data?.pages.flatMap((page) => page.assignments) ?? [];
  const mayCreate = pages.data?.pages[0]?.may_create ?? false;
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t("assignmentAdd")}
    </Button>
  );
  return (
    <>
      <div className="screen-head">
        <h1>{t("screenAssignments")}</h1>
        {mayCreate && <span className="no-print">{add}</span>}
      </div>
      <Space wrap className="stacked no-print">
        <Segmented<View>
          aria-label={t("assignmentView")}
          value={view}
          onChange={(next) => setPlace({ view: next === "all" ? null : next })}
          options={[
            { value: "all", label: t("all") },
            { value: "given", label: t("assignmentGiven") },
            { value: "received", label: t("assignmentReceived") },
          ]}
        />
        <Checkbox checked={ended} onChange={(event) => setPlace({ ended: event.target.checked ? "1" : null })}>
          {t("assignmentEnded")}
        </Checkbox>
      </Space>
      {pages.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && list.length === 0 && (
        <Empty description={t(mayCreate ? "assignmentNoneCreate" : "assignmentNone")}>{mayCreate && add}</Empty>
      )}
      {list.length > 0 && <Lines list={list} />}
      {pages.hasNextPage && (
        <Button className="more-button" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
      {adding && (
        <AssignmentFormDrawer onClose={() => setAdding(false)} onMade={(made) => go(`/assignments/${made.id}`)} />
      )}
    </>
  );
}

/** Which report which units hand in by when: /assignments and /assignments/{id}. */
export default function Assignments() {
  const [one, path] = useRoute<{ id: string }>("/assignments/:id");
  useLiveRefresh(
    ["assignments"],
    (change) => change.kind.startsWith("assignment.") || change.kind.startsWith("period.") || change.kind.startsWith("submission."),
  );
  return one ? <AssignmentDetailView key={path.id} id={path.id} /> : <AssignmentList />;
}
