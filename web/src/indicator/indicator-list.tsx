import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Empty, Input, Select, Skeleton, Tag } from "antd";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { indicators, reports } from "../api/indicators.ts";
import type { Indicator } from "../api/types.ts";
import { asHeading, parts } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { targetText } from "../parts/cell-value.tsx";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { serverNow } from "../session/clock.ts";
import { useLanguage, useWords } from "../words/words.tsx";
import { aggregations, frequencies, valueTypes } from "./choices.ts";
import { IndicatorFormDrawer } from "./indicator-form.tsx";

/** Groups in the order in which they first come. */
function grouped(list: Indicator[]): [string, Indicator[]][] {
  const groups = new Map<string, Indicator[]>();
  for (const indicator of list) groups.set(indicator.group, [...(groups.get(indicator.group) ?? []), indicator]);
  return [...groups];
}

function List({ list }: { list: Indicator[] }) {
  const t = useWords();
  const language = useLanguage();
  const { year } = parts(new Date(serverNow()).toISOString());
  const target = (indicator: Indicator) => indicator.targets.find((one) => one.year === year);
  const groups = (rows: Indicator[]) =>
    grouped(rows).map(([group, members]) => ({
      title: `${asHeading(group) || t("indicatorNoGroup")} · ${members.length}`,
      rows: members,
    }));
  return (
    <ListTable<Indicator>
      label={t("indicatorsTab")}
      rows={list}
      rowKey={(indicator) => indicator.id}
      groups={groups}
      columns={[
        {
          title: t("indicatorCode"),
          head: true,
          className: "indicator-code",
          cell: (indicator) => <Link href={`/indicators/${indicator.id}`}>{indicator.code}</Link>,
        },
        {
          title: t("indicatorName"),
          className: "indicator-name",
          cell: (indicator) => (
            <>
              {indicator.name} {indicator.illustrative && <Tag>{t("illustrative")}</Tag>}
            </>
          ),
        },
        { title: t("unitOfMeasure"), cell: (indicator) => indicator.unit_of_measure },
        { title: t("valueType"), cell: (indicator) => t(valueTypes[indicator.value_type]) },
        { title: t("frequency"), cell: (indicator) => t(frequencies[indicator.frequency]) },
        { title: t("aggregation"), cell: (indicator) => t(aggregations[indicator.aggregation]) },
        {
          title: t("targetOf", { year }),
          number: true,
          cell: (indicator) => targetText(target(indicator) ?? null, language) || "–",
        },
      ]}
    />
  );
}

export function IndicatorList() {
  const t = useWords();
  const go = useGo();
  const [place, setPlace] = usePlace();
  const [q, setQ] = useState(place.get("q") ?? "");
  const [adding, setAdding] = useState(false);
  const wanted = useDeferredValue(q.trim());
  const report = place.get("report");
  const query = { q: wanted || undefined, report_id: report ?? undefined };
  const forms = useQuery({ queryKey: ["reports"], queryFn: reports.all });
  const pages = useInfiniteQuery({
    queryKey: ["indicators", "list", query],
    queryFn: ({ pageParam }) => indicators.page({ ...query, after: pageParam, limit: 200 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  const list = pages.data?.pages.flatMap((page) => page.indicators) ?? [];
  const mayCreate = pages.data?.pages[0]?.may_create ?? false;
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t("indicatorAdd")}
    </Button>
  );
  return (
    <>
      {mayCreate && <div className="screen-acts no-print">{add}</div>}
      <div className="filters no-print">
        <Input
          allowClear
          value={q}
          placeholder={t("indicatorSearch")}
          aria-label={t("indicatorSearch")}
          onChange={(event) => {
            setQ(event.target.value);
            setPlace({ q: event.target.value.trim() }, true);
          }}
        />
        <Select
          allowClear
          value={report ?? undefined}
          placeholder={t("indicatorAnyReport")}
          aria-label={t("report")}
          onChange={(id?: string) => setPlace({ report: id ?? null })}
          options={forms.data?.reports.map((form) => ({ value: form.id, label: `${form.code} ${form.title}` }))}
        />
      </div>
      {pages.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && list.length === 0 && (
        <Empty description={wanted || report ? t("indicatorNoneFound") : t(mayCreate ? "indicatorNone" : "indicatorNoneRead")}>
          {!wanted && !report && mayCreate && add}
        </Empty>
      )}
      {list.length > 0 && <List list={list} />}
      {pages.hasNextPage && (
        <Button className="more-button" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
      {adding && (
        <IndicatorFormDrawer onClose={() => setAdding(false)} onSaved={(made) => go(`/indicators/${made.id}`)} />
      )}
    </>
  );
}
