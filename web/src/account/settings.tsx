import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Select, Skeleton, Typography } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import type { Role } from "../api/types.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { roles, roleWords } from "../parts/roles.ts";
import { useWords, type Word } from "../words/words.tsx";
import "./account.css";

type Setting = {
  key: string;
  kind: "number" | "roles" | "networks" | "unit";
  value: string;
  default: string;
  low: number | null;
  high: number | null;
  changed_at: string | null;
  changed_by: string | null;
};

const names: Record<string, Word> = {
  password_length_with_totp: "settingPasswordLengthTotp",
  password_length: "settingPasswordLength",
  password_history: "settingPasswordHistory",
  administrator_password_days: "settingAdministratorPasswordDays",
  lock_tries: "settingLockTries",
  lock_window_minutes: "settingLockWindow",
  lock_hours: "settingLockHours",
  session_idle_minutes: "settingIdle",
  session_idle_administrator_minutes: "settingIdleAdministrator",
  session_hours: "settingSessionHours",
  session_count: "settingSessionCount",
  sudo_minutes: "settingSudo",
  unused_warn_days: "settingUnusedWarn",
  unused_disable_days: "settingUnusedDisable",
  task_due_soon_days: "settingTaskDueSoon",
  task_report_day: "settingTaskReportDay",
  totp_required_roles: "settingTotpRoles",
  office_networks: "settingNetworks",
  instance_unit: "settingInstanceUnit",
};

type Value = string | number | string[] | null;

function toControl(setting: Setting): Value {
  if (setting.kind === "number") return Number(setting.value);
  if (setting.kind === "roles") return setting.value.split(" ").filter(Boolean);
  return setting.value;
}

function toText(value: Value): string {
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}

function Control({ setting, ...control }: { setting: Setting }) {
  const t = useWords();
  if (setting.kind === "number") {
    return <InputNumber {...control} min={setting.low ?? undefined} max={setting.high ?? undefined} precision={0} />;
  }
  if (setting.kind === "roles") {
    return (
      <Select
        {...control}
        mode="multiple"
        className="setting-value"
        options={roles.map((value: Role) => ({
          value,
          label: t(roleWords[value]),
          disabled: value === "administrator",
        }))}
      />
    );
  }
  return <Input {...control} className="setting-value" spellCheck={false} />;
}

function About({ setting }: { setting: Setting }) {
  const t = useWords();
  const range =
    setting.low !== null && setting.high !== null
      ? t("settingRange", { low: setting.low, high: setting.high, normal: setting.default })
      : setting.kind === "networks"
        ? t("settingNetworksHint")
        : "";
  const changed = setting.changed_at
    ? t("settingChanged", { time: formatTime(setting.changed_at), name: setting.changed_by || t("system") })
    : "";
  return <>{[range, changed].filter(Boolean).join(" · ")}</>;
}

/** The rules of passwords and sessions; each bounded by what the security rules allow. */
export function Settings() {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Record<string, Value>>();
  const [busy, setBusy] = useState(false);
  const settings = useQuery({
    queryKey: ["settings"],
    queryFn: () => api.get<{ settings: Setting[] }>("/api/settings").then((answer) => answer.settings),
  });
  if (settings.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (settings.isError) return <Failure error={settings.error} retry={() => void settings.refetch()} />;

  const save = async (fields: Record<string, Value>) => {
    const changed = settings.data
      .map((setting) => ({ key: setting.key, value: toText(fields[setting.key] ?? ""), old: setting.value }))
      .filter(({ value, old }) => value !== old)
      .map(({ key, value }) => ({ key, value }));
    if (changed.length === 0) {
      void message.info(t("settingsSame"));
      return;
    }
    setBusy(true);
    try {
      const answer = await api.put<{ settings: Setting[] }>("/api/settings", { settings: changed });
      client.setQueryData(["settings"], answer.settings);
      void message.success(t("saved"));
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="profile-box">
      <Typography.Paragraph type="secondary">{t("settingsIntro")}</Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={Object.fromEntries(settings.data.map((setting) => [setting.key, toControl(setting)]))}
        onFinish={(fields) => void save(fields)}
      >
        {settings.data.map((setting) => {
          const name = names[setting.key];
          return (
            <Form.Item
              key={setting.key}
              name={setting.key}
              label={name ? t(name) : setting.key}
              extra={<About setting={setting} />}
            >
              <Control setting={setting} />
            </Form.Item>
          );
        })}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("save")}
        </Button>
      </Form>
    </div>
  );
}
