import { api } from "./client.ts";
import type { Indicator, Target, UnitRef } from "./types.ts";

export type Frequency = Indicator["frequency"];

export type IndicatorVersion = {
  version: number;
  valid_from: string;
  valid_to: string | null;
  changed_by: string;
  change_reason: string | null;
};

export type IndicatorDetail = Indicator & { versions: IndicatorVersion[]; may_change: boolean };

export type IndicatorInput = Partial<Omit<Indicator, "id" | "version" | "owner" | "valid_from" | "valid_to">> & {
  owner_unit_id?: string;
  change_reason?: string;
};

export type Report = {
  id: string;
  version: number;
  code: string;
  title: string;
  resolution: string;
  instructions: string;
  frequency: Frequency;
  cut_day: number;
  owner: UnitRef;
  valid_from: string;
};

export type ReportItem = {
  position: number;
  section: string;
  required: boolean;
  evidence_required: boolean;
  indicator: Indicator;
};

export type CheckOperator = Exclude<Target["operator"], "range">;
export type ReportCheck = {
  left_id: string;
  operator: CheckOperator;
  right_id: string;
  about: string;
  blocks: boolean;
};

export type ReportDetail = Report & { items: ReportItem[]; checks: ReportCheck[]; may_change: boolean };

export type ReportItemInput = { indicator_id: string; section?: string; required: boolean; evidence_required: boolean };
export type ReportInput = {
  code?: string;
  frequency?: Frequency;
  title: string;
  resolution?: string;
  instructions?: string;
  cut_day?: number;
  items: ReportItemInput[];
  checks: ReportCheck[];
};

export type IndicatorQuery = { q?: string; group?: string; report_id?: string; after?: string; limit?: number };
type IndicatorPage = { indicators: Indicator[]; next: string | null; may_create: boolean };

export const indicators = {
  page: (query: IndicatorQuery) => api.get<IndicatorPage>("/api/indicators", query),
  one: (id: string) => api.get<IndicatorDetail>(`/api/indicators/${id}`),
  create: (input: IndicatorInput, idempotencyKey: string) =>
    api.post<IndicatorDetail>("/api/indicators", input, { idempotencyKey }),
  change: (id: string, input: IndicatorInput, version: number) =>
    api.patch<IndicatorDetail>(`/api/indicators/${id}`, input, { ifMatch: version }),
};

export const reports = {
  all: () => api.get<{ reports: Report[]; may_create: boolean }>("/api/reports"),
  one: (id: string) => api.get<ReportDetail>(`/api/reports/${id}`),
  create: (input: ReportInput, idempotencyKey: string) =>
    api.post<ReportDetail>("/api/reports", input, { idempotencyKey }),
  change: (id: string, input: ReportInput, version: number) =>
    api.patch<ReportDetail>(`/api/reports/${id}`, input, { ifMatch: version }),
};
