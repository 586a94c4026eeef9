import { useCallback } from "react";
import { useLocation, useSearchParams } from "wouter";

/**
 * Where the person is lives in the address: unit and period in view, filters, the open row. A reload keeps the
 * place and the address can be sent to a colleague.
 */
export function usePlace(): [URLSearchParams, (changes: Record<string, string | null>, replace?: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (changes: Record<string, string | null>, replace = false) =>
      setSearch(
        (previous) => {
          const next = new URLSearchParams(previous);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === "") next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace },
      ),
    [setSearch],
  );
  return [search, change];
}

export function useGo(): (to: string) => void {
  const [, go] = useLocation();
  return go;
}
