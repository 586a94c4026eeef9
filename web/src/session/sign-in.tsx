import { Alert, Button, Card, Form, Input, QRCode, Space, Typography } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useLocation, useSearchParams } from "wouter";
import { api, Problem } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { useLanguage, useWords, type Language } from "../words/words.tsx";
import { useSessionState } from "./session.tsx";
import "./sign-in.css";

/** Runs a request of a form; the server's sentence is shown above it. */
function useAttempt() {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await act();
    } catch (error) {
      const first = error instanceof Problem ? error.errors[0]?.title : undefined;
      setFailure(first ?? (error instanceof Problem ? error.message : t("offlineShort")));
    } finally {
      setBusy(false);
    }
  };
  const shown = failure && <Alert type="error" showIcon title={failure} role="alert" />;
  return { busy, attempt, failure: shown };
}

function PasswordForm() {
  const t = useWords();
  const { accept } = useSessionState();
  const { busy, attempt, failure } = useAttempt();
  const submit = (values: { username: string; password: string }) =>
    attempt(async () => accept(await api.post<Session>("/api/session", values)));
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      <Typography.Paragraph type="secondary">{t("signInIntro")}</Typography.Paragraph>
      {failure}
      <Form.Item name="username" label={t("username")} rules={[{ required: true, message: t("required") }]}>
        <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t("password")} rules={[{ required: true, message: t("required") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t("signIn")}
      </Button>
    </Form>
  );
}

function TotpForm() {
  const t = useWords();
  const { accept } = useSessionState();
  const { busy, attempt, failure } = useAttempt();
  const [recovery, setRecovery] = useState(false);
  const submit = ({ code }: { code: string }) =>
    attempt(async () =>
      accept(await api.post<Session>("/api/session/totp", recovery ? { recovery_code: code } : { code })),
    );
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false} key={String(recovery)}>
      <Typography.Title level={2}>{t("totpTitle")}</Typography.Title>
      {!recovery && <Typography.Paragraph type="secondary">{t("totpIntro")}</Typography.Paragraph>}
      {failure}
      <Form.Item
        name="code"
        label={t(recovery ? "recoveryCode" : "totpCode")}
        rules={[{ required: true, message: t("required") }]}
      >
        <Input autoFocus autoComplete="one-time-code" inputMode={recovery ? "text" : "numeric"} />
      </Form.Item>
      <Space orientation="vertical" style={{ width: "100%" }}>
        <Button type="primary" htmlType="submit" loading={busy} block>
          {t("confirm")}
        </Button>
        <Button type="link" block onClick={() => setRecovery(!recovery)}>
          {t(recovery ? "useTotp" : "useRecovery")}
        </Button>
      </Space>
    </Form>
  );
}

export function NewPasswordForm({ onDone }: { onDone: (session: Session) => void }) {
  const t = useWords();
  const { busy, attempt, failure } = useAttempt();
  const submit = (values: { current: string; next: string }) =>
    attempt(async () =>
      onDone(
        await api.post<Session>("/api/me/password", { current_password: values.current, new_password: values.next }),
      ),
    );
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      {failure}
      <Form.Item name="current" label={t("passwordCurrent")} rules={[{ required: true, message: t("required") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t("passwordNew")}
        extra={t("passwordRule")}
        rules={[{ required: true, message: t("required") }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("passwordAgain")}
        dependencies={["next"]}
        rules={[
          { required: true, message: t("required") },
          ({ getFieldValue }) => ({
            validator: (_, value: string) =>
              !value || value === getFieldValue("next")
                ? Promise.resolve()
                : Promise.reject(new Error(t("passwordDiffers"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t("save")}
      </Button>
    </Form>
  );
}

type Enrollment = { secret: string; uri: string };

/** Second factor: scan, confirm with a code, keep the recovery codes. Also used from the profile. */
export function EnrollTotp({ onDone }: { onDone: () => void }) {
  const t = useWords();
  const { busy, attempt, failure } = useAttempt();
  const [enrollment, setEnrollment] = useState<Enrollment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  useEffect(() => {
    void attempt(async () => setEnrollment(await api.post<Enrollment>("/api/me/totp")));
    // one enrolment per opening of the form

  }, []);
  const submit = ({ code }: { code: string }) =>
    attempt(async () => {
      const answer = await api.post<{ recovery_codes: string[] }>("/api/me/totp/confirm", { code });
      setCodes(answer.recovery_codes);
    });
  if (codes) {
    return (
      <Space orientation="vertical" size="middle">
        <Typography.Title level={2}>{t("recoveryTitle")}</Typography.Title>
        <Typography.Paragraph>{t("recoveryIntro")}</Typography.Paragraph>
        <ul className="recovery-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <Button onClick={() => window.print()}>{t("print")}</Button>
        <Button type="primary" block onClick={onDone}>
          {t("recoveryKept")}
        </Button>
      </Space>
    );
  }
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      {failure}
      {enrollment && (
        <Space orientation="vertical" align="center" style={{ width: "100%" }}>
          {/* The key below says the same to those who do not see it. */}
          <div aria-hidden="true">
            <QRCode value={enrollment.uri} type="svg" size={200} bgColor="#fff" color="#000" />
          </div>
          <Typography.Text type="secondary">{t("enrollSecret")}</Typography.Text>
          <Typography.Text code copyable>
            {enrollment.secret}
          </Typography.Text>
        </Space>
      )}
      <Form.Item name="code" label={t("totpCode")} rules={[{ required: true, message: t("required") }]}>
        <Input autoComplete="one-time-code" inputMode="numeric" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t("confirm")}
      </Button>
    </Form>
  );
}

function SetupForm({ token }: { token: string }) {
  const t = useWords();
  const [, go] = useLocation();
  const { accept } = useSessionState();
  const { busy, attempt, failure } = useAttempt();
  const submit = (values: { full_name: string; username: string; password: string }) =>
    attempt(async () => {
      await api.post("/api/setup", { token, ...values });
      go("/");
      accept(await api.post<Session>("/api/session", { username: values.username, password: values.password }));
    });
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      <Typography.Title level={2}>{t("setupTitle")}</Typography.Title>
      <Typography.Paragraph type="secondary">{t("setupIntro")}</Typography.Paragraph>
      {failure}
      <Form.Item name="full_name" label={t("fullName")} rules={[{ required: true, message: t("required") }]}>
        <Input autoFocus autoComplete="name" />
      </Form.Item>
      <Form.Item name="username" label={t("username")} rules={[{ required: true, message: t("required") }]}>
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("password")}
        extra={t("passwordRule")}
        rules={[{ required: true, message: t("required") }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t("continue")}
      </Button>
    </Form>
  );
}

function Step({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  return (
    <>
      <Typography.Title level={2}>{title}</Typography.Title>
      <Typography.Paragraph type="secondary">{intro}</Typography.Paragraph>
      {children}
    </>
  );
}

export default function SignIn({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const t = useWords();
  const language = useLanguage();
  const { session, accept, reload, signOut } = useSessionState();
  const [location] = useLocation();
  const [search] = useSearchParams();
  const token = location === "/setup" ? search.get("token") : null;
  return (
    <main className="sign-in">
      <Card className="sign-in-card">
        <header>
          <span className="sign-in-brand">theodoi</span>
          <h1>{t("productName")}</h1>
        </header>
        {!session && (token ? <SetupForm token={token} /> : <PasswordForm />)}
        {session?.state === "totp_required" && <TotpForm />}
        {session?.state === "password_required" && (
          <Step title={t("passwordChangeTitle")} intro={t("passwordChangeIntro")}>
            <NewPasswordForm onDone={accept} />
          </Step>
        )}
        {session?.state === "totp_enroll_required" && (
          <Step title={t("enrollTitle")} intro={t("enrollIntro")}>
            <EnrollTotp onDone={reload} />
          </Step>
        )}
        <footer>
          {session && (
            <Button type="link" size="small" onClick={() => void signOut()}>
              {t("signOut")}
            </Button>
          )}
          <Button type="link" size="small" onClick={() => onLanguage(language === "vi" ? "en" : "vi")}>
            {t(language === "vi" ? "languageEn" : "languageVi")}
          </Button>
        </footer>
      </Card>
    </main>
  );
}
