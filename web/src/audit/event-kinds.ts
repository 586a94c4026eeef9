import type { Word } from "../words/words.tsx";

/** The rooms that events come from; choosing one asks for all of its kinds. */
export const eventKinds: { kind: string; word: Word }[] = [
  { kind: "submission", word: "kindSubmission" },
  { kind: "period", word: "kindPeriod" },
  { kind: "evidence", word: "kindEvidence" },
  { kind: "assignment", word: "kindAssignment" },
  { kind: "task", word: "kindTask" },
  { kind: "document", word: "kindDocument" },
  { kind: "indicator", word: "kindIndicator" },
  { kind: "report", word: "kindReport" },
  { kind: "unit", word: "kindUnit" },
  { kind: "account", word: "kindAccount" },
  { kind: "setting", word: "kindSetting" },
  { kind: "holiday", word: "kindHoliday" },
  { kind: "log", word: "kindLog" },
  { kind: "sheet", word: "kindSheet" },
];
