import { Alert, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { Problem } from "../api/client.ts";
import { useWords } from "../words/words.tsx";
import { isEmpty } from "./cell-input.ts";
import type { Draft } from "./use-draft.ts";
import type { Grid, GridRow } from "./types.ts";

type Props = {
  grid: Grid;
  draft: Draft;
  nil: boolean;
  problem: Problem | null;
  busy: boolean;
  onGoTo: (indicator: string) => void;
  onSubmit: (lateReason: string | null) => void;
  onClose: () => void;
};

type Gap = { row: GridRow; sentence: string };

/** What keeps the form from being submitted, as far as the browser can tell; the server judges again. */
function useGaps(grid: Grid, draft: Draft): Gap[] {
  const t = useWords();
  return grid.rows.flatMap((row): Gap[] => {
    const typed = draft.typedOf(row);
    const waiting = draft.queue[row.indicator.id];
    if (waiting) return [{ row, sentence: t(waiting.conflict ? "cellConflict" : "cellInvalid") }];
    if (row.required && isEmpty(row.indicator, typed)) return [{ row, sentence: t("gapRequired") }];
    if (row.evidence_required && row.evidence.length === 0 && !typed.nil && !isEmpty(row.indicator, typed))
      return [{ row, sentence: t("evidenceWanted") }];
    return [];
  });
}

/** "cells/TN01/numerator" names the indicator by its code. */
function rowOfField(grid: Grid, field: string): GridRow | undefined {
  const code = field.split("/")[1];
  return grid.rows.find((row) => row.indicator.code === code);
}

function GapList({ gaps, onGoTo }: { gaps: Gap[]; onGoTo: (indicator: string) => void }) {
  return (
    <ul className="gap-list">
      {gaps.map(({ row, sentence }) => (
        <li key={`${row.indicator.id} ${sentence}`}>
          <button type="button" className="link-button" onClick={() => onGoTo(row.indicator.id)}>
            {row.indicator.code} {row.indicator.name}
          </button>
          <br />
          <Typography.Text type="secondary">{sentence}</Typography.Text>
        </li>
      ))}
    </ul>
  );
}

/** Trình: what is in it, what is missing with the way there, and the reason when it is late. */
export function SubmitDialog({ grid, draft, nil, problem, busy, onGoTo, onSubmit, onClose }: Props) {
  const t = useWords();
  const [reason, setReason] = useState(grid.submission.late_reason ?? "");
  const [asked, setAsked] = useState(false);
  const gaps = useGaps(grid, draft);
  const found = problem?.errors.flatMap((error): Gap[] => {
    const row = rowOfField(grid, error.field);
    return row ? [{ row, sentence: error.title }] : [];
  });
  const blocking = nil ? [] : found && found.length > 0 ? found : gaps;
  const warned = grid.rows.filter((row) => (row.cell.warnings ?? []).length > 0);
  const nils = grid.rows.filter((row) => draft.typedOf(row).nil).length;
  const late = grid.window === "late" && grid.submission.first_submitted_at === null;
  const lacking = late && reason.trim() === "";
  const send = () => {
    setAsked(true);
    if (!lacking) onSubmit(late ? reason.trim() : null);
  };
  return (
    <Modal
      open
      title={t("submitTitle", { report: grid.submission.report.title })}
      okText={t(nil ? "submitNil" : "submit")}
      cancelText={t("cancel")}
      okButtonProps={{ style: blocking.length > 0 ? { display: "none" } : undefined, loading: busy }}
      onOk={send}
      onCancel={onClose}
    >
      {problem && (!found || found.length === 0) && <Alert type="error" showIcon title={problem.message} role="alert" />}
      {blocking.length > 0 ? (
        <>
          <Typography.Paragraph>{t("submitGaps", { n: blocking.length })}</Typography.Paragraph>
          <GapList gaps={blocking} onGoTo={onGoTo} />
        </>
      ) : (
        <>
          <Typography.Paragraph>
            {nil ? t("submitNilSure", { n: grid.rows.length }) : t("submitSummary", { filled: draft.filled, total: grid.rows.length, nil: nils })}
          </Typography.Paragraph>
          {!nil && warned.length > 0 && (
            <>
              <Typography.Paragraph strong>{t("submitWarnings", { n: warned.length })}</Typography.Paragraph>
              <GapList gaps={warned.map((row) => ({ row, sentence: row.cell.warnings?.[0]?.title ?? "" }))} onGoTo={onGoTo} />
            </>
          )}
          {late && (
            <Form layout="vertical">
              <Form.Item
                label={t("lateReason")}
                required
                validateStatus={asked && lacking ? "error" : undefined}
                help={asked && lacking ? t("lateReasonNeeded") : t("lateReasonHint", { deadline: grid.deadline.wording })}
              >
                <Input.TextArea value={reason} maxLength={1000} rows={3} onChange={(event) => setReason(event.target.value)} aria-label={t("lateReason")} />
              </Form.Item>
            </Form>
          )}
          <Typography.Text type="secondary">{t("submitAfter")}</Typography.Text>
        </>
      )}
    </Modal>
  );
}
