import { App, Modal, Table, Typography } from "antd";
import { useState } from "react";
import { upload } from "../api/client.ts";
import { typedAmount } from "../format/amount.ts";
import { formatNumber } from "../format/format.ts";
import { State } from "../parts/state.tsx";
import { useLanguage, useWords } from "../words/words.tsx";
import { typedOf, type Typed } from "./cell-input.ts";
import type { Draft, Edit } from "./use-draft.ts";
import type { Grid } from "./types.ts";

export type SheetRow = {
  line: number;
  indicator_id: string | null;
  code: string;
  numerator: string | null;
  denominator: string | null;
  value: string | null;
  text: string | null;
  note: string | null;
  nil: boolean;
  errors: { column: string; code: string; title: string }[];
};
export type SheetReply = { rows: SheetRow[]; valid: number; invalid: number };

export function readSheet(submission: string, file: File): Promise<SheetReply> {
  return upload<SheetReply>(`/api/submissions/${submission}/sheet`, file, () => {});
}

function typedOfSheet(row: SheetRow, before: Typed): Typed {
  return {
    ...before,
    value: typedAmount(row.value),
    numerator: typedAmount(row.numerator),
    denominator: typedAmount(row.denominator),
    text: row.text ?? "",
    note: row.note ?? before.note,
    nil: row.nil,
  };
}

function figure(row: SheetRow, nil: string, language: string): string {
  if (row.nil) return nil;
  if (row.numerator !== null || row.denominator !== null)
    return `${formatNumber(row.numerator, language)} / ${formatNumber(row.denominator, language)}`;
  return formatNumber(row.value, language) || row.text || "";
}

/** What an Excel file would put into the form, row by row with its errors; nothing is taken before it is accepted. */
export function SheetDialog({ grid, draft, sheet, onClose }: { grid: Grid; draft: Draft; sheet: SheetReply; onClose: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const { message } = App.useApp();
  const [onlyWrong, setOnlyWrong] = useState(sheet.invalid > 0);
  const rows = new Map(grid.rows.map((row) => [row.indicator.id, row]));
  const good = sheet.rows.filter((row) => row.errors.length === 0 && row.indicator_id !== null && rows.has(row.indicator_id));
  const accept = () => {
    const edits = good.map((row): Edit => {
      const target = rows.get(row.indicator_id!)!;
      return { id: row.indicator_id!, typed: typedOfSheet(row, draft.queue[row.indicator_id!]?.typed ?? typedOf(target.cell)) };
    });
    draft.change(edits);
    void message.success(t("sheetTaken", { n: edits.length }));
    onClose();
  };
  const shown = onlyWrong ? sheet.rows.filter((row) => row.errors.length > 0) : sheet.rows;
  return (
    <Modal
      open
      width={900}
      title={t("sheetTitle")}
      okText={t("sheetAccept", { n: good.length })}
      cancelText={t("cancel")}
      okButtonProps={{ style: good.length === 0 ? { display: "none" } : undefined }}
      onOk={accept}
      onCancel={onClose}
    >
      <Typography.Paragraph>
        <State tone="done">{t("sheetValid", { n: sheet.valid })}</State>{" "}
        {sheet.invalid > 0 && <State tone="late">{t("sheetInvalid", { n: sheet.invalid })}</State>}{" "}
        {sheet.invalid > 0 && (
          <button type="button" className="link-button" onClick={() => setOnlyWrong(!onlyWrong)}>
            {t(onlyWrong ? "sheetShowAll" : "sheetShowWrong")}
          </button>
        )}
      </Typography.Paragraph>
      <Table
        size="small"
        rowKey="line"
        pagination={shown.length > 100 ? { pageSize: 100 } : false}
        scroll={{ x: 640, y: 420 }}
        dataSource={shown}
        columns={[
          { title: t("sheetLine"), dataIndex: "line", width: 64 },
          {
            title: t("indicatorColumn"),
            render: (_, row) => `${row.code} ${row.indicator_id ? (rows.get(row.indicator_id)?.indicator.name ?? "") : ""}`,
          },
          { title: t("valueColumn"), width: 150, align: "end", render: (_, row) => figure(row, t("nilShort"), language) },
          {
            title: t("sheetResult"),
            render: (_, row) =>
              row.errors.length === 0 ? (
                <State tone="done">{t("sheetGood")}</State>
              ) : (
                row.errors.map((error) => (
                  <div key={`${error.column} ${error.code}`} className="tone-late">
                    {error.column && <strong>{t("sheetColumn", { column: error.column })} </strong>}
                    {error.title}
                  </div>
                ))
              ),
          },
        ]}
      />
    </Modal>
  );
}
