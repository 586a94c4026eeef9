import { useQueryClient, type QueryKey } from "@tanstack/react-query";
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

type Listener = (change: Change | null) => void;
const listeners = new Set<Listener>();

/*
 * The server may answer with an overview up to 250 ms old: it is asked again that long after each change, also by a
 * screen that opened just after one.
 */
const SETTLE_MS = 300;
let recent: { change: Change | null; at: number }[] = [];

function remember(change: Change | null) {
  const now = performance.now();
  recent = [...recent.filter((one) => now - one.at < SETTLE_MS), { change, at: now }].slice(-100);
}
const LiveContext = createContext(false);

/** One stream per tab. A change is told to every listener; null says "you may have missed some: load again". */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    /* What no screen shows now has no listener: it is loaded again when it is shown next. */
    const tell = (change: Change | null) => {
      remember(change);
      void client.invalidateQueries({ type: "inactive", refetchType: "none" });
      listeners.forEach((listener) => listener(change));
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
    const listener: Listener = (change) => newest.current(change);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
}

/** Loads the query again when a change matches; a burst makes one load, and one more after its last change. */
export function useLiveRefresh(key: QueryKey, matches: (change: Change) => boolean) {
  const client = useQueryClient();
  const name = JSON.stringify(key);
  const wanted = useRef(matches);
  wanted.current = matches;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again = false;
    const load = () => {
      timer = again ? setTimeout(load, SETTLE_MS) : undefined;
      again = false;
      void client.invalidateQueries({ queryKey: JSON.parse(name) as QueryKey });
    };
    const listener: Listener = (change) => {
      if (change && !wanted.current(change)) return;
      if (timer) again = true;
      else timer = setTimeout(load, SETTLE_MS);
    };
    const now = performance.now();
    recent.filter((one) => now - one.at < SETTLE_MS).forEach((one) => listener(one.change));
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (timer) clearTimeout(timer);
    };
  }, [client, name]);
}
