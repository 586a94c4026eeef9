import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Select } from "antd";
import { assignments, type AssignmentDetail } from "../api/assignments.ts";
import { formatDate, formatPeriod } from "../format/format.ts";
import { addDays } from "../format/periods.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useWords } from "../words/words.tsx";

type Props = { assignment: AssignmentDetail; onClose: () => void };

export function OpenPeriod({ assignment, onClose }: Props) {
  const t = useWords();
  const open = async ({ period }: { period: string }) => {
    await assignments.open(assignment.id, period);
    return period;
  };
  return (
    <FormDialog
      title={t("periodOpenByHand")}
      okText={t("periodOpenIt")}
      explain={<p>{t("periodOpenExplain")}</p>}
      onSave={open}
      said={(period) => t("periodOpened", { period: formatPeriod(period, t) })}
      refresh={["assignments"]}
      onClose={onClose}
    >
      <Form.Item name="period" label={t("period")} rules={[{ required: true, message: t("required") }]}>
        <PeriodSelect
          frequency={assignment.report.frequency}
          without={assignment.periods.map((period) => period.period)}
        />
      </Form.Item>
    </FormDialog>
  );
}

export function ReopenPeriod({ assignment, period, onClose }: Props & { period: string }) {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const name = formatPeriod(period, t);
  const reopen = async (reason: string) => {
    await assignments.reopen(assignment.id, period, reason);
    void message.success(t("periodReopened", { period: name }));
    await client.invalidateQueries({ queryKey: ["assignments"] });
  };
  return (
    <ReasonDialog
      title={t("periodReopenTitle", { period: name })}
      explain={t("periodReopenExplain")}
      okText={t("periodReopen")}
      onOk={reopen}
      onClose={onClose}
    />
  );
}

type Exception = { unit_id: string; day: string; reason: string };

/** Entry for one unit beyond the deadline, to the end of a day. */
export function PeriodException({ assignment, period, onClose }: Props & { period: string }) {
  const t = useWords();
  const required = [{ required: true, message: t("required") }];
  const except = async ({ unit_id, day, reason }: Exception) => {
    await assignments.except(assignment.id, period, unit_id, `${addDays(day, 1)}T00:00:00+07:00`, reason);
    return { unit: assignment.units.find((one) => one.id === unit_id)?.name ?? "", date: formatDate(day) };
  };
  return (
    <FormDialog
      title={t("exceptionDialogTitle", { period: formatPeriod(period, t) })}
      okText={t("periodExcept")}
      explain={<p>{t("exceptionExplain")}</p>}
      onSave={except}
      said={(made) => t("exceptionMade", made)}
      refresh={["assignments"]}
      onClose={onClose}
    >
      <Form.Item name="unit_id" label={t("unit")} rules={required}>
        <Select
          autoFocus
          showSearch={{ optionFilterProp: "label" }}
          options={assignment.units.map((unit) => ({ value: unit.id, label: `${unit.name} · ${unit.code}` }))}
        />
      </Form.Item>
      <Form.Item name="day" label={t("exceptionDay")} extra={t("exceptionUntilHint")} rules={required}>
        <DayPicker />
      </Form.Item>
      <Form.Item name="reason" label={t("reason")} rules={[{ required: true, whitespace: true, message: t("required") }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
