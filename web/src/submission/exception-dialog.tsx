import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { api, Problem } from "../api/client.ts";
import { formatPeriod, formatTime } from "../format/format.ts";
import { serverNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";
import type { Submission } from "./types.ts";
import { gridKey } from "./use-draft.ts";

const DAY = 86_400_000;
const local = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 16);

/** Opens entry again for one unit until a moment, with the reason on record. */
export function ExceptionDialog({ submission, onClose }: { submission: Submission; onClose: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [until, setUntil] = useState(() => local(serverNow() + DAY));
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const returns = submission.state === "approved" || submission.state === "received";
  const send = async () => {
    if (!reason.trim() || !until) return setProblem(t("exceptionNeeded"));
    setBusy(true);
    try {
      await api.post(`/api/assignments/${submission.assignment_id}/periods/${submission.period}/exceptions`, {
        unit_id: submission.unit.id,
        until: `${until}:00+07:00`,
        reason: reason.trim(),
      });
      void message.success(t("exceptionDone", { unit: submission.unit.name, until: formatTime(`${until}:00+07:00`) }));
      void client.invalidateQueries({ queryKey: gridKey(submission.id) });
      void client.invalidateQueries({ queryKey: ["matrix"] });
      onClose();
    } catch (error) {
      setProblem(error instanceof Problem ? (error.errors[0]?.title ?? error.message) : t("offlineShort"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("exceptionTitle", { unit: submission.unit.name, period: formatPeriod(submission.period, t) })}
      okText={t("exceptionButton")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <Typography.Paragraph>{t(returns ? "exceptionReturns" : "exceptionHint")}</Typography.Paragraph>
      <Form layout="vertical">
        <Form.Item label={t("exceptionUntil")} required>
          <Input type="datetime-local" value={until} aria-label={t("exceptionUntil")} onChange={(event) => setUntil(event.target.value)} />
        </Form.Item>
        <Form.Item label={t("exceptionReason")} required validateStatus={problem ? "error" : undefined} help={problem}>
          <Input.TextArea rows={3} maxLength={1000} value={reason} aria-label={t("exceptionReason")} onChange={(event) => setReason(event.target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
