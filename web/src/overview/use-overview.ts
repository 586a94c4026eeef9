import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useLiveRefresh } from "../live/live.tsx";
import type { Overview } from "./overview-types.ts";

export type OverviewQuery = { unit: string | null; report: string | null; period: string | null };

/** A level's screen in one request, loaded again when anything below it changes. */
export function useOverview({ unit, report, period }: OverviewQuery) {
  const key = ["overview", unit, report, period];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Overview>("/api/overview", { unit_id: unit, report_id: report, period }, signal),
    placeholderData: (old) => (old?.unit.id === unit ? old : undefined),
  });
  const path = query.data?.unit.path;
  useLiveRefresh(key, (change) => !!path && change.unit_path.startsWith(path) && /^(submission|period|assignment|report|indicator|unit)\./.test(change.kind));
  return query;
}
