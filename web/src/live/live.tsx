import { useQueryClient, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";

export type Change = {
  id: string;
  kind: string;
  unit_path: string;
  subject_kind: string;
  subject_id: string;
  at: string;
  assignment_id?: string;
  period?: string;
};

/* `told` counts what was told. */
type Listener = (change: Change | null, told: number) => void;
const listeners = new Set<Listener>();

/*
 * The server may answer with an overview up to 250 ms old: it is asked again that long after each change, also by a
 * screen that opened just after one.
 */
const SETTLE_MS = 300;
let recent: { change: Change | null; at: number; told: number }[] = [];
let count = 0;

function remember(change: Change | null): number {
  const now = performance.now();
  recent = [...recent.filter((one) => now - one.at < SETTLE_MS), { change, at: now, told: ++count }].slice(-100);
  return count;
}
const LiveContext = createContext(false);

/** One stream per tab. A change is told to every listener; null says "you may have missed some: load again". */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    /* What no screen shows now has no listener: it is loaded again when it is shown next. */
    const tell = (change: Change | null) => {
      const told = remember(change);
      void client.invalidateQueries({ type: "inactive", refetchType: "none" });
      listeners.forEach((listener) => listener(change, told));
    };
    const stream = new EventSource("/api/events");
    let wasOpen = false;
    stream.onopen = () => {
      setConnected(true);
      /* What was loaded before the first opening may have changed unheard; later ones are told what they missed. */
      if (!wasOpen) tell(null);
      wasOpen = true;
    };
    stream.onerror = () => setConnected(false);
    stream.addEventListener("change", (event) => {
      tell(JSON.parse((event as MessageEvent<string>).data) as Change);
    });
    stream.addEventListener("reset", () => wasOpen && tell(null));
    return () => stream.close();
  }, [client]);
  return <LiveContext.Provider value={connected}>{children}</LiveContext.Provider>;
}

export function useLiveConnected(): boolean {
  return useContext(LiveContext);
}

/** Tells of each change; null says that some may have been missed. */
export function useLive(onChange: Listener) {
  const newest = useRef(onChange);
  newest.current = onChange;
  useEffect(() => {
    const listener: Listener = (change, told) => newest.current(change, told);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
}

type Load = { told: number; again: boolean };
/* By query: several parts of a screen may show the same one, and a change is one reason to load it for all of them. */
const loads = new Map<string, Load>();

function loadSoon(client: QueryClient, name: string, told: number) {
  const before = loads.get(name);
  if (before) {
    before.again ||= told > before.told;
    before.told = Math.max(before.told, told);
    return;
  }
  const load: Load = { told, again: false };
  loads.set(name, load);
  setTimeout(() => {
    loads.delete(name);
    if (load.again) loadSoon(client, name, load.told);
    void client.invalidateQueries({ queryKey: JSON.parse(name) as QueryKey });
  }, SETTLE_MS);
}

/** Loads the query again when a change matches; a burst makes one load, and one more after its last change. */
export function useLiveRefresh(key: QueryKey, matches: (change: Change) => boolean) {
  const client = useQueryClient();
  const name = JSON.stringify(key);
  const wanted = useRef(matches);
  wanted.current = matches;
  useEffect(() => {
    const listener: Listener = (change, told) => {
      if (!change || wanted.current(change)) loadSoon(client, name, told);
    };
    const now = performance.now();
    recent.filter((one) => now - one.at < SETTLE_MS).forEach((one) => listener(one.change, one.told));
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [client, name]);
}
