import { CloudUploadOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { formatPeriod, formatTime } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Bar } from "../parts/bar.tsx";
import { Countdown } from "../parts/countdown.tsx";
import { State, SubmissionStateTag } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import { isDue, type FormCard } from "./work.ts";

/** One form of mine: how long, how far, what came back and why, and the one button to go on. */
export function FormCardView({ card, unsent, showUnit }: { card: FormCard; unsent: number; showUnit: boolean }) {
  const t = useWords();
  const go = useGo();
  const due = isDue(card);
  const to = `/entry/${card.submission_id}`;
  const action = !due ? "formLook" : card.state === "returned" ? "formMend" : card.filled > 0 || unsent > 0 ? "formGoOn" : "formBegin";
  return (
    <article className="work-card" aria-label={`${card.report.title} ${formatPeriod(card.period, t)}`}>
      <header>
        <h3>
          {card.report.title} <span className="work-period">{formatPeriod(card.period, t)}</span>
        </h3>
        <SubmissionStateTag state={card.state} />
      </header>
      {showUnit && <p className="work-unit">{card.unit.name}</p>}
      <p>
        {due ? (
          <Countdown deadline={card.deadline} />
        ) : (
          <State tone={card.on_time === false ? "late" : "done"}>
            {t("submittedFact", { at: formatTime(card.submitted_at) })} · {t(card.on_time === false ? "late" : "onTime")}
          </State>
        )}
      </p>
      {card.state === "returned" && card.return_reason && <Alert type="error" showIcon title={t("returnedSaid", { reason: card.return_reason })} />}
      {due && card.window === "locked" && <Alert type="warning" showIcon title={t("lockedShort")} />}
      <Bar part={card.filled} whole={card.total} label={t("cellsFilled")} tone={card.filled === card.total ? "done" : "info"} />
      <footer>
        <span className="work-facts">
          {unsent > 0 && (
            <State tone="soon" icon={<CloudUploadOutlined />}>
              {t("cellsWaiting", { n: unsent })}
            </State>
          )}{" "}
          {due && card.last_saved_at && t("lastSaved", { at: formatTime(card.last_saved_at) })}
        </span>
        <Button type={due && card.window !== "locked" ? "primary" : "default"} onClick={() => go(to)}>
          {t(action)}
        </Button>
      </footer>
    </article>
  );
}
