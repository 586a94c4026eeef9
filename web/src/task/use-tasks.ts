import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback, useState } from "react";
import { tasks, type TaskQuery } from "../api/tasks.ts";
import { useLiveRefresh, type Change } from "../live/live.tsx";
import { useShowProblem } from "../parts/problem-form.ts";

export const tasksKey = ["tasks"] as const;
export const isTaskChange = (change: Change) => change.kind.startsWith("task.");

/** Tasks page by page; what is shown stays until what is asked for next has come. */
export function useTaskPages(query: TaskQuery) {
  const pages = useInfiniteQuery({
    queryKey: [...tasksKey, "list", query],
    queryFn: ({ pageParam }) => tasks.page({ ...query, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (old) => old,
  });
  return { pages, items: pages.data?.pages.flatMap((page) => page.items) ?? [] };
}

export function useTask(id: string) {
  const query = useQuery({ queryKey: [...tasksKey, "one", id], queryFn: () => tasks.one(id) });
  useLiveRefresh(tasksKey, isTaskChange);
  return query;
}

/** Runs an act on tasks: says what was done, or why not, and loads everything about tasks again. */
export function useTaskAct() {
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const refresh = useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: tasksKey }),
        client.invalidateQueries({ queryKey: ["my-work"] }),
        client.invalidateQueries({ queryKey: ["task-figures"] }),
      ]),
    [client],
  );
  /** For dialogs that show a refusal themselves. */
  const act = async (run: () => Promise<unknown>, said: string) => {
    setBusy(true);
    try {
      await run();
      void message.success(said);
    } finally {
      setBusy(false);
      await refresh();
    }
  };
  const tryAct = async (run: () => Promise<unknown>, said: string): Promise<boolean> => {
    try {
      await act(run, said);
      return true;
    } catch (error) {
      show(error);
      return false;
    }
  };
  return { act, tryAct, busy, refresh };
}

const PLACE_KEY = "theodoi.tasks.place";

/** The view and filters last seen, for the way back from a task. */
export function keepPlace(search: string) {
  sessionStorage.setItem(PLACE_KEY, search);
}

export function keptPlace(): string {
  const search = sessionStorage.getItem(PLACE_KEY);
  return search ? `/tasks?${search}` : "/tasks";
}
