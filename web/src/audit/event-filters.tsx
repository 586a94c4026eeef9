import { Button, Select } from "antd";
import type { LogQuery } from "../api/events.ts";
import { usePlace } from "../layout/place.ts";
import { AccountPicker } from "../parts/account-picker.tsx";
import { DayPicker } from "../parts/day-picker.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useMay, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { eventKinds } from "./event-kinds.ts";

/** The filters as they stand in the address. */
export function useLogQuery(): LogQuery {
  const [place] = usePlace();
  return {
    kind: place.get("kind") ?? undefined,
    unit_id: place.get("unit") ?? undefined,
    account_id: place.get("by") ?? undefined,
    subject_kind: place.get("subject_kind") ?? undefined,
    subject_id: place.get("subject_id") ?? undefined,
    from: place.get("from") ?? undefined,
    to: place.get("to") ?? undefined,
  };
}

export function EventFilters() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const root = homeUnit(useSession());
  const mayAccounts = useMay("account.read");
  const subject = place.get("subject_kind");
  return (
    <div className="filters no-print">
      <Select
        allowClear
        placeholder={t("eventKindAny")}
        aria-label={t("eventKind")}
        value={place.get("kind") ?? undefined}
        onChange={(kind?: string) => setPlace({ kind: kind ?? null })}
        options={eventKinds.map(({ kind, word }) => ({ value: kind, label: t(word) }))}
      />
      <UnitPicker root={root} value={place.get("unit")} onChange={(unit) => setPlace({ unit })} />
      {mayAccounts && (
        <AccountPicker value={place.get("by")} onChange={(by) => setPlace({ by })} placeholder={t("eventByAny")} />
      )}
      <DayPicker
        value={place.get("from")}
        label={t("from")}
        placeholder={t("from")}
        onChange={(from) => setPlace({ from })}
      />
      <DayPicker value={place.get("to")} label={t("to")} placeholder={t("to")} onChange={(to) => setPlace({ to })} />
      {subject && (
        <Button onClick={() => setPlace({ subject_kind: null, subject_id: null })}>{t("eventSubjectClear")}</Button>
      )}
    </div>
  );
}
