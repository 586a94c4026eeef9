import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Input, Select, Space, Tabs } from "antd";
import { useState } from "react";
import { accounts, type Account, type AccountQuery } from "../api/accounts.ts";
import { formatTime } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { Failure } from "../parts/failure.tsx";
import { ListTable, type Column } from "../parts/list-table.tsx";
import { roles, roleWords } from "../parts/roles.ts";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useMay, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { AccountDrawer } from "./account-drawer.tsx";
import { AccountFormDialog } from "./account-form.tsx";
import { AccountStateTag, accountStates } from "./account-state.tsx";
import { Settings } from "./settings.tsx";

function Filters() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const root = homeUnit(useSession());
  const [q, setQ] = useState(place.get("q") ?? "");
  return (
    <div className="filters no-print">
      <Input.Search
        allowClear
        value={q}
        placeholder={t("accountSearch")}
        aria-label={t("accountSearch")}
        onChange={(event) => setQ(event.target.value)}
        onSearch={(text) => setPlace({ q: text })}
        onBlur={() => q !== (place.get("q") ?? "") && setPlace({ q })}
      />
      <UnitPicker root={root} value={place.get("unit")} onChange={(unit) => setPlace({ unit })} />
      <Select
        allowClear
        placeholder={t("accountStateAny")}
        aria-label={t("accountState")}
        value={place.get("state") ?? undefined}
        onChange={(state?: string) => setPlace({ state: state ?? null })}
        options={Object.entries(accountStates).map(([value, look]) => ({ value, label: t(look.word) }))}
      />
      <Select
        allowClear
        placeholder={t("accountRoleAny")}
        aria-label={t("accountRoles")}
        value={place.get("role") ?? undefined}
        onChange={(role?: string) => setPlace({ role: role ?? null })}
        options={roles.map((value) => ({ value, label: t(roleWords[value]) }))}
      />
    </div>
  );
}

function useColumns(open: (id: string) => void): Column<Account>[] {
  const t = useWords();
  return [
    {
      title: t("fullName"),
      head: true,
      cell: (account) => (
        <>
          <button type="button" className="link-button" onClick={() => open(account.id)}>
            {account.full_name}
          </button>
          <span className="second-line">{account.username}</span>
        </>
      ),
    },
    {
      title: t("unit"),
      cell: (account) => (
        <>
          {account.unit.name}
          {account.position && <span className="second-line">{account.position}</span>}
        </>
      ),
    },
    {
      title: t("accountRoles"),
      cell: (account) => account.roles.map((role) => t(roleWords[role])).join(", ") || t("none"),
    },
    { title: t("accountState"), cell: (account) => <AccountStateTag account={account} /> },
    { title: t("accountTotp"), cell: (account) => t(account.totp_enabled ? "yes" : "no") },
    {
      title: t("accountSeen"),
      cell: (account) => (account.last_seen_at ? formatTime(account.last_seen_at) : t("accountNeverSeen")),
    },
  ];
}

function AccountList({ open, onAdd }: { open: (id: string) => void; onAdd?: () => void }) {
  const t = useWords();
  const [place] = usePlace();
  const query: AccountQuery = {
    q: place.get("q") ?? undefined,
    unit_id: place.get("unit") ?? undefined,
    state: place.get("state") ?? undefined,
    role: place.get("role") ?? undefined,
  };
  const pages = useInfiniteQuery({
    queryKey: ["accounts", "list", query],
    queryFn: ({ pageParam }) => accounts.page({ ...query, after: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const columns = useColumns(open);
  if (pages.isError) return <Failure error={pages.error} retry={() => void pages.refetch()} />;
  const filtered = Object.values(query).some(Boolean);
  return (
    <>
      <ListTable
        label={t("screenAccounts")}
        columns={columns}
        rows={pages.data?.pages.flatMap((page) => page.accounts)}
        rowKey={(account) => account.id}
        empty={
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(filtered ? "accountNoneFound" : "accountNone")}>
            {!filtered && onAdd && <Button onClick={onAdd}>{t("accountAdd")}</Button>}
          </Empty>
        }
      />
      {pages.hasNextPage && (
        <Button
          className="more-button no-print"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}

function AccountsTab() {
  const t = useWords();
  const mayPropose = useMay("account.propose");
  const mayManage = useMay("account.manage");
  const [place, setPlace] = usePlace();
  const [adding, setAdding] = useState(false);
  const chosen = place.get("account");
  useLiveRefresh(["accounts"], (change) => change.kind.startsWith("account."));
  const add = mayPropose ? () => setAdding(true) : undefined;
  return (
    <>
      <Space className="screen-acts no-print">
        {add && (
          <Button type="primary" onClick={add}>
            {t(mayManage ? "accountAdd" : "accountPropose")}
          </Button>
        )}
      </Space>
      <Filters />
      <AccountList open={(account) => setPlace({ account })} onAdd={add} />
      {chosen && <AccountDrawer id={chosen} onClose={() => setPlace({ account: null })} />}
      {adding && (
        <AccountFormDialog
          onClose={() => setAdding(false)}
          onMade={(account) => setPlace({ account: account.id })}
        />
      )}
    </>
  );
}

export default function Accounts() {
  const t = useWords();
  const maySystem = useMay("system.manage");
  const [place, setPlace] = usePlace();
  return (
    <>
      <h1>{t("screenAccounts")}</h1>
      {maySystem ? (
        <Tabs
          activeKey={place.get("tab") ?? "accounts"}
          onChange={(tab) => setPlace({ tab: tab === "accounts" ? null : tab, account: null })}
          items={[
            { key: "accounts", label: t("screenAccounts"), children: <AccountsTab /> },
            { key: "settings", label: t("settingsTitle"), children: <Settings />, destroyOnHidden: true },
          ]}
        />
      ) : (
        <AccountsTab />
      )}
    </>
  );
}
