import { formatTime } from "../format/format.ts";
import { useWords } from "../words/words.tsx";
import type { WorkEvent } from "./work.ts";

/** What happened last in my scope. */
export function RecentEvents({ events }: { events: WorkEvent[] }) {
  const t = useWords();
  return (
    <section aria-label={t("recentEvents")}>
      <h2>{t("recentEvents")}</h2>
      <ol className="recent-events">
        {events.map((event) => (
          <li key={event.id ?? `${event.at} ${event.subject_id} ${event.kind}`}>
            <time dateTime={event.at}>{formatTime(event.at)}</time> <span>{event.sentence}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
