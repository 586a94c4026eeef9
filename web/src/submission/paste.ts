import type { Indicator } from "../api/types.ts";
import { fieldsOf, type Field, type Typed } from "./cell-input.ts";

/** Columns of the grid that take typing, in their order on the screen. */
export const pasteColumns = ["numerator", "denominator", "value", "note"] as const;
export type PasteColumn = (typeof pasteColumns)[number];

const CELLS_MAX = 20_000;

/** A block as spreadsheets put it on the clipboard: tabs between, lines below each other, quotes around what has either. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  let cells = 0;
  const endCell = () => {
    row.push(cell);
    cell = "";
    cells++;
  };
  for (let i = 0; i < text.length && cells < CELLS_MAX; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t") endCell();
    else if (c === "\n" || c === "\r") {
      if (c === "\r" && text[i + 1] === "\n") i++;
      endCell();
      rows.push(row);
      row = [];
    } else cell += c;
  }
  if (cell !== "" || row.length > 0) {
    endCell();
    rows.push(row);
  }
  while (rows.length > 0 && rows.at(-1)!.every((text) => text.trim() === "")) rows.pop();
  return rows;
}

export function writeBlock(rows: string[][]): string {
  const quote = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

export type Paste = { index: number; typed: Typed };

function place(typed: Typed, field: Field | "note", text: string): Typed {
  return { ...typed, [field]: text.trim(), ...(field === "note" ? {} : { nil: false }) };
}

/** Where a pasted text of a column goes in a row of this kind; null when the row has no such place. */
function target(indicator: Pick<Indicator, "value_type">, column: PasteColumn): Field | "note" | null {
  if (column === "note") return "note";
  const fields = fieldsOf(indicator);
  if ((fields as string[]).includes(column)) return column;
  return column === "value" && fields[0] === "text" ? "text" : null;
}

/**
 * Lays a block over the rows from (`index`, `column`) on. A block of one column goes to the first place of each row,
 * so that a column of numbers copied from elsewhere fits rows of either kind; of a wider one what has no place in a row
 * (a percentage worked out elsewhere) is left out. `nilWords` mean "nothing to report".
 */
export function layBlock(
  block: string[][],
  rows: { indicator: Pick<Indicator, "value_type">; typed: Typed }[],
  index: number,
  column: PasteColumn,
  nilWords: (text: string) => boolean,
): { changes: Paste[]; skipped: number } {
  const changes: Paste[] = [];
  let skipped = 0;
  const first = pasteColumns.indexOf(column);
  block.forEach((line, i) => {
    const row = rows[index + i];
    if (!row) {
      skipped += line.filter((text) => text.trim() !== "").length;
      return;
    }
    let typed = row.typed;
    line.forEach((text, j) => {
      const at = pasteColumns[first + j];
      let field = at ? target(row.indicator, at) : null;
      if (!field && line.length === 1 && at) field = fieldsOf(row.indicator)[0] ?? null;
      if (!field) {
        const lone = at !== undefined && at !== "note" && line.length > 1 && isLone(line, first, row.indicator, j);
        if (lone) field = fieldsOf(row.indicator)[0]!;
        else {
          if (text.trim() !== "" && !(at === "value" && row.indicator.value_type === "percentage")) skipped++;
          return;
        }
      }
      typed = field !== "note" && nilWords(text) ? { ...emptied(typed), nil: true } : place(typed, field, text);
    });
    if (typed !== row.typed) changes.push({ index: index + i, typed });
  });
  return { changes, skipped };
}

/** The only figure of a line whose row takes one: a number that stood under "numerator" elsewhere. */
function isLone(line: string[], first: number, indicator: Pick<Indicator, "value_type">, j: number): boolean {
  if (indicator.value_type === "percentage") return false;
  const figures = line.filter((text, at) => text.trim() !== "" && first + at < pasteColumns.indexOf("note"));
  return figures.length === 1 && line[j]!.trim() !== "";
}

export function emptied(typed: Typed): Typed {
  return { ...typed, value: "", numerator: "", denominator: "", text: "", nil: false };
}
