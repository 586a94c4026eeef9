import type { Cell, Deadline, Indicator, SubmissionState, Tally, Target, UnitRef } from "../api/types.ts";

/** How a unit stands with one period. */
export type Standing = "none" | "open" | "on_time" | "late" | "missing";

export type OverviewChild = {
  unit: UnitRef;
  /** Code of its area on the map. */
  territory: string | null;
  submission_id: string | null;
  state: SubmissionState | null;
  standing: Standing;
  /** Its own assignment of the report to the units below it. */
  assignment_id: string | null;
  tally: Tally | null;
};

export type OverviewFigure = {
  indicator: Pick<Indicator, "id" | "code" | "name" | "unit_of_measure" | "value_type" | "aggregation" | "decimals" | "illustrative">;
  provisional: Cell | null;
  approved: Cell | null;
  label: "approved" | "provisional" | "none";
  target: Target | null;
  trend: { period: string; value: string | null }[];
};

export type LateUnit = {
  unit: UnitRef;
  submission_id: string;
  state: SubmissionState;
  standing: Standing;
  submitted_at: string | null;
  late_reason: string | null;
};

export type ReportRef = { id: string; code: string; title: string };

export type Overview = {
  unit: UnitRef;
  level: "national" | "province" | "unit";
  reports: ReportRef[];
  report: ReportRef | null;
  periods: string[];
  period: string | null;
  deadline: Deadline | null;
  own_deadline: Deadline | null;
  own_submission_id: string | null;
  own_state: SubmissionState | null;
  /** The unit's assignments of the report, each with its own deadline: the level is all of them. */
  parts: { assignment_id: string; deadline: Deadline }[];
  tally: Tally | null;
  /** The units below the children, summed. */
  below: Tally | null;
  completeness: { part: number; assigned: number } | null;
  timeliness: { part: number; assigned: number } | null;
  children: OverviewChild[];
  late: LateUnit[];
  heat: { periods: string[]; rows: { unit_id: string; cells: Standing[] }[] };
  indicators: OverviewFigure[];
};

/** What an area of the map says: shape and hue for each, never hue alone. */
export type AreaState = "done" | "submitted" | "returned" | "late" | "missing" | "open";
export const areaStates: AreaState[] = ["done", "submitted", "open", "returned", "late", "missing"];

export function areaState(child: Pick<OverviewChild, "state" | "standing">): AreaState {
  if (child.standing === "missing") return "missing";
  if (child.state === "returned") return "returned";
  if (child.standing === "late") return "late";
  if (child.state === "approved" || child.state === "received") return "done";
  return child.state === "submitted" ? "submitted" : "open";
}

/** Where the arrows lead from one area of the map to the next: the nearest one that way. */
export function neighbour(points: ([number, number] | null)[], from: number, key: string): number {
  const at = points[from];
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  if (!at || !way) return from;
  let best = from;
  let least = Infinity;
  points.forEach((point, i) => {
    if (!point || i === from) return;
    const dx = point[0] - at[0];
    const dy = point[1] - at[1];
    const along = dx * way[0]! + dy * way[1]!;
    const aside = Math.abs(dx * way[1]!) + Math.abs(dy * way[0]!);
    const cost = along + 2 * aside;
    if (along > 0 && cost < least) {
      best = i;
      least = cost;
    }
  });
  return best;
}
