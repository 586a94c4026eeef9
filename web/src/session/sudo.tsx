import { Alert, Form, Input, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { api, Problem, setSudoHandler } from "../api/client.ts";
import { useWords } from "../words/words.tsx";

/**
 * Asks for the password when the server wants it confirmed (api/client.ts), then lets the call that was refused go
 * again. Several refused calls wait for one answer.
 */
export function Sudo() {
  const t = useWords();
  const waiting = useRef<((confirmed: boolean) => void)[]>([]);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [form] = Form.useForm<{ password: string }>();

  useEffect(() => {
    setSudoHandler(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setOpen(true);
        }),
    );
    return () => setSudoHandler(() => Promise.resolve(false));
  }, []);

  const settle = (confirmed: boolean) => {
    setOpen(false);
    setFailure(null);
    form.resetFields();
    for (const resolve of waiting.current.splice(0)) resolve(confirmed);
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
