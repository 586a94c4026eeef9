import { Button, Empty, Input, Space } from "antd";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { formatCount, formatShare } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { Countdown } from "../parts/countdown.tsx";
import { State } from "../parts/state.tsx";
import { useSession } from "../session/session.tsx";
import { useLanguage, useWords, type Word } from "../words/words.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { CloseDialog } from "./close-dialog.tsx";
import { changedRows, countRows, filterRows, filters, waits, type Filter, type MatrixMay } from "./matrix-filter.ts";
import { MatrixTable } from "./matrix-table.tsx";
import type { Matrix } from "./types.ts";
import { UnitDrawer } from "./unit-drawer.tsx";

const FRESH = 30_000;

const words: Record<Filter, Word> = {
  none: "missing",
  submitted: "filterSubmitted",
  approved: "filterApproved",
  received: "stateReceived",
  returned: "stateReturned",
  late: "late",
  outlier: "filterOutlier",
  changed: "filterChanged",
};

/** Rows that changed while the screen was open, for half a minute each. */
function useFresh(matrix: Matrix): ReadonlySet<string> {
  const before = useRef<Matrix | undefined>(undefined);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ids = changedRows(before.current, matrix);
    before.current = matrix;
    if (ids.length === 0) return;
    setFresh((old) => new Set([...old, ...ids]));
    setTimeout(() => setFresh((old) => new Set([...old].filter((id) => !ids.includes(id)))), FRESH);
  }, [matrix]);
  return fresh;
}

export function MatrixView({ matrix }: { matrix: Matrix }) {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const { grants } = useSession();
  const fresh = useFresh(matrix);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = filters.find((one) => one === place.get("state")) ?? null;
  const q = useDeferredValue(place.get("q") ?? "");
  const rows = useMemo(() => filterRows(matrix.rows, filter, q), [matrix.rows, filter, q]);
  const chosen = useMemo(() => matrix.rows.filter((row) => selected.has(row.submission_id)), [matrix.rows, selected]);
  const submission = place.get("submission");
  const at = rows.findIndex((row) => row.submission_id === submission);
  const may = useMemo(
    (): MatrixMay => ({
      approve: new Set(grants.filter((grant) => grant.role === "approver").map((grant) => grant.unit.id)),
      receive: matrix.may.receive,
    }),
    [grants, matrix.may.receive],
  );

  useEffect(() => setSelected(new Set()), [matrix.assignment.id, matrix.period]);
  const select = (ids: string[], on: boolean) =>
    setSelected((old) => {
      const next = new Set(old);
      for (const id of ids) if (on) next.add(id);
        else next.delete(id);
      return next;
    });
  const open = (id: string | null) => setPlace({ submission: id }, submission !== null);
  /* After a decision the next unit that waits for one. */
  const next = () => {
    const following = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))].find((row) => row.submission_id !== submission && waits(row, may));
    open(following?.submission_id ?? null);
  };

  return (
    <>
      <TallyBar matrix={matrix} />
      <FilterBar matrix={matrix} filter={filter} />
      {rows.length === 0 ? (
        <Empty description={t(matrix.rows.length === 0 ? "matrixNoUnits" : "matrixNothing")} />
      ) : (
        <MatrixTable
          matrix={matrix}
          rows={rows}
          selected={selected}
          changed={fresh}
          open={submission}
          selectable={may.receive || matrix.rows.some((row) => may.approve.has(row.unit.id))}
          onSelect={select}
          onOpen={open}
        />
      )}
      <p className="work-facts">{t("matrixLegend")}</p>
      {chosen.length > 0 && <BulkBar rows={chosen} may={may} onClear={() => setSelected(new Set())} />}
      <UnitDrawer
        submission={submission}
        exception={matrix.may.exception}
        before={at > 0 ? (rows[at - 1]?.submission_id ?? null) : null}
        after={at >= 0 ? (rows[at + 1]?.submission_id ?? null) : null}
        onOpen={open}
        onDone={next}
        onClose={() => open(null)}
      />
    </>
  );
}

function TallyBar({ matrix }: { matrix: Matrix }) {
  const t = useWords();
  const language = useLanguage();
  const go = useGo();
  const [closing, setClosing] = useState(false);
  const { tally } = matrix;
  const count = (n: number) => `${formatCount(n, language)}/${formatCount(tally.assigned, language)} (${formatShare(n, tally.assigned, language)})`;
  const closed = matrix.period_state === "closed";
  return (
    <div className="tally-bar">
      {closed ? <State tone="done">{t("periodClosed")}</State> : <Countdown deadline={matrix.deadline} />}
      <span>
        {t("submittedCount")} <strong>{count(tally.submitted)}</strong>
      </span>
      <span>
        {t("onTime")} <strong>{count(tally.on_time)}</strong>
      </span>
      <span>
        {t("stateApproved")} <strong>{count(tally.approved)}</strong>
      </span>
      <span>
        {t("stateReceived")} <strong>{count(tally.received)}</strong>
      </span>
      <span>
        {t("stillMissing")} <strong className={tally.assigned > tally.submitted ? "tone-late" : undefined}>{formatCount(tally.assigned - tally.submitted, language)}</strong>
      </span>
      <span style={{ flex: 1 }} />
      <Space wrap className="no-print">
        {matrix.own_submission_id && <Button onClick={() => go(`/entry/${matrix.own_submission_id}`)}>{t("openOwn")}</Button>}
        <Button onClick={() => window.print()}>{t("print")}</Button>
        {matrix.may.close && !closed && (
          <Button type="primary" onClick={() => setClosing(true)}>
            {t("closePeriod")}
          </Button>
        )}
      </Space>
      {closing && <CloseDialog matrix={matrix} onClose={() => setClosing(false)} />}
    </div>
  );
}

function FilterBar({ matrix, filter }: { matrix: Matrix; filter: Filter | null }) {
  const t = useWords();
  const language = useLanguage();
  const [place, setPlace] = usePlace();
  const counts = useMemo(() => countRows(matrix.rows), [matrix.rows]);
  const chip = (value: Filter | null, label: string, n: number) => (
    <button key={value ?? "all"} type="button" className="filter-chip" aria-pressed={filter === value} onClick={() => setPlace({ state: value }, true)}>
      {label}
      <span className="figure">{formatCount(n, language)}</span>
    </button>
  );
  return (
    <div className="filter-bar no-print" role="group" aria-label={t("filterLabel")}>
      {chip(null, t("all"), matrix.rows.length)}
      {filters.filter((one) => counts[one] > 0 || one === filter).map((one) => chip(one, t(words[one]), counts[one]))}
      <Input.Search
        allowClear
        defaultValue={place.get("q") ?? ""}
        placeholder={t("findUnit")}
        aria-label={t("findUnit")}
        style={{ width: 220 }}
        onChange={(event) => setPlace({ q: event.target.value || null }, true)}
      />
    </div>
  );
}
