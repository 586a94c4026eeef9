import { Button } from "antd";
import { formatTime } from "../format/format.ts";
import { cellText } from "../parts/cell-value.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { fieldsOf, type Typed } from "./cell-input.ts";
import type { Waiting } from "./draft-queue.ts";
import type { GridRow } from "./types.ts";

type Props = {
  row: GridRow;
  mine: Typed;
  conflict: NonNullable<Waiting["conflict"]>;
  onChoose: (keep: "mine" | "theirs") => void;
};

/** What I typed and what someone else saved meanwhile, side by side: one click decides. */
export function ConflictChoice({ row, mine, conflict, onChoose }: Props) {
  const t = useWords();
  const language = useLanguage();
  const { theirs } = conflict;
  const percentage = row.indicator.value_type === "percentage";
  const own = mine.nil
    ? t("nilShort")
    : fieldsOf(row.indicator)
        .map((field) => mine[field] || "–")
        .join(" / ");
  const parts = percentage && theirs.present ? ` (${theirs.numerator} / ${theirs.denominator})` : "";
  const other = (cellText(theirs, row.indicator, t, language) || t("cellEmpty")) + parts;
  return (
    <div className="conflict" role="group" aria-label={t("conflictTitle")}>
      <strong className="tone-late">{t("conflictTitle")}</strong>
      <dl>
        <div>
          <dt>{t("conflictMine")}</dt>
          <dd className="figure">{own}</dd>
          <Button size="small" onClick={() => onChoose("mine")}>
            {t("keepMine")}
          </Button>
        </div>
        <div>
          <dt>{t("conflictTheirs", { who: conflict.by?.name ?? "", at: formatTime(conflict.at) })}</dt>
          <dd className="figure">{other}</dd>
          <Button size="small" onClick={() => onChoose("theirs")}>
            {t("takeTheirs")}
          </Button>
        </div>
      </dl>
    </div>
  );
}
