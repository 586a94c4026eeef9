import { useCallback, useRef } from "react";

/** A function that stays the same and calls the newest one: rows of a large table need not draw again. */
export function useLatest<A extends unknown[], R>(act: (...args: A) => R): (...args: A) => R {
  const newest = useRef(act);
  newest.current = act;
  return useCallback((...args: A) => newest.current(...args), []);
}
