import { CheckCircleFilled, ClockCircleFilled, MinusCircleOutlined, WarningFilled } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { formatCount, formatPeriod, formatShare } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Countdown } from "../parts/countdown.tsx";
import { useMay } from "../session/session.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import type { LeaderFigure, LeaderView } from "./work.ts";

const looks: Record<LeaderFigure["tone"], { tone: string; icon: ReactNode }> = {
  red: { tone: "late", icon: <WarningFilled /> },
  amber: { tone: "soon", icon: <ClockCircleFilled /> },
  green: { tone: "done", icon: <CheckCircleFilled /> },
  plain: { tone: "none", icon: <MinusCircleOutlined /> },
};

/** Where a figure leads on the overview. */
const parts: Record<string, string> = { missing: "late", late: "late", returned: "children", targets_missed: "indicators" };

/** At most seven figures, the red ones first, each a way into the overview. */
export function LeaderFigures({ leader }: { leader: LeaderView }) {
  const t = useWords();
  const begins = useMay("account.manage");
  const language = useLanguage();
  const go = useGo();
  const to = `/overview?unit=${leader.unit.id}${leader.report ? `&report=${leader.report.id}` : ""}${leader.period ? `&period=${leader.period}` : ""}`;
  return (
    <section aria-label={leader.unit.name} className="leader">
      <div className="screen-bar">
        <h2>
          {leader.unit.name}
          {leader.report && leader.period && (
            <>
              {" · "}
              {leader.report.title}, {formatPeriod(leader.period, t)}
            </>
          )}
        </h2>
        {leader.deadline && <Countdown deadline={leader.deadline} />}
        <span className="grow" />
        <Button type="primary" onClick={() => go(to)}>
          {t("openOverview")}
        </Button>
      </div>
      {leader.figures.length === 0 && (
        <div className="work-facts">
          <p>{t("leaderNothing")}</p>
          {begins && (
            <p>
              {t("beginHere")} <Link href="/accounts">{t("screenAccounts")}</Link>
            </p>
          )}
        </div>
      )}
      <div className="leader-figures">
        {leader.figures.map((figure) => {
          const look = looks[figure.tone];
          const part = parts[figure.key];
          return (
            <button key={figure.key} type="button" className={`leader-figure edge-${look.tone}`} onClick={() => go(part ? `${to}&part=${part}` : to)}>
              <span className="leader-label">
                <span className={`tone-${look.tone}`} aria-hidden="true">
                  {look.icon}
                </span>{" "}
                {figure.label}
              </span>
              <span className={`leader-value figure tone-${look.tone}`}>
                {formatCount(figure.value, language)}
                {figure.of !== null && <small>/{formatCount(figure.of, language)}</small>}
              </span>
              <span className="work-facts figure">{figure.of ? formatShare(figure.value, figure.of, language) : "\u00a0"}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
