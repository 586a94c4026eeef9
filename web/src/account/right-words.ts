import type { Speak, Word } from "../words/words.tsx";

/** The rights in the groups in which people read them. */
const groups: { group: Word; rights: Record<string, Word> }[] = [
  {
    group: "groupFigures",
    rights: {
      "figure.read": "rightFigureRead",
      "figure.enter": "rightFigureEnter",
      "figure.approve": "rightFigureApprove",
      "figure.receive": "rightFigureReceive",
      "assignment.read": "rightAssignmentRead",
      "assignment.manage": "rightAssignmentManage",
      "indicator.read": "rightIndicatorRead",
      "indicator.manage": "rightIndicatorManage",
    },
  },
  {
    group: "rightGroupWork",
    rights: {
      "document.read": "rightDocumentRead",
      "document.manage": "rightDocumentManage",
      "task.read": "rightTaskRead",
      "task.assign": "rightTaskAssign",
      "task.report": "rightTaskReport",
      "task.decide": "rightTaskDecide",
    },
  },
  { group: "rightGroupWatch", rights: { "overview.read": "rightOverviewRead", "event.read": "rightEventRead" } },
  {
    group: "groupAdmin",
    rights: {
      "unit.read": "rightUnitRead",
      "unit.manage": "rightUnitManage",
      "account.read": "rightAccountRead",
      "account.propose": "rightAccountPropose",
      "account.manage": "rightAccountManage",
      "account.reveal": "rightAccountReveal",
      "system.manage": "rightSystemManage",
      self: "rightSelf",
    },
  },
];

const words = new Map(groups.flatMap(({ rights }) => Object.entries(rights)));

/** A right as people call it; one that is newer than this page by its word. */
export function rightWord(right: string, t: Speak): string {
  const word = words.get(right);
  return word ? t(word) : right;
}

/** Rights in groups, in the order of the page; what is newer than this page comes last. */
export function inGroups(held: string[]): { group: Word; rights: string[] }[] {
  const known = groups.map(({ group, rights }) => ({ group, rights: Object.keys(rights).filter((right) => held.includes(right)) }));
  const other = held.filter((right) => !words.has(right));
  return [...known, { group: "rightGroupOther" as Word, rights: other }].filter(({ rights }) => rights.length > 0);
}
