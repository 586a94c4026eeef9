import type { Chain, ChainEdge, ChainNode } from "../api/documents.ts";
import { governmentName, issuerSigns, numberSigns } from "../words/letters.ts";

/** Where the letters of a chain stand in their picture: a row per level, the higher office above. Pure. */

export const BOX = { width: 208, height: 84, gapX: 28, gapY: 64, margin: 12, label: 22 };

/** The levels from top to bottom; what the program does not know of comes last. */
export const levels = ["central", "government", "party", "ministry", "province", "department", "commune", "other"] as const;
export type Level = (typeof levels)[number];

export function levelOf(node: Pick<ChainNode, "level" | "issuer" | "number">): Level {
  const known = levels.find((level) => level === node.level);
  if (known === "central" && governmentName.test(node.issuer ?? "")) return "government";
  return (
    known ??
    issuerSigns.find(([name]) => name.test(node.issuer ?? ""))?.[1] ??
    numberSigns.find(([sign]) => sign.test(node.number ?? ""))?.[1] ??
    "other"
  );
}

export type Box = { node: ChainNode; index: number; x: number; y: number };
export type Row = { level: Level; y: number; boxes: Box[] };
export type Line = ChainEdge & { path: string; middle: [number, number] };
export type Layout = { width: number; height: number; rows: Row[]; lines: Line[] };

/** Puts the letters of a row below those they are tied to, so that few lines cross. */
function sorted(row: number[], neighbours: Map<number, number[]>, place: Map<number, number>): number[] {
  const pull = (index: number) => {
    const known = (neighbours.get(index) ?? []).map((other) => place.get(other)).filter((x) => x !== undefined);
    return known.length ? known.reduce((sum, x) => sum + x, 0) / known.length : Infinity;
  };
  const pulls = new Map(row.map((index) => [index, pull(index)]));
  return row.toSorted((a, b) => {
    const [first, second] = [pulls.get(a)!, pulls.get(b)!];
    return first === second ? a - b : first - second;
  });
}

function lineBetween(from: Box, to: Box): { path: string; middle: [number, number] } {
  const centre = (box: Box) => box.x + BOX.width / 2;
  if (from.y === to.y) {
    const [left, right] = from.x < to.x ? [from, to] : [to, from];
    const y = left.y + BOX.height;
    const dip = y + BOX.gapY * 0.45;
    const [a, b] = [centre(from), centre(to)];
    return { path: `M${a} ${y}C${a} ${dip} ${b} ${dip} ${b} ${y}`, middle: [(centre(left) + centre(right)) / 2, y + BOX.gapY * 0.34] };
  }
  const down = from.y < to.y;
  const y1 = down ? from.y + BOX.height : from.y;
  const y2 = down ? to.y : to.y + BOX.height;
  const half = (y1 + y2) / 2;
  const [a, b] = [centre(from), centre(to)];
  return { path: `M${a} ${y1}C${a} ${half} ${b} ${half} ${b} ${y2}`, middle: [(a + b) / 2, half] };
}

export function layOut(chain: Pick<Chain, "nodes" | "edges">): Layout {
  const edges = chain.edges.filter(({ from, to }) => from !== to && chain.nodes[from] && chain.nodes[to]);
  const neighbours = new Map<number, number[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const present = levels.filter((level) => chain.nodes.some((node) => levelOf(node) === level));
  const most = Math.max(1, ...present.map((level) => chain.nodes.filter((node) => levelOf(node) === level).length));
  const width = most * BOX.width + (most - 1) * BOX.gapX + 2 * BOX.margin;
  const place = new Map<number, number>();
  const boxes = new Map<number, Box>();
  let y = BOX.margin;
  const rows = present.map((level): Row => {
    const members = chain.nodes.map((_, index) => index).filter((index) => levelOf(chain.nodes[index]!) === level);
    const row = sorted(members, neighbours, place);
    const taken = row.length * BOX.width + (row.length - 1) * BOX.gapX;
    const top = y + BOX.label;
    const placed = row.map((index, nth): Box => {
      const x = (width - taken) / 2 + nth * (BOX.width + BOX.gapX);
      place.set(index, x);
      const box = { node: chain.nodes[index]!, index, x, y: top };
      boxes.set(index, box);
      return box;
    });
    const head = y;
    y = top + BOX.height + BOX.gapY;
    return { level, y: head, boxes: placed };
  });
  const lines = edges.map((edge): Line => ({ ...edge, ...lineBetween(boxes.get(edge.from)!, boxes.get(edge.to)!) }));
  return { width, height: y - BOX.gapY + BOX.gapY * 0.5 + BOX.margin, rows, lines };
}

/** The letter that an arrow key leads to from one: within the row, or the nearest of the row above or below. */
export function nextBox(layout: Layout, index: number, key: string): number {
  const row = layout.rows.findIndex(({ boxes }) => boxes.some((box) => box.index === index));
  const boxes = layout.rows[row]?.boxes ?? [];
  const nth = boxes.findIndex((box) => box.index === index);
  if (key === "ArrowLeft") return boxes[nth - 1]?.index ?? index;
  if (key === "ArrowRight") return boxes[nth + 1]?.index ?? index;
  const other = key === "ArrowUp" ? layout.rows[row - 1] : key === "ArrowDown" ? layout.rows[row + 1] : undefined;
  const here = boxes[nth];
  if (!other || !here) return index;
  return other.boxes.reduce((best, box) => (Math.abs(box.x - here.x) < Math.abs(best.x - here.x) ? box : best)).index;
}
