import { fold } from "../format/fold.ts";
import type { Matrix, MatrixRow } from "./types.ts";

/** The parts a matrix is looked at by; every row is in one of the first five and may be in more of the others. */
export const filters = ["none", "submitted", "approved", "received", "returned", "late", "outlier", "changed"] as const;
export type Filter = (typeof filters)[number];

export function isIn(row: MatrixRow, filter: Filter): boolean {
  switch (filter) {
    case "none":
      return row.state === "draft";
    case "late":
      return row.on_time === false;
    case "outlier":
      return row.cells.some((cell) => cell.w);
    case "changed":
      return row.cells.some((cell) => cell.c);
    default:
      return row.state === filter;
  }
}

export function filterRows(rows: MatrixRow[], filter: Filter | null, q: string): MatrixRow[] {
  const wanted = fold(q.trim());
  return rows.filter(
    (row) => (!filter || isIn(row, filter)) && (!wanted || fold(row.unit.name).includes(wanted) || row.unit.code.toLowerCase().includes(wanted)),
  );
}

export function countRows(rows: MatrixRow[]): Record<Filter, number> {
  const counts = Object.fromEntries(filters.map((filter) => [filter, 0])) as Record<Filter, number>;
  for (const row of rows) for (const filter of filters) if (isIn(row, filter)) counts[filter]++;
  return counts;
}

export type BulkAction = "approve" | "receive" | "return";

/** `approve`: the units whose approver the person is. */
export type MatrixMay = { approve: ReadonlySet<string>; receive: boolean };

function canDo(row: MatrixRow, action: BulkAction, may: MatrixMay): boolean {
  if (row.version < 1) return false;
  const approves = row.state === "submitted" && may.approve.has(row.unit.id);
  if (action === "approve") return approves;
  if (action === "receive") return may.receive && row.state === "approved";
  return approves || (may.receive && (row.state === "approved" || row.state === "received"));
}

/** Which of the rows an action is meant for; the server judges each again. */
export function actionable(rows: MatrixRow[], action: BulkAction, may: MatrixMay): MatrixRow[] {
  return rows.filter((row) => canDo(row, action, may));
}

/** Whether a row waits for this person. */
export function waits(row: MatrixRow, may: MatrixMay): boolean {
  return canDo(row, "approve", may) || canDo(row, "receive", may);
}

/** Rows that are not as they were: told by their revision. */
export function changedRows(before: Matrix | undefined, after: Matrix): string[] {
  if (!before || before.period !== after.period || before.assignment.id !== after.assignment.id) return [];
  const known = new Map(before.rows.map((row) => [row.submission_id, row.revision]));
  return after.rows.filter((row) => known.has(row.submission_id) && known.get(row.submission_id) !== row.revision).map((row) => row.submission_id);
}
