import { useEffect, useState, type RefObject } from "react";

/** Cells beyond which only the rows in sight are drawn; below it all are there for find-in-page and print. */
const DRAW_ALL = 3000;
const MARGIN = 12;
/** The span moves by this many rows at once, so that most scrolling draws nothing anew. */
const STEP = 6;

export type Span = { first: number; end: number; above: number; below: number };

export function spanOf(count: number, rowHeight: number, top: number, height: number): Span {
  const first = Math.max(0, Math.floor(top / rowHeight / STEP) * STEP - MARGIN);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight / STEP) * STEP + MARGIN);
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight };
}

/** Which rows of a long table to draw; all of them for print. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, width: number, rowHeight: number): Span {
  const [span, setSpan] = useState(() => spanOf(count, rowHeight, 0, 900));
  const [printing, setPrinting] = useState(false);
  const all = printing || count * width <= DRAW_ALL;
  useEffect(() => {
    const element = box.current;
    if (!element || all) return;
    const look = () =>
      setSpan((old) => {
        const next = spanOf(count, rowHeight, element.scrollTop, element.clientHeight);
        return next.first === old.first && next.end === old.end && next.below === old.below ? old : next;
      });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const size = new ResizeObserver(look);
    size.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      size.disconnect();
    };
  }, [box, all, count, rowHeight]);
  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
  return all ? { first: 0, end: count, above: 0, below: 0 } : span;
}
