import {
  CheckCircleFilled,
  CheckOutlined,
  ClockCircleFilled,
  FormOutlined,
  MinusCircleOutlined,
  RollbackOutlined,
  SendOutlined,
  WarningFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { SubmissionState } from "../api/types.ts";
import { stateColors, useDark } from "../theme/theme.ts";
import { useWords, type Word } from "../words/words.tsx";

export type Tone = "done" | "soon" | "late" | "none" | "info";

export function useTone(tone: Tone): string {
  return stateColors[useDark() ? "dark" : "light"][tone];
}

/** A state by shape, hue and word: never by hue alone. */
export function State({ tone, icon, wrap, children }: { tone: Tone; icon?: ReactNode; wrap?: boolean; children: ReactNode }) {
  const color = useTone(tone);
  const shapes: Record<Tone, ReactNode> = {
    done: <CheckCircleFilled />,
    soon: <ClockCircleFilled />,
    late: <WarningFilled />,
    none: <MinusCircleOutlined />,
    info: <SendOutlined />,
  };
  return (
    <span className="state" style={{ color, whiteSpace: wrap ? "normal" : "nowrap" }}>
      <span aria-hidden="true">{icon ?? shapes[tone]}</span> {children}
    </span>
  );
}

const submissionStates: Record<SubmissionState, { tone: Tone; word: Word; icon: ReactNode }> = {
  draft: { tone: "none", word: "stateDraft", icon: <FormOutlined /> },
  submitted: { tone: "info", word: "stateSubmitted", icon: <SendOutlined /> },
  approved: { tone: "done", word: "stateApproved", icon: <CheckOutlined /> },
  received: { tone: "done", word: "stateReceived", icon: <CheckCircleFilled /> },
  returned: { tone: "late", word: "stateReturned", icon: <RollbackOutlined /> },
};

export function SubmissionStateTag({ state }: { state: SubmissionState }) {
  const t = useWords();
  const look = submissionStates[state];
  return (
    <State tone={look.tone} icon={look.icon}>
      {t(look.word)}
    </State>
  );
}
