import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton } from "antd";
import { api } from "../api/client.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { useWords } from "../words/words.tsx";
import { agentName } from "./agent-name.ts";

type OpenSession = {
  id: string;
  address: string | null;
  agent: string | null;
  created_at: string;
  seen_at: string;
  current: boolean;
};

/** Where the person is signed in, and the way to end that. */
export function ProfileSessions() {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { modal, message } = App.useApp();
  const sessions = useQuery({
    queryKey: ["me", "sessions"],
    queryFn: () => api.get<{ sessions: OpenSession[] }>("/api/me/sessions").then((answer) => answer.sessions),
  });
  if (sessions.isPending) return <Skeleton active />;
  if (sessions.isError) return <Failure error={sessions.error} retry={() => void sessions.refetch()} />;
  const end = async (path: string, done: string) => {
    try {
      await api.delete(path);
      void message.success(done);
      await client.invalidateQueries({ queryKey: ["me", "sessions"] });
    } catch (error) {
      show(error);
    }
  };
  const endAll = () =>
    void modal.confirm({
      title: t("sessionEndAllTitle"),
      content: t("sessionEndAllExplain"),
      okText: t("sessionEndAll"),
      cancelText: t("cancel"),
      onOk: () => end("/api/me/sessions", t("sessionEndAllDone")),
    });
  return (
    <>
      <ul className="session-list">
        {sessions.data.map((session) => (
          <li key={session.id}>
            <span>
              <strong>{agentName(session.agent) || t("agentUnknown")}</strong>
              {session.current && ` · ${t("sessionCurrent")}`}
              <span className="second-line">
                {t("sessionFacts", {
                  address: session.address ?? "–",
                  created: formatTime(session.created_at),
                  seen: formatTime(session.seen_at),
                })}
              </span>
            </span>
            {!session.current && (
              <Button size="small" onClick={() => void end(`/api/me/sessions/${session.id}`, t("sessionEnded"))}>
                {t("sessionEnd")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.data.length > 1 && (
        <Button className="more-button" danger onClick={endAll}>
          {t("sessionEndAll")}
        </Button>
      )}
    </>
  );
}
