import { Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useWords } from "../words/words.tsx";
import type { Grid } from "./types.ts";
import { useActs } from "./use-acts.ts";

type Props = { grid: Grid; marks: Record<string, string>; onClose: () => void; onDone: () => void };

/** Trả lại: the reason, and the cells that were marked with what is wrong. */
export function ReturnDialog({ grid, marks, onClose, onDone }: Props) {
  const t = useWords();
  const acts = useActs();
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const { submission } = grid;
  const marked = grid.rows.filter((row) => row.indicator.id in marks);
  const comments = marked.map((row) => ({ indicator_id: row.indicator.id, comment: marks[row.indicator.id]!.trim() || t("markDefault") }));
  const send = async () => {
    setAsked(true);
    if (!reason.trim()) return;
    if (await acts.giveBack(submission, reason.trim(), comments)) {
      onClose();
      onDone();
    }
  };
  return (
    <Modal
      open
      title={t("returnTitle", { unit: submission.unit.name })}
      okText={t("giveBack")}
      okButtonProps={{ danger: true }}
      cancelText={t("cancel")}
      confirmLoading={acts.busy}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <Typography.Paragraph>{t(marked.length > 0 ? "returnMarked" : "returnHint", { n: marked.length })}</Typography.Paragraph>
      {marked.length > 0 && (
        <ul className="gap-list">
          {comments.map(({ indicator_id, comment }, i) => (
            <li key={indicator_id}>
              <strong>{marked[i]!.indicator.code}</strong> {marked[i]!.indicator.name}: {comment}
            </li>
          ))}
        </ul>
      )}
      <Form layout="vertical">
        <Form.Item
          label={t("returnReason")}
          required
          validateStatus={asked && !reason.trim() ? "error" : undefined}
          help={asked && !reason.trim() ? t("returnReasonNeeded") : undefined}
        >
          <Input.TextArea autoFocus rows={3} maxLength={1000} value={reason} aria-label={t("returnReason")} onChange={(event) => setReason(event.target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
