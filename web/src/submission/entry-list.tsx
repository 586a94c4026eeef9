import { Empty, Skeleton } from "antd";
import { useMemo } from "react";
import { formatPeriod } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { FormCardView } from "../my-work/form-card.tsx";
import { isDue, useMyWork, type FormCard } from "../my-work/work.ts";
import "../my-work/my-work.css";
import { Failure } from "../parts/failure.tsx";
import { PeriodPicker } from "../parts/period-picker.tsx";
import { useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { unsentCounts } from "./draft-queue.ts";

/** /entry: my forms, of one period or of all that are open. */
export function EntryList() {
  const t = useWords();
  const session = useSession();
  const query = useMyWork();
  const [place, setPlace] = usePlace();
  const unsent = useMemo(() => unsentCounts(localStorage, session.account.id), [session.account.id, query.data]);
  const forms = (query.data?.cards ?? []).filter((card): card is FormCard => card.kind === "entry");
  const periods = [...new Set(forms.map((card) => card.period))].sort();
  const period = place.get("period");
  const shown = forms
    .filter((card) => !period || card.period === period)
    .sort((a, b) => Number(isDue(b)) - Number(isDue(a)) || a.deadline.before.localeCompare(b.deadline.before));
  return (
    <>
      <div className="screen-bar">
        <h1>{t("screenEntry")}</h1>
        {periods.length > 1 && <PeriodPicker periods={periods} value={period} onChange={(value) => setPlace({ period: value })} />}
        {period && (
          <button type="button" className="link-button" onClick={() => setPlace({ period: null })}>
            {t("allPeriods")}
          </button>
        )}
      </div>
      {query.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && shown.length === 0 && (
        <Empty description={period ? t("formsNonePeriod", { period: formatPeriod(period, t) }) : t("formsNone")} />
      )}
      <div className="work-cards">
        {shown.map((card) => (
          <FormCardView key={card.submission_id} card={card} unsent={unsent.get(card.submission_id) ?? 0} showUnit />
        ))}
      </div>
    </>
  );
}
