import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { log } from "../api/events.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";

/** What happened to the unit itself, newest first, from the event log. */
export function UnitHistory({ id }: { id: string }) {
  const t = useWords();
  const query = { subject_kind: "unit", subject_id: id, limit: 20 };
  const pages = useInfiniteQuery({
    queryKey: ["units", "history", id],
    queryFn: ({ pageParam }) => log.page({ ...query, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (pages.isPending) return <Skeleton active title={false} />;
  if (pages.isError) return <Failure error={pages.error} retry={() => void pages.refetch()} />;
  const events = pages.data.pages.flatMap((page) => page.events);
  if (events.length === 0) return <p>{t("unitHistoryNone")}</p>;
  return (
    <>
      <ul className="plain-list">
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
        <Button className="more-button" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}
