import type { Figures } from "../api/tasks.ts";

type Row = Pick<Figures, "total" | "completed_on_time" | "completed_late">;

export function completedOf(row: Row): number {
  return row.completed_on_time + row.completed_late;
}

/** Whatever is not completed, whether it has a deadline, none, or is paused. */
export function openOf(row: Row): number {
  return row.total - completedOf(row);
}
