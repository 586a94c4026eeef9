import { useCallback, useMemo, useState } from "react";
import { move, percentageStops, plainStops, type Column, type Direction, type Place, type Stops } from "./movement.ts";
import { pasteColumns, type PasteColumn } from "./paste.ts";
import type { GridRow } from "./types.ts";

export type Range = { top: number; bottom: number; left: number; right: number };

export function stopsOf(row: GridRow): Stops {
  return row.indicator.value_type === "percentage" ? percentageStops : plainStops;
}

function rangeOf(anchor: Place, active: Place): Range {
  const a = pasteColumns.indexOf(anchor.column as PasteColumn);
  const b = pasteColumns.indexOf(active.column as PasteColumn);
  const [left, right] = a < 0 || b < 0 ? [Math.max(a, b), Math.max(a, b)] : [Math.min(a, b), Math.max(a, b)];
  return { top: Math.min(anchor.row, active.row), bottom: Math.max(anchor.row, active.row), left, right };
}

/** Which cell of the grid has the keyboard, and the block marked from it with Shift. */
export function useSelection(rows: GridRow[]) {
  const stops = useMemo(() => rows.map(stopsOf), [rows]);
  const [state, setState] = useState<{ active: Place; anchor: Place; wish: Column }>(() => {
    const first: Place = { row: 0, column: stops[0]?.[0] ?? "value" };
    return { active: first, anchor: first, wish: first.column };
  });
  const last = rows.length - 1;
  const active = state.active.row > last ? { ...state.active, row: Math.max(0, last) } : state.active;

  const select = useCallback((place: Place, extend = false) => {
    setState((old) => ({ active: place, anchor: extend ? old.anchor : place, wish: place.column }));
  }, []);
  const step = useCallback(
    (direction: Direction, extend = false) =>
      setState((old) => {
        const next = move(stops, old.active, direction, old.wish);
        const sideways = direction === "left" || direction === "right" || direction === "home" || direction === "end";
        return { active: next, anchor: extend ? old.anchor : next, wish: sideways ? next.column : old.wish };
      }),
    [stops],
  );
  return { active, range: rangeOf(state.anchor, active), stops, select, step };
}
