import { App, type FormInstance } from "antd";
import { Problem } from "../api/client.ts";
import { useWords } from "../words/words.tsx";

/** How long a sentence stays that has to be read and understood. */
const READ_S = 10;

/** Shows what the server refused: at the field it names ("rule/day") when the form has it, as a message otherwise. */
export function useShowProblem(): (error: unknown, form?: FormInstance) => void {
  const t = useWords();
  const { message } = App.useApp();
  return (error, form) => {
    if (!(error instanceof Problem)) {
      void message.error({ content: t("offlineShort"), duration: READ_S });
      return;
    }
    if (error.code === "sudo_required") return;
    const all = error.errors.length
      ? error.errors
      : [{ field: error.field ?? "", title: error.message, code: error.code }];
    const names = new Map((form?.getFieldsError() ?? []).map(({ name }) => [name.join("/"), name]));
    const stray: string[] = [];
    for (const problem of all) {
      const name = names.get(problem.field);
      if (name) form?.setFields([{ name, errors: [problem.title] }]);
      else stray.push(problem.title);
    }
    for (const content of stray.slice(0, 3)) void message.error({ content, duration: READ_S });
  };
}
