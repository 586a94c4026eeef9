import {
  CheckCircleFilled,
  CheckOutlined,
  FormOutlined,
  MinusOutlined,
  RollbackOutlined,
  SendOutlined,
  WarningFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { SubmissionState } from "../api/types.ts";
import { formatPeriod } from "../format/format.ts";
import { useWords, type Word } from "../words/words.tsx";

const looks: Record<SubmissionState, { tone: string; word: Word; icon: ReactNode }> = {
  draft: { tone: "none", word: "missing", icon: <FormOutlined /> },
  submitted: { tone: "info", word: "stateSubmitted", icon: <SendOutlined /> },
  approved: { tone: "soon", word: "stateApproved", icon: <CheckOutlined /> },
  received: { tone: "done", word: "stateReceived", icon: <CheckCircleFilled /> },
  returned: { tone: "late", word: "stateReturned", icon: <RollbackOutlined /> },
};

/** The state of a unit's figures as the level above sees it: approved ones wait for it. */
export function StateSign({ state, onTime, words = false }: { state: SubmissionState; onTime: boolean | null; words?: boolean }) {
  const t = useWords();
  const look = looks[state];
  const late = onTime === false;
  const word = t(look.word) + (late ? `, ${t("late")}` : "");
  return (
    <span className={`state-sign tone-${look.tone}`} title={word}>
      <span aria-hidden="true">{look.icon}</span> <span className={words ? undefined : "visually-hidden"}>{t(look.word)}</span>
      {late && (
        <span className="tone-late">
          {" "}
          <WarningFilled aria-hidden="true" />
          <span className="visually-hidden">{t("late")}</span>
        </span>
      )}
    </span>
  );
}

/** How the last periods went: one sign each, oldest first. */
export function HistoryStrip({ periods, states }: { periods: string[]; states: Record<string, { state: SubmissionState; on_time: boolean | null } | null> }) {
  const t = useWords();
  const ordered = [...periods].sort();
  const words = ordered.map((period) => {
    const one = states[period];
    return `${formatPeriod(period, t)}: ${one ? t(looks[one.state].word) + (one.on_time === false ? `, ${t("late")}` : "") : t("none")}`;
  });
  return (
    <span className="history-strip" role="img" aria-label={words.join("; ")} title={words.join("\n")}>
      {ordered.map((period) => {
        const one = states[period];
        if (!one)
          return (
            <span key={period} className="tone-none" aria-hidden="true">
              <MinusOutlined />
            </span>
          );
        const tone = one.on_time === false ? "late" : one.state === "approved" ? "done" : looks[one.state].tone;
        return (
          <span key={period} className={`tone-${tone}`} aria-hidden="true">
            {one.on_time === false ? <WarningFilled /> : looks[one.state].icon}
          </span>
        );
      })}
    </span>
  );
}
