import { useState } from "react";
import { formatTime } from "../format/format.ts";
import { State } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import type { LateUnit, OverviewChild } from "./overview-types.ts";

const FIRST = 12;

type Props = { late: LateUnit[]; units: OverviewChild[]; onOpen: (submission: string) => void };

/** Whose figures are late or missing, with the reason where it was given; then whose are still to come. */
export function LateList({ late, units, onOpen }: Props) {
  const t = useWords();
  const [all, setAll] = useState(false);
  const ordered = late.toSorted((a, b) => Number(b.standing === "missing") - Number(a.standing === "missing") || a.unit.name.localeCompare(b.unit.name, "vi"));
  const awaited = units.filter((unit) => unit.standing === "open" && unit.submission_id);
  const shown = all ? ordered : ordered.slice(0, FIRST);
  return (
    <section id="late">
      <h2>{t("lateTitle", { n: late.length })}</h2>
      {late.length === 0 ? (
        <State tone="done">{t("lateNone")}</State>
      ) : (
        <div className="scroll-box">
          <table className="sheet">
            <thead>
              <tr>
                <th scope="col">{t("unit")}</th>
                <th scope="col">{t("stateColumn")}</th>
                <th scope="col">{t("lateReason")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.unit.id}>
                  <td>
                    <button type="button" className="link-button" onClick={() => onOpen(one.submission_id)}>
                      {one.unit.name}
                    </button>
                  </td>
                  <td>
                    <State tone="late">{t(one.standing === "missing" ? "missing" : "late")}</State>
                    {one.submitted_at && <div className="work-facts">{formatTime(one.submitted_at)}</div>}
                  </td>
                  <td>{one.late_reason ?? ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {late.length > shown.length && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {t("lateMore", { n: late.length - shown.length })}
        </button>
      )}
      {awaited.length > 0 && (
        <>
          <h2>{t("awaitedTitle", { n: awaited.length })}</h2>
          <ul className="awaited">
            {awaited.map(({ unit, submission_id }) => (
              <li key={unit.id}>
                <button type="button" className="link-button" onClick={() => onOpen(submission_id!)}>
                  {unit.name}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
