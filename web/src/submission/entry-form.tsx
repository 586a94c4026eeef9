import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Grid as Breakpoints, Input, Popover, Skeleton, Space, Typography, type MenuProps } from "antd";
import { useRef, useState } from "react";
import { api, Offline, Problem } from "../api/client.ts";
import { formatDate, formatPeriod, formatTime } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { Countdown } from "../parts/countdown.tsx";
import { Failure } from "../parts/failure.tsx";
import { State, SubmissionStateTag } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import { CellDrawer } from "./cell-drawer.tsx";
import { CellSigns } from "./cell-state.tsx";
import { EntryCards } from "./entry-cards.tsx";
import { FootBar } from "./foot-bar.tsx";
import { GridTable } from "./grid-table.tsx";
import { readSheet, SheetDialog, type SheetReply } from "./sheet-dialog.tsx";
import { StepsList } from "./steps-list.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
import type { Grid, Submission } from "./types.ts";
import { gridKey, useDraft } from "./use-draft.ts";
import "./entry.css";

/** /entry/{submission}: the entry grid of one form. */
export function EntryForm({ id }: { id: string }) {
  const key = gridKey(id);
  const query = useQuery({ queryKey: key, queryFn: () => api.get<Grid>(`/api/submissions/${id}`) });
  const path = query.data?.submission.unit.path;
  useLiveRefresh(
    key,
    (change) => change.subject_id === id || (change.unit_path === path && /^(evidence|report|indicator|period)\./.test(change.kind)),
  );
  if (query.isPending) return <Skeleton active title paragraph={{ rows: 14 }} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <OpenForm key={id} grid={query.data} />;
}

function OpenForm({ grid }: { grid: Grid }) {
  const t = useWords();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const draft = useDraft(grid);
  const wide = Breakpoints.useBreakpoint().md ?? true;
  const [place, setPlace] = usePlace();
  const [active, setActive] = useState<string | null>(null);
  const [goTo, setGoTo] = useState<{ indicator: string } | null>(null);
  const [submitting, setSubmitting] = useState<{ nil: boolean } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [sheet, setSheet] = useState<SheetReply | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const { submission, may } = grid;
  const open = grid.rows.find((row) => row.indicator.id === place.get("cell")) ?? null;
  const refresh = () => client.invalidateQueries({ queryKey: gridKey(submission.id) });

  const told = (error: unknown) => {
    void message.error(error instanceof Problem ? error.message : t(error instanceof Offline ? "offlineShort" : "failed"));
    if (error instanceof Problem && error.status === 412) void refresh();
  };
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      told(error);
    } finally {
      setBusy(false);
    }
  };
  const goToCell = (indicator: string) => {
    setSubmitting(null);
    setGoTo({ indicator });
  };

  const startSubmit = (nil: boolean) =>
    run(async () => {
      await draft.flush();
      setProblem(null);
      setSubmitting({ nil });
    });
  const submit = async (nil: boolean, lateReason: string | null) => {
    setBusy(true);
    try {
      const body = { ...(nil ? { nil: true } : {}), ...(lateReason ? { late_reason: lateReason } : {}) };
      await api.post<{ submission: Submission }>(`/api/submissions/${submission.id}/submit`, body, { ifMatch: submission.revision });
      setSubmitting(null);
      if (nil) draft.discard();
      void message.success(t("submittedSaid", { from: submission.from.name }));
      await refresh();
    } catch (error) {
      if (error instanceof Problem) setProblem(error);
      else told(error);
      if (error instanceof Problem && error.status === 412) await refresh();
    } finally {
      setBusy(false);
    }
  };
  const recall = () => {
    let reason = "";
    modal.confirm({
      title: t("recallTitle", { report: submission.report.title, period: formatPeriod(submission.period, t) }),
      content: (
        <>
          <p>{t("recallHint")}</p>
          <Input.TextArea rows={2} maxLength={1000} placeholder={t("recallReason")} aria-label={t("recallReason")} onChange={(event) => (reason = event.target.value)} />
        </>
      ),
      okText: t("recall"),
      cancelText: t("cancel"),
      onOk: () =>
        run(async () => {
          await api.post(`/api/submissions/${submission.id}/recall`, reason.trim() ? { reason: reason.trim() } : {}, { ifMatch: submission.revision });
          void message.success(t("recalled"));
          await refresh();
        }),
    });
  };
  const copyLast = () =>
    run(async () => {
      await draft.flush();
      const answer = await api.post<{ cells: unknown[] }>(`/api/submissions/${submission.id}/copy-last`);
      await refresh();
      void message.success(t("cellsCopied", { n: answer.cells.length }));
    });
  const takeSheet = (chosen: File | undefined) => chosen && run(async () => setSheet(await readSheet(submission.id, chosen)));

  const more: MenuProps["items"] = [
    ...(may.enter
      ? [
          { key: "copy", label: t("copyLast"), onClick: () => void copyLast() },
          { key: "sheet", label: t("sheetUpload"), onClick: () => file.current?.click() },
        ]
      : []),
    { key: "download", label: <a href={`/api/submissions/${submission.id}/sheet`} download>{t("sheetDownload")}</a> },
    { key: "print", label: t("print"), onClick: () => window.print() },
    ...(may.submit ? [{ type: "divider" as const }, { key: "nil", label: t("nilForm"), onClick: () => void startSubmit(true) }] : []),
  ];
  const invalid = draft.invalid.filter(({ id, half }) => !(half && id === active));
  const panel = (indicator: string) => setPlace({ cell: indicator });

  return (
    <div className="entry">
      <EntryHead grid={grid} />
      <Alerts grid={grid} draft={draft} onGoTo={goToCell} />
      {grid.rows.length === 0 ? (
        <Alert type="info" showIcon title={t("formEmpty")} />
      ) : wide ? (
        <GridTable
          grid={grid}
          draft={draft}
          onPanel={panel}
          goTo={goTo}
          onActive={setActive}
          onPasted={(changed, skipped) => void message.info(t(skipped > 0 ? "pastedSome" : "pasted", { n: changed, skipped }))}
        />
      ) : (
        <EntryCards grid={grid} draft={draft} onPanel={panel} goTo={goTo} onActive={setActive} />
      )}
      <FootBar
        grid={grid}
        draft={draft}
        invalid={invalid.length}
        busy={busy}
        onFirstInvalid={() => invalid[0] && goToCell(invalid[0].id)}
        onSubmit={() => void startSubmit(false)}
        onRecall={recall}
        more={more}
      />
      <StepsList steps={grid.steps} />
      <input
        ref={file}
        type="file"
        hidden
        accept=".xlsx"
        aria-label={t("sheetUpload")}
        onChange={(event) => {
          void takeSheet(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <CellDrawer grid={grid} row={open} draft={draft} onClose={() => setPlace({ cell: null })} />
      {submitting && (
        <SubmitDialog
          grid={grid}
          draft={draft}
          nil={submitting.nil}
          problem={problem}
          busy={busy}
          onGoTo={goToCell}
          onSubmit={(reason) => void submit(submitting.nil, reason)}
          onClose={() => setSubmitting(null)}
        />
      )}
      {sheet && <SheetDialog grid={grid} draft={draft} sheet={sheet} onClose={() => setSheet(null)} />}
    </div>
  );
}

function EntryHead({ grid }: { grid: Grid }) {
  const t = useWords();
  const go = useGo();
  const { submission } = grid;
  const last = new Date(Date.parse(`${grid.figures_window.end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return (
    <header className="entry-head">
      <div className="screen-bar steady">
        <div className="title">
          <h1>
            {submission.report.title} – {formatPeriod(submission.period, t)}
          </h1>
          <SubmissionStateTag state={submission.state} />
        </div>
        <Space className="no-print" wrap>
          <Popover trigger="click" title={t("keysTitle")} content={<Keys />} placement="bottomRight">
            <Button size="small">{t("keysButton")}</Button>
          </Popover>
          <Button size="small" onClick={() => go("/entry")}>
            {t("allForms")}
          </Button>
        </Space>
      </div>
      <dl>
        <div>
          <dt>{t("unit")}</dt>
          <dd>{submission.unit.name}</dd>
        </div>
        <div>
          <dt>{t("assignedBy")}</dt>
          <dd>{submission.from.name}</dd>
        </div>
        <div>
          <dt>{t("figuresWindow")}</dt>
          <dd>
            {formatDate(grid.figures_window.first)} – {formatDate(last)}
          </dd>
        </div>
        <div>
          <dt className="visually-hidden">{t("deadline")}</dt>
          <dd>
            {submission.first_submitted_at ? (
              <State tone={submission.on_time ? "done" : "late"}>
                {t("submittedFact", { at: formatTime(submission.first_submitted_at) })} · {t(submission.on_time ? "onTime" : "late")}
              </State>
            ) : (
              <Countdown deadline={grid.deadline} />
            )}
          </dd>
        </div>
      </dl>
      {submission.report.instructions && (
        <Typography.Paragraph type="secondary" ellipsis={{ rows: 2, expandable: "collapsible", symbol: (expanded: boolean) => t(expanded ? "less" : "more") }}>
          {submission.report.instructions}
        </Typography.Paragraph>
      )}
    </header>
  );
}

function Keys() {
  const t = useWords();
  const lines = t("keysLines").split("|");
  return (
    <div style={{ maxWidth: 420 }}>
      <ul style={{ margin: "0 0 12px", paddingInlineStart: 18 }}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <CellSigns />
    </div>
  );
}

function Alerts({ grid, draft, onGoTo }: { grid: Grid; draft: ReturnType<typeof useDraft>; onGoTo: (indicator: string) => void }) {
  const t = useWords();
  const { modal } = App.useApp();
  const { submission } = grid;
  const marked = grid.rows.filter((row) => row.mark);
  const unsent = Object.keys(draft.queue).length;
  const discard = () =>
    modal.confirm({ title: t("discardTitle", { n: unsent }), content: t("discardHint"), okText: t("discard"), cancelText: t("cancel"), onOk: draft.discard });
  return (
    <div className="entry-alerts">
      {submission.state === "returned" && (
        <Alert
          type="error"
          showIcon
          title={t("returnedSaid", { reason: submission.return_reason ?? "" })}
          description={
            marked.length > 0 && (
              <ul className="gap-list">
                {marked.map((row) => (
                  <li key={row.indicator.id}>
                    <button type="button" className="link-button" onClick={() => onGoTo(row.indicator.id)}>
                      {row.indicator.code} {row.indicator.name}
                    </button>
                    : {row.mark?.comment}
                  </li>
                ))}
              </ul>
            )
          }
        />
      )}
      {submission.nil && submission.version > 0 && <Alert type="info" showIcon title={t("nilFormSaid")} />}
      {submission.exception_until && grid.may.enter && <Alert type="info" showIcon title={t("exceptionSaid", { until: formatTime(submission.exception_until) })} />}
      {grid.window === "late" && grid.may.enter && !submission.first_submitted_at && <Alert type="warning" showIcon title={t("lateSaid", { deadline: grid.deadline.wording })} />}
      {grid.window === "locked" && !["approved", "received"].includes(submission.state) && (
        <Alert type="warning" showIcon title={t("lockedSaid", { deadline: grid.deadline.wording, from: submission.from.name })} />
      )}
      {grid.window === "not_yet" && <Alert type="info" showIcon title={t("notYetSaid")} />}
      {draft.offline && <Alert type="warning" showIcon title={t("offline")} />}
      {draft.refusal && <Alert type="error" showIcon title={draft.refusal} />}
      {draft.unkept && <Alert type="error" showIcon title={t("unkeptSaid")} />}
      {!grid.may.enter && unsent > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("unsentSaid", { n: unsent })}
          action={
            <Button size="small" onClick={discard}>
              {t("discard")}
            </Button>
          }
        />
      )}
    </div>
  );
}
