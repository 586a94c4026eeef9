import { DownloadOutlined } from "@ant-design/icons";
import { useState } from "react";
import type { Cell, Indicator, Person, SubmissionState, UnitRef } from "../api/types.ts";
import { compareAmounts } from "../format/amount.ts";
import { formatNumber, formatTime } from "../format/format.ts";
import { FigureLabel } from "../overview/indicator-table.tsx";
import { CellValue, TargetMark } from "../parts/cell-value.tsx";
import { StateSign } from "../submission/state-signs.tsx";
import { useLanguage, useWords } from "../words/words.tsx";

export type FigureRow = {
  unit: UnitRef;
  submission_id: string | null;
  state: SubmissionState | null;
  label: "approved" | "provisional" | "none";
  cell: Cell | null;
  has_children: boolean;
  entered_by: Person | null;
  entered_at: string | null;
  approved_by: Person | null;
  approved_at: string | null;
  evidence: { id: string; name: string; size: number }[];
};

type Props = {
  indicator: Indicator;
  rows: FigureRow[];
  /** The state of today says nothing of figures as they were known before. */
  states: boolean;
  onDown: (unit: UnitRef) => void;
  onCell: (row: FigureRow) => void;
};

type Order = "unit" | "up" | "down";

function sorted(rows: FigureRow[], order: Order): FigureRow[] {
  if (order === "unit") return rows;
  const sign = order === "up" ? 1 : -1;
  const value = (row: FigureRow) => (row.cell?.present ? row.cell.value : null);
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sign * compareAmounts(x, y);
  });
}

/** The figures a figure is made of: whose they are, who answers for them, what proves them. */
export function FigureRows({ indicator, rows, states, onDown, onCell }: Props) {
  const t = useWords();
  const language = useLanguage();
  const [order, setOrder] = useState<Order>("unit");
  const percentage = indicator.value_type === "percentage";
  const next: Record<Order, Order> = { unit: "down", down: "up", up: "unit" };
  const open = (row: FigureRow) => (row.has_children ? onDown(row.unit) : onCell(row));
  return (
    <div className="scroll-box figure-box">
      <table className="sheet">
        <thead>
          <tr>
            <th scope="col" className="pinned">
              {t("unit")}
            </th>
            <th scope="col" className="number" aria-sort={order === "unit" ? "none" : order === "up" ? "ascending" : "descending"}>
              <button type="button" className="plain-button" onClick={() => setOrder(next[order])}>
                {t("valueColumn")} {order === "up" ? "▲" : order === "down" ? "▼" : "↕"}
              </button>
            </th>
            {percentage && (
              <th scope="col" className="number">
                {t("parts")}
              </th>
            )}
            <th scope="col">{t("figureLabel")}</th>
            {states && <th scope="col">{t("stateColumn")}</th>}
            <th scope="col">{t("enteredByColumn")}</th>
            <th scope="col">{t("approvedByColumn")}</th>
            <th scope="col">{t("evidenceColumn")}</th>
          </tr>
        </thead>
        <tbody>
          {sorted(rows, order).map((row) => (
            <tr key={row.unit.id}>
              <th scope="row" className="pinned">
                {row.has_children || row.submission_id ? (
                  <button type="button" className="link-button" title={t(row.has_children ? "drillDown" : "drillOpen")} onClick={() => open(row)}>
                    {row.unit.name}
                    {row.has_children && <span aria-hidden="true"> ›</span>}
                  </button>
                ) : (
                  row.unit.name
                )}
              </th>
              <td className="number">
                <strong>
                  <CellValue cell={row.cell} indicator={indicator} />
                </strong>{" "}
                <TargetMark state={row.cell?.target_state} />
              </td>
              {percentage && (
                <td className="number figure-parts">
                  {row.cell?.numerator && `${formatNumber(row.cell.numerator, language)} / ${formatNumber(row.cell.denominator, language)}`}
                </td>
              )}
              <td>
                <FigureLabel label={row.label} />
              </td>
              {states && <td>{row.state && <StateSign state={row.state} onTime={null} words />}</td>}
              <td>
                {row.entered_by?.name}
                {row.entered_at && <div className="work-facts">{formatTime(row.entered_at)}</div>}
              </td>
              <td>
                {row.approved_by?.name}
                {row.approved_at && <div className="work-facts">{formatTime(row.approved_at)}</div>}
              </td>
              <td>
                {row.evidence.map((file) => (
                  <div key={file.id}>
                    <a href={`/api/evidence/${file.id}`} download={file.name}>
                      <DownloadOutlined aria-hidden="true" /> {file.name}
                    </a>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
