import type { CollectCard, FormCard } from "../my-work/work.ts";

export type Notice =
  | { what: "returned" | "enter" | "approve"; to: string; card: FormCard }
  | { what: "collect"; to: string; card: CollectCard; count: number };

const order = ["returned", "approve", "collect", "enter"];

function noticeOf(card: FormCard | CollectCard): Notice | null {
  if (card.kind === "collect") {
    if (card.waiting === 0 || card.period_state === "closed") return null;
    const to = `/approval?assignment=${card.assignment_id}&period=${card.period}&state=approved`;
    return { what: "collect", to, card, count: card.waiting };
  }
  if (card.kind === "approve") {
    if (card.state !== "submitted") return null;
    return { what: "approve", to: `/approval?submission=${card.submission_id}`, card };
  }
  if (card.window === "locked" || card.window === "not_yet") return null;
  if (card.state !== "draft" && card.state !== "returned") return null;
  return { what: card.state === "returned" ? "returned" : "enter", to: `/entry/${card.submission_id}`, card };
}

/** What the person has to do, the most pressing first: what came back, what waits for a yes, what is to be entered. */
export function noticesOf(cards: (FormCard | CollectCard)[]): Notice[] {
  return cards
    .map(noticeOf)
    .filter((notice): notice is Notice => notice !== null)
    .sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what));
}
