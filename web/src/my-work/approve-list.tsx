import { Button, Grid } from "antd";
import { formatPeriod, formatTime } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Countdown } from "../parts/countdown.tsx";
import { State, SubmissionStateTag } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import type { FormCard } from "./work.ts";

/** What waits for my approval, then what does not need me now. */
export function ApproveList({ cards, narrow = false }: { cards: FormCard[]; narrow?: boolean }) {
  const t = useWords();
  const wide = (Grid.useBreakpoint().md ?? true) && !narrow;
  const rank = (card: FormCard) => (card.state === "submitted" ? 0 : 1);
  const ordered = cards.toSorted((a, b) => rank(a) - rank(b) || a.deadline.before.localeCompare(b.deadline.before));
  if (!wide)
    return (
      <div className="work-cards">
        {ordered.map((card) => (
          <ApproveCard key={card.submission_id} card={card} />
        ))}
      </div>
    );
  return (
    <div className="scroll-box">
      <table className="sheet">
        <thead>
          <tr>
            <th scope="col" className="wide">
              {t("reportColumn")}
            </th>
            <th scope="col">{t("period")}</th>
            <th scope="col">{t("unit")}</th>
            <th scope="col">{t("stateColumn")}</th>
            <th scope="col">{t("enteredByColumn")}</th>
            <th scope="col">{t("deadline")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("actionColumn")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((card) => (
            <tr key={card.submission_id}>
              <td>{card.report.title}</td>
              <td>{formatPeriod(card.period, t)}</td>
              <td>{card.unit.name}</td>
              <td>
                <CardState card={card} />
              </td>
              <td>
                {card.entered_by?.name}
                {card.submitted_at && <div className="work-facts">{formatTime(card.submitted_at)}</div>}
              </td>
              <td>
                <Countdown deadline={card.deadline} />
              </td>
              <td>
                <LookButton card={card} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CardState({ card }: { card: FormCard }) {
  const t = useWords();
  return (
    <>
      <SubmissionStateTag state={card.state} /> {card.on_time === false && <State tone="late">{t("late")}</State>}
    </>
  );
}

function LookButton({ card }: { card: FormCard }) {
  const t = useWords();
  const go = useGo();
  const waits = card.state === "submitted";
  return (
    <Button size="small" type={waits ? "primary" : "default"} onClick={() => go(`/approval?submission=${card.submission_id}`)}>
      {t(waits ? "lookAndApprove" : "formLook")}
    </Button>
  );
}

/** The same where there is little room. */
function ApproveCard({ card }: { card: FormCard }) {
  const t = useWords();
  return (
    <article className="work-card" aria-label={`${card.report.title} ${formatPeriod(card.period, t)}`}>
      <header>
        <h3>
          {card.report.title} <span className="work-period">{formatPeriod(card.period, t)}</span>
        </h3>
      </header>
      <p>
        {card.unit.name} · <CardState card={card} />
      </p>
      <p>
        <Countdown deadline={card.deadline} />
      </p>
      <footer>
        <span className="work-facts">
          {card.entered_by?.name} {formatTime(card.submitted_at)}
        </span>
        <LookButton card={card} />
      </footer>
    </article>
  );
}
