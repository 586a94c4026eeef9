import type { Span } from "../api/documents.ts";
import { dayInWords, movedTones, tonedPairs } from "../words/letters.ts";

/**
 * Places in a letter's text. The server counts in characters (code points); a string of the browser in units of 16
 * bits, so a text is cut up once and all else counts as the server does.
 */
export type Letters = readonly string[];

export function lettersOf(text: string): Letters {
  return Array.from(text);
}

export function wordsAt(letters: Letters, span: Span): string {
  return letters.slice(span.start, span.end).join("");
}

/** A stretch of text and the names of all marks that cover it, the shortest mark first. */
export type Piece = Span & { marks: string[] };

/** Cuts the text at every edge of a mark. What lies outside the text is left out. */
export function pieces(length: number, marks: readonly (Span & { name: string })[]): Piece[] {
  const inside = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(length, mark.end) }))
    .filter((mark) => mark.start < mark.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const edges = [...new Set([0, length, ...inside.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const start = edges[i]!;
    const end = edges[i + 1]!;
    const names = inside.filter((mark) => mark.start <= start && mark.end >= end).map((mark) => mark.name);
    found.push({ start, end, marks: names });
  }
  return found;
}

/** Letters break lines anywhere, and text out of Word carries stars and low lines of emphasis. */
const loose = /[\s*_]/;

function alike(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(tonedPairs, (two) => movedTones[two] ?? two);
}

/** The letters that count, with where each stands. */
function dense(letters: Letters, within: Span): { text: string; places: number[] } {
  const kept: string[] = [];
  const places: number[] = [];
  for (let i = Math.max(0, within.start); i < Math.min(letters.length, within.end); i++) {
    const letter = letters[i]!;
    if (loose.test(letter)) continue;
    for (let unit = 0; unit < letter.length; unit++) places.push(i);
    kept.push(letter);
  }
  return { text: alike(kept.join("")), places };
}

/** Where words stand in the text, whatever the line breaks, capitals and places of tone marks; null: nowhere. */
export function findWords(letters: Letters, words: string, within: Span): Span | null {
  const wanted = alike(words.replace(/[\s*_]+/g, ""));
  if (wanted.length < 2) return null;
  const { text, places } = dense(letters, within);
  if (text.length !== places.length) return null;
  const from = text.indexOf(wanted);
  if (from < 0) return null;
  return { start: places[from]!, end: places[from + wanted.length - 1]! + 1 };
}

/** Where a letter says its day: "ngày 06 tháng 5 năm 2026" or "06/5/2026". */
export function findDay(letters: Letters, iso: string, within: Span): Span | null {
  const [year, month, day] = iso.split("-").map(Number);
  const two = (value: number | undefined) => String(value ?? "").padStart(2, "0");
  for (const d of [two(day), String(day)]) {
    for (const m of [two(month), String(month)]) {
      const found =
        findWords(letters, dayInWords(d, m, year), within) ?? findWords(letters, `${d}/${m}/${year}`, within);
      if (found) return found;
    }
  }
  return null;
}
