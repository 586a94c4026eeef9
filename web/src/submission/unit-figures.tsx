import { CommentOutlined, PaperClipOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Input } from "antd";
import { Fragment, useMemo, useState } from "react";
import { api } from "../api/client.ts";
import type { Cell } from "../api/types.ts";
import { difference } from "../format/amount.ts";
import { asHeading, formatNumber, formatPeriodShort, formatSigned, formatTime } from "../format/format.ts";
import { CellValue, targetText, TargetMark } from "../parts/cell-value.tsx";
import { State } from "../parts/state.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { EvidenceFiles } from "./evidence-files.tsx";
import { StateSign } from "./state-signs.tsx";
import { StepsList } from "./steps-list.tsx";
import type { Grid, GridRow } from "./types.ts";

type Props = {
  grid: Grid;
  marks: Record<string, string>;
  onMark: (indicator: string, comment: string | null) => void;
  onCell: (indicator: string) => void;
};

type Difference = { rows: { indicator_id: string; before: Cell | null; after: Cell | null }[] };

/** Before the last submission, by indicator, of those that changed. */
function useChanges(grid: Grid): Map<string, Cell | null> | null {
  const { id, version } = grid.submission;
  const query = useQuery({
    queryKey: ["grid", id, "difference", version],
    queryFn: () => api.get<Difference>(`/api/submissions/${id}/difference`, { from: version - 1, to: version }),
    enabled: version > 1,
  });
  return useMemo(() => (query.data ? new Map(query.data.rows.map((row) => [row.indicator_id, row.before])) : null), [query.data]);
}

export function UnitFigures({ grid, marks, onMark, onCell }: Props) {
  const t = useWords();
  const changes = useChanges(grid);
  const [onlyLook, setOnlyLook] = useState(false);
  const { submission } = grid;
  const needsLook = (row: GridRow) => (row.cell.warnings ?? []).length > 0 || !!row.mark || !!changes?.has(row.indicator.id);
  const look = grid.rows.filter(needsLook).length;
  const rows = onlyLook ? grid.rows.filter(needsLook) : grid.rows;
  let section = "";
  return (
    <>
      <Facts grid={grid} />
      {submission.version === 0 && <Alert type="info" showIcon title={t("notSubmittedSaid")} />}
      {submission.nil && submission.version > 0 && <Alert type="info" showIcon title={t("nilFormSaid")} />}
      {submission.return_reason && submission.state === "returned" && <Alert type="error" showIcon title={t("returnedSaid", { reason: submission.return_reason })} />}
      {submission.late_reason && <Alert type="warning" showIcon title={t("lateReasonSaid", { reason: submission.late_reason })} />}
      {look > 0 && (
        <Checkbox checked={onlyLook} onChange={(event) => setOnlyLook(event.target.checked)}>
          {t("onlyLook", { n: look })}
        </Checkbox>
      )}
      <div className="scroll-box" style={{ marginTop: 8 }}>
        <table className="sheet unit-table">
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t("indicatorColumn")}
              </th>
              <th scope="col" className="number">
                {t("lastPeriod")} <small>({formatPeriodShort(grid.periods.at(-1) ?? "")})</small>
              </th>
              {submission.version > 1 && (
                <th scope="col" className="number">
                  {t("lastSubmission")}
                </th>
              )}
              <th scope="col" className="number">
                {t("thisPeriod")}
              </th>
              <th scope="col" className="number">
                {t("changeColumn")}
              </th>
              <th scope="col">{t("trendColumn")}</th>
              <th scope="col">{t("targetColumn")}</th>
              <th scope="col">{t("evidenceColumn")}</th>
              {grid.may.return && <th scope="col">{t("markColumn")}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const heading = row.section !== section ? (section = row.section) : "";
              return (
                <Fragment key={row.indicator.id}>
                  {heading && (
                    <tr className="entry-section">
                      <th colSpan={9} scope="colgroup">
                        <span className="entry-section-title">{asHeading(heading)}</span>
                      </th>
                    </tr>
                  )}
                  <FigureRow
                    row={row}
                    versions={submission.version}
                    changed={changes?.has(row.indicator.id) ?? false}
                    before={changes?.get(row.indicator.id) ?? null}
                    mark={marks[row.indicator.id]}
                    markable={grid.may.return}
                    onMark={onMark}
                    onCell={onCell}
                  />
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      {grid.evidence.length > 0 && (
        <section>
          <h2>{t("evidenceWhole")}</h2>
          <EvidenceFiles submission={submission.id} indicator={null} files={grid.evidence} rules={grid.evidence_rules} attach={false} />
        </section>
      )}
      <StepsList steps={grid.steps} />
    </>
  );
}

function Facts({ grid }: { grid: Grid }) {
  const t = useWords();
  const { submission } = grid;
  const facts: [string, React.ReactNode][] = [
    [t("stateColumn"), <StateSign key="s" state={submission.state} onTime={null} words />],
    [
      t("deadline"),
      submission.on_time === null ? (
        grid.deadline.wording
      ) : (
        <State key="d" tone={submission.on_time ? "done" : "late"}>
          {t(submission.on_time ? "onTime" : "late")} ({grid.deadline.wording})
        </State>
      ),
    ],
    [t("enteredByColumn"), submission.entered_by && `${submission.entered_by.name}, ${formatTime(submission.submitted_at)}`],
    [t("approvedByColumn"), submission.approved_by && `${submission.approved_by.name}, ${formatTime(submission.approved_at)}`],
    [t("receivedByColumn"), submission.received_by && `${submission.received_by.name}, ${formatTime(submission.received_at)}`],
    [t("versionColumn"), submission.version > 0 ? submission.version : null],
  ];
  return (
    <dl className="unit-facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}:</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

type RowProps = {
  row: GridRow;
  versions: number;
  changed: boolean;
  before: Cell | null;
  mark: string | undefined;
  markable: boolean;
  onMark: (indicator: string, comment: string | null) => void;
  onCell: (indicator: string) => void;
};

function FigureRow({ row, versions, changed, before, mark, markable, onMark, onCell }: RowProps) {
  const t = useWords();
  const language = useLanguage();
  const { indicator, cell, previous } = row;
  const change = cell.present && previous?.present && cell.value !== null && previous.value !== null ? difference(cell.value, previous.value) : null;
  const marked = mark !== undefined;
  return (
    <tr className={marked ? "is-marked" : changed ? "is-changed" : undefined}>
      <td>
        <button type="button" className="plain-button" title={t("openPanel")} onClick={() => onCell(indicator.id)}>
          <span className="entry-code">{indicator.code}</span> {indicator.name} <small className="unit-before">({indicator.unit_of_measure})</small>
        </button>
        {cell.note && (
          <div className="unit-note">
            <CommentOutlined aria-label={t("noteColumn")} /> {cell.note}
          </div>
        )}
        {(cell.warnings ?? []).map((warning) => (
          <div key={warning.code} className="unit-note">
            <State tone="soon">
              <span style={{ whiteSpace: "normal" }}>{warning.title}</span>
            </State>
          </div>
        ))}
        {row.mark && <div className="unit-note tone-late">{t("markSaid", { comment: row.mark.comment })}</div>}
        {marked && (
          <Input.TextArea
            autoFocus
            size="small"
            value={mark}
            maxLength={1000}
            autoSize={{ minRows: 1, maxRows: 4 }}
            placeholder={t("markPlaceholder")}
            aria-label={t("markPlaceholder")}
            onChange={(event) => onMark(indicator.id, event.target.value)}
          />
        )}
      </td>
      <td className="number unit-before">
        <CellValue cell={previous} indicator={indicator} />
      </td>
      {versions > 1 && (
        <td className="number unit-before">
          {changed ? (
            <>
              <abbr className="tone-info" title={t("changedSince")}>
                Δ
              </abbr>{" "}
              <CellValue cell={before} indicator={indicator} />
            </>
          ) : (
            "="
          )}
        </td>
      )}
      <td className="number">
        <strong>
          <CellValue cell={cell} indicator={indicator} />
        </strong>
        {indicator.value_type === "percentage" && cell.numerator && (
          <div className="unit-note unit-before">
            {formatNumber(cell.numerator, language)} / {formatNumber(cell.denominator, language)}
          </div>
        )}
      </td>
      <td className="number unit-before">{change === null ? "" : formatSigned(change, language)}</td>
      <td>{indicator.value_type !== "text" && <Sparkline values={[...row.history, cell.present ? cell.value : null]} target={row.target?.value} />}</td>
      <td className="entry-target">
        {targetText(row.target, language)} <TargetMark state={cell.target_state} />
      </td>
      <td>
        {row.evidence.map((file) => (
          <div key={file.id} className="unit-note">
            <a href={`/api/evidence/${file.id}`} download={file.name}>
              <PaperClipOutlined aria-hidden="true" /> {file.name}
            </a>
          </div>
        ))}
      </td>
      {markable && (
        <td>
          <Button size="small" type="text" aria-pressed={marked} onClick={() => onMark(indicator.id, marked ? null : "")}>
            {t(marked ? "markRemove" : "markAdd")}
          </Button>
        </td>
      )}
    </tr>
  );
}
