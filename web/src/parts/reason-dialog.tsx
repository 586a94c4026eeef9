import { Alert, Form, Input, Modal, Typography } from "antd";
import { useState, type ReactNode } from "react";
import { useWords } from "../words/words.tsx";
import { useShowProblem } from "./problem-form.ts";

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
  const show = useShowProblem();
  const [form] = Form.useForm<{ reason: string }>();
  const [busy, setBusy] = useState(false);
  const act = async ({ reason }: { reason: string }) => {
    setBusy(true);
    try {
      await onOk(reason.trim());
      onClose();
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ danger }}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {explain && <Typography.Paragraph>{explain}</Typography.Paragraph>}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ reason: "" }}
        onFinish={(fields) => void act(fields)}
      >
        <Form.Item
          name="reason"
          label={label ?? t("reason")}
          rules={[{ required: true, whitespace: true, min: 3, message: t("reasonShort") }]}
        >
          <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
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
