import { formatNumber } from "../format/format.ts";
import { useLanguage, useWords } from "../words/words.tsx";

type Props = {
  /** Oldest first; null where there is none. */
  values: (string | null)[];
  target?: string | null;
  width?: number;
  height?: number;
  label?: string;
};

const EDGE = 3;

/** A line of the last periods beside their number; the target is the dashed line. */
export function Sparkline({ values, target = null, width = 96, height = 24, label }: Props) {
  const t = useWords();
  const language = useLanguage();
  const numbers = values.map((value) => (value === null ? null : Number(value)));
  const known = numbers.filter((value) => value !== null);
  if (known.length < 2) return <span className="no-figure">–</span>;
  const aim = target === null ? null : Number(target);
  const all = aim === null ? known : [...known, aim];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const x = (i: number) => EDGE + (i * (width - 2 * EDGE)) / Math.max(1, values.length - 1);
  const y = (value: number) => height - EDGE - ((value - low) * (height - 2 * EDGE)) / span;
  const runs = segments(numbers);
  const lines = runs.filter((run) => run.length > 1).map((run) => run.map(([i, value]) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" "));
  const lone = runs.filter((run) => run.length === 1).map((run) => run[0]!);
  const last = numbers.findLastIndex((value) => value !== null);
  const first = values.find((value) => value !== null) ?? null;
  const said = label ?? t("trendSaid", { first: formatNumber(first, language), last: formatNumber(values[last], language) });
  return (
    <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={said}>
      {aim !== null && <line className="sparkline-target" x1={EDGE} x2={width - EDGE} y1={y(aim)} y2={y(aim)} />}
      {lines.map((points, i) => (
        <polyline key={i} points={points} />
      ))}
      {lone.map(([i, value]) => (
        <circle key={`lone ${i}`} cx={x(i)} cy={y(value)} r={1.5} />
      ))}
      <circle cx={x(last)} cy={y(numbers[last]!)} r={2.5} />
    </svg>
  );
}

/** Runs of periods that have a figure: a gap is shown as a gap. */
function segments(numbers: (number | null)[]): [number, number][][] {
  const runs: [number, number][][] = [];
  numbers.forEach((value, i) => {
    if (value === null) return;
    if (i > 0 && numbers[i - 1] !== null && runs.length > 0) runs.at(-1)!.push([i, value]);
    else runs.push([[i, value]]);
  });
  return runs;
}
