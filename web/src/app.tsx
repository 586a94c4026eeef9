import { StyleProvider } from "@ant-design/cssinjs";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider, Spin } from "antd";
import enUS from "antd/locale/en_US";
import viVN from "antd/locale/vi_VN";
import { lazy, Suspense, useEffect, useState } from "react";
import { api, Problem, setApiLanguage } from "./api/client.ts";
import { Shell } from "./layout/shell.tsx";
import { LiveProvider } from "./live/live.tsx";
import { Failure } from "./parts/failure.tsx";
import { useFocusReturn } from "./parts/focus-return.ts";
import { Idle } from "./session/idle.tsx";
import { SessionProvider, useSessionState } from "./session/session.tsx";
import { Sudo } from "./session/sudo.tsx";
import { nonce } from "./theme/nonce.ts";
import { themeConfig, useDark } from "./theme/theme.ts";
import { ChooseLanguageContext, LanguageContext, loadWords, type Language } from "./words/words.tsx";

const SignIn = lazy(() => import("./session/sign-in.tsx"));
const LANGUAGE_KEY = "theodoi.language";

export const chosenLanguage = (): Language => (localStorage.getItem(LANGUAGE_KEY) === "en" ? "en" : "vi");

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => !(error instanceof Problem && error.status < 500) && count < 3,
    },
  },
});

function Gate({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const { session, loading, failed, reload } = useSessionState();
  if (loading) return <Spin fullscreen />;
  if (failed) return <Failure error={null} retry={reload} />;
  if (session?.state === "open") {
    return (
      <LiveProvider>
        <Shell onLanguage={onLanguage} />
        <Sudo />
        <Idle />
      </LiveProvider>
    );
  }
  return (
    <Suspense fallback={<Spin fullscreen />}>
      <SignIn onLanguage={onLanguage} />
    </Suspense>
  );
}

export function App() {
  const dark = useDark();
  const [language, setLanguage] = useState(chosenLanguage);
  useFocusReturn();
  setApiLanguage(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [language, dark]);
  const choose = async (next: Language) => {
    await loadWords(next);
    localStorage.setItem(LANGUAGE_KEY, next);
    setApiLanguage(next);
    setLanguage(next);
    void api.patch("/api/me", { language: next }).catch(() => {});
    void client.invalidateQueries();
  };
  return (
    <StyleProvider layer={false}>
      <ConfigProvider locale={language === "vi" ? viVN : enUS} theme={themeConfig(dark)} csp={{ nonce }}>
        <AntApp>
          <LanguageContext.Provider value={language}>
            <ChooseLanguageContext.Provider value={(next) => void choose(next)}>
              <QueryClientProvider client={client}>
                <SessionProvider>
                  <Gate onLanguage={(next) => void choose(next)} />
                </SessionProvider>
              </QueryClientProvider>
            </ChooseLanguageContext.Provider>
          </LanguageContext.Provider>
        </AntApp>
      </ConfigProvider>
    </StyleProvider>
  );
}
