import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Space } from "antd";
import { useEffect, useState } from "react";
import { log, type LogEvent } from "../api/events.ts";
import { formatTime } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { useLive } from "../live/live.tsx";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useWords } from "../words/words.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { EventFilters, useLogQuery } from "./event-filters.tsx";

/** How many changes came since the list was loaded: the list itself does not jump while somebody reads it. */
function useFresh(loadedAt: number): number {
  const [fresh, setFresh] = useState(0);
  useEffect(() => setFresh(0), [loadedAt]);
  useLive((change) => setFresh((count) => count + (change ? 1 : 0)));
  return fresh;
}

function EventTable({ events, open }: { events: LogEvent[] | undefined; open: (id: string) => void }) {
  const t = useWords();
  return (
    <ListTable<LogEvent>
      label={t("eventsTab")}
      rows={events}
      rowKey={(event) => event.id}
      empty={t("eventsNone")}
      columns={[
        { title: t("eventAt"), className: "event-at", cell: (event) => <time dateTime={event.at}>{formatTime(event.at)}</time> },
        {
          title: t("eventWhat"),
          head: true,
          className: "event-sentence",
          cell: (event) => (
            <button type="button" className="link-button" onClick={() => open(event.id)}>
              {event.sentence}
            </button>
          ),
        },
        { title: t("eventBy"), cell: (event) => event.by?.name ?? t("system") },
        { title: t("unit"), cell: (event) => event.unit?.name ?? "–" },
        { title: t("eventAddress"), cell: (event) => event.address ?? "–" },
      ]}
    />
  );
}

export function EventList() {
  const t = useWords();
  const client = useQueryClient();
  const [place, setPlace] = usePlace();
  const query = useLogQuery();
  const pages = useInfiniteQuery({
    queryKey: ["event-log", query],
    queryFn: ({ pageParam }) => log.page({ ...query, after: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const fresh = useFresh(pages.dataUpdatedAt);
  const events = pages.data?.pages.flatMap((page) => page.events) ?? [];
  const chosen = events.find((event) => event.id === place.get("event"));
  if (pages.isError) return <Failure error={pages.error} retry={() => void pages.refetch()} />;
  return (
    <>
      <EventFilters />
      <Space wrap className="stacked no-print">
        <Button href={log.csv(query)} download="theodoi-events.csv">
          {t("eventExport")}
        </Button>
        {fresh > 0 && (
          <Button type="primary" onClick={() => void client.resetQueries({ queryKey: ["event-log", query] })}>
            {t("eventsFresh", { n: fresh })}
          </Button>
        )}
      </Space>
      <EventTable events={pages.data && events} open={(event) => setPlace({ event })} />
      {pages.hasNextPage && (
        <Button
          className="more-button no-print"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("loadMore")}
        </Button>
      )}
      {chosen && <EventDrawer event={chosen} onClose={() => setPlace({ event: null })} />}
    </>
  );
}
