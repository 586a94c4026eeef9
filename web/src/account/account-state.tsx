import { LockOutlined, StopOutlined } from "@ant-design/icons";
import type { Account, AccountState } from "../api/accounts.ts";
import { formatTime } from "../format/format.ts";
import { State, type Tone } from "../parts/state.tsx";
import { serverNow } from "../session/clock.ts";
import { useWords, type Word } from "../words/words.tsx";

export const accountStates: Record<AccountState, { tone: Tone; word: Word }> = {
  proposed: { tone: "soon", word: "accountProposed" },
  active: { tone: "done", word: "accountActive" },
  disabled: { tone: "none", word: "accountDisabled" },
  refused: { tone: "late", word: "accountRefused" },
};

export function isLocked(account: Pick<Account, "locked_until">): boolean {
  return account.locked_until !== null && Date.parse(account.locked_until) > serverNow();
}

export function AccountStateTag({ account }: { account: Pick<Account, "state" | "locked_until"> }) {
  const t = useWords();
  const look = accountStates[account.state];
  if (account.state === "active" && isLocked(account)) {
    return (
      <State tone="late" icon={<LockOutlined />}>
        {t("accountLockedUntil", { time: formatTime(account.locked_until) })}
      </State>
    );
  }
  return (
    <State tone={look.tone} icon={account.state === "disabled" ? <StopOutlined /> : undefined}>
      {t(look.word)}
    </State>
  );
}
