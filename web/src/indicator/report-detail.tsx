import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Skeleton, Tag } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { reports, type ReportCheck, type ReportDetail, type ReportItem } from "../api/indicators.ts";
import { asHeading, formatDate } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useWords } from "../words/words.tsx";
import { frequencies, operators } from "./choices.ts";
import { ReportBuilder } from "./report-builder.tsx";
import { sectionsOf } from "./report-rules.ts";

function Items({ report }: { report: ReportDetail }) {
  const t = useWords();
  return (
    <ListTable<ReportItem>
      label={t("reportItems")}
      rows={report.items}
      rowKey={({ indicator }) => indicator.id}
      groups={(rows) => sectionsOf(rows).map(({ section, items }) => ({ title: asHeading(section), rows: items }))}
      columns={[
        { title: t("ordinal"), number: true, cell: (item) => item.position },
        {
          title: t("indicatorCode"),
          head: true,
          cell: ({ indicator }) => <Link href={`/indicators/${indicator.id}`}>{indicator.code}</Link>,
        },
        {
          title: t("indicatorName"),
          cell: ({ indicator }) => (
            <>
              {indicator.name} {indicator.illustrative && <Tag>{t("illustrative")}</Tag>}
            </>
          ),
        },
        { title: t("unitOfMeasure"), cell: ({ indicator }) => indicator.unit_of_measure },
        { title: t("frequency"), cell: ({ indicator }) => t(frequencies[indicator.frequency]) },
        { title: t("itemRequired"), cell: (item) => t(item.required ? "yes" : "no") },
        { title: t("evidenceRequired"), cell: (item) => t(item.evidence_required ? "yes" : "no") },
      ]}
    />
  );
}

function Check({ check, codeOf }: { check: ReportCheck; codeOf: (id: string) => string }) {
  const t = useWords();
  return (
    <li>
      {codeOf(check.left_id)} {t(operators[check.operator]).toLowerCase()} {codeOf(check.right_id)}: {check.about}{" "}
      <Tag color={check.blocks ? "error" : "warning"}>{t(check.blocks ? "checkBlocks" : "checkWarns")}</Tag>
    </li>
  );
}

export function ReportDetailView({ id }: { id: string }) {
  const t = useWords();
  const [editing, setEditing] = useState(false);
  const report = useQuery({ queryKey: ["reports", "one", id], queryFn: () => reports.one(id) });
  if (report.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (report.isError) return <Failure error={report.error} retry={() => void report.refetch()} />;
  const { data } = report;
  const codeOf = (indicator: string) => data.items.find((item) => item.indicator.id === indicator)?.indicator.code ?? indicator;
  return (
    <>
      <Link href="/indicators?tab=reports" className="no-print">
        ← {t("backToReports")}
      </Link>
      <div className="screen-head">
        <h1>
          {data.code} · {data.title}
        </h1>
        {data.may_change && (
          <Button type="primary" className="no-print" onClick={() => setEditing(true)}>
            {t("reportChange")}
          </Button>
        )}
      </div>
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, sm: 1, md: 2, lg: 2, xl: 3, xxl: 3 }}
        items={[
          { key: "frequency", label: t("frequency"), children: t(frequencies[data.frequency]) },
          {
            key: "cut",
            label: t("cutDay"),
            children: data.cut_day > 1 ? t("cutDayOf", { from: data.cut_day, to: data.cut_day - 1 }) : t("cutDayNone"),
          },
          { key: "resolution", label: t("resolution"), children: data.resolution || t("none") },
          { key: "owner", label: t("owner"), children: data.owner.name },
          { key: "version", label: t("version"), children: `${data.version} · ${formatDate(data.valid_from)}` },
          { key: "instructions", label: t("instructions"), children: data.instructions || t("none"), span: "filled" },
        ]}
      />
      <h2>{t("reportItems")}</h2>
      <Items report={data} />
      <h2>{t("checks")}</h2>
      {data.checks.length === 0 ? (
        t("checksNone")
      ) : (
        <ul>
          {data.checks.map((check, index) => (
            <Check key={index} check={check} codeOf={codeOf} />
          ))}
        </ul>
      )}
      {editing && <ReportBuilder report={data} onClose={() => setEditing(false)} />}
    </>
  );
}
