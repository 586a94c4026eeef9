import { LockOutlined } from "@ant-design/icons";
import type { AssignmentPeriod } from "../api/assignments.ts";
import { State } from "../parts/state.tsx";
import { useNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";

/** Open, past its deadline but not closed, or closed. */
export function PeriodState({ period }: { period: Pick<AssignmentPeriod, "state" | "deadline"> }) {
  const t = useWords();
  const now = useNow();
  if (period.state === "closed") {
    return (
      <State tone="done" icon={<LockOutlined />}>
        {t("periodClosed")}
      </State>
    );
  }
  const past = Date.parse(period.deadline.before) <= now;
  return <State tone={past ? "late" : "soon"}>{t(past ? "periodPast" : "periodOpen")}</State>;
}
