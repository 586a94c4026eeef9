import type {
  AcceptInput,
  AcceptTask,
  LinkKind,
  ReadDeadline,
  ReadDocument,
  Reading,
  ReadRecurrence,
  ReadTask,
  Reference,
  Secrecy,
  Span,
  UnitMatch,
} from "../api/documents.ts";
import { fold } from "../format/fold.ts";
import { isAbove } from "./secrecy-levels.ts";
import { findWords, wordsAt, type Letters } from "./spans.ts";

/**
 * What a person makes of what was read out of a letter, before anything is saved. Pure: reading-page keeps it in the
 * browser until it is accepted.
 */

/** Below this the reader's choice of a unit is shown as open to doubt. */
export const SURE = 85;

export type DraftUnits = {
  /** As the letter says it; "" when a person added it. */
  name: string;
  ids: string[];
  group: UnitMatch["group"];
  /** 0 to 100; null once a person chose. */
  confidence: number | null;
  /** What a co-operating unit does. */
  part: string;
};

export type DraftTask = {
  key: string;
  title: string;
  content: string;
  lead: DraftUnits[];
  cooperating: DraftUnits[];
  product: string;
  programme: string;
  field: string;
  weight: number;
  kind: ReadDeadline["kind"];
  before: string | null;
  written: string;
  recurrence: ReadRecurrence | null;
  source: Span | null;
};

export type DraftReference = Reference & { kind: LinkKind };

export type DraftDocument = {
  key: string;
  skip: boolean;
  number: string;
  type: string;
  issuer: string;
  superior: string;
  place: string;
  date: string | null;
  month: string | null;
  subject: string;
  prefix: string;
  position: string;
  signer: string;
  addressees: string[];
  recipients: string[];
  references: DraftReference[];
  secrecy: Secrecy;
  arrivedOn: string | null;
  tasks: DraftTask[];
};

export type Correction = { documents: DraftDocument[]; made: number };

const TITLE_MAX = 160;

/** The start of an instruction as a title: its first sentence, cut between words. */
export function titleOf(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  const first = (/^.{12,}?[^\d\s](?=[.;](\s|$))/u.exec(flat)?.[0] ?? flat).replace(/[.;:,\s/]+$/, "");
  if (first.length <= TITLE_MAX) return first;
  const cut = first.slice(0, TITLE_MAX);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), TITLE_MAX / 2))}…`;
}

function unitsOf(names: string[], matches: UnitMatch[] | undefined): DraftUnits[] {
  const found = (matches ?? []).map((match) => ({
    name: match.name,
    ids: match.unit_ids.length ? match.unit_ids : match.unit_id ? [match.unit_id] : [],
    group: match.group,
    confidence: match.confidence,
    part: "",
  }));
  const known = new Set(found.map(({ name }) => name));
  const rest = names.filter((name) => !known.has(name));
  return [...found, ...rest.map((name) => ({ name, ids: [], group: null, confidence: 0, part: "" }))];
}

/** A task's rule counts to 24h00 of its day: "trước ngày 25 hằng tháng" is the 24th. */
function ruleOf({ recurrence, deadline }: ReadTask): ReadRecurrence | null {
  if (!recurrence || recurrence.every === "week" || !recurrence.day || !deadline.before) return recurrence;
  return { ...recurrence, day: Number(deadlineParts(deadline.before).day.slice(8)) };
}

function taskOf(task: ReadTask, key: string): DraftTask {
  return {
    key,
    title: titleOf(task.text),
    content: task.text,
    lead: unitsOf(task.lead, task.lead_units),
    cooperating: unitsOf(task.cooperating, task.cooperating_units),
    product: task.product ?? "",
    programme: "",
    field: "",
    weight: 1,
    kind: task.deadline.kind,
    before: task.deadline.before,
    written: task.deadline.wording ?? "",
    recurrence: ruleOf(task),
    source: task.source,
  };
}

/** Words before a unit's own name, which letters write in other ways: "UBND tỉnh", "Tỉnh uỷ". */
const kindOfPlace = /^(tinh|thanh pho|xa|phuong|dac khu) /;

/** Whether a letter comes from the unit whose registry it is read for, as far as its head says. */
export function isOwnLetter(read: Pick<ReadDocument, "issuer" | "superior">, unitName: string): boolean {
  const issuer = fold(read.issuer ?? "");
  /* An office signs for the body above it. */
  const head = /^van phong( |$)/.test(issuer) ? `${issuer} ${fold(read.superior ?? "")}` : issuer;
  return head.includes(fold(unitName).replace(kindOfPlace, ""));
}

function documentOf(read: ReadDocument, index: number, reading: ReadingHead): DraftDocument {
  return {
    key: `d${index}`,
    skip: false,
    number: read.number ?? "",
    type: read.type ?? "",
    issuer: read.issuer ?? "",
    superior: read.superior ?? "",
    place: read.place ?? "",
    date: read.date,
    month: read.month,
    subject: read.subject ?? "",
    prefix: read.signer?.prefix ?? "",
    position: read.signer?.position ?? "",
    signer: read.signer?.name ?? "",
    addressees: read.addressees,
    recipients: read.recipients,
    references: read.references.map(({ number, type, issuer, date, title }) => ({
      number,
      type,
      issuer,
      date,
      title,
      kind: "based_on",
    })),
    secrecy: "normal",
    arrivedOn: read.issuer && !isOwnLetter(read, reading.unit.name) ? reading.created_at.slice(0, 10) : null,
    tasks: read.tasks.map((task, nth) => taskOf(task, `d${index}t${nth}`)),
  };
}

type ReadingHead = Pick<Reading, "unit" | "created_at">;

export function fromReading(reading: ReadingHead & Pick<Reading, "documents">): Correction {
  return { documents: reading.documents.map((read, index) => documentOf(read, index, reading)), made: 0 };
}

export function blankUnits(): DraftUnits {
  return { name: "", ids: [], group: null, confidence: null, part: "" };
}

export function changeDocument(correction: Correction, key: string, changes: Partial<DraftDocument>): Correction {
  const documents = correction.documents.map((one) => (one.key === key ? { ...one, ...changes } : one));
  return { ...correction, documents };
}

function withTasks(correction: Correction, key: string, make: (tasks: DraftTask[]) => DraftTask[]): Correction {
  const documents = correction.documents.map((one) =>
    one.tasks.some((task) => task.key === key) ? { ...one, tasks: make(one.tasks) } : one,
  );
  return { ...correction, documents };
}

export function changeTask(correction: Correction, key: string, changes: Partial<DraftTask>): Correction {
  return withTasks(correction, key, (tasks) => tasks.map((task) => (task.key === key ? { ...task, ...changes } : task)));
}

export function removeTask(correction: Correction, key: string): Correction {
  return withTasks(correction, key, (tasks) => tasks.filter((task) => task.key !== key));
}

/** A task that the reader did not see, of words that the person chose in the letter or of none. */
export function addTask(correction: Correction, documentKey: string, words?: { text: string; span: Span }): [Correction, string] {
  const key = `n${correction.made}`;
  const text = words?.text.replace(/\s+/g, " ").trim() ?? "";
  const task: DraftTask = {
    ...taskOf(
      {
        text,
        lead: [],
        cooperating: [],
        product: null,
        deadline: { wording: null, before: null, kind: "none" },
        recurrence: null,
        source: words?.span ?? { start: 0, end: 0 },
        lead_units: [],
        cooperating_units: [],
      },
      key,
    ),
    lead: [blankUnits()],
    source: words?.span ?? null,
  };
  const documents = correction.documents.map((one) =>
    one.key === documentKey ? { ...one, tasks: ordered([...one.tasks, task]) } : one,
  );
  return [{ documents, made: correction.made + 1 }, key];
}

/** In the order of the letter; what stands nowhere in it comes last. */
function ordered(tasks: DraftTask[]): DraftTask[] {
  return tasks.toSorted((a, b) => (a.source?.start ?? Infinity) - (b.source?.start ?? Infinity) || 0);
}

/** The sentence end that is nearest to the middle: where a task is split when no place was chosen. */
export function splitPlace(content: string): number {
  const ends = [...content.matchAll(/[.;]\s+/g)].map((found) => found.index + found[0].length);
  const inner = ends.filter((end) => end > 0 && end < content.trimEnd().length);
  const middle = content.length / 2;
  const spaces = [...content.matchAll(/\s+/g)].map((found) => found.index + found[0].length);
  const nearest = (places: number[]) => places.reduce((best, one) => (Math.abs(one - middle) < Math.abs(best - middle) ? one : best));
  if (inner.length) return nearest(inner);
  return spaces.length ? nearest(spaces) : 0;
}

/** One task becomes two with the same units and deadline; each keeps its own words of the letter. */
export function splitTask(correction: Correction, key: string, at: number, letters: Letters): [Correction, string | null] {
  const task = correction.documents.flatMap((one) => one.tasks).find((one) => one.key === key);
  const first = task?.content.slice(0, at).trim() ?? "";
  const second = task?.content.slice(at).trim() ?? "";
  if (!task || !first || !second) return [correction, null];
  const made = `n${correction.made}`;
  const place = (words: string) => (task.source ? (findWords(letters, words, task.source) ?? task.source) : null);
  const one: DraftTask = { ...task, title: titleOf(first), content: first, source: place(first) };
  const other: DraftTask = { ...task, key: made, title: titleOf(second), content: second, source: place(second) };
  const next = withTasks(correction, key, (tasks) => tasks.flatMap((each) => (each.key === key ? [one, other] : [each])));
  return [{ ...next, made: correction.made + 1 }, made];
}

function joinUnits(first: DraftUnits[], second: DraftUnits[]): DraftUnits[] {
  const said = (units: DraftUnits) => `${units.name}|${units.ids.join(",")}`;
  const known = new Set(first.map(said));
  const filled = first.filter((units) => units.name || units.ids.length);
  return [...filled, ...second.filter((units) => (units.name || units.ids.length) && !known.has(said(units)))];
}

/** A task is taken into the one above it; of the deadlines the first that there is stands. */
export function mergeTask(correction: Correction, key: string): [Correction, string | null] {
  const tasks = correction.documents.find((one) => one.tasks.some((task) => task.key === key))?.tasks ?? [];
  const nth = tasks.findIndex((task) => task.key === key);
  const above = tasks[nth - 1];
  const task = tasks[nth];
  if (!above || !task) return [correction, null];
  const dated = above.kind !== "none" ? above : task;
  const lead = joinUnits(above.lead, task.lead);
  const merged: DraftTask = {
    ...above,
    content: `${above.content}\n${task.content}`,
    lead: lead.length ? lead : [blankUnits()],
    cooperating: joinUnits(above.cooperating, task.cooperating),
    product: [above.product, task.product].filter(Boolean).join("; "),
    kind: dated.kind,
    before: dated.before,
    written: dated.written,
    recurrence: above.recurrence ?? task.recurrence,
    source:
      above.source && task.source
        ? { start: Math.min(above.source.start, task.source.start), end: Math.max(above.source.end, task.source.end) }
        : (above.source ?? task.source),
  };
  const next = withTasks(correction, key, (all) =>
    all.filter((one) => one.key !== key).map((one) => (one.key === above.key ? merged : one)),
  );
  return [next, above.key];
}

export type Gap = {
  key: string;
  field: "type" | "subject" | "title" | "lead" | "cooperating" | "before";
};

/** What must be filled in before anything can be accepted, from top to bottom. */
export function gapsOf(correction: Correction): Gap[] {
  const gaps: Gap[] = [];
  for (const document of correction.documents.filter((one) => !one.skip)) {
    if (!document.type.trim()) gaps.push({ key: document.key, field: "type" });
    if (!document.subject.trim()) gaps.push({ key: document.key, field: "subject" });
    for (const task of document.tasks) {
      if (!task.title.trim()) gaps.push({ key: task.key, field: "title" });
      if (!task.lead.some((units) => units.ids.length) || task.lead.some(isOpen)) gaps.push({ key: task.key, field: "lead" });
      if (task.cooperating.some(isOpen)) gaps.push({ key: task.key, field: "cooperating" });
      if (task.kind === "instant" && !task.before && !task.recurrence) gaps.push({ key: task.key, field: "before" });
    }
  }
  return gaps;
}

/** Named in the letter and not found among the units: a person chooses, or takes the name out. */
export function isOpen(units: DraftUnits): boolean {
  return units.ids.length === 0 && units.name !== "";
}

export function isUnsure(units: DraftUnits): boolean {
  return units.ids.length > 0 && units.confidence !== null && units.confidence < SURE;
}

function acceptTask(task: DraftTask, document_index: number): AcceptTask {
  const lead = [...new Set(task.lead.flatMap((units) => units.ids))];
  const parts = new Map<string, string>();
  for (const units of task.cooperating)
    for (const id of units.ids) if (!lead.includes(id) && !parts.has(id)) parts.set(id, units.part.trim());
  return {
    document_index,
    title: task.title.trim(),
    content: task.content.trim(),
    lead_unit_ids: lead,
    cooperating: [...parts].map(([unit_id, part]) => ({ unit_id, part })),
    product: task.product.trim(),
    programme: task.programme.trim(),
    field: task.field.trim(),
    weight: task.weight,
    deadline: task.kind === "none" && !task.written ? null : { before: task.before, written: task.written.trim(), kind: task.kind },
    recurrence: task.recurrence,
    source: task.source,
  };
}

/** What is sent, and which task of the correction each sent one is: refusals name them by their place. */
export function toAccept(correction: Correction, approved: Secrecy): { input: AcceptInput; taskKeys: string[] } {
  const taskKeys: string[] = [];
  const tasks: AcceptTask[] = [];
  const documents = correction.documents.map((one, index) => {
    if (!one.skip) {
      for (const task of one.tasks) {
        taskKeys.push(task.key);
        tasks.push(acceptTask(task, index));
      }
    }
    const core = {
      index,
      skip: one.skip,
      number: one.number.trim() || null,
      date: one.date,
      month: one.date ? null : one.month,
      secrecy: one.secrecy,
      arrived_on: one.arrivedOn,
    };
    if (isAbove(one.secrecy, approved)) return core;
    return {
      ...core,
      type: one.type.trim(),
      issuer: one.issuer.trim(),
      superior: one.superior.trim(),
      place: one.place.trim(),
      subject: one.subject.trim(),
      signer: { prefix: one.prefix.trim(), position: one.position.trim(), name: one.signer.trim() },
      addressees: one.addressees,
      recipients: one.recipients,
      references: one.references.filter((reference) => reference.number || reference.title),
    };
  });
  return { input: { documents, tasks }, taskKeys };
}

/** The last day and the hour of a deadline as letters word them: before the 9th 00:00 is 24h00 of the 8th. */
export function deadlineParts(before: string): { day: string; hour: string } {
  const at = new Date(Date.parse(before) + 7 * 3_600_000);
  if (at.getUTCHours() === 0 && at.getUTCMinutes() === 0) {
    return { day: new Date(at.getTime() - 86_400_000).toISOString().slice(0, 10), hour: "24h00" };
  }
  const [, hours, minutes] = /T(\d\d):(\d\d)/.exec(at.toISOString()) ?? [];
  return { day: at.toISOString().slice(0, 10), hour: `${Number(hours)}h${minutes}` };
}

/** The instant that is too late; null when the hour cannot be read. */
export function deadlineBefore(day: string, hour: string): string | null {
  const found = /^\s*(\d{1,2})\s*[hg:]\s*(\d\d)?\s*$/i.exec(hour);
  const hours = Number(found?.[1]);
  const minutes = Number(found?.[2] ?? 0);
  if (!found || hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null;
  const at = new Date(Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000);
  return `${at.toISOString().slice(0, 19)}+07:00`;
}

export function storageKey(account: string, reading: string): string {
  return `theodoi.reading.${account}.${reading}`;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What was kept of this very reading: one that was read again is corrected anew. */
export function loadCorrection(store: Store, key: string, version: number): Correction | null {
  try {
    const kept = JSON.parse(store.getItem(key) ?? "null") as { version: number; correction: Correction } | null;
    return kept?.version === version && Array.isArray(kept.correction?.documents) ? kept.correction : null;
  } catch {
    return null;
  }
}

/** False when the browser has no room for it. */
export function keepCorrection(store: Store, key: string, version: number, correction: Correction | null): boolean {
  try {
    if (correction) store.setItem(key, JSON.stringify({ version, correction }));
    else store.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** Words of the letter as they are for a new task: its lines joined. */
export function chosenWords(letters: Letters, span: Span): { text: string; span: Span } {
  return { text: wordsAt(letters, span), span };
}
