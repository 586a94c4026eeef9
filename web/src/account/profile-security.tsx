import { Alert, App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { State } from "../parts/state.tsx";
import { useSession, useSessionState } from "../session/session.tsx";
import { EnrollTotp, NewPasswordForm } from "../session/sign-in.tsx";
import { useWords } from "../words/words.tsx";

function RemoveTotp({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const { reload } = useSessionState();
  return (
    <FormDialog
      title={t("totpRemoveTitle")}
      okText={t("totpRemove")}
      danger
      explain={<p>{t("totpRemoveExplain")}</p>}
      requiredMark={false}
      onSave={({ password }: { password: string }) => api.delete("/api/me/totp", { password })}
      onSaved={() => {
        reload();
        onClose();
      }}
      onClose={onClose}
    >
      <Form.Item name="password" label={t("passwordCurrent")} rules={[{ required: true, message: t("required") }]}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
    </FormDialog>
  );
}

function SecondFactor() {
  const t = useWords();
  const session = useSession();
  const { reload } = useSessionState();
  const [open, setOpen] = useState<"enroll" | "remove" | null>(null);
  const enabled = session.account.totp_enabled;
  const close = () => setOpen(null);
  return (
    <>
      <h2>{t("totpTitle")}</h2>
      <p>
        <State tone={enabled ? "done" : "none"}>{t(enabled ? "totpOn" : "totpOff")}</State>
      </p>
      {!enabled && <Button onClick={() => setOpen("enroll")}>{t("totpEnroll")}</Button>}
      {enabled && !session.totp_required && (
        <Button danger onClick={() => setOpen("remove")}>
          {t("totpRemove")}
        </Button>
      )}
      {enabled && session.totp_required && <Alert type="info" showIcon title={t("totpMandatory")} />}
      {open === "enroll" && (
        <Modal open footer={null} title={t("enrollTitle")} onCancel={close}>
          <EnrollTotp
            onDone={() => {
              reload();
              close();
            }}
          />
        </Modal>
      )}
      {open === "remove" && <RemoveTotp onClose={close} />}
    </>
  );
}

export function ProfileSecurity() {
  const t = useWords();
  const { accept } = useSessionState();
  const { message } = App.useApp();
  const [done, setDone] = useState(0);
  return (
    <>
      <h2>{t("passwordChangeTitle")}</h2>
      <NewPasswordForm
        key={done}
        onDone={(session) => {
          accept(session);
          setDone(done + 1);
          void message.success(t("passwordChanged"));
        }}
      />
      <SecondFactor />
    </>
  );
}
