import { CaretDownFilled, CheckOutlined } from "@ant-design/icons";
import type { Cell, Indicator, Target, TargetState } from "../api/types.ts";
import { formatNumber } from "../format/format.ts";
import { useLanguage, useWords, type Speak } from "../words/words.tsx";

type Kind = Pick<Indicator, "value_type">;

/** A figure as a person reads it (rolled up, a yes/no is the number of units that say yes): "98,50", "Không phát sinh", "Có", a text. Empty when there is none. */
export function cellText(cell: Cell | null | undefined, indicator: Kind, t: Speak, language: string): string {
  if (!cell) return "";
  if (cell.nil) return t("nilShort");
  if (!cell.present) return "";
  if (indicator.value_type === "yes_no" && cell.rolled_up) return t("unitsSayYes", { n: formatNumber(cell.value, language) });
  return valueText(indicator.value_type === "text" ? cell.text : cell.value, indicator, t, language);
}

export function valueText(value: string | null, indicator: Kind, t: Speak, language: string): string {
  if (value === null) return "";
  if (indicator.value_type === "text") return value;
  if (indicator.value_type === "yes_no") return t(/[1-9]/.test(value) ? "yes" : "no");
  return formatNumber(value, language, false);
}

/** A figure in a table; a percentage says its parts on pointing at it. */
export function CellValue({ cell, indicator }: { cell: Cell | null | undefined; indicator: Kind }) {
  const t = useWords();
  const language = useLanguage();
  const text = cellText(cell, indicator, t, language);
  if (!text) return <span className="no-figure">–</span>;
  if (cell?.nil) return <abbr title={t("nil")}>{text}</abbr>;
  if (indicator.value_type !== "percentage" || !cell?.numerator) return <span className="figure">{text}</span>;
  const parts = `${formatNumber(cell.numerator, language)} / ${formatNumber(cell.denominator, language)}`;
  return (
    <span className="figure" title={parts}>
      {text}
    </span>
  );
}

const signs: Record<Target["operator"], string> = {
  at_least: "≥",
  more: ">",
  at_most: "≤",
  less: "<",
  equal: "=",
  range: "",
};

/** "≥ 80" or "5–7" */
export function targetText(target: Target | null, language: string): string {
  if (!target) return "";
  const value = formatNumber(target.value, language);
  if (target.operator === "range") return `${value}–${formatNumber(target.high, language)}`;
  return `${signs[target.operator]} ${value}`;
}

/** Reached or missed by sign and word, for those who cannot tell the hues apart or hear the screen. */
export function TargetMark({ state }: { state: TargetState | undefined }) {
  const t = useWords();
  if (state === "reached")
    return (
      <span className="tone-done" title={t("targetReached")}>
        <CheckOutlined aria-hidden="true" />
        <span className="visually-hidden">{t("targetReached")}</span>
      </span>
    );
  if (state === "missed")
    return (
      <span className="tone-late" title={t("targetMissed")}>
        <CaretDownFilled aria-hidden="true" />
        <span className="visually-hidden">{t("targetMissed")}</span>
      </span>
    );
  return null;
}
