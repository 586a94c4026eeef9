import { PaperClipOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useEffect, useRef } from "react";
import { asHeading, formatNumber } from "../format/format.ts";
import { CellValue, targetText, TargetMark } from "../parts/cell-value.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { derivedValue, fieldsOf, targetReached, type Field } from "./cell-input.ts";
import { CellStateSign, cellLook, useNilWords } from "./cell-state.tsx";
import { ConflictChoice } from "./conflict-choice.tsx";
import { emptied } from "./paste.ts";
import type { Draft } from "./use-draft.ts";
import type { Grid, GridRow } from "./types.ts";

type Props = { grid: Grid; draft: Draft; onPanel: (indicator: string) => void; goTo: { indicator: string } | null; onActive: (indicator: string | null) => void };

/** The same form on a phone: one indicator below the other. */
export function EntryCards({ grid, draft, onPanel, goTo, onActive }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const card = goTo && box.current?.querySelector<HTMLElement>(`[data-card="${goTo.indicator}"]`);
    card?.scrollIntoView({ block: "center" });
    card?.querySelector("input")?.focus();
  }, [goTo]);
  let section = "";
  return (
    <div className="entry-cards" ref={box}>
      {grid.rows.map((row) => {
        const heading = row.section !== section ? (section = row.section) : "";
        return (
          <div key={row.indicator.id} onFocus={() => onActive(row.indicator.id)} onBlur={() => onActive(null)}>
            {heading && <h2 className="entry-card-section">{asHeading(heading)}</h2>}
            <Card row={row} grid={grid} draft={draft} onPanel={onPanel} />
          </div>
        );
      })}
    </div>
  );
}

function Card({ row, grid, draft, onPanel }: { row: GridRow; grid: Grid; draft: Draft; onPanel: (indicator: string) => void }) {
  const t = useWords();
  const language = useLanguage();
  const { indicator } = row;
  const typed = draft.typedOf(row);
  const waiting = draft.queue[indicator.id];
  const look = cellLook(row, typed, waiting, { enter: grid.may.enter, typing: false, t, language });
  const value = derivedValue(indicator, typed);
  const reached = row.target && value !== null ? (targetReached(row.target, value) ? "reached" : "missed") : "none";
  return (
    <article className={`entry-card is-${look.kind}`} data-card={indicator.id} aria-label={`${indicator.code} ${indicator.name}`}>
      <header>
        <h3>
          <span className="entry-code">{indicator.code}</span> {indicator.name}
          {row.required && (
            <abbr className="entry-required" title={t("requiredFigure")}>
              {"\u00a0*"}
            </abbr>
          )}
        </h3>
        <CellStateSign kind={look.kind} />
      </header>
      {grid.may.enter && !typed.nil ? (
        <div className="entry-card-parts">
          {fieldsOf(indicator).map((field) => (
            <CardField key={field} row={row} field={field} draft={draft} wide={indicator.value_type !== "percentage"} />
          ))}
          {indicator.value_type === "percentage" && (
            <output className="wide">
              {t("valueColumn")}: <strong className="figure">{value === null ? "–" : formatNumber(value, language, false)}</strong> {indicator.unit_of_measure}
            </output>
          )}
        </div>
      ) : (
        <p>{typed.nil ? t("nil") : <CellValue cell={row.cell} indicator={indicator} />}</p>
      )}
      {look.sentences.map((sentence) => (
        <p key={sentence.text} className={`entry-sentence tone-${sentence.tone}`}>
          {sentence.text}
        </p>
      ))}
      {waiting?.conflict && (
        <ConflictChoice row={row} mine={typed} conflict={waiting.conflict} onChoose={(keep) => draft.resolve(indicator.id, keep)} />
      )}
      <div className="entry-card-facts">
        <span>
          {t("lastPeriod")}: <CellValue cell={row.previous} indicator={indicator} />
        </span>
        {row.target && (
          <span>
            {t("targetColumn")}: {targetText(row.target, language)} <TargetMark state={reached} />
          </span>
        )}
        {typed.note && (
          <span>
            {t("noteColumn")}: {typed.note}
          </span>
        )}
      </div>
      <div className="file-line">
        <span />
        {grid.may.enter && (
          <Button
            size="small"
            aria-pressed={typed.nil}
            onClick={() => draft.change([{ id: indicator.id, typed: { ...emptied(typed), nil: !typed.nil } }])}
          >
            {t(typed.nil ? "nilUndo" : "nilCell")}
          </Button>
        )}
        <Button size="small" icon={<PaperClipOutlined />} onClick={() => onPanel(indicator.id)}>
          {t("more")} {row.evidence.length > 0 ? `(${row.evidence.length})` : ""}
        </Button>
      </div>
    </article>
  );
}

function CardField({ row, field, draft, wide }: { row: GridRow; field: Field; draft: Draft; wide: boolean }) {
  const t = useWords();
  const isNil = useNilWords();
  const typed = draft.typedOf(row);
  const name = field === "numerator" || field === "denominator" ? t(field) : t("thisPeriod");
  const change = (text: string) =>
    draft.change([{ id: row.indicator.id, typed: isNil(text) ? { ...emptied(typed), nil: true } : { ...typed, [field]: text, nil: false } }]);
  if (row.indicator.value_type === "yes_no")
    return (
      <label className="wide">
        {name}
        <select className="native-select" value={typed.value} onChange={(event) => change(event.target.value)}>
          <option value="" />
          <option value="1">{t("yes")}</option>
          <option value="0">{t("no")}</option>
        </select>
      </label>
    );
  return (
    <label className={wide ? "wide" : undefined}>
      {name} {wide && row.indicator.unit_of_measure && `(${row.indicator.unit_of_measure})`}
      <Input
        value={typed[field]}
        inputMode={field === "text" ? "text" : "decimal"}
        maxLength={field === "text" ? 2000 : 64}
        autoComplete="off"
        onChange={(event) => change(event.target.value)}
      />
    </label>
  );
}
