import { formatCount } from "../format/format.ts";
import { useLanguage } from "../words/words.tsx";

/** A part of a whole as a bar with the numbers beside it. */
export function Bar({ part, whole, label, tone = "info" }: { part: number; whole: number; label: string; tone?: "info" | "done" | "soon" | "late" }) {
  const language = useLanguage();
  const share = whole > 0 ? Math.min(100, (part * 100) / whole) : 0;
  return (
    <span className="bar">
      <span
        className="bar-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={whole}
        aria-valuenow={part}
      >
        <span className={`bar-fill fill-${tone}`} style={{ width: `${share}%` }} />
      </span>
      <span className="figure">
        {formatCount(part, language)}/{formatCount(whole, language)}
      </span>
    </span>
  );
}
