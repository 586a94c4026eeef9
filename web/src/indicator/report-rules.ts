import type { ReportItem } from "../api/indicators.ts";

/** Items that stand together under one section heading, in the order of the form. */
export function sectionsOf(items: ReportItem[]): { section: string; items: ReportItem[] }[] {
  const sections: { section: string; items: ReportItem[] }[] = [];
  for (const item of items) {
    const last = sections.at(-1);
    if (last && last.section === item.section) last.items.push(item);
    else sections.push({ section: item.section, items: [item] });
  }
  return sections;
}

/** The list with the item at `from` moved by `steps`; at either end it stays. */
export function moved<Item>(list: Item[], from: number, steps: number): Item[] {
  const to = Math.max(0, Math.min(list.length - 1, from + steps));
  const rest = list.filter((_, index) => index !== from);
  const item = list[from];
  return item === undefined ? list : [...rest.slice(0, to), item, ...rest.slice(to)];
}
