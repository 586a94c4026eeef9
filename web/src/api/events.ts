import { address, api } from "./client.ts";
import type { Person, UnitRef } from "./types.ts";

export type LogEvent = {
  id: string;
  at: string;
  kind: string;
  sentence: string;
  by: Person | null;
  address: string | null;
  unit: UnitRef | null;
  subject_kind: string | null;
  subject_id: string | null;
  before: unknown;
  after: unknown;
  block: number | null;
};

export type LogQuery = {
  unit_id?: string;
  kind?: string;
  account_id?: string;
  subject_kind?: string;
  subject_id?: string;
  from?: string;
  to?: string;
};

export type Block = {
  no: number;
  first_id: string;
  last_id: string;
  events: number;
  root: string;
  previous: string;
  hash: string;
  signature: string;
  key: string;
  sealed_at: string;
};

export type Verified = {
  ok: boolean;
  events: number;
  unsealed: number;
  blocks: number;
  last_hash: string;
  problems: { code: string; title: string; field: string }[];
};

export const log = {
  page: (query: LogQuery & { after?: string; limit?: number }) =>
    api.get<{ events: LogEvent[]; next: string | null }>("/api/event-log", query),
  csv: (query: LogQuery) => address("/api/event-log/export", query),
  blocks: (after?: string) => api.get<{ blocks: Block[]; next: string | null }>("/api/audit/blocks", { after, limit: 50 }),
  verify: () => api.post<Verified>("/api/audit/verify"),
};
