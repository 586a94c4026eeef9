import { Alert, Form, Input, Modal } from "antd";
import { useState } from "react";
import { api, Problem } from "../api/client.ts";
import { useWords } from "../words/words.tsx";

/** The password once more; `onSettled` is told whether it was right or nobody wanted to give it. */
export default function SudoDialog({ open, onSettled }: { open: boolean; onSettled: (confirmed: boolean) => void }) {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [form] = Form.useForm<{ password: string }>();

  const settle = (confirmed: boolean) => {
    setFailure(null);
    form.resetFields();
    onSettled(confirmed);
  };
  const confirm = async ({ password }: { password: string }) => {
    setBusy(true);
    try {
      await api.post("/api/session/sudo", { password });
      settle(true);
    } catch (error) {
      setFailure(error instanceof Problem ? (error.errors[0]?.title ?? error.message) : t("offlineShort"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      zIndex={1400}
      title={t("sudoTitle")}
      okText={t("confirm")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={() => settle(false)}
      forceRender
    >
      <p>{t("sudoExplain")}</p>
      {failure && <Alert type="error" showIcon title={failure} role="alert" style={{ marginBottom: 12 }} />}
      <Form form={form} layout="vertical" onFinish={(fields) => void confirm(fields)} requiredMark={false}>
        <Form.Item name="password" label={t("password")} rules={[{ required: true, message: t("required") }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
