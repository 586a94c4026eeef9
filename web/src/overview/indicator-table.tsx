import { Tag } from "antd";
import { useGo } from "../layout/place.ts";
import { CellValue, targetText, TargetMark } from "../parts/cell-value.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { State } from "../parts/state.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import type { Overview, OverviewFigure } from "./overview-types.ts";

/** What the level answered for once it did, before that what has come in. */
function standingOf(figure: OverviewFigure) {
  return figure.label === "approved" ? figure.approved : figure.provisional;
}

/** Whether the figure of a level is approved or provisional. */
export function FigureLabel({ label }: { label: OverviewFigure["label"] }) {
  const t = useWords();
  if (label === "none") return <State tone="none">{t("figureNone")}</State>;
  return <State tone={label === "approved" ? "done" : "soon"}>{t(label === "approved" ? "approvedFigure" : "provisional")}</State>;
}

/** The level's indicators: figure, how sure it is, target and trend. Each leads down to what it is made of. */
export function IndicatorTable({ overview }: { overview: Overview }) {
  const t = useWords();
  const language = useLanguage();
  const go = useGo();
  const to = (indicator: string) =>
    go(`/figures?unit=${overview.unit.id}&report=${overview.report?.id ?? ""}&period=${overview.period ?? ""}&indicator=${indicator}`);
  const missed = (figure: OverviewFigure) => (standingOf(figure)?.target_state === "missed" ? 0 : 1);
  const ordered = overview.indicators.toSorted((a, b) => missed(a) - missed(b));
  return (
    <section id="indicators">
      <h2>{t("indicatorsTitle")}</h2>
      <div className="scroll-box">
        <table className="sheet">
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t("indicatorColumn")}
              </th>
              <th scope="col">{t("unitOfMeasure")}</th>
              <th scope="col" className="number">
                {t("approvedFigure")}
              </th>
              <th scope="col" className="number">
                {t("provisional")}
              </th>
              <th scope="col">{t("targetColumn")}</th>
              <th scope="col">{t("figureLabel")}</th>
              <th scope="col">{t("trend12")}</th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((figure) => {
              const standing = standingOf(figure);
              return (
                <tr key={figure.indicator.id}>
                  <td>
                    <button type="button" className="link-button" onClick={() => to(figure.indicator.id)}>
                      {figure.indicator.code} {figure.indicator.name}
                    </button>{" "}
                    {figure.indicator.illustrative && <Tag>{t("illustrative")}</Tag>}
                  </td>
                  <td>{figure.indicator.unit_of_measure}</td>
                  <td className="number">
                    <strong>
                      <CellValue cell={figure.approved} indicator={figure.indicator} />
                    </strong>
                  </td>
                  <td className="number">
                    <CellValue cell={figure.provisional} indicator={figure.indicator} />
                  </td>
                  <td style={{ whiteSpace: "nowrap" }}>
                    {targetText(figure.target, language)} <TargetMark state={standing?.target_state} />
                  </td>
                  <td>
                    <FigureLabel label={figure.label} />
                  </td>
                  <td>
                    <Sparkline values={figure.trend.map((point) => point.value)} target={figure.target?.value} width={140} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
