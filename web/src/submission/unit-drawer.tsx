import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Skeleton, Space } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import { formatPeriod } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { CellDrawer } from "./cell-drawer.tsx";
import { ExceptionDialog } from "./exception-dialog.tsx";
import { ReturnDialog } from "./return-dialog.tsx";
import type { Grid } from "./types.ts";
import { UnitFigures } from "./unit-figures.tsx";
import { useActs } from "./use-acts.ts";
import { gridKey } from "./use-draft.ts";
import "./entry.css";

type Props = {
  submission: string | null;
  /** Whether the caller may open entry again for a unit that is locked. */
  exception: boolean;
  before: string | null;
  after: string | null;
  onOpen: (submission: string) => void;
  onDone: () => void;
  onClose: () => void;
};

/** One unit's figures as handed up: what changed, what they rest on, and the buttons that decide. */
export function UnitDrawer({ submission, exception, before, after, onOpen, onDone, onClose }: Props) {
  const t = useWords();
  const [marks, setMarks] = useState<Record<string, string>>({});
  const [cell, setCell] = useState<string | null>(null);
  const [asking, setAsking] = useState<"return" | "exception" | null>(null);
  const [shown, setShown] = useState(submission);
  if (shown !== submission) {
    setShown(submission);
    setMarks({});
    setCell(null);
    setAsking(null);
  }
  const query = useQuery({
    queryKey: gridKey(submission ?? ""),
    queryFn: () => api.get<Grid>(`/api/submissions/${submission}`),
    enabled: submission !== null,
  });
  useLiveRefresh(gridKey(submission ?? ""), (change) => change.subject_id === submission);
  const grid = query.data;
  return (
    <Drawer
      open={submission !== null}
      onClose={onClose}
      size={1080}
      title={grid ? `${grid.submission.unit.name} · ${formatPeriod(grid.submission.period, t)}` : t("loading")}
      styles={{ wrapper: { maxWidth: "100vw" } }}
      destroyOnHidden
      extra={
        <Space.Compact>
          <Button icon={<LeftOutlined />} aria-label={t("unitBefore")} title={t("unitBefore")} disabled={!before} onClick={() => before && onOpen(before)} />
          <Button icon={<RightOutlined />} aria-label={t("unitAfter")} title={t("unitAfter")} disabled={!after} onClick={() => after && onOpen(after)} />
        </Space.Compact>
      }
      footer={grid && decides(grid, exception) && <Deciding key={grid.submission.id} grid={grid} exception={exception} marks={marks} onAsk={setAsking} onDone={onDone} />}
    >
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && submission !== null && <Skeleton active paragraph={{ rows: 12 }} />}
      {grid && (
        <>
          <UnitFigures
            grid={grid}
            marks={marks}
            onMark={(indicator, comment) =>
              setMarks((old) => {
                const { [indicator]: _, ...rest } = old;
                return comment === null ? rest : { ...rest, [indicator]: comment };
              })
            }
            onCell={setCell}
          />
          <CellDrawer grid={grid} row={grid.rows.find((row) => row.indicator.id === cell) ?? null} onClose={() => setCell(null)} />
          {asking === "return" && <ReturnDialog grid={grid} marks={marks} onClose={() => setAsking(null)} onDone={onDone} />}
          {asking === "exception" && <ExceptionDialog submission={grid.submission} onClose={() => setAsking(null)} />}
        </>
      )}
    </Drawer>
  );
}

function isLocked(grid: Grid): boolean {
  return grid.window === "locked" || grid.submission.state === "approved" || grid.submission.state === "received";
}

function decides({ may, ...grid }: Grid, exception: boolean): boolean {
  return may.enter || may.return || may.approve || may.receive || (exception && isLocked({ may, ...grid }));
}

type DecidingProps = {
  grid: Grid;
  exception: boolean;
  marks: Record<string, string>;
  onAsk: (what: "return" | "exception") => void;
  onDone: () => void;
};

function Deciding({ grid, exception, marks, onAsk, onDone }: DecidingProps) {
  const t = useWords();
  const go = useGo();
  const acts = useActs();
  const { may, submission } = grid;
  const marked = Object.keys(marks).length;
  const done = async (act: Promise<boolean>) => {
    if (await act) onDone();
  };
  const locked = isLocked(grid);
  return (
    <div className="drawer-foot">
      {marked > 0 && <span className="tone-late">{t("markedCount", { n: marked })}</span>}
      <span className="grow" />
      {exception && locked && <Button onClick={() => onAsk("exception")}>{t("exceptionButton")}</Button>}
      {may.enter && <Button onClick={() => go(`/entry/${submission.id}`)}>{t("openForm")}</Button>}
      {may.return && (
        <Button danger onClick={() => onAsk("return")}>
          {t("giveBack")}
        </Button>
      )}
      {may.approve && (
        <Button type="primary" loading={acts.busy} onClick={() => void done(acts.approve(submission))}>
          {t("approve")}
        </Button>
      )}
      {may.receive && (
        <Button type="primary" loading={acts.busy} onClick={() => void done(acts.receive(submission))}>
          {t("receive")}
        </Button>
      )}
    </div>
  );
}
