import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Skeleton, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { indicators, type IndicatorDetail, type IndicatorVersion } from "../api/indicators.ts";
import { asHeading, formatDate, formatNumber, formatTime } from "../format/format.ts";
import { targetText } from "../parts/cell-value.tsx";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { accruals, aggregations, directions, frequencies, levels, valueTypes } from "./choices.ts";
import { IndicatorFormDrawer } from "./indicator-form.tsx";

function useFacts(indicator: IndicatorDetail) {
  const t = useWords();
  const language = useLanguage();
  const bound = (value: string | null) => (value === null ? t("none") : formatNumber(value, language));
  const level = (name: string) => (levels[name] ? t(levels[name]) : name);
  return [
    { key: "definition", label: t("definition"), children: indicator.definition || t("none"), span: "filled" as const },
    { key: "source", label: t("source"), children: indicator.source || t("none"), span: "filled" as const },
    { key: "group", label: t("indicatorGroup"), children: asHeading(indicator.group) || t("none") },
    { key: "resolution", label: t("resolution"), children: indicator.resolution || t("none") },
    { key: "type", label: t("valueType"), children: t(valueTypes[indicator.value_type]) },
    { key: "unit", label: t("unitOfMeasure"), children: indicator.unit_of_measure || t("none") },
    { key: "decimals", label: t("decimals"), children: indicator.decimals },
    ...(indicator.value_type === "percentage"
      ? [
          { key: "parts", label: t("partDecimals"), children: indicator.part_decimals },
          { key: "factor", label: t("factor"), children: formatNumber(String(indicator.factor), language) },
        ]
      : []),
    { key: "accrual", label: t("accrual"), children: t(accruals[indicator.accrual]) },
    { key: "frequency", label: t("frequency"), children: t(frequencies[indicator.frequency]) },
    { key: "direction", label: t("direction"), children: t(directions[indicator.direction]) },
    { key: "aggregation", label: t("aggregation"), children: t(aggregations[indicator.aggregation]) },
    { key: "min", label: t("least"), children: bound(indicator.min) },
    { key: "max", label: t("most"), children: bound(indicator.max) },
    {
      key: "outlier",
      label: t("outlier"),
      children: indicator.outlier_percent ? `${formatNumber(String(indicator.outlier_percent), language)} %` : t("none"),
    },
    { key: "evidence", label: t("evidenceRequired"), children: t(indicator.evidence_required ? "yes" : "no") },
    { key: "levels", label: t("levels"), children: indicator.levels.map(level).join(", ") || t("none") },
    { key: "owner", label: t("owner"), children: indicator.owner?.name ?? t("none") },
    { key: "valid", label: t("validSince"), children: formatDate(indicator.valid_from) },
  ];
}

function Targets({ indicator }: { indicator: IndicatorDetail }) {
  const t = useWords();
  const language = useLanguage();
  const targets = indicator.targets.toSorted((a, b) => a.year - b.year);
  if (targets.length === 0) return <Typography.Text type="secondary">{t("targetsNone")}</Typography.Text>;
  return (
    <div className="scroll-box target-box">
      <table className="sheet">
        <thead>
          <tr>
            <th scope="col">{t("year")}</th>
            <th scope="col" className="number">
              {t("target")}
            </th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <tr key={target.year}>
              <th scope="row">{target.year}</th>
              <td className="number">
                {targetText(target, language)} {indicator.unit_of_measure}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Versions({ versions }: { versions: IndicatorVersion[] }) {
  const t = useWords();
  return (
    <ListTable<IndicatorVersion>
      label={t("versions")}
      rows={versions}
      rowKey={(row) => row.version}
      columns={[
        { title: t("version"), head: true, number: true, cell: (row) => row.version },
        { title: t("validSince"), cell: (row) => formatTime(row.valid_from) },
        { title: t("validUntil"), cell: (row) => (row.valid_to ? formatTime(row.valid_to) : t("stillValid")) },
        { title: t("changedBy"), cell: (row) => row.changed_by || t("system") },
        { title: t("reason"), cell: (row) => row.change_reason ?? "–" },
      ]}
    />
  );
}

export function IndicatorDetailView({ id }: { id: string }) {
  const t = useWords();
  const [editing, setEditing] = useState(false);
  const indicator = useQuery({ queryKey: ["indicators", "one", id], queryFn: () => indicators.one(id) });
  if (indicator.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (indicator.isError) return <Failure error={indicator.error} retry={() => void indicator.refetch()} />;
  return <Detail indicator={indicator.data} editing={editing} setEditing={setEditing} back={t("backToIndicators")} />;
}

function Detail({ indicator, editing, setEditing, back }: {
  indicator: IndicatorDetail;
  editing: boolean;
  setEditing: (open: boolean) => void;
  back: string;
}) {
  const t = useWords();
  const facts = useFacts(indicator);
  return (
    <>
      <Link href="/indicators" className="no-print">
        ← {back}
      </Link>
      <div className="screen-head">
        <h1>
          {indicator.code} · {indicator.name} {indicator.illustrative && <Tag>{t("illustrative")}</Tag>}
        </h1>
        {indicator.may_change && (
          <Space className="no-print">
            <Button type="primary" onClick={() => setEditing(true)}>
              {t("indicatorChange")}
            </Button>
          </Space>
        )}
      </div>
      <Descriptions size="small" bordered column={{ xs: 1, sm: 1, md: 1, lg: 2, xl: 2, xxl: 3 }} items={facts} />
      <h2>{t("targets")}</h2>
      <Targets indicator={indicator} />
      <h2>{t("versions")}</h2>
      <Versions versions={indicator.versions} />
      {editing && <IndicatorFormDrawer indicator={indicator} onClose={() => setEditing(false)} />}
    </>
  );
}
