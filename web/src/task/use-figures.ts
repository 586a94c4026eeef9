import { useQuery } from "@tanstack/react-query";
import { taskFigures, type FigureBy } from "../api/tasks.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { isTaskChange } from "./use-tasks.ts";

type FiguresQuery = { unit_id: string; by: FigureBy; from?: string; to?: string };

/** How many tasks there are and how they stand, counted again with every change of one. */
export function useTaskFigures(query: FiguresQuery) {
  const figures = useQuery({ queryKey: ["task-figures", query], queryFn: () => taskFigures(query), placeholderData: (old) => old });
  useLiveRefresh(["task-figures"], isTaskChange);
  return figures;
}
