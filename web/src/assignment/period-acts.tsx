import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { assignments, type AssignmentDetail } from "../api/assignments.ts";
import { formatDate, formatPeriod } from "../format/format.ts";
import { addDays } from "../format/periods.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useWords } from "../words/words.tsx";

type Props = { assignment: AssignmentDetail; onClose: () => void };

/** Runs an act of a dialog: done, it says so and loads again. */
function useAct(onClose: () => void) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return async (act: () => Promise<unknown>, done: string) => {
    await act();
    void message.success(done);
    await client.invalidateQueries({ queryKey: ["assignments"] });
    onClose();
  };
}

export function OpenPeriod({ assignment, onClose }: Props) {
  const t = useWords();
  const show = useShowProblem();
  const act = useAct(onClose);
  const [form] = Form.useForm<{ period: string }>();
  const [busy, setBusy] = useState(false);
  const open = async ({ period }: { period: string }) => {
    setBusy(true);
    try {
      await act(() => assignments.open(assignment.id, period), t("periodOpened", { period: formatPeriod(period, t) }));
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("periodOpenByHand")}
      okText={t("periodOpenIt")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>{t("periodOpenExplain")}</p>
      <Form form={form} layout="vertical" onFinish={(fields) => void open(fields)}>
        <Form.Item name="period" label={t("period")} rules={[{ required: true, message: t("required") }]}>
          <PeriodSelect
            frequency={assignment.report.frequency}
            without={assignment.periods.map((period) => period.period)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function ReopenPeriod({ assignment, period, onClose }: Props & { period: string }) {
  const t = useWords();
  const act = useAct(onClose);
  const name = formatPeriod(period, t);
  return (
    <ReasonDialog
      title={t("periodReopenTitle", { period: name })}
      explain={t("periodReopenExplain")}
      okText={t("periodReopen")}
      onOk={(reason) => act(() => assignments.reopen(assignment.id, period, reason), t("periodReopened", { period: name }))}
      onClose={onClose}
    />
  );
}

type Exception = { unit_id: string; day: string; reason: string };

/** Entry for one unit beyond the deadline, to the end of a day. */
export function PeriodException({ assignment, period, onClose }: Props & { period: string }) {
  const t = useWords();
  const show = useShowProblem();
  const act = useAct(onClose);
  const [form] = Form.useForm<Exception>();
  const [busy, setBusy] = useState(false);
  const required = [{ required: true, message: t("required") }];
  const except = async ({ unit_id, day, reason }: Exception) => {
    setBusy(true);
    try {
      const until = `${addDays(day, 1)}T00:00:00+07:00`;
      const unit = assignment.units.find((one) => one.id === unit_id)?.name ?? "";
      await act(
        () => assignments.except(assignment.id, period, unit_id, until, reason),
        t("exceptionMade", { unit, date: formatDate(day) }),
      );
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("exceptionDialogTitle", { period: formatPeriod(period, t) })}
      okText={t("periodExcept")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>{t("exceptionExplain")}</p>
      <Form form={form} layout="vertical" onFinish={(fields) => void except(fields)}>
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
      </Form>
    </Modal>
  );
}
