import type { TaskPart, TaskQuery, TaskState, Timeliness } from "../api/tasks.ts";

export type View = "list" | "tree" | "board" | "timeline" | "month" | "figures";
export const views: View[] = ["list", "tree", "board", "timeline", "month", "figures"];
export const states: TaskState[] = ["not_started", "in_progress", "completed", "paused", "cancelled"];
/** As a filter; what is neither completed nor cancelled is one choice. */
export const stateChoices = ["unfinished", ...states] as const;
export const timelinesses: Timeliness[] = [
  "overdue",
  "due_soon",
  "in_time",
  "completed_on_time",
  "completed_late",
  "none",
];
export const taskParts: TaskPart[] = ["lead", "cooperating", "assigned", "within", "below", "all"];
export const sorts = ["due", "-due", "newest", "title", "lead", "state"] as const;

/** The filters as they stand in the address, in the order in which a saved one is written. */
export const filterNames = [
  "q",
  "unit",
  "part",
  "state",
  "timeliness",
  "field",
  "programme",
  "document",
  "from",
  "to",
  "sort",
] as const;

const oneOf = <T extends string>(list: readonly T[], value: string | null): T | undefined =>
  list.find((one) => one === value);

export function viewOf(place: URLSearchParams): View {
  return oneOf(views, place.get("view")) ?? "list";
}

/** What the server is asked for by an address; what it does not know is left out. */
export function queryOf(place: URLSearchParams): TaskQuery {
  const text = (name: string) => place.get(name)?.trim() || undefined;
  return {
    q: text("q"),
    unit_id: text("unit"),
    part: oneOf(taskParts, place.get("part")),
    state: oneOf(stateChoices, place.get("state")),
    timeliness: oneOf(timelinesses, place.get("timeliness")),
    field: text("field"),
    programme: text("programme"),
    document_id: text("document"),
    due_from: text("from"),
    due_to: text("to"),
    sort: oneOf(sorts, place.get("sort")),
  };
}

/** The filters alone, as a saved filter keeps them. */
export function filterText(place: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of filterNames) {
    const value = place.get(name)?.trim();
    if (value) kept.set(name, value);
  }
  return kept.toString();
}

/** Every filter of the address changed to those of a saved one. */
export function changesTo(text: string): Record<string, string | null> {
  const wanted = new URLSearchParams(text);
  return Object.fromEntries(filterNames.map((name) => [name, wanted.get(name)]));
}

/** How many filters narrow the list; the order of its lines does not. */
export function filterCount(place: URLSearchParams): number {
  return filterNames.filter((name) => name !== "sort" && place.get(name)?.trim()).length;
}
