import { Alert, Form, Select } from "antd";
import { assignments, type AssignmentDetail, type Rule } from "../api/assignments.ts";
import { RuleFields, RulePreview } from "../deadline/rule-fields.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { useWords } from "../words/words.tsx";

type Fields = { rule: Rule; last_period: string | null; add_unit_ids: string[]; remove_unit_ids: string[] };

/** Changes rule, end and units of an assignment; periods that were opened keep what they have. */
export function AssignmentChangeDrawer({ assignment, onClose }: { assignment: AssignmentDetail; onClose: () => void }) {
  const t = useWords();
  const [form] = Form.useForm<Fields>();
  const rule = Form.useWatch("rule", form);
  const { frequency } = assignment.report;
  const save = (fields: Fields) =>
    assignments.change(assignment.id, { ...fields, last_period: fields.last_period ?? null }, assignment.version);
  return (
    <FormDialog
      drawer={680}
      title={t("assignmentChange")}
      explain={<Alert type="info" showIcon className="stacked" title={t("assignmentChangeExplain")} />}
      form={form}
      initialValues={{
        rule: assignment.rule,
        last_period: assignment.last_period,
        add_unit_ids: [],
        remove_unit_ids: [],
      }}
      onSave={save}
      said={() => t("saved")}
      refresh={["assignments"]}
      onClose={onClose}
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
    </FormDialog>
  );
}
