import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api, Offline, Problem } from "../api/client.ts";
import { useLiveConnected } from "../live/live.tsx";
import { useSession } from "../session/session.tsx";
import { isEmpty, readCell, sameTyped, typedOf, type Typed } from "./cell-input.ts";
import * as queues from "./draft-queue.ts";
import type { Queue } from "./draft-queue.ts";
import type { CellInput, DraftReply, Grid, GridRow } from "./types.ts";

const AFTER_TYPING = 800;
const CELLS_PER_REQUEST = 200;
const UNDO_MAX = 100;
const RETRIES = [2_000, 5_000, 10_000, 20_000];

export type Edit = { id: string; typed: Typed };

export type Draft = {
  queue: Queue;
  /** The cell as the person sees it: what was typed over what the server has. */
  typedOf: (row: GridRow) => Typed;
  change: (edits: Edit[]) => void;
  /** Keeps what is being typed in the browser, before it is a change. */
  hold: (id: string, typed: Typed | null) => void;
  undo: () => boolean;
  resolve: (id: string, keep: "mine" | "theirs") => void;
  /** Sends all that can be sent; true when nothing waits any more. */
  flush: () => Promise<boolean>;
  /** Throws away what waits: the person said so. */
  discard: () => void;
  waiting: number;
  /** Indicators whose cells cannot be sent as they are; `half`: a part of a percentage is still to be typed. */
  invalid: { id: string; half: boolean }[];
  filled: number;
  sending: boolean;
  offline: boolean;
  /** Why the server takes nothing any more. */
  refusal: string | null;
  savedAt: string | null;
  /** The browser has no room to keep what is typed. */
  unkept: boolean;
};

export const gridKey = (submission: string) => ["grid", submission] as const;

function withSaved(grid: Grid | undefined, cells: CellInput[], reply: DraftReply): Grid | undefined {
  if (!grid) return grid;
  const inputs = new Map(cells.map((cell) => [cell.indicator_id, cell]));
  const saved = new Map(reply.saved.map((one) => [one.indicator_id, one]));
  const rows = grid.rows.map((row) => {
    const one = saved.get(row.indicator.id);
    const input = inputs.get(row.indicator.id);
    return one && input ? { ...row, cell: queues.savedCell(input, one) } : row;
  });
  return { ...grid, rows };
}

function only(queue: Queue, cells: CellInput[]): Queue {
  return Object.fromEntries(cells.map(({ indicator_id }) => [indicator_id, queue[indicator_id]!]));
}

/** The queue of a submission in memory and in the browser's keeping. */
function useQueue(account: string, submission: string) {
  const [queue, setQueue] = useState<Queue>(() => queues.loadQueue(localStorage, account, submission));
  const [unkept, setUnkept] = useState(false);
  const current = useRef(queue);
  const set = useCallback(
    (next: Queue) => {
      if (next === current.current) return;
      setUnkept(!queues.keepQueue(localStorage, account, submission, current.current, next));
      current.current = next;
      setQueue(next);
    },
    [account, submission],
  );
  return { queue, current, set, unkept };
}

/** Drafts of one submission: typed, kept in the browser, sent when typing pauses, sent again when the link is back. */
export function useDraft(grid: Grid): Draft {
  const client = useQueryClient();
  const connected = useLiveConnected();
  const account = useSession().account.id;
  const submission = grid.submission.id;
  const { queue, current, set, unkept } = useQueue(account, submission);
  const [sending, setSending] = useState(false);
  const [offline, setOffline] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const latest = useRef(grid);
  latest.current = grid;
  const inFlight = useRef<{ queue: Queue; done: Promise<void> } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const failures = useRef(0);
  const past = useRef<Edit[][]>([]);

  const rows = useMemo(() => new Map(grid.rows.map((row) => [row.indicator.id, row])), [grid.rows]);
  const indicators = useMemo(() => new Map(grid.rows.map((row) => [row.indicator.id, row.indicator])), [grid.rows]);
  const known = useRef({ rows, indicators });
  known.current = { rows, indicators };

  const failed = useCallback(
    (error: unknown) => {
      if (error instanceof Problem && error.status < 500 && error.status !== 429) {
        if (error.status !== 401) setRefusal(error.message);
        void client.invalidateQueries({ queryKey: gridKey(submission) });
        return;
      }
      setOffline(error instanceof Offline);
      const wait = RETRIES[Math.min(failures.current++, RETRIES.length - 1)]!;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send.current(), wait);
    },
    [client, submission],
  );

  const sendNow = useCallback(async () => {
    clearTimeout(timer.current);
    if (inFlight.current || !latest.current.may.enter) return;
    const cells = queues.sendable(current.current, known.current.indicators, CELLS_PER_REQUEST);
    if (cells.length === 0) return;
    const sent = only(current.current, cells);
    const work = async () => {
      setSending(true);
      try {
        const reply = await api.put<DraftReply>(`/api/submissions/${submission}/draft`, { cells });
        /* A load that began before the write must not bring the old cells back. */
        const loading = client.isFetching({ queryKey: gridKey(submission) }) > 0;
        if (loading) await client.cancelQueries({ queryKey: gridKey(submission) });
        client.setQueryData<Grid>(gridKey(submission), (old) => withSaved(old, cells, reply));
        if (loading) void client.invalidateQueries({ queryKey: gridKey(submission) });
        set(queues.answer(current.current, sent, reply));
        failures.current = 0;
        setOffline(false);
        setRefusal(null);
        setSavedAt(reply.saved_at);
      } catch (error) {
        failed(error);
      }
    };
    inFlight.current = { queue: sent, done: work() };
    await inFlight.current.done;
    inFlight.current = null;
    setSending(false);
    if (failures.current === 0 && queues.sendable(current.current, known.current.indicators, 1).length > 0) soon.current();
  }, [client, current, failed, set, submission]);

  const send = useRef(sendNow);
  send.current = sendNow;
  const soon = useRef(() => {});
  soon.current = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void send.current(), AFTER_TYPING);
  };

  const apply = useCallback(
    (edits: Edit[]) => {
      let next = current.current;
      for (const { id, typed } of edits) {
        const row = known.current.rows.get(id);
        if (row) next = queues.put(next, id, typed, row.cell, inFlight.current?.queue);
      }
      set(next);
      soon.current();
    },
    [current, set],
  );

  const seen = useCallback(
    (row: GridRow): Typed => current.current[row.indicator.id]?.typed ?? typedOf(row.cell),
    [current],
  );

  const change = useCallback(
    (edits: Edit[]) => {
      const before: Edit[] = [];
      const made = edits.filter(({ id, typed }) => {
        const row = known.current.rows.get(id);
        if (!row || sameTyped(seen(row), typed)) return false;
        before.push({ id, typed: seen(row) });
        return true;
      });
      if (made.length === 0) return;
      past.current = [...past.current.slice(-UNDO_MAX + 1), before];
      apply(made);
    },
    [apply, seen],
  );

  const undo = useCallback(() => {
    const last = past.current.pop();
    if (last) apply(last);
    return !!last;
  }, [apply]);

  const hold = useCallback(
    (id: string, typed: Typed | null) => {
      const row = known.current.rows.get(id);
      const key = queues.storageKey(account, submission, id);
      const waiting = typed ? { typed, base: current.current[id]?.base ?? row?.cell.revision ?? 0 } : current.current[id];
      try {
        if (waiting) localStorage.setItem(key, JSON.stringify({ typed: waiting.typed, base: waiting.base }));
        else localStorage.removeItem(key);
      } catch {
        /* said by `unkept` as soon as it is a change */
      }
    },
    [account, current, submission],
  );

  const flush = useCallback(async () => {
    for (let round = 0; round < 20; round++) {
      const running = inFlight.current?.done;
      if (running) await running;
      else if (queues.sendable(current.current, known.current.indicators, 1).length > 0) await send.current();
      else break;
      if (failures.current > 0) break;
    }
    return Object.keys(current.current).length === 0;
  }, [current]);

  /* What the server has by now needs no sending: the answer was lost, or another window sent it. */
  useEffect(() => {
    let next = current.current;
    for (const [id, waiting] of Object.entries(next)) {
      const row = rows.get(id);
      if (row && !inFlight.current?.queue[id] && sameTyped(waiting.typed, typedOf(row.cell))) next = queues.without(next, id);
    }
    set(next);
  }, [rows, current, set]);

  useEffect(() => {
    if (grid.may.enter) soon.current();
  }, [grid.may.enter, connected]);

  useEffect(() => {
    const again = () => void send.current();
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      again();
      clearTimeout(timer.current);
    };
  }, []);

  useEffect(() => {
    if (!unkept) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unkept]);

  const counts = useMemo(() => {
    let waiting = 0;
    const invalid: Draft["invalid"] = [];
    let filled = 0;
    for (const row of grid.rows) {
      const mine = queue[row.indicator.id];
      const typed = mine?.typed ?? typedOf(row.cell);
      if (!isEmpty(row.indicator, typed)) filled++;
      if (!mine) continue;
      const read = readCell(row.indicator, mine.typed);
      if (mine.refused || mine.conflict) invalid.push({ id: row.indicator.id, half: false });
      else if (!read.ok) invalid.push({ id: row.indicator.id, half: read.fault.why === "parts" });
      else waiting++;
    }
    return { waiting, invalid, filled };
  }, [grid.rows, queue]);

  return {
    queue,
    typedOf: useCallback((row: GridRow) => queue[row.indicator.id]?.typed ?? typedOf(row.cell), [queue]),
    change,
    hold,
    undo,
    resolve: useCallback(
      (id: string, keep: "mine" | "theirs") => {
        const theirs = current.current[id]?.conflict?.theirs;
        if (theirs)
          client.setQueryData<Grid>(gridKey(submission), (old) =>
            old && { ...old, rows: old.rows.map((row) => (row.indicator.id === id ? { ...row, cell: theirs } : row)) },
          );
        set(queues.resolve(current.current, id, keep));
        soon.current();
      },
      [client, current, set, submission],
    ),
    flush,
    discard: useCallback(() => {
      set({});
      setRefusal(null);
    }, [set]),
    ...counts,
    sending,
    offline,
    refusal,
    savedAt,
    unkept,
  };
}
