import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Reading } from "../api/documents.ts";
import { useSession } from "../session/session.tsx";
import { fromReading, keepCorrection, loadCorrection, storageKey, type Correction } from "./correction.ts";

const STEPS_MAX = 50;
const KEEP_MS = 300;

/**
 * What the person makes of a reading: kept in the browser with each change until it is accepted. Acts that take a
 * task away, split or join one can be undone.
 */
export function useCorrection(reading: Reading) {
  const { account } = useSession();
  const key = storageKey(account.id, reading.id);
  const fresh = useMemo(() => fromReading(reading), [reading]);
  const [correction, setCorrection] = useState<Correction>(() => loadCorrection(localStorage, key, reading.version) ?? fresh);
  const [steps, setSteps] = useState<Correction[]>([]);
  const [room, setRoom] = useState(true);
  const newest = useRef(correction);
  newest.current = correction;
  const touched = useRef(correction !== fresh);
  const keep = useCallback(() => {
    if (touched.current) setRoom(keepCorrection(localStorage, key, reading.version, newest.current));
  }, [key, reading.version]);
  useEffect(() => {
    const timer = setTimeout(keep, KEEP_MS);
    return () => clearTimeout(timer);
  }, [correction, keep]);
  useEffect(() => {
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [keep]);

  const change = useCallback((make: (before: Correction) => Correction) => {
    touched.current = true;
    setCorrection(make);
  }, []);
  const step = useCallback((next: Correction) => {
    touched.current = true;
    setSteps((all) => [...all, newest.current].slice(-STEPS_MAX));
    setCorrection(next);
  }, []);
  const undo = () => {
    const last = steps.at(-1);
    if (!last) return;
    setSteps(steps.slice(0, -1));
    setCorrection(last);
  };
  /** Back to what the program read. */
  const reset = () => step(fresh);
  /** Accepted: nothing of it is kept any more. */
  const forget = () => {
    touched.current = false;
    keepCorrection(localStorage, key, reading.version, null);
  };
  return { correction, newest, change, step, undo, mayUndo: steps.length > 0, reset, forget, touched: touched.current, room };
}
