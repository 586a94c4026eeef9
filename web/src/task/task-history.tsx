import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { tasks } from "../api/tasks.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { tasksKey } from "./use-tasks.ts";

/** What happened to the task, newest first. */
export function TaskHistory({ id }: { id: string }) {
  const t = useWords();
  const pages = useInfiniteQuery({
    queryKey: [...tasksKey, "history", id],
    queryFn: ({ pageParam }) => tasks.history(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const events = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="task-history">
      <h2 id="task-history">{t("taskHistory")}</h2>
      {pages.isPending && <Skeleton active title={false} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && events.length === 0 && <p className="work-facts">{t("taskHistoryNone")}</p>}
      <ul className="plain-list task-log">
        {events.map((event) => (
          <li key={event.id}>
            {event.sentence}
            <span className="second-line">
              {formatTime(event.at)} · {event.by?.name ?? t("system")}
            </span>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </section>
  );
}
