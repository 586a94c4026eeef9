import type { Cell, Deadline, EntryWindow, Evidence, Indicator, Person, SubmissionState, Tally, Target, UnitRef } from "../api/types.ts";

export type Submission = {
  id: string;
  revision: number;
  version: number;
  state: SubmissionState;
  unit: UnitRef;
  period: string;
  assignment_id: string;
  report: { id: string; code: string; title: string; instructions: string };
  from: UnitRef;
  first_submitted_at: string | null;
  submitted_at: string | null;
  on_time: boolean | null;
  late_reason: string | null;
  nil: boolean;
  entered_by: Person | null;
  approved_by: Person | null;
  approved_at: string | null;
  received_by: Person | null;
  received_at: string | null;
  return_reason: string | null;
  exception_until: string | null;
};

export type GridRow = {
  indicator: Indicator;
  section: string;
  required: boolean;
  evidence_required: boolean;
  target: Target | null;
  cell: Cell;
  previous: Cell | null;
  last_submitted: Cell | null;
  history: (string | null)[];
  median: string | null;
  mark: { comment: string; by: Person | null; at: string } | null;
  evidence: Evidence[];
};

export type Step = {
  step: "submitted" | "recalled" | "approved" | "returned" | "received" | "reopened";
  at: string;
  by: Person | null;
  version: number;
  reason: string | null;
};

export type Grid = {
  submission: Submission;
  deadline: Deadline;
  window: EntryWindow;
  /** The days the figures are of; `end` is the day after the last. */
  figures_window: { first: string; end: string };
  evidence_rules: { max_bytes: number; types: string[] };
  may: {
    enter: boolean;
    submit: boolean;
    recall: boolean;
    approve: boolean;
    return: boolean;
    receive: boolean;
    attach: boolean;
  };
  periods: string[];
  rows: GridRow[];
  evidence: Evidence[];
  steps: Step[];
};

export type CellInput = {
  indicator_id: string;
  base_revision: number;
  value?: string;
  numerator?: string;
  denominator?: string;
  text?: string;
  note?: string;
  nil?: boolean;
  clear?: boolean;
};

export type DraftReply = {
  saved: {
    indicator_id: string;
    revision: number;
    value: string | null;
    target_state?: Cell["target_state"];
    warnings: { code: string; title: string }[];
  }[];
  conflicts: { indicator_id: string; theirs: Cell; by: Person | null; at: string | null }[];
  invalid: { indicator_id: string; code: string; title: string; field: string }[];
  saved_at: string;
};

export type CellPanel = {
  indicator: Indicator;
  history: { period: string; value: string | null; numerator: string | null; denominator: string | null; basis: "provisional" | "approved" }[];
  versions: {
    version: number;
    at: string;
    by: Person | null;
    approved_by: Person | null;
    approved_at: string | null;
    late_reason: string | null;
    cell: Cell;
  }[];
  evidence: Evidence[];
  marks: { comment: string; by: Person | null; at: string; version?: number }[];
};

export type MatrixColumn = {
  indicator_id: string;
  code: string;
  name: string;
  unit_of_measure: string;
  decimals: number;
  value_type: Indicator["value_type"];
};

/** One figure of the matrix in few letters: there are thousands. */
export type MatrixCell = {
  /** value */
  v: string | null;
  nil?: boolean;
  /** change against the last period */
  d: string | null;
  /** changed since the last submission */
  c?: boolean;
  /** far from what the unit usually reports */
  w?: boolean;
  /** target */
  t?: "reached" | "missed" | "none";
};

export type MatrixRow = {
  unit: UnitRef;
  submission_id: string;
  revision: number;
  version: number;
  state: SubmissionState;
  on_time: boolean | null;
  nil: boolean;
  submitted_at: string | null;
  late_reason: string | null;
  exception_until: string | null;
  states: Record<string, { state: SubmissionState; on_time: boolean | null } | null>;
  cells: MatrixCell[];
  evidence_count: number;
  entered_by: Person | null;
  approved_by: Person | null;
  return_reason: string | null;
};

export type AssignmentPeriod = {
  period: string;
  state: "open" | "closed";
  deadline: Deadline;
  opens?: string;
  tally: Tally;
};

export type Assignment = {
  id: string;
  report: { id: string; code: string; title: string; frequency: string };
  from: UnitRef;
  parent_id: string | null;
  document: string | null;
  rule_wording: string;
  unit_count: number;
  periods: AssignmentPeriod[];
  version: number;
  may: { manage: boolean; receive: boolean; pass_down: boolean };
};

export type Matrix = {
  assignment: Assignment;
  period: string;
  periods: string[];
  tally: Tally;
  deadline: Deadline;
  period_state: "open" | "closed";
  may: { receive: boolean; close: boolean; exception: boolean };
  columns: MatrixColumn[];
  rows: MatrixRow[];
  rollup: { provisional: (Cell | null)[]; approved: (Cell | null)[]; previous: (Cell | null)[] };
  own_submission_id: string | null;
};
