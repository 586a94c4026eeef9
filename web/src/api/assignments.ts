import type { Frequency } from "./indicators.ts";
import { api } from "./client.ts";
import type { Deadline, SubmissionState, Tally, UnitRef } from "./types.ts";

export type Rule = { day: number; month_offset: number; roll: boolean; locks: boolean; opens_day: number };

export type AssignmentPeriod = {
  period: string;
  state: "open" | "closed";
  deadline: Deadline;
  opens: string;
  closed_at: string | null;
  tally: Tally;
};

export type Assignment = {
  id: string;
  report: { id: string; code: string; title: string; frequency: Frequency };
  from: UnitRef;
  parent_id: string | null;
  document: string | null;
  rule: Rule;
  rule_wording: string;
  first_period: string;
  last_period: string | null;
  unit_count: number;
  periods: AssignmentPeriod[];
  version: number;
  may: { manage: boolean; receive: boolean; pass_down: boolean };
};

export type AssignmentDetail = Assignment & { units: UnitRef[] };

export type Include = "provinces" | "ministries" | "departments" | "communes";

export type AssignmentInput = {
  report_id: string;
  from_unit_id?: string;
  parent_id?: string | null;
  rule: Rule;
  first_period: string;
  last_period?: string | null;
  document?: string | null;
  unit_ids?: string[];
  include?: Include[];
};

export type AssignmentChange = {
  rule?: Rule;
  last_period?: string | null;
  add_unit_ids?: string[];
  remove_unit_ids?: string[];
};

export type AssignmentQuery = { from_unit_id?: string; to_unit_id?: string; ended?: boolean; after?: string };
type AssignmentPage = { assignments: Assignment[]; next: string | null; may_create: boolean };
export type MissingUnit = { unit: UnitRef; state: SubmissionState };

const at = (id: string, rest = "") => `/api/assignments/${id}${rest}`;

export const assignments = {
  page: (query: AssignmentQuery) => api.get<AssignmentPage>("/api/assignments", query),
  one: (id: string) => api.get<AssignmentDetail>(at(id)),
  create: (input: AssignmentInput, idempotencyKey: string) =>
    api.post<AssignmentDetail>("/api/assignments", input, { idempotencyKey }),
  change: (id: string, input: AssignmentChange, version: number) =>
    api.patch<AssignmentDetail>(at(id), input, { ifMatch: version }),
  open: (id: string, period: string) => api.post<AssignmentDetail>(at(id, "/periods"), { period }),
  reopen: (id: string, period: string, reason: string) =>
    api.post<AssignmentDetail>(at(id, `/periods/${period}/reopen`), { reason }),
  except: (id: string, period: string, unit_id: string, until: string, reason: string) =>
    api.post<{ unit: UnitRef; until: string }>(at(id, `/periods/${period}/exceptions`), { unit_id, until, reason }),
};

export const previewDeadline = (rule: Rule, period: string) =>
  api.post<{ deadline: Deadline; opens: string }>("/api/deadline-preview", { rule, period });
