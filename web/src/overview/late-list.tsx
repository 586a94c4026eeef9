import { Empty } from "antd";
import { useState } from "react";
import { formatTime } from "../format/format.ts";
import { State } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import type { LateUnit } from "./overview-types.ts";

const FIRST = 12;

/** Whose figures are late or missing, with the reason where it was given. */
export function LateList({ late, onOpen }: { late: LateUnit[]; onOpen: (submission: string) => void }) {
  const t = useWords();
  const [all, setAll] = useState(false);
  const ordered = late.toSorted((a, b) => Number(b.standing === "missing") - Number(a.standing === "missing") || a.unit.name.localeCompare(b.unit.name, "vi"));
  const shown = all ? ordered : ordered.slice(0, FIRST);
  return (
    <section id="late">
      <h2>{t("lateTitle", { n: late.length })}</h2>
      {late.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("lateNone")} />
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
    </section>
  );
}
