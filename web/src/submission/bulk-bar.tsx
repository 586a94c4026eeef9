import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Space } from "antd";
import { useState } from "react";
import { api, Problem } from "../api/client.ts";
import { useWords, type Word } from "../words/words.tsx";
import { actionable, type BulkAction, type MatrixMay } from "./matrix-filter.ts";
import type { MatrixRow } from "./types.ts";

type Props = {
  rows: MatrixRow[];
  may: MatrixMay;
  onClear: () => void;
};

type BulkReply = { done: string[]; refused: { id: string; code: string; title: string }[] };

const words: Record<BulkAction, { button: Word; done: Word }> = {
  approve: { button: "bulkApprove", done: "bulkApproved" },
  receive: { button: "bulkReceive", done: "bulkReceived" },
  return: { button: "bulkReturn", done: "bulkReturned" },
};

/** What can be done at once with the units that are chosen; each is judged by itself and refusals are told by name. */
export function BulkBar({ rows, may, onClear }: Props) {
  const t = useWords();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [busy, setBusy] = useState<BulkAction | null>(null);

  const send = async (action: BulkAction, chosen: MatrixRow[], reason?: string) => {
    setBusy(action);
    try {
      const items = chosen.map((row) => ({ id: row.submission_id, version: row.version }));
      const reply = await api.post<BulkReply>("/api/submissions/bulk", { action, items, ...(reason ? { reason } : {}) });
      if (reply.done.length > 0) void message.success(t(words[action].done, { n: reply.done.length }));
      if (reply.refused.length > 0) refused(reply.refused);
      onClear();
    } catch (error) {
      void message.error(error instanceof Problem ? error.message : t("offlineShort"));
    } finally {
      setBusy(null);
      void client.invalidateQueries({ queryKey: ["matrix"] });
      void client.invalidateQueries({ queryKey: ["my-work"] });
    }
  };
  const refused = (list: BulkReply["refused"]) => {
    const names = new Map(rows.map((row) => [row.submission_id, row.unit.name]));
    modal.warning({
      title: t("bulkRefused", { n: list.length }),
      width: 560,
      content: (
        <ul className="gap-list">
          {list.map((one) => (
            <li key={one.id}>
              <strong>{names.get(one.id)}</strong>: {one.title}
            </li>
          ))}
        </ul>
      ),
    });
  };
  const ask = (chosen: MatrixRow[]) => {
    let reason = "";
    modal.confirm({
      title: t("bulkReturnTitle", { n: chosen.length }),
      content: (
        <>
          <p>{chosen.map((row) => row.unit.name).join(", ")}</p>
          <Input.TextArea autoFocus rows={3} maxLength={1000} placeholder={t("returnReason")} aria-label={t("returnReason")} onChange={(event) => (reason = event.target.value)} />
        </>
      ),
      okText: t("giveBack"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: async () => {
        if (!reason.trim()) {
          void message.error(t("returnReasonNeeded"));
          throw new Error("reason");
        }
        await send("return", chosen, reason.trim());
      },
    });
  };

  const button = (action: BulkAction) => {
    const chosen = actionable(rows, action, may);
    if (chosen.length === 0) return null;
    return (
      <Button
        key={action}
        type={action === "return" ? "default" : "primary"}
        danger={action === "return"}
        loading={busy === action}
        onClick={() => (action === "return" ? ask(chosen) : void send(action, chosen))}
      >
        {t(words[action].button, { n: chosen.length })}
      </Button>
    );
  };
  return (
    <div className="bulk-bar no-print" role="region" aria-label={t("bulkLabel")}>
      <strong>{t("bulkChosen", { n: rows.length })}</strong>
      <Space wrap>
        {button("receive")}
        {button("approve")}
        {button("return")}
        <Button type="text" onClick={onClear}>
          {t("bulkClear")}
        </Button>
      </Space>
    </div>
  );
}
