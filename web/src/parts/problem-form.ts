import { App, type FormInstance } from "antd";
import { Problem } from "../api/client.ts";
import { useWords } from "../words/words.tsx";

/** Shows what the server refused: at the field it names when the form has it, as a message otherwise. */
export function useShowProblem(): (error: unknown, form?: FormInstance) => void {
  const t = useWords();
  const { message } = App.useApp();
  return (error, form) => {
    if (!(error instanceof Problem)) {
      void message.error(t("offlineShort"));
      return;
    }
    const known = new Set(Object.keys((form?.getFieldsValue(true) as object | undefined) ?? {}));
    const all = error.errors.length
      ? error.errors
      : [{ field: error.field ?? "", title: error.message, code: error.code }];
    const placed = all.filter((problem) => known.has(problem.field));
    form?.setFields(placed.map((problem) => ({ name: problem.field, errors: [problem.title] })));
    for (const problem of all.filter((one) => !known.has(one.field)).slice(0, 3)) void message.error(problem.title);
  };
}
