import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Empty, Input, Select, Skeleton, Tag } from "antd";
import { Fragment, useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { indicators, reports } from "../api/indicators.ts";
import type { Indicator } from "../api/types.ts";
import { asHeading, parts } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { targetText } from "../parts/cell-value.tsx";
import { Failure } from "../parts/failure.tsx";
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

function Line({ indicator }: { indicator: Indicator }) {
  const t = useWords();
  const language = useLanguage();
  const { year } = parts(new Date(serverNow()).toISOString());
  const target = indicator.targets.find((one) => one.year === year) ?? null;
  return (
    <tr>
      <th scope="row" className="indicator-code">
        <Link href={`/indicators/${indicator.id}`}>{indicator.code}</Link>
      </th>
      <td className="indicator-name">
        {indicator.name} {indicator.illustrative && <Tag>{t("illustrative")}</Tag>}
      </td>
      <td>{indicator.unit_of_measure}</td>
      <td>{t(valueTypes[indicator.value_type])}</td>
      <td>{t(frequencies[indicator.frequency])}</td>
      <td>{t(aggregations[indicator.aggregation])}</td>
      <td className="number">{target ? targetText(target, language) : "–"}</td>
    </tr>
  );
}

function List({ list }: { list: Indicator[] }) {
  const t = useWords();
  const { year } = parts(new Date(serverNow()).toISOString());
  return (
    <div className="scroll-box" tabIndex={0} role="region" aria-label={t("indicatorsTab")}>
      <table className="sheet indicator-table">
        <thead>
          <tr>
            <th scope="col">{t("indicatorCode")}</th>
            <th scope="col">{t("indicatorName")}</th>
            <th scope="col">{t("unitOfMeasure")}</th>
            <th scope="col">{t("valueType")}</th>
            <th scope="col">{t("frequency")}</th>
            <th scope="col">{t("aggregation")}</th>
            <th scope="col">{t("targetOf", { year })}</th>
          </tr>
        </thead>
        {grouped(list).map(([group, rows]) => (
          <tbody key={group}>
            <Fragment key={group}>
              <tr className="group-row">
                <th scope="rowgroup" colSpan={7}>
                  {asHeading(group) || t("indicatorNoGroup")} · {rows.length}
                </th>
              </tr>
              {rows.map((indicator) => (
                <Line key={indicator.id} indicator={indicator} />
              ))}
            </Fragment>
          </tbody>
        ))}
      </table>
    </div>
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
        <Empty description={wanted || report ? t("indicatorNoneFound") : t("indicatorNone")}>
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
