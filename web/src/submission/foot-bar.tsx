import {
  CheckCircleFilled,
  ClockCircleFilled,
  DisconnectOutlined,
  DownOutlined,
  SyncOutlined,
  WarningFilled,
} from "@ant-design/icons";
import { Button, Dropdown, Space, Tooltip, type MenuProps } from "antd";
import type { ReactNode } from "react";
import { formatClock, formatTime } from "../format/format.ts";
import { Bar } from "../parts/bar.tsx";
import { State, type Tone } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import type { Draft } from "./use-draft.ts";
import type { Grid } from "./types.ts";

type Props = {
  grid: Grid;
  draft: Draft;
  invalid: number;
  busy: boolean;
  onFirstInvalid: () => void;
  onSubmit: () => void;
  onRecall: () => void;
  more: MenuProps["items"];
};

/** What is saved and what is not, in one line with the two buttons that end the work. */
export function FootBar({ grid, draft, invalid, busy, onFirstInvalid, onSubmit, onRecall, more }: Props) {
  const t = useWords();
  const { may } = grid;
  return (
    <footer className="foot-bar no-print">
      {may.enter && <Saving draft={draft} />}
      {invalid > 0 && (
        <button type="button" className="link-button" onClick={onFirstInvalid}>
          <State tone="late" icon={<WarningFilled />}>
            {t("cellsInvalid", { n: invalid })}
          </State>
        </button>
      )}
      <span style={{ minWidth: 140 }}>
        <Bar part={draft.filled} whole={grid.rows.length} label={t("cellsFilled")} tone={draft.filled === grid.rows.length ? "done" : "info"} />
      </span>
      <span className="grow" />
      <Space wrap size={8}>
        {more && more.length > 0 && (
          <Dropdown trigger={["click"]} menu={{ items: more }} placement="topRight">
            <Button>
              {t("moreActions")} <DownOutlined aria-hidden="true" />
            </Button>
          </Dropdown>
        )}
        {may.recall && (
          <Button loading={busy} onClick={onRecall}>
            {t("recall")}
          </Button>
        )}
        {may.submit && (
          <Button type="primary" loading={busy} onClick={onSubmit}>
            {t("submit")}
          </Button>
        )}
      </Space>
    </footer>
  );
}

function Saving({ draft }: { draft: Draft }) {
  const t = useWords();
  const [tone, icon, text]: [Tone, ReactNode, string] = draft.offline
    ? ["soon", <DisconnectOutlined key="i" />, t("savingOffline", { n: draft.waiting })]
    : draft.sending
      ? ["none", <SyncOutlined key="i" />, t("savingNow")]
      : draft.waiting > 0
        ? ["soon", <ClockCircleFilled key="i" />, t("cellsWaiting", { n: draft.waiting })]
        : draft.savedAt
          ? ["done", <CheckCircleFilled key="i" />, t("savedAt", { at: formatClock(draft.savedAt) })]
          : ["done", <CheckCircleFilled key="i" />, t("savedAll")];
  return (
    <Tooltip title={draft.savedAt ? formatTime(draft.savedAt) : undefined}>
      <span role="status" aria-live="polite">
        <State tone={tone} icon={icon}>
          {text}
        </State>
      </span>
    </Tooltip>
  );
}
