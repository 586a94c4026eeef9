import { LockOutlined, PaperClipOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Input, Segmented, Select, Skeleton, Tag } from "antd";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { documents, type DocumentItem, type DocumentQuery, type RegisterSide, type Secrecy } from "../api/documents.ts";
import { formatCount, formatDate } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useLanguage, useWords, type Word } from "../words/words.tsx";
import { dayOf, nameOf, secrecies } from "./document-words.ts";
import { documentTypes } from "../words/letters.ts";

const sides: Record<RegisterSide, Word> = { all: "all", incoming: "registerIncoming", issued: "registerIssued" };
const filterNames = ["q", "type", "from", "to", "secrecy"];

function sideOf(place: URLSearchParams): RegisterSide {
  const side = place.get("register");
  return side === "incoming" || side === "issued" ? side : "all";
}

export function SecrecyTag({ secrecy, stub }: { secrecy: Secrecy; stub: boolean }) {
  const t = useWords();
  if (secrecy === "normal") return null;
  return (
    <Tag icon={<LockOutlined aria-hidden="true" />} color="error">
      {t(secrecies[secrecy])}
      {stub && ` · ${t("documentStub")}`}
    </Tag>
  );
}

function Filters({ q, setQ, unit }: { q: string; setQ: (q: string) => void; unit: string }) {
  const t = useWords();
  const session = useSession();
  const [place, setPlace] = usePlace();
  const secrecy = place.get("secrecy");
  return (
    <>
      <div className="document-sides no-print">
        <Segmented<RegisterSide>
          aria-label={t("registerSide")}
          value={sideOf(place)}
          onChange={(side) => setPlace({ register: side === "all" ? null : side })}
          options={(Object.keys(sides) as RegisterSide[]).map((value) => ({ value, label: t(sides[value]) }))}
        />
        <span className="head-picker">
          <UnitPicker
            root={homeUnit(session)}
            label={t("documentUnit")}
            value={unit}
            onChange={(id) => setPlace({ unit: id === homeUnit(session).id ? null : id })}
          />
        </span>
      </div>
      <div className="filters no-print">
        <Input
          allowClear
          value={q}
          placeholder={t("documentSearch")}
          aria-label={t("documentSearch")}
          onChange={(event) => {
            setQ(event.target.value);
            setPlace({ q: event.target.value.trim() }, true);
          }}
        />
        <Select
          allowClear
          showSearch
          aria-label={t("documentType")}
          placeholder={t("documentAnyType")}
          value={place.get("type") ?? undefined}
          options={documentTypes.map((value) => ({ value, label: value }))}
          onChange={(type?: string) => setPlace({ type: type ?? null })}
        />
        <DayPicker label={t("documentFrom")} placeholder={t("documentFrom")} value={place.get("from")} onChange={(from) => setPlace({ from })} />
        <DayPicker label={t("documentTo")} placeholder={t("documentTo")} value={place.get("to")} onChange={(to) => setPlace({ to })} />
        <Select<Secrecy>
          allowClear
          aria-label={t("secrecy")}
          placeholder={t("secrecyAny")}
          value={(secrecy as Secrecy | null) ?? undefined}
          options={(Object.keys(secrecies) as Secrecy[]).map((value) => ({ value, label: t(secrecies[value]) }))}
          onChange={(value?: Secrecy) => setPlace({ secrecy: value ?? null })}
        />
      </div>
    </>
  );
}

function Rows({ list, side }: { list: DocumentItem[]; side: RegisterSide }) {
  const t = useWords();
  const language = useLanguage();
  const arrival = {
    title: t("documentArrival"),
    className: "document-arrival",
    cell: (row: DocumentItem) =>
      row.arrived_on || row.arrival_number
        ? [row.arrival_number && t("documentArrivalNumber", { n: row.arrival_number }), formatDate(row.arrived_on)].filter(Boolean).join(" · ")
        : "–",
  };
  return (
    <ListTable<DocumentItem>
      label={t("documentsTab")}
      rows={list}
      rowKey={(row) => row.id}
      columns={[
        {
          title: t("documentNumber"),
          head: true,
          className: "document-number",
          cell: (row) => (
            <>
              <Link href={`/documents/${row.id}`}>{nameOf(row, t)}</Link> <SecrecyTag secrecy={row.secrecy} stub={false} />
            </>
          ),
        },
        { title: t("documentDate"), className: "document-day", cell: (row) => dayOf(row, t) || "–" },
        { title: t("documentSubject"), className: "document-subject", cell: (row) => row.subject || "–" },
        { title: t("documentIssuer"), className: "document-office", cell: (row) => row.issuer || "–" },
        ...(side === "issued" ? [] : [arrival]),
        {
          title: t("documentTasks"),
          className: "document-tasks",
          cell: (row) =>
            row.tasks_open === 0 ? (
              "–"
            ) : (
              <>
                {t("documentTasksOpen", { n: row.tasks_open })}
                {row.tasks_late > 0 && <span className="document-late">{t("documentTasksLate", { n: row.tasks_late })}</span>}
              </>
            ),
        },
        { title: t("documentDue"), className: "document-due", cell: (row) => row.due?.wording ?? "–" },
        {
          title: t("documentFiles"),
          number: true,
          cell: (row) => (
            <>
              {row.files > 0 && <PaperClipOutlined aria-hidden="true" />} {formatCount(row.files, language)}
            </>
          ),
        },
      ]}
    />
  );
}

/** Documents a unit keeps, by words of their number, subject and text. */
export function DocumentList({ onAdd }: { onAdd?: () => void }) {
  const t = useWords();
  const session = useSession();
  const [place] = usePlace();
  const [q, setQ] = useState(place.get("q") ?? "");
  const unit = place.get("unit") ?? homeUnit(session).id;
  const side = sideOf(place);
  const query: DocumentQuery = {
    unit_id: unit,
    q: useDeferredValue(q.trim()) || undefined,
    register: side,
    type: place.get("type") ?? undefined,
    from: place.get("from") ?? undefined,
    to: place.get("to") ?? undefined,
    secrecy: (place.get("secrecy") as Secrecy | null) ?? undefined,
  };
  const pages = useInfiniteQuery({
    queryKey: ["documents", "list", query],
    queryFn: ({ pageParam }) => documents.page({ ...query, after: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  const list = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filterNames.some((name) => place.get(name)) || side !== "all";
  return (
    <>
      <Filters q={q} setQ={setQ} unit={unit} />
      {pages.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && list.length === 0 && (
        <Empty description={t(filtered ? "documentNoneFound" : onAdd ? "documentNoneAdd" : "documentNone")}>
          {!filtered && onAdd && <Button onClick={onAdd}>{t("documentAdd")}</Button>}
        </Empty>
      )}
      {list.length > 0 && <Rows list={list} side={side} />}
      {pages.hasNextPage && (
        <Button className="more-button" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}
