import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { assignments, type AssignmentDetail, type AssignmentInput, type Include } from "../api/assignments.ts";
import { newKey } from "../api/key.ts";
import { reports } from "../api/indicators.ts";
import type { UnitRef } from "../api/types.ts";
import { RuleFields, RulePreview, usualRule } from "../deadline/rule-fields.tsx";
import { parts } from "../format/format.ts";
import { periodOf } from "../format/periods.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { serverNow } from "../session/clock.ts";
import { useSession } from "../session/session.tsx";
import { useWords, type Word } from "../words/words.tsx";

const includes: Record<Include, Word> = {
  provinces: "includeProvinces",
  ministries: "includeMinistries",
  departments: "includeDepartments",
  communes: "includeCommunes",
};

/** Units that the person may assign from. */
function useFromUnits(): UnitRef[] {
  const session = useSession();
  const held = session.grants.filter((grant) => grant.role === "coordinator").map((grant) => grant.unit);
  const all = held.length ? held : [session.account.unit];
  return all.filter((unit, index) => all.findIndex((one) => one.id === unit.id) === index);
}

function WhatAndWho({ parent, froms }: { parent?: AssignmentDetail; froms: UnitRef[] }) {
  const t = useWords();
  const form = Form.useFormInstance<AssignmentInput>();
  const fromId = Form.useWatch("from_unit_id", form) ?? froms[0]?.id;
  const from = froms.find((unit) => unit.id === fromId) ?? froms[0];
  const list = useQuery({ queryKey: ["reports"], queryFn: reports.all });
  const frequency = parent?.report.frequency;
  const forms = (list.data?.reports ?? []).filter((report) => !frequency || report.frequency === frequency);
  const required = [{ required: true, message: t("required") }];
  return (
    <>
      <Form.Item name="report_id" label={t("report")} extra={parent && t("passReportHint")} rules={required}>
        <Select
          autoFocus
          loading={list.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={forms.map((report) => ({ value: report.id, label: `${report.code} ${report.title}` }))}
        />
      </Form.Item>
      <Form.Item name="from_unit_id" label={t("assignmentFrom")} hidden={froms.length < 2}>
        <Select options={froms.map((unit) => ({ value: unit.id, label: unit.name }))} />
      </Form.Item>
      <Form.Item name="include" label={t("assignmentKinds")}>
        <Checkbox.Group
          options={(Object.entries(includes) as [Include, Word][])
            .filter(([value]) => from?.kind !== "province" || value === "departments" || value === "communes")
            .map(([value, word]) => ({ value, label: t(word) }))}
        />
      </Form.Item>
      {from && (
        <Form.Item name="unit_ids" label={t("assignmentPicked")} extra={t("assignmentPickedHint")}>
          <UnitPicker root={from} multiple />
        </Form.Item>
      )}
      <Form.Item name="document" label={t("document")} extra={t("documentHint")}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

function When({ parent }: { parent?: AssignmentDetail }) {
  const t = useWords();
  const form = Form.useFormInstance<AssignmentInput>();
  const list = useQuery({ queryKey: ["reports"], queryFn: reports.all });
  const reportId = Form.useWatch("report_id", form);
  const rule = Form.useWatch("rule", form);
  const first = Form.useWatch("first_period", form) ?? null;
  const chosen = list.data?.reports.find((report) => report.id === reportId);
  const frequency = chosen?.frequency ?? parent?.report.frequency ?? "month";
  return (
    <>
      <div className="form-pair">
        <Form.Item
          name="first_period"
          label={t("firstPeriod")}
          rules={[{ required: true, message: t("required") }]}
        >
          <PeriodSelect frequency={frequency} />
        </Form.Item>
        <Form.Item name="last_period" label={t("finalPeriod")} extra={t("lastPeriodHint")}>
          <PeriodSelect frequency={frequency} allowClear placeholder={t("lastPeriodNone")} />
        </Form.Item>
      </div>
      <RuleFields />
      <RulePreview rule={rule} frequency={frequency} first={first} />
    </>
  );
}

type Props = { parent?: AssignmentDetail; onClose: () => void; onMade: (assignment: AssignmentDetail) => void };

/** Assigns a report to units below; with `parent`, passes on what the level above assigned. */
export function AssignmentFormDrawer({ parent, onClose, onMade }: Props) {
  const t = useWords();
  const client = useQueryClient();
  const froms = useFromUnits();
  const [form] = Form.useForm<AssignmentInput>();
  const [key] = useState(newKey);
  const now = parts(new Date(serverNow()).toISOString());
  const usualFirst = parent?.first_period ?? periodOf("month", now.year, now.month);

  const onChange = (changed: Partial<AssignmentInput>) => {
    if (!changed.report_id) return;
    const report = client
      .getQueryData<Awaited<ReturnType<typeof reports.all>>>(["reports"])
      ?.reports.find((one) => one.id === changed.report_id);
    if (report && !parent) form.setFieldsValue({ first_period: periodOf(report.frequency, now.year, now.month) });
  };
  const save = (fields: AssignmentInput) =>
    assignments.create(
      { ...fields, parent_id: parent?.id, document: fields.document || undefined, last_period: fields.last_period || undefined },
      key,
    );
  return (
    <FormDialog
      drawer={680}
      title={t(parent ? "assignmentPass" : "assignmentAdd")}
      okText={t("assignmentGive")}
      explain={
        parent && (
          <Alert
            type="info"
            showIcon
            className="stacked"
            title={t("passExplain", { from: parent.from.name, rule: parent.rule_wording })}
          />
        )
      }
      form={form}
      initialValues={{
        rule: usualRule,
        report_id: parent?.report.id,
        document: parent?.document ?? "",
        first_period: usualFirst,
        last_period: parent?.last_period,
        from_unit_id: froms[0]?.id,
        include: [],
        unit_ids: [],
      }}
      onValuesChange={onChange}
      onSave={save}
      said={(made) => t("assignmentMade", { n: made.unit_count })}
      refresh={["assignments"]}
      onSaved={(made) => {
        onClose();
        onMade(made);
      }}
      onClose={onClose}
    >
      <WhatAndWho parent={parent} froms={froms} />
      <When parent={parent} />
    </FormDialog>
  );
}
