import { Button } from "antd";
import { formatPeriod, formatTime } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Countdown } from "../parts/countdown.tsx";
import { State, SubmissionStateTag } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import type { FormCard } from "./work.ts";

/** What waits for my approval, then what does not need me now. */
export function ApproveList({ cards }: { cards: FormCard[] }) {
  const t = useWords();
  const go = useGo();
  const rank = (card: FormCard) => (card.state === "submitted" ? 0 : 1);
  const ordered = cards.toSorted((a, b) => rank(a) - rank(b) || a.deadline.before.localeCompare(b.deadline.before));
  return (
    <div className="scroll-box">
      <table className="sheet">
        <thead>
          <tr>
            <th scope="col">{t("reportColumn")}</th>
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
                <SubmissionStateTag state={card.state} />
                {card.on_time === false && (
                  <>
                    {" "}
                    <State tone="late">{t("late")}</State>
                  </>
                )}
              </td>
              <td>
                {card.entered_by?.name}
                {card.submitted_at && <div className="work-facts">{formatTime(card.submitted_at)}</div>}
              </td>
              <td>
                <Countdown deadline={card.deadline} />
              </td>
              <td>
                <Button
                  size="small"
                  type={card.state === "submitted" ? "primary" : "default"}
                  onClick={() => go(`/approval?submission=${card.submission_id}`)}
                >
                  {t(card.state === "submitted" ? "lookAndApprove" : "formLook")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
