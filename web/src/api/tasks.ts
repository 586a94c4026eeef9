import { address, api, upload, type Query } from "./client.ts";
import type { Deadline, Person, UnitRef } from "./types.ts";

export type TaskState = "not_started" | "in_progress" | "completed" | "paused" | "cancelled";
export type Timeliness = "in_time" | "due_soon" | "overdue" | "completed_on_time" | "completed_late" | "none";
export type DeadlineKind = "instant" | "quarter" | "soonest" | "none";
export type Recurrence = { every: "week" | "month" | "quarter" | "half_year" | "year"; day: number; from: string | null };
export type TaskPart = "lead" | "cooperating" | "assigned" | "below" | "within" | "all";
export type TaskDocument = { id: string; number: string | null; date: string | null; subject: string };

export type TaskMay = {
  report: boolean;
  ask: boolean;
  decide: boolean;
  change: boolean;
  pass_down: boolean;
  comment: boolean;
};

export type Task = {
  id: string;
  parent_id: string | null;
  title: string;
  content: string;
  programme: string;
  field: string;
  product: string;
  document: TaskDocument | null;
  assigner: UnitRef;
  lead: UnitRef;
  head: string;
  cooperating: { unit: UnitRef; part: string }[];
  weight: number;
  deadline: Deadline | null;
  deadline_kind: DeadlineKind;
  deadline_written: string;
  recurrence: Recurrence | null;
  state: TaskState;
  timeliness: Timeliness;
  percent: number;
  rolled_percent: number;
  late_children: number;
  completion_requested_at: string | null;
  completed_at: string | null;
  explanation_due: boolean;
  children: number;
  may: TaskMay;
  source: { reading_id: string; start: number; end: number } | null;
  created_at: string;
  version: number;
};

export type TaskFile = {
  id: string;
  name: string;
  size: number;
  type: string;
  added_by: Person | null;
  added_at: string;
};

export type TaskReport = {
  id: string;
  period: string | null;
  deadline: Deadline | null;
  on_time: boolean | null;
  percent: number;
  result: string;
  difficulties: string;
  requests: string;
  nil: boolean;
  files: TaskFile[];
  reported_by: Person | null;
  reported_at: string | null;
};

export type TaskRequest = {
  id: string;
  kind: "completion" | "extension";
  state: "waiting" | "accepted" | "refused" | "withdrawn";
  reason: string;
  deadline: Deadline | null;
  files: TaskFile[];
  asked_by: Person | null;
  asked_at: string;
  decided_by: Person | null;
  decided_at: string | null;
  decision: string;
};

export type TaskExplanation = {
  id: string;
  deadline: Deadline;
  cause: string;
  remedy: string;
  new_date: string;
  given_by: Person | null;
  given_at: string;
};

/** A deadline that the task has or had; all but the newest are past. */
export type KeptDeadline = {
  deadline: Deadline | null;
  kind: DeadlineKind;
  written: string;
  request_id: string | null;
  set_by: Person | null;
  set_at: string;
};

export type TaskDetail = Task & {
  ancestors: { id: string; title: string }[];
  parts: Task[];
  reports: TaskReport[];
  requests: TaskRequest[];
  explanations: TaskExplanation[];
  deadlines: KeptDeadline[];
  files: TaskFile[];
};

export type TaskInput = {
  unit_id?: string;
  title: string;
  content?: string;
  lead_unit_id: string;
  head?: string;
  cooperating?: { unit_id: string; part: string }[];
  programme?: string;
  field?: string;
  product?: string;
  weight?: number;
  document_id?: string | null;
  parent_id?: string | null;
  deadline?: { before: string | null; written: string; kind: DeadlineKind } | null;
  recurrence?: Recurrence | null;
};

export type TaskPartInput = {
  unit_id: string;
  title?: string;
  content: string;
  product?: string;
  weight: number;
  deadline?: { before: string | null; written: string; kind: DeadlineKind } | null;
};

export type TaskReportInput = {
  percent: number;
  result: string;
  difficulties: string;
  requests: string;
  nil: boolean;
  file_ids: string[];
  period?: string;
};

export type TaskQuery = Query & {
  unit_id?: string;
  part?: TaskPart;
  state?: TaskState | "unfinished";
  timeliness?: Timeliness;
  field?: string;
  programme?: string;
  document_id?: string;
  parent_id?: string;
  roots?: boolean;
  q?: string;
  due_from?: string;
  due_to?: string;
  sort?: string;
  after?: string;
  limit?: number;
};

export type TaskPage = { items: Task[]; next: string | null; may_create: boolean };
export type TaskFilter = { id: string; name: string; query: string };
export type TaskComment = { id: string; text: string; by: Person | null; at: string; mentions: Person[] };
export type TaskReader = Person & { position: string | null; unit: UnitRef };

export type TaskEvent = { id: string; at: string; by: Person | null; kind: string; sentence: string; before: unknown; after: unknown };

export type BulkAct = "pause" | "resume" | "cancel" | "set_field" | "set_programme" | "set_weight";
export type BulkResult = { id: string; done: boolean; code: string | null; title: string | null };

/** Words of a sheet that name units: one, several ("các sở"), or none for certain. */
export type ImportUnits = { text: string; unit: UnitRef | null; units: number };

export type ImportRow = {
  line: number;
  section: string;
  content: string;
  lead: ImportUnits;
  cooperating: ImportUnits[];
  product: string;
  deadline: { before: string | null; wording: string } | null;
  errors: { code: string; title: string; field: string }[];
};
export type ImportPreview = { id: string; name: string; rows: ImportRow[]; errors: number };

/** The address is told once, when it is made. */
export type CalendarLink = { created_at: string | null; url: string | null };

export type Figures = {
  total: number;
  completed_on_time: number;
  completed_late: number;
  open_in_time: number;
  overdue: number;
  /** Of those in time. */
  without_deadline: number;
  paused: number;
};
export type FigureRow = Figures & {
  /** Id of the unit, or name of the programme or field; empty: tasks without one. */
  key: string;
  name: string;
  unit: UnitRef | null;
  /** What the unit asked for leads itself. */
  own: boolean;
};
export type FigureBy = "unit" | "programme" | "field";
export type TaskFigures = { unit: UnitRef; rows: FigureRow[]; sum: Figures };

const at = (id: string, rest = "") => `/api/tasks/${id}${rest}`;

export const tasks = {
  page: (query: TaskQuery) => api.get<TaskPage>("/api/tasks", query),
  one: (id: string) => api.get<TaskDetail>(at(id)),
  create: (input: TaskInput, idempotencyKey: string) => api.post<TaskDetail>("/api/tasks", input, { idempotencyKey }),
  change: (id: string, input: Partial<TaskInput>, version: number) =>
    api.patch<TaskDetail>(at(id), input, { ifMatch: version }),
  passDown: (id: string, parts: TaskPartInput[], version: number, idempotencyKey: string) =>
    api.post<TaskDetail>(at(id, "/parts"), { parts }, { ifMatch: version, idempotencyKey }),
  report: (id: string, input: TaskReportInput, version: number, idempotencyKey: string) =>
    api.post(at(id, "/reports"), input, { ifMatch: version, idempotencyKey }),
  ask: (
    id: string,
    input: { kind: TaskRequest["kind"]; reason: string; deadline?: string; file_ids: string[] },
    version: number,
    idempotencyKey: string,
  ) => api.post<TaskRequest>(at(id, "/requests"), input, { ifMatch: version, idempotencyKey }),
  decide: (requestId: string, accept: boolean, reason: string, version: number) =>
    api.post(`/api/task-requests/${requestId}/decision`, { accept, reason }, { ifMatch: version }),
  withdraw: (requestId: string) => api.delete(`/api/task-requests/${requestId}`),
  explain: (
    id: string,
    input: { cause: string; remedy: string; new_date: string },
    version: number,
    idempotencyKey: string,
  ) => api.post(at(id, "/explanations"), input, { ifMatch: version, idempotencyKey }),
  setState: (id: string, to: "paused" | "cancelled" | "resumed", reason: string, version: number) =>
    api.post(at(id, "/state"), { to, reason }, { ifMatch: version }),
  comments: (id: string, after?: string) =>
    api.get<{ items: TaskComment[]; next: string | null }>(at(id, "/comments"), { after }),
  /** People who may read the task, by a part of their name. */
  readers: (id: string, q: string) => api.get<{ items: TaskReader[] }>(at(id, "/readers"), { q: q || undefined }),
  comment: (id: string, text: string, mentions: string[], idempotencyKey: string) =>
    api.post<TaskComment>(at(id, "/comments"), { text, mentions }, { idempotencyKey }),
  history: (id: string, after?: string) =>
    api.get<{ items: TaskEvent[]; next: string | null }>(at(id, "/history"), { after }),
  bulk: (ids: string[], act: BulkAct, values: { reason?: string; value?: string }) =>
    api.post<{ results: BulkResult[] }>("/api/tasks/bulk", { ids, act, ...values }),
  sheet: (query: TaskQuery) => address("/api/task-sheet", { ...query, after: undefined, limit: undefined }),
};

export const taskFiles = {
  add: (id: string, file: File, onProgress: (share: number) => void, signal?: AbortSignal) =>
    upload<TaskFile>(at(id, "/files"), file, onProgress, signal),
  remove: (fileId: string) => api.delete(`/api/task-files/${fileId}`),
  address: (fileId: string) => `/api/task-files/${fileId}`,
};

export const taskFilters = {
  all: () => api.get<{ items: TaskFilter[] }>("/api/task-filters").then((answer) => answer.items),
  put: (name: string, query: string) => api.put<TaskFilter>("/api/task-filters", { name, query }),
  remove: (id: string) => api.delete(`/api/task-filters/${id}`),
};

export const taskImports = {
  read: (unitId: string, file: File, onProgress: (share: number) => void) =>
    upload<ImportPreview>(address("/api/task-imports", { unit_id: unitId }), file, onProgress),
  accept: (id: string) => api.post<{ tasks: string[] }>(`/api/task-imports/${id}/accept`),
};

export const taskCalendar = {
  get: () => api.get<CalendarLink>("/api/me/calendar"),
  make: () => api.post<CalendarLink>("/api/me/calendar"),
  end: () => api.delete("/api/me/calendar"),
};

export const taskFigures = (query: { unit_id: string; by: FigureBy; from?: string; to?: string }) =>
  api.get<TaskFigures>("/api/task-figures", query);
