import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Input, Skeleton, Space, Tag, Typography } from "antd";
import { useEffect, useState } from "react";
import { api } from "../api/client.ts";
import type { Indicator } from "../api/types.ts";
import { formatNumber, formatPeriod, formatTime } from "../format/format.ts";
import { CellValue, targetText, valueText } from "../parts/cell-value.tsx";
import { Failure } from "../parts/failure.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { useLanguage, useWords, type Word } from "../words/words.tsx";
import { emptied } from "./paste.ts";
import { EvidenceFiles } from "./evidence-files.tsx";
import type { Draft } from "./use-draft.ts";
import type { CellPanel, Grid, GridRow } from "./types.ts";

type Props = { grid: Grid; row: GridRow | null; draft?: Draft; onClose: () => void };

const accruals: Record<Indicator["accrual"], Word> = { stock: "accrualStock", flow: "accrualFlow", cumulative: "accrualCumulative" };

/** Everything about one cell: what it means, how it went, who changed it, its note and files. */
export function CellDrawer({ grid, row, draft, onClose }: Props) {
  return (
    <Drawer
      open={row !== null}
      onClose={onClose}
      size={520}
      title={row ? `${row.indicator.code} ${row.indicator.name}` : ""}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: "100vw" } }}
    >
      {row && <CellAbout key={row.indicator.id} grid={grid} row={row} draft={draft} />}
    </Drawer>
  );
}

function CellAbout({ grid, row, draft }: { grid: Grid; row: GridRow; draft?: Draft }) {
  const t = useWords();
  const { indicator } = row;
  const id = grid.submission.id;
  const panel = useQuery({
    queryKey: ["grid", id, "cell", indicator.id, grid.submission.version],
    queryFn: () => api.get<CellPanel>(`/api/submissions/${id}/cells/${indicator.id}`),
  });
  return (
    <Space orientation="vertical" size="middle" style={{ width: "100%" }}>
      <Meaning row={row} />
      {draft && grid.may.enter && <NoteAndNil row={row} draft={draft} />}
      {!(draft && grid.may.enter) && row.cell.note && (
        <section>
          <h2>{t("noteColumn")}</h2>
          <Typography.Paragraph>{row.cell.note}</Typography.Paragraph>
        </section>
      )}
      <section>
        <h2>{t("evidenceColumn")}</h2>
        <EvidenceFiles submission={id} indicator={indicator.id} files={row.evidence} rules={grid.evidence_rules} attach={grid.may.attach} />
      </section>
      {panel.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {panel.isError && <Failure error={panel.error} retry={() => void panel.refetch()} />}
      {panel.data && (
        <>
          <History row={row} grid={grid} panel={panel.data} />
          <Versions panel={panel.data} indicator={indicator} />
          <Marks panel={panel.data} />
        </>
      )}
    </Space>
  );
}

function Meaning({ row }: { row: GridRow }) {
  const t = useWords();
  const language = useLanguage();
  const { indicator } = row;
  const facts: [string, string][] = [
    [t("unitOfMeasure"), indicator.unit_of_measure],
    [t("accrual"), t(accruals[indicator.accrual])],
    [t("targetColumn"), targetText(row.target, language)],
    [t("allowedRange"), indicator.min !== null || indicator.max !== null ? `${formatNumber(indicator.min, language) || "…"} – ${formatNumber(indicator.max, language) || "…"}` : ""],
    [t("median"), formatNumber(row.median, language)],
    [t("source"), indicator.source],
    [t("resolution"), indicator.resolution],
  ];
  return (
    <section>
      <Space size={4} wrap>
        {row.required && <Tag>{t("requiredFigure")}</Tag>}
        {row.evidence_required && <Tag>{t("evidenceRequired")}</Tag>}
        {indicator.illustrative && <Tag>{t("illustrative")}</Tag>}
      </Space>
      {indicator.definition && <Typography.Paragraph>{indicator.definition}</Typography.Paragraph>}
      <table className="history-table">
        <tbody>
          {facts
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function NoteAndNil({ row, draft }: { row: GridRow; draft: Draft }) {
  const t = useWords();
  const typed = draft.typedOf(row);
  const [note, setNote] = useState(typed.note);
  const id = row.indicator.id;
  useEffect(() => setNote(typed.note), [typed.note]);
  return (
    <section>
      <h2>{t("noteColumn")}</h2>
      <Input.TextArea
        value={note}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        aria-label={t("noteColumn")}
        placeholder={t("notePlaceholder")}
        onChange={(event) => {
          setNote(event.target.value);
          draft.hold(id, { ...typed, note: event.target.value });
        }}
        onBlur={() => {
          draft.hold(id, null);
          draft.change([{ id, typed: { ...draft.typedOf(row), note: note.trim() } }]);
        }}
      />
      <Button
        size="small"
        style={{ marginTop: 8 }}
        aria-pressed={typed.nil}
        onClick={() => draft.change([{ id, typed: { ...emptied(typed), nil: !typed.nil } }])}
      >
        {t(typed.nil ? "nilUndo" : "nilCell")}
      </Button>
    </section>
  );
}

function History({ row, grid, panel }: { row: GridRow; grid: Grid; panel: CellPanel }) {
  const t = useWords();
  const language = useLanguage();
  const { indicator } = row;
  const known = panel.history.slice(0, 12);
  if (known.length === 0)
    return (
      <section>
        <h2>{t("historyTitle")}</h2>
        <Typography.Text type="secondary">{t("historyNone")}</Typography.Text>
      </section>
    );
  const now = row.cell.present ? row.cell.value : null;
  return (
    <section>
      <h2>{t("historyTitle")}</h2>
      {indicator.value_type !== "text" && <Sparkline values={[...row.history, now]} target={row.target?.value} width={460} height={56} />}
      <table className="history-table">
        <thead>
          <tr>
            <th scope="col">{t("period")}</th>
            {indicator.value_type === "percentage" && (
              <>
                <th scope="col" className="number">
                  {t("numerator")}
                </th>
                <th scope="col" className="number">
                  {t("denominator")}
                </th>
              </>
            )}
            <th scope="col" className="number">
              {t("valueColumn")}
            </th>
            <th scope="col">{t("stateColumn")}</th>
          </tr>
        </thead>
        <tbody>
          {known.map((past) => (
            <tr key={past.period}>
              <td>{formatPeriod(past.period, t)}</td>
              {indicator.value_type === "percentage" && (
                <>
                  <td className="number">{formatNumber(past.numerator, language)}</td>
                  <td className="number">{formatNumber(past.denominator, language)}</td>
                </>
              )}
              <td className="number">{valueText(past.value, indicator, t, language)}</td>
              <td>{t(past.basis === "approved" ? "approvedFigure" : "provisional")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Typography.Text type="secondary">{t("historyOf", { unit: grid.submission.unit.name })}</Typography.Text>
    </section>
  );
}

function Versions({ panel, indicator }: { panel: CellPanel; indicator: Indicator }) {
  const t = useWords();
  if (panel.versions.length === 0) return null;
  return (
    <section>
      <h2>{t("versionsTitle")}</h2>
      <ul className="panel-list">
        {panel.versions.map((version) => (
          <li key={version.version}>
            <strong>{t("versionNo", { n: version.version })}</strong> <CellValue cell={version.cell} indicator={indicator} />
            <br />
            <Typography.Text type="secondary">{t("submittedBy", { who: version.by?.name ?? "", at: formatTime(version.at) })}</Typography.Text>
            {version.approved_at && (
              <>
                <br />
                <Typography.Text type="secondary">{t("approvedBy", { who: version.approved_by?.name ?? "", at: formatTime(version.approved_at) })}</Typography.Text>
              </>
            )}
            {version.cell.note && (
              <>
                <br />
                {t("noteColumn")}: {version.cell.note}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Marks({ panel }: { panel: CellPanel }) {
  const t = useWords();
  if (panel.marks.length === 0) return null;
  return (
    <section>
      <h2>{t("marksTitle")}</h2>
      <ul className="panel-list">
        {panel.marks.map((mark) => (
          <li key={`${mark.at} ${mark.comment}`}>
            {mark.comment}
            <br />
            <Typography.Text type="secondary">
              {mark.by?.name ?? ""} · {formatTime(mark.at)}
            </Typography.Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
