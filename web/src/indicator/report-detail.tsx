import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Skeleton, Tag } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { reports, type ReportCheck, type ReportDetail } from "../api/indicators.ts";
import { asHeading, formatDate } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { frequencies, operators } from "./choices.ts";
import { ReportBuilder } from "./report-builder.tsx";
import { sectionsOf } from "./report-rules.ts";

function Items({ report }: { report: ReportDetail }) {
  const t = useWords();
  return (
    <div className="scroll-box" tabIndex={0} role="region" aria-label={t("reportItems")}>
      <table className="sheet">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t("ordinal")}
            </th>
            <th scope="col">{t("indicatorCode")}</th>
            <th scope="col">{t("indicatorName")}</th>
            <th scope="col">{t("unitOfMeasure")}</th>
            <th scope="col">{t("frequency")}</th>
            <th scope="col">{t("itemRequired")}</th>
            <th scope="col">{t("evidenceRequired")}</th>
          </tr>
        </thead>
        {sectionsOf(report.items).map(({ section, items }) => (
          <tbody key={`${section} ${items[0]?.position}`}>
            {section && (
              <tr className="group-row">
                <th scope="rowgroup" colSpan={7}>
                  {asHeading(section)}
                </th>
              </tr>
            )}
            {items.map(({ position, indicator, required, evidence_required }) => (
              <tr key={indicator.id}>
                <td className="number">{position}</td>
                <th scope="row">
                  <Link href={`/indicators/${indicator.id}`}>{indicator.code}</Link>
                </th>
                <td>
                  {indicator.name} {indicator.illustrative && <Tag>{t("illustrative")}</Tag>}
                </td>
                <td>{indicator.unit_of_measure}</td>
                <td>{t(frequencies[indicator.frequency])}</td>
                <td>{t(required ? "yes" : "no")}</td>
                <td>{t(evidence_required ? "yes" : "no")}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
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
