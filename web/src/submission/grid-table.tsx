import { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent } from "react";
import { flushSync } from "react-dom";
import { asHeading, formatPeriodShort } from "../format/format.ts";
import { useLatest } from "../parts/latest.ts";
import { useWords } from "../words/words.tsx";
import { derivedValue, fieldsOf, typedOf, type Field, type Typed } from "./cell-input.ts";
import { useNilWords } from "./cell-state.tsx";
import { GridLine, type Editing } from "./grid-line.tsx";
import { nextEmpty, type Column, type Direction, type Place } from "./movement.ts";
import { emptied, layBlock, parseBlock, pasteColumns, writeBlock, type PasteColumn } from "./paste.ts";
import type { Draft } from "./use-draft.ts";
import { useSelection } from "./use-selection.ts";
import type { Grid, GridRow } from "./types.ts";

type Props = {
  grid: Grid;
  draft: Draft;
  onPanel: (indicator: string) => void;
  /** Asks for the keyboard to go to a cell; a new object asks again. */
  goTo: { indicator: string } | null;
  /** The indicator whose cells are being worked on. */
  onActive: (indicator: string | null) => void;
  onPasted: (changed: number, skipped: number) => void;
};

const arrows: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "home",
  End: "end",
  PageUp: "pageUp",
  PageDown: "pageDown",
};
const farArrows: Record<string, Direction> = {
  ArrowUp: "top",
  ArrowDown: "bottom",
  ArrowLeft: "home",
  ArrowRight: "end",
  Home: "top",
  End: "bottom",
};

/** The field of a row that a column is typed into. */
export function fieldAt(row: GridRow, column: Column): Field | "note" | null {
  if (column === "note") return "note";
  if (column === "evidence") return null;
  const fields = fieldsOf(row.indicator);
  if (column === "value" && fields[0] === "text") return "text";
  return (fields as string[]).includes(column) ? column : null;
}

function placeOf(target: EventTarget): Place | null {
  const at = (target as HTMLElement).closest?.("[data-at]")?.getAttribute("data-at");
  if (!at) return null;
  const [row, column] = at.split(".");
  return { row: Number(row), column: column as Column };
}

/** The entry grid: a table that is worked with like a spreadsheet. */
export function GridTable({ grid, draft, onPanel, goTo, onActive, onPasted }: Props) {
  const t = useWords();
  const isNil = useNilWords();
  const { rows } = grid;
  const enter = grid.may.enter;
  const table = useRef<HTMLTableElement>(null);
  const { active, range, stops, select, step } = useSelection(rows);
  const [editing, setEditing] = useState<Editing | null>(null);
  const editor = useRef<Editing | null>(null);
  const wantsFocus = useRef(false);
  const leaving = useRef(false);

  useLayoutEffect(() => {
    if (!wantsFocus.current || editing) return;
    wantsFocus.current = false;
    table.current?.querySelector<HTMLElement>(`[data-at="${active.row}.${active.column}"]`)?.focus();
  });

  const focusOn = useCallback(
    (place: Place) => {
      wantsFocus.current = true;
      select(place);
    },
    [select],
  );

  useEffect(() => {
    const row = goTo ? rows.findIndex((one) => one.indicator.id === goTo.indicator) : -1;
    if (row >= 0) focusOn({ row, column: stops[row]?.[0] ?? "value" });
    // only when asked anew
  }, [goTo]);

  const withText = (row: GridRow, place: Place, text: string): Typed => {
    const typed = draft.typedOf(row);
    const field = fieldAt(row, place.column);
    if (!field) return typed;
    if (field === "note") return { ...typed, note: text };
    if (isNil(text)) return { ...emptied(typed), nil: true };
    return { ...typed, [field]: text, nil: false };
  };

  const begin = (place: Place, mode: Editing["mode"]) => {
    const row = rows[place.row];
    const field = row && fieldAt(row, place.column);
    if (!enter || !row || !field) return;
    const typed = draft.typedOf(row);
    const next: Editing = { ...place, mode, initial: mode === "type" ? "" : typed[field], live: typed };
    editor.current = next;
    leaving.current = false;
    flushSync(() => {
      select(place);
      setEditing(next);
    });
  };

  const end = (text: string | null) => {
    const open = editor.current;
    const row = open && rows[open.row];
    editor.current = null;
    setEditing(null);
    if (!open || !row) return;
    draft.hold(row.indicator.id, null);
    if (text !== null) draft.change([{ id: row.indicator.id, typed: withText(row, open, text.trim()) }]);
  };

  const onInput = (text: string) => {
    const open = editor.current;
    const row = open && rows[open.row];
    if (!open || !row) return;
    const live = withText(row, open, text);
    draft.hold(row.indicator.id, live);
    editor.current = { ...open, live };
    setEditing(editor.current);
  };

  const isEmptyAt = (place: Place) => {
    const row = rows[place.row];
    const field = row && fieldAt(row, place.column);
    if (!row || !field || field === "note") return false;
    const typed = draft.typedOf(row);
    return !typed.nil && typed[field].trim() === "";
  };

  const tab = (event: KeyboardEvent, from: Place) => {
    if (leaving.current) return;
    const next = nextEmpty(stops, from, isEmptyAt, event.shiftKey ? -1 : 1);
    if (!next) return;
    event.preventDefault();
    focusOn(next);
  };

  const onEditorKey = (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => {
    const open = editor.current;
    if (!open || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    const text = event.currentTarget.value;
    const go = (direction: Direction) => {
      event.preventDefault();
      wantsFocus.current = true;
      end(text);
      step(direction);
    };
    if (event.key === "Escape") {
      event.preventDefault();
      wantsFocus.current = true;
      end(null);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      end(text);
      onPanel(rows[open.row]!.indicator.id);
    } else if (event.key === "Enter") go(event.shiftKey ? "up" : "down");
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (event.currentTarget instanceof HTMLInputElement) go(arrows[event.key]!);
    } else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && open.mode === "type") go(arrows[event.key]!);
    else if (event.key === "Tab") {
      wantsFocus.current = true;
      end(text);
      const typedAt = (place: Place) => (place.row === open.row && place.column === open.column ? text.trim() === "" : isEmptyAt(place));
      const next = nextEmpty(stops, open, typedAt, event.shiftKey ? -1 : 1);
      if (next) {
        event.preventDefault();
        focusOn(next);
      }
    }
  };

  /** The marked block, row by row, with what each of its fields holds. */
  const marked = () => {
    const lines: { row: GridRow; columns: PasteColumn[] }[] = [];
    for (let i = range.top; i <= range.bottom; i++)
      if (rows[i] && range.left >= 0) lines.push({ row: rows[i]!, columns: pasteColumns.slice(range.left, range.right + 1) });
    return lines;
  };

  const clear = () => {
    if (!enter) return;
    draft.change(
      marked().map(({ row, columns }) => {
        let typed = draft.typedOf(row);
        for (const column of columns) {
          const field = fieldAt(row, column);
          if (field) typed = field === "note" ? { ...typed, note: "" } : { ...typed, [field]: "", nil: false };
        }
        return { id: row.indicator.id, typed };
      }),
    );
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const control = event.ctrlKey || event.metaKey;
    const place = placeOf(event.target);
    if (!place || event.target !== event.currentTarget.querySelector(`[data-at="${place.row}.${place.column}"]`)) return;
    const direction = (control ? farArrows : arrows)[event.key];
    const handled = () => event.preventDefault();
    if (direction) {
      handled();
      wantsFocus.current = true;
      step(direction, event.shiftKey && !["home", "end"].includes(direction));
    } else if (event.key === "Enter" && (control || place.column === "evidence")) {
      handled();
      onPanel(rows[place.row]!.indicator.id);
    } else if (event.key === "Enter") {
      handled();
      wantsFocus.current = true;
      step(event.shiftKey ? "up" : "down");
    } else if (event.key === "Tab") tab(event, place);
    else if (event.key === "Escape") {
      leaving.current = true;
      select(place);
    } else if (event.key === "F2") {
      handled();
      begin(place, "edit");
    } else if (event.key === "Delete" || event.key === "Backspace") {
      handled();
      clear();
    } else if (control && event.key.toLowerCase() === "z") {
      handled();
      draft.undo();
    } else if (!control && !event.altKey && (event.key.length === 1 || event.key === "Process") && event.key !== " ") begin(place, "type");
  };

  const onMouseDown = (event: MouseEvent) => {
    const place = placeOf(event.target);
    if (!place || (event.target as HTMLElement).closest("button, input, select, a")) return;
    leaving.current = false;
    select(place, event.shiftKey);
  };

  const onCopy = (event: ClipboardEvent) => {
    if (editor.current) return;
    const block = marked().map(({ row, columns }) => {
      const typed = draft.typedOf(row);
      return columns.map((column) => {
        const field = fieldAt(row, column);
        if (field && field !== "note" && typed.nil) return t("nilShort");
        if (field) return typed[field];
        return column === "value" ? (derivedValue(row.indicator, typed) ?? "").replace(".", ",") : "";
      });
    });
    if (block.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeBlock(block));
    if (event.type === "cut") clear();
  };

  const onPaste = (event: ClipboardEvent) => {
    const place = placeOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    const block = parseBlock(text);
    const small = block.length === 1 && block[0]!.length === 1;
    if (!enter || !place || block.length === 0 || (editor.current && small)) return;
    event.preventDefault();
    if (editor.current) end(null);
    const column = place.column === "evidence" ? "note" : place.column;
    const lines = rows.map((row) => ({ indicator: row.indicator, typed: draft.typedOf(row) }));
    const { changes, skipped } = layBlock(block, lines, place.row, column, isNil);
    draft.change(changes.map(({ index, typed }) => ({ id: rows[index]!.indicator.id, typed })));
    focusOn(place);
    if (!small) onPasted(changes.length, skipped);
  };

  const toggleNil = (row: GridRow) => {
    const typed = draft.typedOf(row);
    draft.change([{ id: row.indicator.id, typed: typed.nil ? emptied(typed) : { ...emptied(typed), nil: true } }]);
  };

  const lineEditorKey = useLatest(onEditorKey);
  const lineInput = useLatest(onInput);
  const lineEnd = useLatest(end);
  const linePanel = useLatest(onPanel);
  const lineNil = useLatest(toggleNil);
  const served = useMemo(() => new Map(rows.map((row) => [row, typedOf(row.cell)])), [rows]);
  const before = grid.periods.at(-1);
  let section = "";
  return (
    <div className="scroll-box entry-box">
      <table
        ref={table}
        role="grid"
        className="sheet entry-sheet"
        aria-label={grid.submission.report.title}
        aria-readonly={!enter}
        onFocus={(event) => {
          const place = placeOf(event.target);
          if (place) onActive(rows[place.row]?.indicator.id ?? null);
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) onActive(null);
        }}
        onKeyDown={onKeyDown}
        onMouseDown={onMouseDown}
        onDoubleClick={(event) => {
          const place = placeOf(event.target);
          if (place?.column === "evidence") onPanel(rows[place.row]!.indicator.id);
          else if (place && !editor.current) begin(place, "edit");
        }}
        onCopy={onCopy}
        onCut={onCopy}
        onPaste={onPaste}
      >
        <GridHead before={before ? formatPeriodShort(before) : ""} />
        <tbody>
          {rows.map((row, i) => {
            const heading = row.section !== section ? (section = row.section) : "";
            const open = editing?.row === i ? editing : null;
            return (
              <Fragment key={row.indicator.id}>
                {heading && <SectionRow title={heading} />}
                <GridLine
                  row={row}
                  index={i}
                  typed={open?.live ?? draft.queue[row.indicator.id]?.typed ?? served.get(row)!}
                  waiting={draft.queue[row.indicator.id]}
                  enter={enter}
                  active={active.row === i ? active.column : null}
                  marked={i >= range.top && i <= range.bottom && (range.top !== range.bottom || range.left !== range.right) ? range : null}
                  editing={open}
                  onEditorKey={lineEditorKey}
                  onInput={lineInput}
                  onEnd={lineEnd}
                  onPanel={linePanel}
                  onNil={lineNil}
                  onResolve={draft.resolve}
                />
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SectionRow({ title }: { title: string }) {
  return (
    <tr className="entry-section">
      <th colSpan={11} scope="colgroup">
        <span className="entry-section-title">{asHeading(title)}</span>
      </th>
    </tr>
  );
}

function GridHead({ before }: { before: string }) {
  const t = useWords();
  return (
    <thead>
      <tr>
        <th rowSpan={2} className="pinned entry-name" scope="col">
          {t("indicatorColumn")}
        </th>
        <th rowSpan={2} className="entry-measure" scope="col">
          {t("unitOfMeasure")}
        </th>
        <th rowSpan={2} className="number" scope="col">
          {t("lastPeriod")} {before && <small>({before})</small>}
        </th>
        <th colSpan={3} scope="colgroup" className="entry-now">
          {t("thisPeriod")}
        </th>
        <th rowSpan={2} className="number" scope="col">
          {t("changeColumn")}
        </th>
        <th rowSpan={2} scope="col">
          {t("targetColumn")}
        </th>
        <th rowSpan={2} scope="col">
          {t("noteColumn")}
        </th>
        <th rowSpan={2} scope="col">
          {t("evidenceColumn")}
        </th>
        <th rowSpan={2} className="entry-state" scope="col">
          {t("stateColumn")}
        </th>
      </tr>
      <tr>
        <th className="number" scope="col">
          {t("numerator")}
        </th>
        <th className="number" scope="col">
          {t("denominator")}
        </th>
        <th className="number" scope="col">
          {t("valueColumn")}
        </th>
      </tr>
    </thead>
  );
}
