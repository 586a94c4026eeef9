import {
  ApartmentOutlined,
  BranchesOutlined,
  CheckCircleFilled,
  ClockCircleFilled,
  ExclamationCircleFilled,
  LockOutlined,
  MinusCircleOutlined,
  RollbackOutlined,
  WarningFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Indicator } from "../api/types.ts";
import { formatNumber } from "../format/format.ts";
import type { Tone } from "../parts/state.tsx";
import { useLanguage, useWords, type Speak, type Word } from "../words/words.tsx";
import { isEmpty, readCell, type Fault, type Typed } from "./cell-input.ts";
import type { Waiting } from "./draft-queue.ts";
import type { GridRow } from "./types.ts";

export type CellStateKind =
  | "empty"
  | "saved"
  | "nil"
  | "rolledUp"
  | "waiting"
  | "invalid"
  | "conflict"
  | "warning"
  | "returned"
  | "locked";

const looks: Record<CellStateKind, { tone: Tone; word: Word; icon: ReactNode }> = {
  empty: { tone: "none", word: "cellEmpty", icon: <MinusCircleOutlined /> },
  saved: { tone: "done", word: "cellSaved", icon: <CheckCircleFilled /> },
  nil: { tone: "done", word: "nil", icon: <CheckCircleFilled /> },
  rolledUp: { tone: "info", word: "cellRolledUp", icon: <ApartmentOutlined /> },
  waiting: { tone: "soon", word: "cellWaiting", icon: <ClockCircleFilled /> },
  invalid: { tone: "late", word: "cellInvalid", icon: <WarningFilled /> },
  conflict: { tone: "late", word: "cellConflict", icon: <BranchesOutlined /> },
  warning: { tone: "soon", word: "cellWarning", icon: <ExclamationCircleFilled /> },
  returned: { tone: "late", word: "cellReturned", icon: <RollbackOutlined /> },
  locked: { tone: "none", word: "cellLocked", icon: <LockOutlined /> },
};

export type CellLook = { kind: CellStateKind; sentences: { tone: Tone; text: string }[] };

const faultWords: Record<Fault["why"], Word> = {
  invalid: "faultInvalid",
  precise: "faultPrecise",
  large: "faultLarge",
  parts: "faultParts",
  denominator: "faultDenominator",
  exceeds: "faultExceeds",
  negative: "faultNegative",
  below: "faultBelow",
  above: "faultAbove",
  yesNo: "faultYesNo",
  rank: "faultRank",
  long: "faultLong",
};

export function faultSentence(fault: Fault, indicator: Indicator, t: Speak, language: string): string {
  const places = fault.field === "value" ? indicator.decimals : indicator.part_decimals;
  return t(faultWords[fault.why], { bound: formatNumber(fault.bound, language), places });
}

/** The state of a cell and what stands under it. `typing`: a percentage half typed is not yet wrong. */
export function cellLook(
  row: GridRow,
  typed: Typed,
  waiting: Waiting | undefined,
  options: { enter: boolean; typing: boolean; t: Speak; language: string },
): CellLook {
  const { t, language } = options;
  const sentences: CellLook["sentences"] = [];
  if (row.mark) sentences.push({ tone: "late", text: t("markSaid", { comment: row.mark.comment }) });
  if (waiting?.conflict) return { kind: "conflict", sentences };
  if (waiting) {
    const read = readCell(row.indicator, waiting.typed);
    const half = !read.ok && read.fault.why === "parts" && options.typing;
    if (waiting.refused) sentences.push({ tone: "late", text: waiting.refused.title });
    else if (!read.ok && !half) sentences.push({ tone: "late", text: faultSentence(read.fault, row.indicator, t, language) });
    return { kind: waiting.refused || (!read.ok && !half) ? "invalid" : "waiting", sentences };
  }
  const warnings = row.cell.warnings ?? [];
  for (const warning of warnings) sentences.push({ tone: "soon", text: warning.title });
  if (row.mark) return { kind: "returned", sentences };
  if (warnings.length > 0) return { kind: "warning", sentences };
  if (!options.enter) return { kind: "locked", sentences };
  if (typed.nil) return { kind: "nil", sentences };
  if (isEmpty(row.indicator, typed)) return { kind: "empty", sentences };
  return { kind: row.cell.rolled_up ? "rolledUp" : "saved", sentences };
}

export function CellStateSign({ kind, words = false }: { kind: CellStateKind; words?: boolean }) {
  const t = useWords();
  const look = looks[kind];
  const word = t(look.word);
  return (
    <span className={`cell-sign tone-${look.tone}`} title={word}>
      <span aria-hidden="true">{look.icon}</span>
      <span className={words ? "cell-sign-word" : "visually-hidden"}>{word}</span>
    </span>
  );
}

/** What every sign of the grid means, for whoever asks. */
export function CellSigns() {
  const t = useWords();
  const kinds: CellStateKind[] = ["saved", "waiting", "invalid", "warning", "returned", "conflict", "rolledUp", "locked", "empty"];
  return (
    <ul className="cell-signs" aria-label={t("signsTitle")}>
      {kinds.map((kind) => (
        <li key={kind}>
          <CellStateSign kind={kind} words />
        </li>
      ))}
    </ul>
  );
}

/** "nothing to report" as people type it into a cell or a sheet. */
export function useNilWords(): (text: string) => boolean {
  const t = useWords();
  const language = useLanguage();
  const fold = (text: string) =>
    text
      .normalize("NFC")
      .trim()
      .toLocaleLowerCase(language === "vi" ? "vi" : "en");
  const words = [t("nil"), t("nilShort"), ...t("nilTyped").split("|")].map(fold);
  return (text) => words.includes(fold(text));
}
