import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { reports, type Report } from "../api/indicators.ts";
import { formatDate } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useWords } from "../words/words.tsx";
import { frequencies } from "./choices.ts";
import { ReportBuilder } from "./report-builder.tsx";

export function ReportList() {
  const t = useWords();
  const [, setPlace] = usePlace();
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ["reports"], queryFn: reports.all });
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const add = list.data?.may_create && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t("reportAdd")}
    </Button>
  );
  return (
    <>
      {add && <div className="screen-acts no-print">{add}</div>}
      <ListTable<Report>
        label={t("reportsTab")}
        rows={list.data?.reports}
        rowKey={(report) => report.id}
        empty={t(list.data?.may_create ? "reportsNone" : "reportsNoneRead")}
        columns={[
          { title: t("reportCode"), cell: (report) => report.code },
          {
            title: t("reportTitle"),
            head: true,
            cell: (report) => (
              <button type="button" className="link-button" onClick={() => setPlace({ report: report.id })}>
                {report.title}
              </button>
            ),
          },
          { title: t("frequency"), cell: (report) => t(frequencies[report.frequency]) },
          { title: t("resolution"), cell: (report) => report.resolution },
          { title: t("owner"), cell: (report) => report.owner.name },
          { title: t("validSince"), cell: (report) => formatDate(report.valid_from) },
        ]}
      />
      {adding && <ReportBuilder onClose={() => setAdding(false)} onSaved={(made) => setPlace({ report: made.id })} />}
    </>
  );
}
