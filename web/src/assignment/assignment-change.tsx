import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Form, Select, Space } from "antd";
import { useState } from "react";
import { assignments, type AssignmentDetail, type Rule } from "../api/assignments.ts";
import { RuleFields, RulePreview } from "../deadline/rule-fields.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { useWords } from "../words/words.tsx";

type Fields = { rule: Rule; last_period: string | null; add_unit_ids: string[]; remove_unit_ids: string[] };

/** Changes rule, end and units of an assignment; periods that were opened keep what they have. */
export function AssignmentChangeDrawer({ assignment, onClose }: { assignment: AssignmentDetail; onClose: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const rule = Form.useWatch("rule", form);
  const { frequency } = assignment.report;
  const save = async (fields: Fields) => {
    setBusy(true);
    try {
      await assignments.change(assignment.id, { ...fields, last_period: fields.last_period ?? null }, assignment.version);
      void message.success(t("saved"));
      await client.invalidateQueries({ queryKey: ["assignments"] });
      onClose();
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      size={680}
      title={t("assignmentChange")}
      onClose={onClose}
      footer={
        <Space>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {t("save")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </Space>
      }
    >
      <Alert type="info" showIcon className="stacked" title={t("assignmentChangeExplain")} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          rule: assignment.rule,
          last_period: assignment.last_period,
          add_unit_ids: [],
          remove_unit_ids: [],
        }}
        onFinish={(fields) => void save(fields)}
      >
        <RuleFields />
        <RulePreview rule={rule} frequency={frequency} first={assignment.periods[0]?.period ?? assignment.first_period} />
        <Form.Item name="last_period" label={t("finalPeriod")} extra={t("lastPeriodHint")}>
          <PeriodSelect frequency={frequency} allowClear placeholder={t("lastPeriodNone")} />
        </Form.Item>
        <Form.Item name="add_unit_ids" label={t("assignmentUnitsAdd")}>
          <UnitPicker root={assignment.from} multiple />
        </Form.Item>
        <Form.Item name="remove_unit_ids" label={t("assignmentUnitsRemove")}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: "label" }}
            options={assignment.units.map((unit) => ({ value: unit.id, label: `${unit.name} · ${unit.code}` }))}
          />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
