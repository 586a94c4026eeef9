import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback, useState } from "react";
import { api, Offline, Problem } from "../api/client.ts";
import { useWords } from "../words/words.tsx";
import type { Submission } from "./types.ts";
import { gridKey } from "./use-draft.ts";

export type Mark = { indicator_id: string; comment: string };

/** Acts on one submitted version: approve, receive, return. Answers whether it was done. */
export function useActs() {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (submission: Submission, path: string, body: unknown, said: string) => {
      setBusy(true);
      try {
        await api.post(`/api/submissions/${submission.id}/${path}`, body, { ifMatch: submission.revision });
        void message.success(said);
        return true;
      } catch (error) {
        void message.error(error instanceof Problem ? error.message : t(error instanceof Offline ? "offlineShort" : "failed"));
        return false;
      } finally {
        setBusy(false);
        void client.invalidateQueries({ queryKey: gridKey(submission.id) });
        void client.invalidateQueries({ queryKey: ["matrix"] });
        void client.invalidateQueries({ queryKey: ["my-work"] });
      }
    },
    [client, message, t],
  );
  return {
    busy,
    approve: (submission: Submission) =>
      run(submission, "approve", { version: submission.version }, t("approvedSaid", { unit: submission.unit.name })),
    receive: (submission: Submission) =>
      run(submission, "receive", { version: submission.version }, t("receivedSaid", { unit: submission.unit.name })),
    giveBack: (submission: Submission, reason: string, marks: Mark[]) =>
      run(submission, "return", { reason, marks }, t("returnedDone", { unit: submission.unit.name })),
  };
}
