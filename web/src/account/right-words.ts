import type { Speak, Word } from "../words/words.tsx";

const words: Record<string, Word> = {
  self: "rightSelf",
  "unit.read": "rightUnitRead",
  "unit.manage": "rightUnitManage",
  "account.read": "rightAccountRead",
  "account.propose": "rightAccountPropose",
  "account.manage": "rightAccountManage",
  "account.reveal": "rightAccountReveal",
  "indicator.read": "rightIndicatorRead",
  "indicator.manage": "rightIndicatorManage",
  "assignment.read": "rightAssignmentRead",
  "assignment.manage": "rightAssignmentManage",
  "figure.read": "rightFigureRead",
  "figure.enter": "rightFigureEnter",
  "figure.approve": "rightFigureApprove",
  "figure.receive": "rightFigureReceive",
  "overview.read": "rightOverviewRead",
  "event.read": "rightEventRead",
  "system.manage": "rightSystemManage",
};

/** A right as people call it; one that is newer than this page by its word. */
export function rightWord(right: string, t: Speak): string {
  const word = words[right];
  return word ? t(word) : right;
}
