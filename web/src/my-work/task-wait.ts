import type { Word } from "../words/words.tsx";
import type { TaskWait } from "./work.ts";

/** What is to be done, the most pressing first, as the server orders it. */
export const waitWords: Record<TaskWait["kind"], Word> = {
  explain: "taskWorkExplain",
  confirm: "taskWorkConfirm",
  decide: "taskWorkExtension",
  report: "taskWorkReport",
  late: "taskWorkLate",
  due_soon: "taskWorkDue",
};
