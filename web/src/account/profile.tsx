import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Descriptions, Form, Grid, Input, Radio, Select, Tabs, Typography } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { usePlace } from "../layout/place.ts";
import { useShowProblem } from "../parts/problem-form.ts";
import { roleWords } from "../parts/roles.ts";
import { useSession } from "../session/session.tsx";
import { appearance, setAppearance, type Appearance } from "../theme/theme.ts";
import { useChooseLanguage, useLanguage, useWords, type Language } from "../words/words.tsx";
import { ProfileSecurity } from "./profile-security.tsx";
import { ProfileSessions } from "./profile-sessions.tsx";
import { ProfileTokens } from "./profile-tokens.tsx";
import "./account.css";

function OwnData() {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const session = useSession();
  const { account } = session;
  const [form] = Form.useForm<{ position: string; email: string }>();
  const [busy, setBusy] = useState(false);
  const save = async (fields: { position: string; email: string }) => {
    setBusy(true);
    try {
      const changed = await api.patch<Session["account"]>("/api/me", fields);
      client.setQueryData<Session | null>(["session"], (before) => before && { ...before, account: changed });
      void message.success(t("saved"));
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        className="stacked"
        items={[
          { key: "name", label: t("fullName"), children: account.full_name },
          { key: "username", label: t("username"), children: <code>{account.username}</code> },
          { key: "unit", label: t("accountUnit"), children: account.unit.name },
          {
            key: "grants",
            label: t("grants"),
            children: (
              <ul className="plain-list">
                {session.grants.map((grant) => (
                  <li key={grant.id}>
                    {t(roleWords[grant.role])}: {grant.unit.name}
                  </li>
                ))}
                {session.grants.length === 0 && <li>{t("grantsNone")}</li>}
              </ul>
            ),
          },
        ]}
      />
      <Typography.Paragraph type="secondary">{t("profileAsk")}</Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ position: account.position ?? "", email: account.email ?? "" }}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item name="position" label={t("position")}>
          <Input autoComplete="organization-title" />
        </Form.Item>
        <Form.Item name="email" label={t("email")}>
          <Input type="email" autoComplete="email" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("save")}
        </Button>
      </Form>
    </>
  );
}

function Looks() {
  const t = useWords();
  const language = useLanguage();
  const choose = useChooseLanguage();
  const [look, setLook] = useState(appearance);
  return (
    <>
      <h2>{t("language")}</h2>
      <Radio.Group
        aria-label={t("language")}
        value={language}
        onChange={(event) => choose(event.target.value as Language)}
        options={[
          { value: "vi", label: t("languageVi") },
          { value: "en", label: t("languageEn") },
        ]}
      />
      <h2>{t("appearance")}</h2>
      <Radio.Group
        aria-label={t("appearance")}
        value={look}
        onChange={(event) => {
          setAppearance(event.target.value as Appearance);
          setLook(event.target.value as Appearance);
        }}
        options={[
          { value: "light", label: t("appearanceLight") },
          { value: "dark", label: t("appearanceDark") },
          { value: "system", label: t("appearanceSystem") },
        ]}
      />
    </>
  );
}

/** What a person may see and change of the own account. */
export default function Profile() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const wide = Grid.useBreakpoint().md ?? true;
  const items = [
    { key: "own", label: t("profileOwn"), children: <OwnData /> },
    { key: "looks", label: t("profileLooks"), children: <Looks /> },
    { key: "security", label: t("profileSecurity"), children: <ProfileSecurity /> },
    { key: "sessions", label: t("profileSessions"), children: <ProfileSessions /> },
    { key: "tokens", label: t("profileTokens"), children: <ProfileTokens /> },
  ].map((item) => ({ ...item, children: <div className="profile-box">{item.children}</div> }));
  const at = place.get("tab") ?? "own";
  const choose = (tab: string) => setPlace({ tab: tab === "own" ? null : tab });
  return (
    <>
      <h1>{t("profile")}</h1>
      {wide ? (
        <Tabs activeKey={at} onChange={choose} destroyOnHidden items={items} />
      ) : (
        <>
          <Select
            className="profile-parts"
            aria-label={t("profilePart")}
            value={at}
            onChange={choose}
            options={items.map(({ key, label }) => ({ value: key, label }))}
          />
          {items.find((item) => item.key === at)?.children}
        </>
      )}
    </>
  );
}
