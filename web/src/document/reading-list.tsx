import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Skeleton, Tag } from "antd";
import { Link } from "wouter";
import { readings, type ReadingItem } from "../api/documents.ts";
import { formatTime } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { State, type Tone } from "../parts/state.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { storageKey } from "./correction.ts";
import { readingStates } from "./document-words.ts";

const tones: Record<ReadingItem["state"], Tone> = { waiting: "none", running: "info", done: "soon", failed: "late" };

/** How far a reading is: what waits for a person is told apart from what is settled. */
export function ReadingStateSign({ reading }: { reading: ReadingItem }) {
  const t = useWords();
  if (reading.accepted_at) return <State tone="done">{t("readingAccepted")}</State>;
  const paged = reading.state === "running" && reading.pages_total > 0;
  return (
    <State tone={tones[reading.state]} wrap>
      {paged
        ? t("readingPages", { done: reading.pages_done, total: reading.pages_total })
        : t(readingStates[reading.state])}
    </State>
  );
}

/** Letters that were handed in to be read: what waits to be corrected, and what became of the rest. */
export function ReadingList() {
  const t = useWords();
  const client = useQueryClient();
  const session = useSession();
  const [place] = usePlace();
  const show = useShowProblem();
  const { modal } = App.useApp();
  const unit = place.get("unit") ?? homeUnit(session).id;
  const pages = useInfiniteQuery({
    queryKey: ["readings", "list", unit],
    queryFn: ({ pageParam }) => readings.page({ unit_id: unit, after: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((one) => one.state === "waiting" || one.state === "running"))
        ? 4_000
        : false,
  });
  const list = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const remove = (reading: ReadingItem) =>
    modal.confirm({
      title: t("readingRemoveAsk", { name: reading.name }),
      content: reading.accepted_at ? t("readingRemoveAccepted") : t("readingRemoveHint"),
      okText: t("delete"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: async () => {
        try {
          await readings.remove(reading.id);
          localStorage.removeItem(storageKey(session.account.id, reading.id));
        } catch (error) {
          show(error);
        }
        await client.invalidateQueries({ queryKey: ["readings"] });
      },
    });
  return (
    <>
      {pages.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && list.length === 0 && <Empty description={t("readingsNone")} />}
      {list.length > 0 && (
        <ListTable<ReadingItem>
          label={t("readingsTab")}
          rows={list}
          rowKey={(row) => row.id}
          columns={[
            {
              title: t("readingName"),
              head: true,
              cell: (row) => (
                <>
                  <Link href={`/documents/readings/${row.id}`}>{row.name}</Link>{" "}
                  {row.from_picture && <Tag>{t("readingFromPicture")}</Tag>}
                </>
              ),
            },
            { title: t("readingState"), cell: (row) => <ReadingStateSign reading={row} /> },
            { title: t("documentUnit"), cell: (row) => row.unit.name },
            { title: t("readingSentAt"), cell: (row) => formatTime(row.created_at) },
            {
              title: t("readingActs"),
              acts: true,
              cell: (row) => (
                <Button size="small" aria-label={t("readingRemove", { name: row.name })} onClick={() => remove(row)}>
                  {t("delete")}
                </Button>
              ),
            },
          ]}
        />
      )}
      {pages.hasNextPage && (
        <Button className="more-button" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}
