import { formatTime } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import type { WorkEvent } from "./work.ts";

/** Where this person looks at what an event tells of; null when there is nothing to look at. */
function useWayTo(): (event: WorkEvent) => string | null {
  const { screens, account } = useSession();
  return ({ subject_kind, subject_id, unit }) => {
    if (subject_kind !== "submission") return null;
    if (screens.includes("entry") && unit?.id === account.unit.id) return `/entry/${subject_id}`;
    if (screens.includes("approval")) return `/approval?submission=${subject_id}`;
    return screens.includes("figures") ? `/overview?submission=${subject_id}` : null;
  };
}

/** What happened last where I watch. */
export function RecentEvents({ events }: { events: WorkEvent[] }) {
  const t = useWords();
  const go = useGo();
  const wayTo = useWayTo();
  return (
    <section aria-label={t("recentEvents")}>
      <h2>{t("recentEvents")}</h2>
      <ol className="recent-events">
        {events.map((event) => {
          const to = wayTo(event);
          return (
            <li key={event.id ?? `${event.at} ${event.subject_id} ${event.kind}`}>
              <time dateTime={event.at}>{formatTime(event.at)}</time>
              {to ? (
                <button type="button" className="link-button" onClick={() => go(to)}>
                  {event.sentence}
                </button>
              ) : (
                <span>{event.sentence}</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
