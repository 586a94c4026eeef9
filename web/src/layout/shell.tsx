import { MenuFoldOutlined, MenuUnfoldOutlined, SearchOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Dropdown, Grid, Layout, Menu, Skeleton, Space, Tooltip, type MenuProps } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { useLiveConnected } from "../live/live.tsx";
import { menuAct } from "../parts/menu-act.ts";
import { useSession, useSessionState } from "../session/session.tsx";
import { setAppearance } from "../theme/theme.ts";
import { useWords } from "../words/words.tsx";
import { profile as Profile, screens } from "./screens.tsx";
import { useGo } from "./place.ts";
import "./shell.css";
import "../parts/lists.css";

const NotFound = lazy(() => import("./not-found.tsx"));
const Search = lazy(() => import("./search.tsx"));
const Bell = lazy(() => import("./bell.tsx"));
const CalendarLink = lazy(() => import("../task/calendar-link.tsx"));
const DemoClock = lazy(() => import("./demo-clock.tsx"));
const RAIL_KEY = "theodoi.rail";

function useOwnScreens() {
  const session = useSession();
  return screens.filter((entry) => session.screens.includes(entry.screen));
}

function current(location: string) {
  const found = screens.filter((entry) => entry.path !== "/" && location.startsWith(entry.path));
  return found[0]?.path ?? (location === "/" ? "/" : "");
}

function Rail({ collapsed }: { collapsed: boolean }) {
  const t = useWords();
  const go = useGo();
  const [location] = useLocation();
  const own = useOwnScreens();
  const items: NonNullable<MenuProps["items"]> = [];
  for (const [index, entry] of own.entries()) {
    const item = { key: entry.path, icon: entry.icon, label: t(entry.word) };
    const begins = entry.group && !collapsed && own[index - 1]?.group !== entry.group;
    if (begins && entry.group) items.push({ key: entry.group, type: "group", label: t(entry.group), children: [] });
    items.push(item);
  }
  return (
    <nav aria-label={t("navigation")}>
      <Menu
        mode="inline"
        inlineCollapsed={collapsed}
        items={items}
        selectedKeys={[current(location)]}
        onClick={({ key }) => go(own.find((entry) => entry.path === key)?.open ?? key)}
        style={{ borderInlineEnd: 0 }}
      />
    </nav>
  );
}

/** On a phone: the first four screens and a list of the rest. */
function BottomBar() {
  const t = useWords();
  const go = useGo();
  const [location] = useLocation();
  const own = useOwnScreens();
  const first = own.slice(0, 4);
  const rest = own.slice(4);
  return (
    <nav className="bottom-bar no-print" aria-label={t("navigation")}>
      {first.map((entry) => (
        <button
          key={entry.path}
          type="button"
          aria-current={current(location) === entry.path ? "page" : undefined}
          onClick={() => go(entry.open ?? entry.path)}
        >
          {entry.icon}
          <span>{t(entry.word)}</span>
        </button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map((entry) => ({ key: entry.path, icon: entry.icon, label: t(entry.word) })),
            onClick: ({ key }) => go(rest.find((entry) => entry.path === key)?.open ?? key),
          }}
        >
          <button type="button">
            <MenuUnfoldOutlined />
            <span>{t("more")}</span>
          </button>
        </Dropdown>
      )}
    </nav>
  );
}

function PersonMenu({ onLanguage }: { onLanguage: (language: "vi" | "en") => void }) {
  const t = useWords();
  const go = useGo();
  const session = useSession();
  const { signOut } = useSessionState();
  const [calendar, setCalendar] = useState(false);
  const menu = (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", disabled: true, label: `${session.account.full_name} · ${session.account.unit.name}` },
          { key: "profile", label: t("profile"), onClick: () => go("/profile") },
          { key: "calendar", label: t("taskCalendarLink"), onClick: menuAct(() => setCalendar(true)) },
          {
            key: "language",
            label: t("language"),
            children: [
              { key: "vi", label: t("languageVi"), onClick: () => onLanguage("vi") },
              { key: "en", label: t("languageEn"), onClick: () => onLanguage("en") },
            ],
          },
          {
            key: "appearance",
            label: t("appearance"),
            children: [
              { key: "light", label: t("appearanceLight"), onClick: () => setAppearance("light") },
              { key: "dark", label: t("appearanceDark"), onClick: () => setAppearance("dark") },
              { key: "system", label: t("appearanceSystem"), onClick: () => setAppearance("system") },
            ],
          },
          { type: "divider" },
          { key: "out", label: t("signOut"), onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} className="person-button">
        <span className="visually-hidden">{t("profile")}</span>
        <span className="person-name">{session.account.full_name}</span>
      </Button>
    </Dropdown>
  );
  return (
    <>
      {menu}
      {calendar && (
        <Suspense fallback={null}>
          <CalendarLink onClose={() => setCalendar(false)} />
        </Suspense>
      )}
    </>
  );
}

export function Shell({ onLanguage }: { onLanguage: (language: "vi" | "en") => void }) {
  const t = useWords();
  const session = useSession();
  const go = useGo();
  const connected = useLiveConnected();
  const own = useOwnScreens();
  const wide = Grid.useBreakpoint().md ?? true;
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(RAIL_KEY) === "narrow");
  const [searching, setSearching] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setSearching(true);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const [location] = useLocation();
  const here = own.find((entry) => entry.path === current(location));
  const title = here ? t(here.word) : t("profile");
  useEffect(() => {
    document.title = `${title} · theodoi`;
    return () => {
      document.title = "theodoi";
    };
  }, [title]);

  const toggle = () => {
    localStorage.setItem(RAIL_KEY, collapsed ? "wide" : "narrow");
    setCollapsed(!collapsed);
  };

  return (
    <Layout className="shell">
      <a className="skip-link" href="#content">
        {t("skipToContent")}
      </a>
      <header className="top-bar no-print">
        {wide && (
          <Button
            type="text"
            onClick={toggle}
            icon={collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            aria-label={t(collapsed ? "expand" : "collapse")}
          />
        )}
        <button type="button" className="brand" onClick={() => go("/")}>
          theodoi
        </button>
        <Tooltip title={t(connected ? "liveOn" : "liveOff")}>
          <span className={connected ? "live-dot on" : "live-dot"} role="status" aria-label={t(connected ? "liveOn" : "liveOff")} />
        </Tooltip>
        <span className="top-bar-space" />
        <Space size={4}>
          {session.demo && (
            <Suspense fallback={null}>
              <DemoClock />
            </Suspense>
          )}
          <Button type="text" icon={<SearchOutlined />} onClick={() => setSearching(true)}>
            <span className="visually-hidden">{t("searchHint")}</span>
            {wide ? "Ctrl K" : null}
          </Button>
          <Suspense fallback={null}>
            <Bell />
          </Suspense>
          <PersonMenu onLanguage={onLanguage} />
        </Space>
      </header>
      {session.demo && <Alert className="no-print" type="info" banner title={t("demoBanner")} />}
      <Layout hasSider={wide}>
        {wide && (
          <Layout.Sider className="rail no-print" width={208} collapsedWidth={56} collapsed={collapsed} theme="light">
            <Rail collapsed={collapsed} />
          </Layout.Sider>
        )}
        <Layout.Content className="content">
          <div id="content" tabIndex={-1}>
            <Suspense fallback={<Skeleton active title paragraph={{ rows: 8 }} />}>
              <Switch>
                {own.map((entry) => (
                  <Route key={entry.path} path={entry.path === "/" ? "/" : `${entry.path}/*?`} component={entry.component} />
                ))}
                <Route path="/profile" component={Profile} />
                <Route component={NotFound} />
              </Switch>
            </Suspense>
          </div>
        </Layout.Content>
      </Layout>
      {!wide && <BottomBar />}
      {searching && (
        <Suspense fallback={null}>
          <Search onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </Layout>
  );
}
