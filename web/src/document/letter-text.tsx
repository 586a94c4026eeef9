import { memo, useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import type { Span } from "../api/documents.ts";
import { useWords } from "../words/words.tsx";
import { pieces, wordsAt, type Letters, type Piece } from "./spans.ts";

export type Shown = { name: string; scroll: boolean } | null;

type Props = {
  letters: Letters;
  tasks: (Span & { name: string })[];
  /** What is pointed at, and where it stands. */
  shown: Shown;
  span: Span | null;
  onTask: (name: string) => void;
};

function kindOf(piece: Piece, shown: Shown): string | undefined {
  const names = piece.marks.filter((name) => name !== "shown");
  const kinds = [names.length > 0 && "letter-task", piece.marks.includes("shown") && "is-shown", names.includes(shown?.name ?? "") && "is-chosen"];
  return kinds.filter(Boolean).join(" ") || undefined;
}

/** The letter as it was read. Words that made a task are marked; a click on them leads to it. */
export const LetterText = memo(function LetterText({ letters, tasks, shown, span, onTask }: Props) {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const cut = useMemo(
    () => pieces(letters.length, span ? [...tasks, { ...span, name: "shown" }] : tasks),
    [letters, tasks, span],
  );
  const scroll = shown?.scroll ? shown.name : null;
  useEffect(() => {
    if (scroll) box.current?.querySelector(".is-shown")?.scrollIntoView({ block: "center" });
  }, [scroll, span]);
  const begun = new Set<string>();
  return (
    <div ref={box} className="letter" tabIndex={0} role="region" aria-label={t("documentText")}>
      {cut.map((piece) => {
        const task = piece.marks.find((name) => name !== "shown");
        const first = task !== undefined && !begun.has(task);
        if (task) begun.add(task);
        const reach = first
          ? {
              role: "button",
              tabIndex: 0,
              onKeyDown: (event: KeyboardEvent) => event.key === "Enter" && onTask(task),
            }
          : {};
        return (
          <span
            key={piece.start}
            data-start={piece.start}
            className={kindOf(piece, shown)}
            onClick={task ? () => window.getSelection()?.isCollapsed !== false && onTask(task) : undefined}
            {...reach}
          >
            {wordsAt(letters, piece)}
          </span>
        );
      })}
    </div>
  );
});

function placeOf(node: Node, offset: number): number | null {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-start]");
  if (!piece) return null;
  const before = node instanceof Element ? (offset === 0 ? "" : (piece.textContent ?? "")) : (node.textContent ?? "").slice(0, offset);
  return Number(piece.dataset.start) + Array.from(before).length;
}

/** The words that the person selected in the letter, if any. */
export function selectedWords(): Span | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? { start, end } : null;
}
