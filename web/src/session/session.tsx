import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, type ReactNode } from "react";
import { navigate } from "wouter/use-browser-location";
import { api, Problem, setCsrfToken, setSignedOutHandler } from "../api/client.ts";
import type { Session, UnitRef } from "../api/types.ts";
import { setServerNow } from "./clock.ts";

type SessionState = {
  session: Session | null;
  loading: boolean;
  failed: boolean;
  accept: (session: Session) => void;
  signOut: () => Promise<void>;
  reload: () => void;
};

const SessionContext = createContext<SessionState | null>(null);

async function load(): Promise<Session | null> {
  try {
    return await api.get<Session>("/api/session");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/**
 * Back to the sign-in form; whoever signs in next finds nothing of what was loaded. The session's own query stays:
 * the provider listens to it.
 */
function leave(client: QueryClient) {
  client.setQueryData(["session"], null);
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: ["session"], queryFn: load, staleTime: Infinity, retry: 1 });
  const session = query.data ?? null;
  if (session) {
    setCsrfToken(session.csrf_token);
    setServerNow(session.server_now);
  }
  useEffect(() => {
    setSignedOutHandler(() => leave(client));
  }, [client]);
  const value = useMemo<SessionState>(
    () => ({
      session,
      loading: query.isPending,
      failed: query.isError,
      accept: (next) => {
        setCsrfToken(next.csrf_token);
        client.setQueryData(["session"], next);
      },
      signOut: async () => {
        await api.delete("/api/session");
        navigate("/");
        leave(client);
      },
      reload: () => void query.refetch(),
    }),
    [session, query, client],
  );
  return <SessionContext.Provider value={value}>{children}</SessionContext.Provider>;
}

export function useSessionState(): SessionState {
  const value = useContext(SessionContext);
  if (!value) throw new Error("outside SessionProvider");
  return value;
}

/** The open session: only for what is shown behind sign-in. */
export function useSession(): Session {
  const { session } = useSessionState();
  if (!session) throw new Error("not signed in");
  return session;
}

export function useMay(right: string): boolean {
  return useSession().rights.includes(right);
}

/** The unit a person works for first: that of the first grant, else the person's own. */
export function homeUnit(session: Session): UnitRef {
  return session.grants[0]?.unit ?? session.account.unit;
}
