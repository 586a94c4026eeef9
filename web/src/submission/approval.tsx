import { useQuery } from "@tanstack/react-query";
import { Empty, Select, Skeleton } from "antd";
import { useMemo } from "react";
import { api } from "../api/client.ts";
import { usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { ApproveList } from "../my-work/approve-list.tsx";
import { useMyWork, type FormCard } from "../my-work/work.ts";
import { Failure } from "../parts/failure.tsx";
import { PeriodPicker } from "../parts/period-picker.tsx";
import { useMay, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { MatrixView } from "./matrix-view.tsx";
import type { Assignment, Matrix } from "./types.ts";
import { UnitDrawer } from "./unit-drawer.tsx";
import "./approval.css";
import "../my-work/my-work.css";

/** Assignments that my units gave: what is gathered on this screen. */
function useGiven() {
  const session = useSession();
  const units = useMemo(() => [...new Set(session.grants.map((grant) => grant.unit.id))].sort(), [session.grants]);
  const query = useQuery({
    queryKey: ["assignments", "given", units],
    queryFn: async () => {
      const lists = await Promise.all(units.map((unit) => api.get<{ assignments: Assignment[] }>("/api/assignments", { from_unit_id: unit })));
      return lists.flatMap((list) => list.assignments);
    },
  });
  useLiveRefresh(["assignments", "given"], (change) => /^(assignment|period)\./.test(change.kind));
  return query;
}

/** Phê duyệt: what waits for my approval, and the matrix of the units I gather from. */
export default function Approval() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const given = useGiven();
  const work = useMyWork();
  const approves = useMay("figure.approve");
  const assignments = given.data ?? [];
  const assignment = place.get("assignment") ?? assignments[0]?.id ?? null;
  const submission = place.get("submission");
  const approvals = (work.data?.cards ?? []).filter((card): card is FormCard => card.kind === "approve");
  const waiting = approvals.filter((card) => card.state === "submitted");
  const gathers = assignment !== null;
  const listed = gathers ? waiting : approvals;

  return (
    <>
      <div className="screen-bar">
        <h1>{t("screenApproval")}</h1>
        {assignments.length > 1 && (
          <Select
            value={assignment ?? undefined}
            aria-label={t("reportColumn")}
            style={{ minWidth: 260, maxWidth: "100%" }}
            options={assignments.map((one) => ({ value: one.id, label: `${one.report.title} · ${one.from.name}` }))}
            onChange={(value) => setPlace({ assignment: value, period: null, submission: null })}
          />
        )}
        {gathers && <MatrixPeriod assignment={assignment} />}
      </div>
      {(given.isPending || work.isPending) && <Skeleton active paragraph={{ rows: 12 }} />}
      {given.isError && <Failure error={given.error} retry={() => void given.refetch()} />}
      {approves && listed.length > 0 && (
        <section aria-label={t("workApprove")} style={{ marginBottom: 16 }}>
          {gathers && <h2>{t("workApprove")}</h2>}
          <ApproveList cards={listed} />
        </section>
      )}
      {given.data && work.data && !gathers && listed.length === 0 && <Empty description={t("approvalNothing")} />}
      {gathers ? (
        <GatheredMatrix assignment={assignment} />
      ) : (
        <UnitDrawer
          submission={submission}
          exception={false}
          before={null}
          after={null}
          onOpen={(id) => setPlace({ submission: id })}
          onDone={() => setPlace({ submission: null })}
          onClose={() => setPlace({ submission: null })}
        />
      )}
    </>
  );
}

function useMatrix(assignment: string, period: string | null) {
  const key = ["matrix", assignment, period];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Matrix>("/api/matrix", { assignment_id: assignment, period, periods: 6 }, signal),
    placeholderData: (old) => (old?.assignment.id === assignment ? old : undefined),
  });
  const shown = query.data?.period;
  useLiveRefresh(
    key,
    (change) => (change.assignment_id === assignment && (!change.period || change.period === shown)) || /^(report|indicator)\.changed/.test(change.kind),
  );
  return query;
}

function MatrixPeriod({ assignment }: { assignment: string }) {
  const [place, setPlace] = usePlace();
  const matrix = useMatrix(assignment, place.get("period")).data;
  if (!matrix) return null;
  return (
    <PeriodPicker
      periods={matrix.assignment.periods.map((one) => one.period)}
      value={matrix.period}
      onChange={(value) => setPlace({ period: value, submission: null })}
    />
  );
}

function GatheredMatrix({ assignment }: { assignment: string }) {
  const [place] = usePlace();
  const query = useMatrix(assignment, place.get("period"));
  if (query.isPending) return <Skeleton active paragraph={{ rows: 14 }} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <MatrixView matrix={query.data} />;
}
