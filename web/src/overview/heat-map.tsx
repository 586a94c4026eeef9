import { CheckOutlined, CloseOutlined, MinusOutlined, WarningFilled } from "@ant-design/icons";
import { Checkbox } from "antd";
import { memo, useMemo, useState, type ReactNode } from "react";
import { formatPeriod, formatPeriodShort } from "../format/format.ts";
import { Bar } from "../parts/bar.tsx";
import { useLatest } from "../parts/latest.ts";
import { StateSign } from "../submission/state-signs.tsx";
import { useWords, type Word } from "../words/words.tsx";
import type { Overview, OverviewChild, Standing } from "./overview-types.ts";

const looks: Record<Standing, { word: Word; icon: ReactNode }> = {
  on_time: { word: "onTime", icon: <CheckOutlined /> },
  late: { word: "late", icon: <WarningFilled /> },
  missing: { word: "missing", icon: <CloseOutlined /> },
  open: { word: "heatOpen", icon: "○" },
  none: { word: "heatNone", icon: <MinusOutlined /> },
};

/** Units × the last 12 periods: a table whose cells tell by shape, hue and word how each period went. */
export function HeatMap({ overview, onOpen }: { overview: Overview; onOpen: (child: OverviewChild) => void }) {
  const t = useWords();
  const [onlyBad, setOnlyBad] = useState(false);
  const open = useLatest(onOpen);
  const cells = useMemo(() => new Map(overview.heat.rows.map((row) => [row.unit_id, row.cells])), [overview.heat.rows]);
  const bad = (child: OverviewChild) => (cells.get(child.unit.id) ?? []).some((cell) => cell === "late" || cell === "missing");
  const shown = onlyBad ? overview.children.filter(bad) : overview.children;
  const below = overview.children.some((child) => child.tally !== null);
  return (
    <section id="children">
      <div className="screen-bar">
        <h2>{t("heatTitle")}</h2>
        <Checkbox className="no-print" checked={onlyBad} onChange={(event) => setOnlyBad(event.target.checked)}>
          {t("heatOnlyBad", { n: overview.children.filter(bad).length })}
        </Checkbox>
        <span className="grow" />
        <ul className="map-legend" aria-label={t("mapLegend")}>
          {(["on_time", "late", "missing", "open"] as const).map((standing) => (
            <li key={standing}>
              <span className={`heat heat-${standing}`} aria-hidden="true">
                {looks[standing].icon}
              </span>
              {t(looks[standing].word)}
            </li>
          ))}
        </ul>
      </div>
      <div className="scroll-box heat-box">
        <table className="sheet heat-table">
          <thead>
            <tr>
              <th scope="col" className="pinned">
                {t("unit")}
              </th>
              <th scope="col">{t("stateColumn")}</th>
              {below && <th scope="col">{t("belowSubmitted")}</th>}
              {overview.heat.periods.map((period) => (
                <th key={period} scope="col" className={period === overview.period ? "heat-now" : undefined}>
                  {formatPeriodShort(period)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((child) => (
              <HeatRow key={child.unit.id} child={child} cells={cells.get(child.unit.id) ?? []} periods={overview.heat.periods} below={below} onOpen={open} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type RowProps = { child: OverviewChild; cells: Standing[]; periods: string[]; below: boolean; onOpen: (child: OverviewChild) => void };

const HeatRow = memo(function HeatRow({ child, cells, periods, below, onOpen }: RowProps) {
  const t = useWords();
  const late = child.standing === "late" ? false : child.standing === "on_time" ? true : null;
  return (
    <tr>
      <th scope="row" className="pinned">
        <button type="button" className="link-button" onClick={() => onOpen(child)}>
          {child.unit.name}
        </button>
      </th>
      <td>{child.state && <StateSign state={child.state} onTime={late} words />}</td>
      {below && (
        <td className="heat-below">{child.tally && <Bar part={child.tally.submitted} whole={child.tally.assigned} label={t("belowSubmitted")} />}</td>
      )}
      {periods.map((period, i) => {
        const standing = cells[i] ?? "none";
        const said = `${formatPeriod(period, t)}: ${t(looks[standing].word)}`;
        return (
          <td key={period} className="heat-cell" title={said}>
            <span className={`heat heat-${standing}`} aria-hidden="true">
              {looks[standing].icon}
            </span>
            <span className="visually-hidden">{t(looks[standing].word)}</span>
          </td>
        );
      })}
    </tr>
  );
});
