import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Input, Modal, Skeleton, Typography } from "antd";
import { useState } from "react";
import { api, Problem } from "../api/client.ts";
import type { SubmissionState, UnitRef } from "../api/types.ts";
import { formatPeriod } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { StateSign } from "./state-signs.tsx";
import type { Matrix } from "./types.ts";

type Missing = { missing: { unit: UnitRef; state: SubmissionState }[] };
type Closed = Missing & { filled_submission_id: string | null };

/** Chốt kỳ: who is missing, by name; closing over a gap has to be said. */
export function CloseDialog({ matrix, onClose }: { matrix: Matrix; onClose: () => void }) {
  const t = useWords();
  const go = useGo();
  const client = useQueryClient();
  const base = `/api/assignments/${matrix.assignment.id}/periods/${matrix.period}`;
  const query = useQuery({ queryKey: ["missing", matrix.assignment.id, matrix.period], queryFn: () => api.get<Missing>(`${base}/missing`), staleTime: 0 });
  const [accepted, setAccepted] = useState(false);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [closed, setClosed] = useState<Closed | null>(null);
  const missing = query.data?.missing ?? [];
  const period = formatPeriod(matrix.period, t);

  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setClosed(await api.post<Closed>(`${base}/close`, { accept_missing: accepted, note: note.trim() || null }));
      void client.invalidateQueries({ queryKey: ["matrix"] });
      void client.invalidateQueries({ queryKey: ["my-work"] });
    } catch (error) {
      setProblem(error instanceof Problem ? error.message : t("offlineShort"));
      void query.refetch();
    } finally {
      setBusy(false);
    }
  };

  if (closed)
    return (
      <Modal
        open
        title={t("closedTitle", { period })}
        onCancel={onClose}
        footer={
          <>
            <Button onClick={onClose}>{t("close")}</Button>
            {closed.filled_submission_id && (
              <Button type="primary" onClick={() => go(`/entry/${closed.filled_submission_id}`)}>
                {t("openOwn")}
              </Button>
            )}
          </>
        }
      >
        <Typography.Paragraph>
          {t(closed.filled_submission_id ? "closedFilled" : "closedDone", { unit: matrix.assignment.from.name })}
        </Typography.Paragraph>
        {closed.missing.length > 0 && <Typography.Paragraph>{t("closedMissing", { n: closed.missing.length })}</Typography.Paragraph>}
      </Modal>
    );
  return (
    <Modal
      open
      width={640}
      title={t("closeTitle", { period, report: matrix.assignment.report.title })}
      okText={t("closePeriod")}
      okButtonProps={{ style: query.isPending || (missing.length > 0 && !accepted) ? { display: "none" } : undefined }}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => void send()}
      onCancel={onClose}
    >
      {query.isPending && <Skeleton active />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {problem && <Alert type="error" showIcon title={problem} role="alert" />}
      {query.data && missing.length === 0 && <Typography.Paragraph>{t("closeAllThere", { n: matrix.tally.assigned })}</Typography.Paragraph>}
      {missing.length > 0 && (
        <>
          <Typography.Paragraph>{t("closeMissing", { n: missing.length })}</Typography.Paragraph>
          <div className="missing-box">
            <ol className="missing-list">
              {missing.map(({ unit, state }) => (
                <li key={unit.id}>
                  {unit.name} <StateSign state={state} onTime={null} words />
                </li>
              ))}
            </ol>
          </div>
          <Checkbox checked={accepted} onChange={(event) => setAccepted(event.target.checked)}>
            {t("closeAccept", { n: missing.length })}
          </Checkbox>
        </>
      )}
      {query.data && (
        <Input.TextArea
          style={{ marginTop: 12 }}
          rows={2}
          maxLength={2000}
          value={note}
          placeholder={t("closeNote")}
          aria-label={t("closeNote")}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      <Typography.Paragraph type="secondary" style={{ marginTop: 8 }}>
        {t("closeAfter")}
      </Typography.Paragraph>
    </Modal>
  );
}
