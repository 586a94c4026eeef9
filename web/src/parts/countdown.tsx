import type { Deadline } from "../api/types.ts";
import { timeLeft } from "../format/format.ts";
import { useNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";
import { State } from "./state.tsx";

/** "Còn 2 ngày 4 giờ đến 24h00 ngày 16/5/2026", amber in the last two days, red behind the deadline. */
export function Countdown({ deadline }: { deadline: Deadline }) {
  const t = useWords();
  const left = timeLeft(deadline.before, useNow());
  const shown = [
    left.days ? t("days", { n: left.days }) : "",
    left.hours ? t("hours", { n: left.hours }) : "",
    !left.days && (left.minutes || !left.hours) ? t("minutes", { n: left.minutes }) : "",
  ]
    .filter(Boolean)
    .join(" ");
  const tone = left.past ? "late" : left.days < 2 ? "soon" : "none";
  return <State tone={tone} wrap>{t(left.past ? "timePast" : "timeLeft", { left: shown, deadline: deadline.wording })}</State>;
}
