import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Descriptions, Drawer, Skeleton, Space, Typography } from "antd";
import { useState } from "react";
import { accounts, type AccountDetail, type FirstPassword } from "../api/accounts.ts";
import { formatTime } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { OnceSecret, ReasonDialog } from "../parts/reason-dialog.tsx";
import { useMay, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { AccountFormDialog } from "./account-form.tsx";
import { AccountGrants } from "./account-grants.tsx";
import { AccountStateTag, isLocked } from "./account-state.tsx";

function Personal({ account }: { account: AccountDetail }) {
  const t = useWords();
  const mayReveal = useMay("account.reveal");
  const [asking, setAsking] = useState(false);
  const [full, setFull] = useState<{ citizen_number: string | null; mobile: string | null } | null>(null);
  const shown = (whole: string | null | undefined, tail: string | null) =>
    full ? (whole ?? t("none")) : tail ? `••• ${tail}` : t("none");
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "email", label: t("email"), children: account.email ?? t("none") },
          { key: "mobile", label: t("mobile"), children: shown(full?.mobile, account.mobile_tail) },
          {
            key: "citizen",
            label: t("citizenNumber"),
            children: (
              <Space>
                <span className="figure">{shown(full?.citizen_number, account.citizen_number_tail)}</span>
                {mayReveal && !full && (account.citizen_number_tail || account.mobile_tail) && (
                  <Button size="small" onClick={() => setAsking(true)}>
                    {t("reveal")}
                  </Button>
                )}
              </Space>
            ),
          },
        ]}
      />
      {asking && (
        <ReasonDialog
          title={t("revealTitle", { name: account.full_name })}
          explain={t("revealExplain")}
          okText={t("reveal")}
          onOk={async (reason) => setFull(await accounts.reveal(account.id, reason))}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Facts({ account }: { account: AccountDetail }) {
  const t = useWords();
  const decided = account.decided_at ? `${formatTime(account.decided_at)} · ${account.decided_by || t("system")}` : "";
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "username", label: t("username"), children: <code>{account.username}</code> },
          { key: "state", label: t("accountState"), children: <AccountStateTag account={account} /> },
          ...(account.state_reason
            ? [{ key: "reason", label: t("reason"), children: account.state_reason === "unused" ? t("accountUnused") : account.state_reason }]
            : []),
          { key: "unit", label: t("accountUnit"), children: account.unit.name },
          { key: "position", label: t("position"), children: account.position ?? t("none") },
          { key: "totp", label: t("accountTotp"), children: t(account.totp_enabled ? "yes" : "no") },
          {
            key: "seen",
            label: t("accountSeen"),
            children: account.last_seen_at ? formatTime(account.last_seen_at) : t("accountNeverSeen"),
          },
          {
            key: "created",
            label: t("accountCreated"),
            children: `${formatTime(account.created_at)} · ${account.created_by || t("system")}`,
          },
          ...(decided ? [{ key: "decided", label: t("accountDecided"), children: decided }] : []),
        ]}
      />
      {account.must_change_password && account.state === "active" && (
        <Typography.Text type="secondary">{t("accountMustChange")}</Typography.Text>
      )}
    </>
  );
}

type Asked = "edit" | "refuse" | "disable" | null;

/** What an administrator may do with the account in its present state. */
function Acts({ account, onPassword }: { account: AccountDetail; onPassword: (password: string) => void }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { modal, message } = App.useApp();
  const own = useSession().account.id === account.id;
  const [asked, setAsked] = useState<Asked>(null);
  const name = account.full_name;

  const act = async (doIt: () => Promise<unknown>, done?: string) => {
    try {
      await doIt();
      if (done) void message.success(done);
      await client.invalidateQueries({ queryKey: ["accounts"] });
    } catch (error) {
      show(error);
    }
  };
  const withPassword = (doIt: () => Promise<FirstPassword>) =>
    act(async () => {
      const { initial_password } = await doIt();
      if (initial_password) onPassword(initial_password);
    });
  const askReset = () => {
    let removeTotp = false;
    void modal.confirm({
      title: t("resetTitle", { name }),
      content: (
        <Space orientation="vertical">
          {t("resetExplain")}
          {account.totp_enabled && (
            <Checkbox onChange={(event) => (removeTotp = event.target.checked)}>{t("resetTotp")}</Checkbox>
          )}
        </Space>
      ),
      okText: t("resetPassword"),
      cancelText: t("cancel"),
      onOk: () => void withPassword(() => accounts.resetPassword(account.id, removeTotp)),
    });
  };
  const askEnd = () =>
    void modal.confirm({
      title: t("endSessionsTitle", { name }),
      content: t("endSessionsExplain"),
      okText: t("endSessions"),
      cancelText: t("cancel"),
      onOk: () => act(() => accounts.endSessions(account.id), t("endSessionsDone")),
    });
  return (
    <Space wrap className="drawer-acts">
      {account.state === "proposed" && (
        <>
          <Button type="primary" onClick={() => void withPassword(() => accounts.approve(account.id))}>
            {t("accountApprove")}
          </Button>
          <Button danger onClick={() => setAsked("refuse")}>
            {t("accountRefuse")}
          </Button>
        </>
      )}
      <Button onClick={() => setAsked("edit")}>{t("edit")}</Button>
      {account.state === "active" && isLocked(account) && (
        <Button onClick={() => void act(() => accounts.unlock(account.id), t("accountUnlocked"))}>
          {t("accountUnlock")}
        </Button>
      )}
      {account.state === "active" && !own && (
        <>
          <Button onClick={askReset}>{t("resetPassword")}</Button>
          <Button onClick={askEnd}>{t("endSessions")}</Button>
          <Button danger onClick={() => setAsked("disable")}>
            {t("accountDisable")}
          </Button>
        </>
      )}
      {account.state === "disabled" && (
        <Button onClick={() => void act(() => accounts.enable(account.id), t("accountEnabled"))}>
          {t("accountEnable")}
        </Button>
      )}
      {asked === "edit" && <AccountFormDialog account={account} onClose={() => setAsked(null)} />}
      {(asked === "refuse" || asked === "disable") && (
        <ReasonDialog
          title={t(asked === "refuse" ? "accountRefuseTitle" : "accountDisableTitle", { name })}
          explain={asked === "disable" ? t("accountDisableExplain") : undefined}
          okText={t(asked === "refuse" ? "accountRefuse" : "accountDisable")}
          danger
          onOk={async (reason) => {
            await (asked === "refuse" ? accounts.refuse : accounts.disable)(account.id, reason);
            await client.invalidateQueries({ queryKey: ["accounts"] });
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </Space>
  );
}

function Content({ id }: { id: string }) {
  const t = useWords();
  const go = useGo();
  const mayManage = useMay("account.manage");
  const mayEvents = useMay("event.read");
  const [password, setPassword] = useState<string | null>(null);
  const account = useQuery({ queryKey: ["accounts", "one", id], queryFn: () => accounts.one(id) });
  if (account.isPending) return <Skeleton active />;
  if (account.isError) return <Failure error={account.error} retry={() => void account.refetch()} />;
  return (
    <>
      <h2 className="drawer-title">{account.data.full_name}</h2>
      {account.data.warnings.map((warning) => (
        <Alert key={warning.code} type="warning" showIcon title={warning.title} className="stacked" />
      ))}
      {mayManage && <Acts account={account.data} onPassword={setPassword} />}
      <Facts account={account.data} />
      <h2>{t("personal")}</h2>
      <Personal key={account.data.version} account={account.data} />
      <h2>{t("grants")}</h2>
      <AccountGrants account={account.data} />
      {mayEvents && (
        <Button type="link" className="flat-link" onClick={() => go(`/events?subject_kind=account&subject_id=${id}`)}>
          {t("accountEvents")}
        </Button>
      )}
      {password && (
        <OnceSecret
          title={t("firstPasswordTitle", { name: account.data.full_name })}
          explain={t("firstPasswordExplain")}
          secret={password}
          onClose={() => setPassword(null)}
        />
      )}
    </>
  );
}

export function AccountDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords();
  return (
    <Drawer open size={620} title={t("account")} onClose={onClose}>
      <Content key={id} id={id} />
    </Drawer>
  );
}
