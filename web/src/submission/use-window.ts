import { useEffect, useState, type RefObject } from "react";

/** Rows beyond which only those in sight are drawn; below it all are there for find-in-page and print. */
const DRAW_ALL = 220;
const MARGIN = 12;

export type Span = { first: number; end: number; above: number; below: number };

export function spanOf(count: number, rowHeight: number, top: number, height: number): Span {
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN);
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight };
}

/** Which rows of a long table to draw; all of them for print. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): Span {
  const [view, setView] = useState({ top: 0, height: 900 });
  const [printing, setPrinting] = useState(false);
  const all = printing || count <= DRAW_ALL;
  useEffect(() => {
    const element = box.current;
    if (!element || all) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const size = new ResizeObserver(look);
    size.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      size.disconnect();
    };
  }, [box, all]);
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
  return all ? { first: 0, end: count, above: 0, below: 0 } : spanOf(count, rowHeight, view.top, view.height);
}
