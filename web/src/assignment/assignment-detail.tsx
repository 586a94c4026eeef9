import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Skeleton, Space } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { assignments, type AssignmentDetail } from "../api/assignments.ts";
import { formatPeriod } from "../format/format.ts";
import { midSentence } from "../format/periods.ts";
import { useGo } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { useMay } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { AssignmentChangeDrawer } from "./assignment-change.tsx";
import { AssignmentFormDrawer } from "./assignment-form.tsx";
import { OpenPeriod } from "./period-acts.tsx";
import { PeriodTable } from "./period-table.tsx";

function Facts({ assignment }: { assignment: AssignmentDetail }) {
  const t = useWords();
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 1, lg: 2, xl: 2, xxl: 3 }}
      items={[
        {
          key: "report",
          label: t("report"),
          children: (
            <Link href={`/indicators?tab=reports&report=${assignment.report.id}`}>
              {assignment.report.code} {assignment.report.title}
            </Link>
          ),
        },
        { key: "from", label: t("assignmentFrom"), children: assignment.from.name },
        { key: "rule", label: t("deadlineRule"), children: assignment.rule_wording },
        { key: "late", label: t("latePolicy"), children: t(assignment.rule.locks ? "lateLocked" : "lateAllowed") },
        {
          key: "periods",
          label: t("assignmentPeriods"),
          children: assignment.last_period
            ? `${formatPeriod(assignment.first_period, t)} – ${formatPeriod(assignment.last_period, t)}`
            : t("assignmentFromPeriod", { period: midSentence(formatPeriod(assignment.first_period, t)) }),
        },
        { key: "document", label: t("document"), children: assignment.document ?? t("none") },
        ...(assignment.parent_id
          ? [
              {
                key: "parent",
                label: t("assignmentParent"),
                children: <Link href={`/assignments/${assignment.parent_id}`}>{t("assignmentParentOpen")}</Link>,
              },
            ]
          : []),
      ]}
    />
  );
}

function Acts({ assignment }: { assignment: AssignmentDetail }) {
  const t = useWords();
  const go = useGo();
  const mayApprove = useMay("figure.receive");
  const [open, setOpen] = useState<"change" | "pass" | "period" | null>(null);
  const close = () => setOpen(null);
  const { may } = assignment;
  const latest = assignment.periods[0];
  return (
    <Space wrap className="no-print">
      {mayApprove && may.receive && latest && (
        <Button
          type="primary"
          onClick={() => go(`/approval?assignment=${assignment.id}&period=${latest.period}`)}
        >
          {t("assignmentApproval")}
        </Button>
      )}
      {may.pass_down && <Button onClick={() => setOpen("pass")}>{t("assignmentPass")}</Button>}
      {may.manage && <Button onClick={() => setOpen("period")}>{t("periodOpenByHand")}</Button>}
      {may.manage && <Button onClick={() => setOpen("change")}>{t("assignmentChange")}</Button>}
      {open === "change" && <AssignmentChangeDrawer assignment={assignment} onClose={close} />}
      {open === "period" && <OpenPeriod assignment={assignment} onClose={close} />}
      {open === "pass" && (
        <AssignmentFormDrawer parent={assignment} onClose={close} onMade={(made) => go(`/assignments/${made.id}`)} />
      )}
    </Space>
  );
}

export function AssignmentDetailView({ id }: { id: string }) {
  const t = useWords();
  const assignment = useQuery({ queryKey: ["assignments", "one", id], queryFn: () => assignments.one(id) });
  if (assignment.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (assignment.isError) return <Failure error={assignment.error} retry={() => void assignment.refetch()} />;
  const { data } = assignment;
  return (
    <>
      <Link href="/assignments" className="no-print">
        ← {t("backToAssignments")}
      </Link>
      <div className="screen-head">
        <h1>{data.report.title}</h1>
        <Acts assignment={data} />
      </div>
      <Facts assignment={data} />
      <h2>{t("periods")}</h2>
      <PeriodTable assignment={data} />
      <h2>{t("assignmentUnitsOf", { n: data.unit_count })}</h2>
      <ul className="unit-columns">
        {data.units.map((unit) => (
          <li key={unit.id}>
            {unit.name} <span className="second-line">{unit.code}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
