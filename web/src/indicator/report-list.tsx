import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Table } from "antd";
import { useState } from "react";
import { reports, type Report } from "../api/indicators.ts";
import { formatDate } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
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
      <Table<Report>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data?.reports ?? []}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("reportsNone")} />,
        }}
        columns={[
          { title: t("reportCode"), dataIndex: "code" },
          {
            title: t("reportTitle"),
            render: (_, report) => (
              <button type="button" className="link-button" onClick={() => setPlace({ report: report.id })}>
                {report.title}
              </button>
            ),
          },
          { title: t("frequency"), render: (_, report) => t(frequencies[report.frequency]) },
          { title: t("resolution"), dataIndex: "resolution" },
          { title: t("owner"), render: (_, report) => report.owner.name },
          { title: t("validSince"), render: (_, report) => formatDate(report.valid_from) },
        ]}
      />
      {adding && <ReportBuilder onClose={() => setAdding(false)} onSaved={(made) => setPlace({ report: made.id })} />}
    </>
  );
}
