import { Alert, Form, Input, Modal, Typography } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../words/words.tsx";
import { FormDialog } from "./form-dialog.tsx";

type Props = {
  title: string;
  explain?: ReactNode;
  okText: string;
  danger?: boolean;
  label?: string;
  onOk: (reason: string) => Promise<void>;
  onClose: () => void;
};

/** Asks why before something that is logged with its reason. Closes when the act is done. */
export function ReasonDialog({ title, explain, okText, danger = false, label, onOk, onClose }: Props) {
  const t = useWords();
  return (
    <FormDialog<{ reason: string }, void>
      title={title}
      explain={explain && <Typography.Paragraph>{explain}</Typography.Paragraph>}
      okText={okText}
      danger={danger}
      initialValues={{ reason: "" }}
      onSave={({ reason }) => onOk(reason.trim())}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={label ?? t("reason")}
        rules={[{ required: true, whitespace: true, min: 3, message: t("reasonShort") }]}
      >
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}

/** A secret that the server tells once: a first password, a token. */
export function OnceSecret({ title, explain, secret, onClose }: {
  title: string;
  explain: string;
  secret: string;
  onClose: () => void;
}) {
  const t = useWords();
  return (
    <Modal
      open
      title={title}
      okText={t("secretKept")}
      cancelButtonProps={{ style: { display: "none" } }}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      onOk={onClose}
    >
      <Alert type="warning" showIcon title={explain} style={{ marginBottom: 12 }} />
      <Typography.Paragraph
        className="once-secret"
        copyable={{ text: secret, tooltips: [t("copy"), t("copied")] }}
      >
        <code>{secret}</code>
      </Typography.Paragraph>
    </Modal>
  );
}
