/** Where the keys lead in the entry grid. Rows differ in the columns they take: a percentage has two, a number one. */
export const columns = ["numerator", "denominator", "value", "note", "evidence"] as const;
export type Column = (typeof columns)[number];
export type Place = { row: number; column: Column };

/** Columns of a row that the keyboard stops at. */
export type Stops = readonly Column[];

export const percentageStops: Stops = ["numerator", "denominator", "note", "evidence"];
export const plainStops: Stops = ["value", "note", "evidence"];

/** The stop of a row nearest to a column, to the left first when both are as near. */
export function nearest(stops: Stops, column: Column): Column {
  const at = columns.indexOf(column);
  let best = stops[0] ?? column;
  let gap = Infinity;
  for (const stop of stops) {
    const size = Math.abs(columns.indexOf(stop) - at);
    const figures = columns.indexOf(stop) < 3 === at < 3;
    const weight = size + (figures ? 0 : 10);
    if (weight < gap) {
      best = stop;
      gap = weight;
    }
  }
  return best;
}

export type Direction = "up" | "down" | "left" | "right" | "home" | "end" | "top" | "bottom" | "pageUp" | "pageDown";
const PAGE = 10;

/** `wish` is the column the person came from: going down over a row without it leads back to it. */
export function move(rows: readonly Stops[], from: Place, direction: Direction, wish: Column = from.column): Place {
  const last = rows.length - 1;
  const stops = rows[from.row] ?? [];
  const at = stops.indexOf(from.column);
  const to = (row: number): Place => {
    const bounded = Math.max(0, Math.min(last, row));
    return { row: bounded, column: nearest(rows[bounded] ?? [], wish) };
  };
  switch (direction) {
    case "up":
      return to(from.row - 1);
    case "down":
      return to(from.row + 1);
    case "pageUp":
      return to(from.row - PAGE);
    case "pageDown":
      return to(from.row + PAGE);
    case "top":
      return to(0);
    case "bottom":
      return to(last);
    case "left":
      return { row: from.row, column: stops[Math.max(0, at - 1)] ?? from.column };
    case "right":
      return { row: from.row, column: stops[Math.min(stops.length - 1, at + 1)] ?? from.column };
    case "home":
      return { row: from.row, column: stops[0] ?? from.column };
    case "end":
      return { row: from.row, column: stops.at(-1) ?? from.column };
  }
}

/** The next (or last) place that is still empty; null when there is none, and Tab leaves the grid. */
export function nextEmpty(
  rows: readonly Stops[],
  from: Place,
  empty: (place: Place) => boolean,
  step: 1 | -1 = 1,
): Place | null {
  const places = rows.flatMap((stops, row) => stops.map((column) => ({ row, column })));
  const at = places.findIndex((place) => place.row === from.row && place.column === from.column);
  for (let i = at + step; i >= 0 && i < places.length; i += step) {
    const place = places[i]!;
    if (empty(place)) return place;
  }
  return null;
}
