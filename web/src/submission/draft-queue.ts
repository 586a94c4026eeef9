import type { Cell, Indicator, Person } from "../api/types.ts";
import { readCell, sameTyped, typedOf, type Typed } from "./cell-input.ts";
import type { CellInput, DraftReply } from "./types.ts";

/**
 * Cells that were typed and that the server does not have yet, by indicator. Pure: the hook use-draft keeps them in
 * the browser and sends them.
 */
export type Waiting = {
  typed: Typed;
  /** Revision of the cell that the person saw. */
  base: number;
  /** What the server found wrong with exactly this. */
  refused?: { code: string; title: string; field: string };
  /** Someone else changed the cell meanwhile: both stand side by side until the person chooses. */
  conflict?: { theirs: Cell; by: Person | null; at: string | null };
};
export type Queue = Readonly<Record<string, Waiting>>;

/**
 * Takes what was typed into the queue; typing what the server has already takes the cell out of it, unless something
 * else of it is on its way (`sending`).
 */
export function put(queue: Queue, id: string, typed: Typed, cell: Cell, sending: Queue = {}): Queue {
  const old = queue[id];
  if (old && sameTyped(old.typed, typed)) return queue;
  if (!old?.conflict && !sending[id] && sameTyped(typed, typedOf(cell))) return without(queue, id);
  const next: Waiting = { typed, base: old?.base ?? cell.revision ?? 0 };
  if (old?.conflict) next.conflict = old.conflict;
  return { ...queue, [id]: next };
}

export function without(queue: Queue, id: string): Queue {
  if (!(id in queue)) return queue;
  const { [id]: _, ...rest } = queue;
  return rest;
}

/** What can be sent now: what reads well, was not refused and is not in conflict. */
export function sendable(queue: Queue, indicators: ReadonlyMap<string, Indicator>, limit: number): CellInput[] {
  const cells: CellInput[] = [];
  for (const [id, waiting] of Object.entries(queue)) {
    const indicator = indicators.get(id);
    if (!indicator || waiting.refused || waiting.conflict || cells.length >= limit) continue;
    const read = readCell(indicator, waiting.typed);
    if (read.ok) cells.push({ indicator_id: id, base_revision: waiting.base, ...read.cell });
  }
  return cells;
}

/** The server's cell after it saved what was sent. */
export function savedCell(input: CellInput, saved: DraftReply["saved"][number]): Cell {
  return {
    present: !input.nil && !input.clear,
    nil: input.nil ?? false,
    value: saved.value,
    numerator: input.numerator ?? null,
    denominator: input.denominator ?? null,
    text: input.text ?? null,
    note: input.note ?? null,
    revision: saved.revision,
    rolled_up: false,
    target_state: saved.target_state ?? "none",
    warnings: saved.warnings,
  };
}

/**
 * The queue after an answer. `sent` is the queue as it was when it was sent: what was typed since waits on, from the
 * revision that was just made.
 */
export function answer(queue: Queue, sent: Queue, reply: DraftReply): Queue {
  const next: Record<string, Waiting> = { ...queue };
  const unchanged = (id: string) => !!next[id] && !!sent[id] && sameTyped(next[id].typed, sent[id].typed);
  for (const saved of reply.saved) {
    if (unchanged(saved.indicator_id)) delete next[saved.indicator_id];
    else if (next[saved.indicator_id]) next[saved.indicator_id] = { ...next[saved.indicator_id]!, base: saved.revision };
  }
  for (const { indicator_id, ...refused } of reply.invalid)
    if (unchanged(indicator_id)) next[indicator_id] = { ...next[indicator_id]!, refused };
  for (const { indicator_id, ...conflict } of reply.conflicts)
    if (next[indicator_id]) next[indicator_id] = { ...next[indicator_id], conflict };
  return next;
}

/** The person chose: mine goes over theirs, or theirs stands. */
export function resolve(queue: Queue, id: string, keep: "mine" | "theirs"): Queue {
  const waiting = queue[id];
  if (!waiting?.conflict) return queue;
  if (keep === "theirs") return without(queue, id);
  return { ...queue, [id]: { typed: waiting.typed, base: waiting.conflict.theirs.revision ?? 0 } };
}

/** What is in the browser's keeping for a submission and account, cell by cell so that two tabs do not lose each other's. */
export function storageKey(account: string, submission: string, indicator = ""): string {
  return `theodoi.draft.${account}.${submission}.${indicator}`;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export function loadQueue(store: Store, account: string, submission: string): Queue {
  const prefix = storageKey(account, submission);
  const queue: Record<string, Waiting> = {};
  for (let i = 0; i < store.length; i++) {
    const key = store.key(i);
    if (!key?.startsWith(prefix)) continue;
    try {
      const kept = JSON.parse(store.getItem(key) ?? "null") as Waiting | null;
      if (kept && typeof kept.base === "number" && kept.typed) queue[key.slice(prefix.length)] = { typed: kept.typed, base: kept.base };
    } catch {
      /* what cannot be read is no cell of ours */
    }
  }
  return queue;
}

/** Writes what differs between two queues; false when the browser has no room for it. */
export function keepQueue(store: Store, account: string, submission: string, before: Queue, after: Queue): boolean {
  try {
    for (const id of Object.keys(before)) if (!(id in after)) store.removeItem(storageKey(account, submission, id));
    for (const [id, waiting] of Object.entries(after)) {
      if (before[id] === waiting) continue;
      store.setItem(storageKey(account, submission, id), JSON.stringify({ typed: waiting.typed, base: waiting.base }));
    }
    return true;
  } catch {
    return false;
  }
}

/** How many cells are kept unsent for each submission of an account: the list of forms says so. */
export function unsentCounts(store: Store, account: string): Map<string, number> {
  const counts = new Map<string, number>();
  const prefix = `theodoi.draft.${account}.`;
  for (let i = 0; i < store.length; i++) {
    const key = store.key(i);
    if (!key?.startsWith(prefix)) continue;
    const submission = key.slice(prefix.length).split(".")[0] ?? "";
    counts.set(submission, (counts.get(submission) ?? 0) + 1);
  }
  return counts;
}
