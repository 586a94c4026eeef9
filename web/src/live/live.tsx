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
const LiveContext = createContext(false);

/** One stream per tab. A change is told to every listener; null says "you may have missed some: load again". */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    /* What no screen shows now has no listener: it is loaded again when it is shown next. */
    const tell = (change: Change | null) => {
      void client.invalidateQueries({ type: "inactive", refetchType: "none" });
      listeners.forEach((listener) => listener(change));
    };
    const stream = new EventSource("/api/events");
    let wasOpen = false;
    stream.onopen = () => {
      setConnected(true);
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

/** Loads the query again when a change matches; bursts within 300 ms make one load. */
export function useLiveRefresh(key: QueryKey, matches: (change: Change) => boolean) {
  const client = useQueryClient();
  const name = JSON.stringify(key);
  const wanted = useRef(matches);
  wanted.current = matches;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listener: Listener = (change) => {
      if (change && !wanted.current(change)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: JSON.parse(name) as QueryKey });
      }, 300);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (timer) clearTimeout(timer);
    };
  }, [client, name]);
}
