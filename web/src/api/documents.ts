import { address, api, upload, type Query } from "./client.ts";
import type { Task } from "./tasks.ts";
import type { Deadline, Person, UnitRef } from "./types.ts";

export type Secrecy = "normal" | "confidential" | "secret" | "top_secret";
export type LinkKind = "based_on" | "carries_out" | "replaces" | "amends";
export type RegisterSide = "incoming" | "issued" | "all";

export type DocumentItem = {
  id: string;
  unit: UnitRef;
  number: string | null;
  number_normal: string | null;
  type: string;
  issuer: string;
  date: string | null;
  month: string | null;
  subject: string;
  secrecy: Secrecy;
  stub: boolean;
  arrival_number: number | null;
  arrived_on: string | null;
  due: Deadline | null;
  files: number;
  /** Not over, and of those overdue; parts do not count. */
  tasks_open: number;
  tasks_late: number;
  version: number;
};

export type DocumentRef = Pick<DocumentItem, "id" | "number" | "type" | "issuer" | "date" | "subject">;
export type Signer = { prefix: string | null; position: string | null; name: string | null };

/** A document that a letter names, as it names it. */
export type Reference = {
  number: string | null;
  type: string | null;
  issuer: string | null;
  date: string | null;
  title: string | null;
};

export type DocumentFile = {
  id: string;
  name: string;
  size: number;
  type: string;
  /** The document itself, not attached to it. */
  main: boolean;
  /** Of the files of the same name: 1 is the oldest. */
  revision: number;
  added_by: Person | null;
  added_at: string;
};

export type DocumentLink = {
  id: string;
  kind: LinkKind;
  /** "to": this document stands on the other; "from": the other on this. */
  direction: "to" | "from";
  document: DocumentRef | null;
  reference: Reference | null;
};

export type DocumentDetail = Omit<DocumentItem, "files" | "tasks_open" | "tasks_late"> & {
  issuer_unit: UnitRef | null;
  superior: string;
  place: string;
  signer: Signer;
  addressees: string[];
  recipients: string[];
  files: DocumentFile[];
  links: DocumentLink[];
  has_text: boolean;
  /** What it was made from, for those who may read it. */
  reading_id: string | null;
  may_change: boolean;
};

export type DocumentInput = {
  unit_id?: string;
  number?: string | null;
  type?: string;
  issuer?: string;
  issuer_unit_id?: string | null;
  superior?: string;
  place?: string;
  date?: string | null;
  month?: string | null;
  subject?: string;
  signer?: { prefix: string; position: string; name: string };
  addressees?: string[];
  recipients?: string[];
  secrecy?: Secrecy;
  due?: { before: string } | null;
  arrival_number?: number | null;
  arrived_on?: string | null;
  references?: (Reference & { kind: LinkKind })[];
};

export type DocumentQuery = Query & {
  unit_id?: string;
  q?: string;
  type?: string;
  from?: string;
  to?: string;
  register?: RegisterSide;
  secrecy?: Secrecy;
  after?: string;
  limit?: number;
};
export type DocumentPage = { items: DocumentItem[]; next: string | null; may_create: boolean };

export type ChainNode = {
  /** Null: known from letters only. */
  id: string | null;
  number: string | null;
  date: string | null;
  issuer: string | null;
  subject: string | null;
  level: string;
};
export type ChainEdge = { from: number; to: number; kind: LinkKind };
export type Chain = { nodes: ChainNode[]; edges: ChainEdge[]; cut: boolean };

export type RegisterRow = {
  document_id: string;
  arrived_on: string;
  arrival_number: number | null;
  issuer: string;
  number: string | null;
  date: string | null;
  summary: string;
  receiver: string;
  passed_on: string | null;
  signature: string;
  note: string;
};

export type Span = { start: number; end: number };
export type ReadDeadline = { wording: string | null; before: string | null; kind: "instant" | "quarter" | "soonest" | "none" };
export type ReadRecurrence = {
  every: "week" | "month" | "quarter" | "half_year" | "year";
  day: number;
  from: string | null;
};
export type UnitMatch = {
  name: string;
  unit_id: string | null;
  group: "departments" | "communes" | "provinces" | "ministries" | "all" | null;
  unit_ids: string[];
  confidence: number;
};

export type ReadTask = {
  text: string;
  lead: string[];
  cooperating: string[];
  product: string | null;
  deadline: ReadDeadline;
  recurrence: ReadRecurrence | null;
  source: Span;
  lead_units: UnitMatch[];
  cooperating_units: UnitMatch[];
};

export type ReadReference = Reference & { number_normal: string | null; source?: Span };

export type ReadDocument = {
  issuer: string | null;
  superior: string | null;
  number: string | null;
  number_normal: string | null;
  type: string | null;
  place: string | null;
  date: string | null;
  month: string | null;
  subject: string | null;
  addressees: string[];
  references: ReadReference[];
  signer: Signer | null;
  recipients: string[];
  tasks: ReadTask[];
  source: Span;
};

export type ReadingState = "waiting" | "running" | "done" | "failed";
export type ReadingItem = {
  id: string;
  unit: UnitRef;
  name: string;
  state: ReadingState;
  pages_done: number;
  pages_total: number;
  from_picture: boolean;
  problem: string | null;
  created_at: string;
  accepted_at: string | null;
  version: number;
};
export type Reading = ReadingItem & { text: string | null; documents: ReadDocument[]; known: DocumentRef[] };

export type AcceptTask = {
  document_index: number | null;
  title: string;
  content: string;
  lead_unit_ids: string[];
  cooperating: { unit_id: string; part: string }[];
  product: string;
  programme: string;
  field: string;
  weight: number;
  deadline: { before: string | null; written: string; kind: ReadDeadline["kind"] } | null;
  recurrence: ReadRecurrence | null;
  source: Span | null;
};
export type AcceptInput = {
  documents: (DocumentInput & { index: number; skip: boolean })[];
  tasks: AcceptTask[];
};
export type Accepted = { documents: string[]; tasks: string[] };
export type ReadingResults = { documents: DocumentRef[]; tasks: Task[] };

const at = (id: string, rest = "") => `/api/documents/${id}${rest}`;

export const documents = {
  page: (query: DocumentQuery) => api.get<DocumentPage>("/api/documents", query),
  one: (id: string) => api.get<DocumentDetail>(at(id)),
  text: (id: string) => api.get<{ text: string; from_picture: boolean }>(at(id, "/text")),
  create: (input: DocumentInput, idempotencyKey: string) =>
    api.post<DocumentDetail>("/api/documents", input, { idempotencyKey }),
  change: (id: string, input: DocumentInput, version: number) =>
    api.patch<DocumentDetail>(at(id), input, { ifMatch: version }),
  chain: (id: string) => api.get<Chain>(at(id, "/chain")),
  link: (id: string, input: { kind: LinkKind; to_id?: string } & Partial<Reference>, idempotencyKey: string) =>
    api.post<DocumentLink>(at(id, "/links"), input, { idempotencyKey }),
  unlink: (linkId: string) => api.delete(`/api/document-links/${linkId}`),
  settings: () => api.get<{ secrecy_max: Secrecy }>("/api/document-settings"),
  register: (query: { unit_id: string; year: number; month: number }) =>
    api.get<{ unit: UnitRef; rows: RegisterRow[] }>("/api/document-register", query),
};

export const documentFiles = {
  add: (id: string, file: File, role: "main" | "attached", onProgress: (share: number) => void, signal?: AbortSignal) =>
    upload<DocumentFile>(address(at(id, "/files"), { role }), file, onProgress, signal),
  remove: (fileId: string, reason: string) => api.delete(`/api/document-files/${fileId}`, { reason }),
  address: (fileId: string) => `/api/document-files/${fileId}`,
};

export const readings = {
  add: (unitId: string, file: File, onProgress: (share: number) => void, signal?: AbortSignal) =>
    upload<Reading>(address("/api/readings", { unit_id: unitId }), file, onProgress, signal),
  page: (query: { unit_id?: string; after?: string; limit?: number }) =>
    api.get<{ items: ReadingItem[]; next: string | null }>("/api/readings", query),
  one: (id: string) => api.get<Reading>(`/api/readings/${id}`),
  results: (id: string) => api.get<ReadingResults>(`/api/readings/${id}/results`),
  remove: (id: string) => api.delete(`/api/readings/${id}`),
  accept: (id: string, input: AcceptInput, version: number, idempotencyKey: string) =>
    api.post<Accepted>(`/api/readings/${id}/accept`, input, { ifMatch: version, idempotencyKey }),
};
