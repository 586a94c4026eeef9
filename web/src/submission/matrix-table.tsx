import { PaperClipOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { memo, useRef, type KeyboardEvent } from "react";
import type { Cell } from "../api/types.ts";
import { formatSigned, formatTime } from "../format/format.ts";
import { CellValue, TargetMark, valueText } from "../parts/cell-value.tsx";
import { useLatest } from "../parts/latest.ts";
import { useLanguage, useWords, type Speak } from "../words/words.tsx";
import { HistoryStrip, StateSign } from "./state-signs.tsx";
import type { Matrix, MatrixCell, MatrixColumn, MatrixRow } from "./types.ts";
import { useWindow } from "./use-window.ts";

type Props = {
  matrix: Matrix;
  rows: MatrixRow[];
  selected: ReadonlySet<string>;
  changed: ReadonlySet<string>;
  open: string | null;
  selectable: boolean;
  onSelect: (ids: string[], on: boolean) => void;
  onOpen: (submission: string) => void;
};

const ROW_HEIGHT = 33;

/** Units × indicators of one period: the state, figures and what about them needs a look. */
export function MatrixTable({ matrix, rows, selected, changed, open, selectable, onSelect, onOpen }: Props) {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const span = useWindow(box, rows.length, matrix.columns.length, ROW_HEIGHT);
  const select = useLatest(onSelect);
  const show = useLatest(onOpen);
  const ids = rows.map((row) => row.submission_id);
  const on = ids.filter((id) => selected.has(id)).length;
  const width = matrix.columns.length + 5 + (selectable ? 1 : 0);

  const onKeyDown = (event: KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("tr[data-row]");
    if (!row || !(event.target as HTMLElement).matches(".matrix-unit button")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      next?.querySelector<HTMLElement>(".matrix-unit button")?.focus();
    } else if (event.key === " " && selectable) {
      event.preventDefault();
      const id = row.dataset["row"]!;
      onSelect([id], !selected.has(id));
    }
  };

  return (
    <div className="scroll-box matrix-box" ref={box} onKeyDown={onKeyDown}>
      <table className="sheet matrix" aria-label={t("matrixLabel", { report: matrix.assignment.report.title })} aria-rowcount={rows.length}>
        <thead>
          <tr>
            {selectable && (
              <th scope="col" className="matrix-check">
                <input
                  type="checkbox"
                  ref={(input) => {
                    if (input) input.indeterminate = on > 0 && on < ids.length;
                  }}
                  checked={on > 0 && on === ids.length}
                  aria-label={t("selectAll")}
                  onChange={(event) => onSelect(ids, event.target.checked)}
                />
              </th>
            )}
            <th scope="col" className="pinned matrix-unit">
              {t("unit")}
            </th>
            <th scope="col">{t("stateColumn")}</th>
            <th scope="col">{t("lastPeriods", { n: matrix.periods.length })}</th>
            <ColumnHeads columns={matrix.columns} />
            <th scope="col">{t("evidenceColumn")}</th>
            <th scope="col">{t("submittedAtColumn")}</th>
          </tr>
        </thead>
        <tbody>
          {span.above > 0 && <Gap height={span.above} width={width} />}
          {rows.slice(span.first, span.end).map((row) => (
            <Line
              key={row.submission_id}
              row={row}
              columns={matrix.columns}
              periods={matrix.periods}
              selectable={selectable}
              selected={selected.has(row.submission_id)}
              changed={changed.has(row.submission_id)}
              open={open === row.submission_id}
              onSelect={select}
              onOpen={show}
            />
          ))}
          {span.below > 0 && <Gap height={span.below} width={width} />}
        </tbody>
        <tfoot>
          <Level title={t("rollupProvisional")} cells={matrix.rollup.provisional} columns={matrix.columns} selectable={selectable} />
          <Level title={t("rollupApproved")} cells={matrix.rollup.approved} columns={matrix.columns} selectable={selectable} />
          <Level title={t("rollupPrevious")} cells={matrix.rollup.previous} columns={matrix.columns} selectable={selectable} />
        </tfoot>
      </table>
    </div>
  );
}

const ColumnHeads = memo(function ColumnHeads({ columns }: { columns: MatrixColumn[] }) {
  return columns.map((column) => (
    <th key={column.indicator_id} scope="col" className="number">
      <Tooltip title={`${column.name} (${column.unit_of_measure})`}>
        <span tabIndex={0}>{column.code}</span>
      </Tooltip>
      <small className="matrix-measure">{column.unit_of_measure}</small>
    </th>
  ));
});

function Gap({ height, width }: { height: number; width: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={width} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

type LineProps = {
  row: MatrixRow;
  columns: MatrixColumn[];
  periods: string[];
  selectable: boolean;
  selected: boolean;
  changed: boolean;
  open: boolean;
  onSelect: (ids: string[], on: boolean) => void;
  onOpen: (submission: string) => void;
};

const Line = memo(function Line({ row, columns, periods, selectable, selected, changed, open, onSelect, onOpen }: LineProps) {
  const t = useWords();
  const language = useLanguage();
  return (
    <tr data-row={row.submission_id} className={`${selected ? "is-selected" : ""}${open ? " is-open" : ""}`}>
      {selectable && (
        <td className="matrix-check">
          <input
            type="checkbox"
            checked={selected}
            aria-label={t("selectUnit", { unit: row.unit.name })}
            onChange={(event) => onSelect([row.submission_id], event.target.checked)}
          />
        </td>
      )}
      <th scope="row" className="pinned matrix-unit">
        <button type="button" className="plain-button" onClick={() => onOpen(row.submission_id)}>
          {row.unit.name}
        </button>
        {changed && (
          <span className="matrix-fresh tone-info" title={t("justChanged")}>
            <span aria-hidden="true">◆</span>
            <span className="visually-hidden">{t("justChanged")}</span>
          </span>
        )}
      </th>
      <td>
        <StateSign state={row.state} onTime={row.on_time} words />
      </td>
      <td>
        <HistoryStrip periods={periods} states={row.states} />
      </td>
      {columns.map((column, i) => (
        <Figure key={column.indicator_id} cell={row.cells[i]} column={column} t={t} language={language} />
      ))}
      <td className="number">
        {row.evidence_count > 0 && (
          <>
            <PaperClipOutlined aria-hidden="true" /> {row.evidence_count}
          </>
        )}
      </td>
      <td className="matrix-time">
        {row.submitted_at && <time dateTime={row.submitted_at}>{formatTime(row.submitted_at)}</time>}
        {row.late_reason && (
          <Tooltip title={row.late_reason}>
            <span className="tone-late" tabIndex={0}>
              {" "}
              {t("lateReason")}
            </span>
          </Tooltip>
        )}
      </td>
    </tr>
  );
});

/** Thousands of these: what they say is handed in. */
function Figure({ cell, column, t, language }: { cell: MatrixCell | undefined; column: MatrixColumn; t: Speak; language: string }) {
  if (!cell || (cell.v === null && !cell.nil))
    return (
      <td className="number no-figure">
        –<small className="matrix-change" />
      </td>
    );
  return (
    <td className={`number${cell.w ? " is-outlier" : ""}${cell.c ? " is-changed" : ""}`}>
      {cell.c && (
        <abbr className="tone-info" title={t("changedSince")}>
          Δ
        </abbr>
      )}
      {cell.w && (
        <abbr className="tone-soon" title={t("outlierSaid")}>
          !
        </abbr>
      )}{" "}
      {cell.t === "missed" && <TargetMark state="missed" />}{" "}
      {cell.nil ? <abbr title={t("nil")}>{t("nilShort")}</abbr> : valueText(cell.v, column, t, language)}
      <small className="matrix-change">{cell.d !== null && /[1-9]/.test(cell.d) ? formatSigned(cell.d.replace(/^\+/, ""), language) : ""}</small>
    </td>
  );
}

const Level = memo(function Level({ title, cells, columns, selectable }: { title: string; cells: (Cell | null)[]; columns: MatrixColumn[]; selectable: boolean }) {
  return (
    <tr>
      {selectable && <td className="matrix-check" />}
      <th scope="row" className="pinned matrix-unit">
        {title}
      </th>
      <td />
      <td />
      {columns.map((column, i) => (
        <td key={column.indicator_id} className="number">
          <CellValue cell={cells[i]} indicator={column} />
          <small className="matrix-change" />
        </td>
      ))}
      <td />
      <td />
    </tr>
  );
});
