import { CommentOutlined, PaperClipOutlined } from "@ant-design/icons";
import { memo, useEffect, useRef, type FocusEvent, type KeyboardEvent } from "react";
import { difference, readAmount } from "../format/amount.ts";
import { formatNumber, formatSigned } from "../format/format.ts";
import { CellValue, targetText, TargetMark, valueText } from "../parts/cell-value.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { derivedValue, targetReached, type Field, type Typed } from "./cell-input.ts";
import { CellStateSign, cellLook } from "./cell-state.tsx";
import { ConflictChoice } from "./conflict-choice.tsx";
import type { Waiting } from "./draft-queue.ts";
import type { Column } from "./movement.ts";
import { pasteColumns } from "./paste.ts";
import type { GridRow } from "./types.ts";
import type { Range } from "./use-selection.ts";

/** A cell that is open for typing. `type`: begun by a letter, arrows leave it; `edit`: by F2, arrows move in it. */
export type Editing = { row: number; column: Column; mode: "type" | "edit"; initial: string; live: Typed };

type EditorKey = (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => void;

type Props = {
  row: GridRow;
  index: number;
  typed: Typed;
  waiting: Waiting | undefined;
  enter: boolean;
  active: Column | null;
  marked: Range | null;
  editing: Editing | null;
  onEditorKey: EditorKey;
  onInput: (text: string) => void;
  onEnd: (text: string | null) => void;
  onPanel: (indicator: string) => void;
  onNil: (row: GridRow) => void;
  onResolve: (indicator: string, keep: "mine" | "theirs") => void;
};

function Editor({ editing, row, label, onKey, onInput, onEnd }: { editing: Editing; row: GridRow; label: string; onKey: EditorKey; onInput: (text: string) => void; onEnd: (text: string | null) => void }) {
  const t = useWords();
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => {
    const box = input.current;
    box?.focus();
    if (editing.mode === "edit" && box instanceof HTMLInputElement) box.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const common = {
    ref: input,
    className: "entry-editor",
    "aria-label": label,
    defaultValue: editing.initial,
    onKeyDown: onKey,
    onBlur: (event: FocusEvent<HTMLInputElement | HTMLSelectElement>) => onEnd(event.currentTarget.value),
  };
  if (row.indicator.value_type === "yes_no" && editing.column === "value")
    return (
      <select {...common} onChange={(event) => onInput(event.currentTarget.value)}>
        <option value="" />
        <option value="1">{t("yes")}</option>
        <option value="0">{t("no")}</option>
      </select>
    );
  const words = editing.column === "note" || row.indicator.value_type === "text";
  return (
    <input
      {...common}
      type="text"
      inputMode={words ? "text" : "decimal"}
      maxLength={words ? 2000 : 64}
      autoComplete="off"
      spellCheck={words}
      onChange={(event) => onInput(event.currentTarget.value)}
    />
  );
}

/** A typed amount as it will be read: grouped when it reads well, else as it was typed. */
function shown(text: string, places: number, language: string): string {
  const read = readAmount(text, places);
  return read.ok ? formatNumber(read.value, language) : text;
}

export const GridLine = memo(function GridLine(props: Props) {
  const { row, index, typed, enter, active, marked, editing } = props;
  const t = useWords();
  const language = useLanguage();
  const { indicator } = row;
  const look = cellLook(row, typed, props.waiting, { enter, typing: active !== null, t, language });
  const value = derivedValue(indicator, typed);
  const last = row.previous?.present ? row.previous.value : null;
  const change = value !== null && last !== null ? difference(value, last) : null;
  const percentage = indicator.value_type === "percentage";
  const sentenceId = look.sentences.length > 0 || look.kind === "conflict" ? `sentence-${indicator.id}` : undefined;

  const cell = (column: Column, field: Field | "note", content: React.ReactNode, options: { span?: number; number?: boolean } = {}) => {
    const open = editing?.column === column;
    const at = pasteColumns.indexOf(column as (typeof pasteColumns)[number]);
    const chosen = marked && at >= marked.left && at <= marked.right;
    const tone = field === "note" ? "" : ` is-${look.kind}`;
    const names: Record<string, string> = { note: t("noteColumn"), value: t("valueColumn"), text: t("valueColumn") };
    const label = `${indicator.code} ${names[field] ?? t(field as "numerator" | "denominator")}`;
    return (
      <td
        role="gridcell"
        data-at={`${index}.${column}`}
        tabIndex={active === column ? 0 : -1}
        colSpan={options.span}
        aria-selected={active === column || !!chosen}
        aria-readonly={!enter}
        aria-invalid={look.kind === "invalid" && field !== "note"}
        aria-describedby={sentenceId}
        className={`entry-cell${options.number ? " number" : ""}${enter ? " can-enter" : ""}${tone}${chosen ? " is-marked" : ""}`}
      >
        {open ? (
          <Editor editing={editing} row={row} label={label} onKey={props.onEditorKey} onInput={props.onInput} onEnd={props.onEnd} />
        ) : (
          content
        )}
      </td>
    );
  };

  const reached = row.target && value !== null && !typed.nil ? (targetReached(row.target, value) ? "reached" : "missed") : "none";
  const nil = (
    <abbr title={t("nil")} className="entry-nil">
      {t("nilShort")}
    </abbr>
  );
  return (
    <>
      <tr className={row.mark ? "is-returned" : undefined}>
        <th scope="row" className="pinned entry-name">
          <button type="button" className="plain-button" tabIndex={-1} title={t("openPanel")} onClick={() => props.onPanel(indicator.id)}>
            <span className="entry-code">{indicator.code}</span> {indicator.name}
            <small className="entry-measure-inline"> ({indicator.unit_of_measure})</small>
            {row.required && (
              <abbr className="entry-required" title={t("requiredFigure")}>
                {"\u00a0*"}
              </abbr>
            )}
          </button>
        </th>
        <td className="entry-measure">{indicator.unit_of_measure}</td>
        <td className="number entry-last">
          <CellValue cell={row.previous} indicator={indicator} />
        </td>
        {percentage ? (
          <>
            {cell("numerator", "numerator", typed.nil ? nil : shown(typed.numerator, indicator.part_decimals, language), { number: true })}
            {cell("denominator", "denominator", typed.nil ? nil : shown(typed.denominator, indicator.part_decimals, language), { number: true })}
            <td className="number entry-derived">{typed.nil ? nil : value === null ? "" : formatNumber(value, language, false)}</td>
          </>
        ) : indicator.value_type === "text" ? (
          cell("value", "text", typed.nil ? nil : <span className="entry-text">{typed.text}</span>, { span: 3 })
        ) : (
          <>
            <td className="entry-none" colSpan={2} />
            {cell("value", "value", typed.nil ? nil : indicator.value_type === "yes_no" && value !== null ? valueText(value, indicator, t, language) : shown(typed.value, indicator.decimals, language), { number: true })}
          </>
        )}
        <td className="number entry-change">{change === null ? "" : formatSigned(change, language)}</td>
        <td className="entry-target">
          {targetText(row.target, language)} <TargetMark state={reached} />
        </td>
        {cell(
          "note",
          "note",
          typed.note && (
            <span className="entry-text" title={typed.note}>
              <CommentOutlined aria-label={t("cellNoted")} /> {typed.note}
            </span>
          ),
        )}
        <td
          role="gridcell"
          data-at={`${index}.evidence`}
          tabIndex={active === "evidence" ? 0 : -1}
          aria-selected={active === "evidence"}
          className="entry-cell entry-evidence"
        >
          <EvidenceCount row={row} onOpen={() => props.onPanel(indicator.id)} />
        </td>
        <td className="entry-state">
          <CellStateSign kind={look.kind} />
          {enter && (
            <button
              type="button"
              tabIndex={-1}
              className="entry-nil-button"
              aria-pressed={typed.nil}
              title={t("nil")}
              onClick={() => props.onNil(row)}
            >
              {t("nilShort")}
            </button>
          )}
        </td>
      </tr>
      {sentenceId && (
        <tr className="entry-sentences">
          <td className="pinned" />
          <td className="entry-measure" />
          <td />
          <td colSpan={8} id={sentenceId}>
            {look.sentences.map((sentence) => (
              <span key={sentence.text} className={`entry-sentence tone-${sentence.tone}`}>
                {sentence.text}
              </span>
            ))}
            {props.waiting?.conflict && (
              <ConflictChoice row={row} mine={props.waiting.typed} conflict={props.waiting.conflict} onChoose={(keep) => props.onResolve(indicator.id, keep)} />
            )}
          </td>
        </tr>
      )}
    </>
  );
});

function EvidenceCount({ row, onOpen }: { row: GridRow; onOpen: () => void }) {
  const t = useWords();
  const count = row.evidence.length;
  const wanted = row.evidence_required && count === 0;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={wanted ? "plain-button tone-soon" : "plain-button"}
      aria-label={wanted ? t("evidenceWanted") : t("evidenceCount", { n: count })}
      title={wanted ? t("evidenceWanted") : t("evidenceCount", { n: count })}
      onClick={onOpen}
    >
      {(count > 0 || row.evidence_required) && <PaperClipOutlined aria-hidden="true" />} {count > 0 ? count : wanted ? "!" : ""}
    </button>
  );
}
