import type { Task, TaskState } from "../api/tasks.ts";

/** What a card needs from the person before it stands in another column. */
export type Move = "report" | "ask" | "confirm" | "pause" | "resume" | "cancel";

type Card = Pick<Task, "state" | "may" | "completion_requested_at" | "explanation_due">;

/**
 * Work begins with a report of progress; completion is asked for by the unit that leads and confirmed by the one
 * that gave the task; pausing, resuming and cancelling are the giver's, with a reason. What is over stays so.
 */
export function moveTo(task: Card, to: TaskState): Move | null {
  const { state, may } = task;
  if (state === to || state === "completed" || state === "cancelled") return null;
  if (to === "cancelled") return may.change ? "cancel" : null;
  if (to === "paused") return may.change ? "pause" : null;
  if (state === "paused") return may.change && (to === "in_progress" || to === "not_started") ? "resume" : null;
  if (to === "in_progress") return may.report && !task.explanation_due ? "report" : null;
  if (to !== "completed") return null;
  if (task.completion_requested_at) return may.decide ? "confirm" : null;
  return may.ask && !task.explanation_due ? "ask" : null;
}

/** Every column a card can go to from where it is, with what that takes. */
export function movesOf(task: Card): { to: TaskState; move: Move }[] {
  const columns: TaskState[] = task.state === "paused" ? ["in_progress", "cancelled"] : ["in_progress", "completed", "paused", "cancelled"];
  return columns.flatMap((to) => {
    const move = moveTo(task, to);
    return move ? [{ to, move }] : [];
  });
}
