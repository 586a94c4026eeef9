import type { Reading, ReadTask, Span } from "../api/documents.ts";
import { findDay, findWords, lettersOf, type Letters } from "./spans.ts";

/** Where in the text each thing that was read stands: "d0.number", "d0t2.deadline". Pure. */

function taskMarks(task: ReadTask, key: string, letters: Letters, within: Span): [string, Span | null][] {
  const find = (words: string | null | undefined) =>
    words ? (findWords(letters, words, task.source) ?? findWords(letters, words, within)) : null;
  return [
    [`${key}.before`, find(task.deadline.wording)],
    [`${key}.product`, find(task.product)],
    ...[...task.lead, ...task.cooperating].map((name): [string, Span | null] => [`${key}.unit.${name}`, find(name)]),
  ];
}

export function marksOf(reading: Pick<Reading, "text" | "documents">): Map<string, Span> {
  const letters = lettersOf(reading.text ?? "");
  const marks = new Map<string, Span>();
  const put = (name: string, span: Span | null) => span && span.end > span.start && marks.set(name, span);
  reading.documents.forEach((document, nth) => {
    const key = `d${nth}`;
    const within = document.source;
    const find = (words: string | null | undefined) => (words ? findWords(letters, words, within) : null);
    put(key, within);
    put(`${key}.number`, find(document.number));
    put(`${key}.date`, document.date ? findDay(letters, document.date, within) : null);
    put(`${key}.type`, find(document.type));
    put(`${key}.issuer`, find(document.issuer));
    put(`${key}.superior`, find(document.superior));
    put(`${key}.place`, find(document.place));
    put(`${key}.subject`, find(document.subject));
    put(`${key}.prefix`, find(document.signer?.prefix));
    put(`${key}.position`, find(document.signer?.position));
    put(`${key}.signer`, find(document.signer?.name));
    document.addressees.forEach((name, i) => put(`${key}.addressees${i}`, find(name)));
    const whole = (list: string[]): Span | null => {
      const spans = list.map(find).filter((span) => span !== null);
      if (spans.length === 0) return null;
      return { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) };
    };
    put(`${key}.addressees`, whole(document.addressees));
    put(`${key}.recipients`, whole(document.recipients.slice(0, 50)));
    document.references.forEach((reference, i) => put(`${key}.reference${i}`, reference.source ?? find(reference.number)));
    document.tasks.forEach((task, i) => {
      for (const [name, span] of taskMarks(task, `${key}t${i}`, letters, within)) put(name, span);
    });
  });
  return marks;
}
