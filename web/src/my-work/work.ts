import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import type { Task } from "../api/tasks.ts";
import type { Deadline, EntryWindow, Person, SubmissionState, Tally, UnitRef } from "../api/types.ts";
import { useLiveRefresh } from "../live/live.tsx";

type CardBase = {
  unit: UnitRef;
  report: { id: string; code: string; title: string };
  assignment_id: string;
  period: string;
  deadline: Deadline;
  period_state: "open" | "closed";
};

export type FormCard = CardBase & {
  kind: "entry" | "approve";
  submission_id: string;
  version: number;
  revision: number;
  window: EntryWindow;
  state: SubmissionState;
  on_time: boolean | null;
  filled: number;
  total: number;
  return_reason: string | null;
  last_saved_at: string | null;
  submitted_at: string | null;
  entered_by: Person | null;
};

export type CollectCard = CardBase & { kind: "collect"; tally: Tally; waiting: number; missing: number };

export type LeaderFigure = {
  key: string;
  label: string;
  value: number;
  of: number | null;
  tone: "red" | "amber" | "green" | "plain";
};

export type LeaderView = {
  unit: UnitRef;
  report: { id: string; code: string; title: string } | null;
  period: string | null;
  deadline: Deadline | null;
  figures: LeaderFigure[];
};

export type WorkEvent = {
  id?: string;
  at: string;
  kind: string;
  sentence: string;
  subject_kind: string;
  subject_id: string;
  unit: UnitRef | null;
};

/** A task that waits for the person: to explain, confirm, decide on more time, report, or only to watch. */
export type TaskWait = {
  kind: "explain" | "confirm" | "decide" | "report" | "late" | "due_soon";
  task: Task;
  request_id: string | null;
  period: string | null;
  deadline: Deadline | null;
};

export type MyWork = {
  now: string;
  cards: (FormCard | CollectCard)[];
  leader: LeaderView | null;
  tasks?: TaskWait[];
  events?: WorkEvent[];
};

export const workKey = ["my-work"] as const;

export function useMyWork() {
  const query = useQuery({ queryKey: workKey, queryFn: () => api.get<MyWork>("/api/my-work") });
  useLiveRefresh(workKey, (change) => /^(submission|period|assignment|report|evidence|task)\./.test(change.kind));
  return query;
}

/** A form that its officer has to do something about. */
export function isDue(card: FormCard): boolean {
  return card.state === "draft" || card.state === "returned";
}

/** Whether the person has to act on it, beside keeping an eye on it. */
export function isTaskDuty(wait: TaskWait): boolean {
  return wait.kind !== "late" && wait.kind !== "due_soon";
}
