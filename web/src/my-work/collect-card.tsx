import { Button } from "antd";
import { formatCount, formatPeriod } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Bar } from "../parts/bar.tsx";
import { Countdown } from "../parts/countdown.tsx";
import { State } from "../parts/state.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import type { CollectCard } from "./work.ts";

/** A period I gather: how many wait for me, how many miss, and the way to the matrix. */
export function CollectCardView({ card }: { card: CollectCard }) {
  const t = useWords();
  const language = useLanguage();
  const go = useGo();
  const { tally } = card;
  const closed = card.period_state === "closed";
  return (
    <article className="work-card" aria-label={`${card.report.title} ${formatPeriod(card.period, t)}`}>
      <header>
        <h3>
          {card.report.title} <span className="work-period">{formatPeriod(card.period, t)}</span>
        </h3>
        {closed && <State tone="done">{t("periodClosed")}</State>}
      </header>
      <p>
        <Countdown deadline={card.deadline} />
      </p>
      <div className="work-counts">
        <Count n={card.waiting} label={t("waitingForMe")} tone={card.waiting > 0 ? "soon" : "none"} language={language} />
        <Count n={card.missing} label={t("missingUnits")} tone={card.missing > 0 ? "late" : "done"} language={language} />
      </div>
      <dl className="work-bars">
        <dt>{t("submittedCount")}</dt>
        <dd>
          <Bar part={tally.submitted} whole={tally.assigned} label={t("submittedCount")} />
        </dd>
        <dt>{t("onTime")}</dt>
        <dd>
          <Bar part={tally.on_time} whole={tally.assigned} label={t("onTime")} />
        </dd>
        <dt>{t("stateReceived")}</dt>
        <dd>
          <Bar part={tally.received} whole={tally.assigned} label={t("stateReceived")} tone="done" />
        </dd>
      </dl>
      <footer>
        <span className="work-facts">{tally.returned > 0 ? t("returnedCount", { n: tally.returned }) : ""}</span>
        <Button
          type={!closed ? "primary" : "default"}
          onClick={() => go(`/approval?assignment=${card.assignment_id}&period=${card.period}${card.waiting > 0 ? "&state=approved" : ""}`)}
        >
          {t(card.waiting > 0 ? "lookAndReceive" : "openMatrix")}
        </Button>
      </footer>
    </article>
  );
}

function Count({ n, label, tone, language }: { n: number; label: string; tone: "soon" | "late" | "done" | "none"; language: string }) {
  return (
    <div className={`work-count tone-${tone}`}>
      <strong className="figure">{formatCount(n, language)}</strong> <State tone={tone}>{label}</State>
    </div>
  );
}
