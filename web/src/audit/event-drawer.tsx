import { Button, Descriptions, Drawer } from "antd";
import type { LogEvent } from "../api/events.ts";
import { formatTime } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { DifferenceTable } from "../parts/difference.tsx";
import { State } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";

/** One event with what it changed. */
export function EventDrawer({ event, onClose }: { event: LogEvent; onClose: () => void }) {
  const t = useWords();
  const [, setPlace] = usePlace();
  return (
    <Drawer open size={640} title={t("event")} onClose={onClose}>
      <p className="drawer-title">{event.sentence}</p>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "id", label: t("eventNumber"), children: <span className="figure">{event.id}</span> },
          { key: "at", label: t("eventAt"), children: formatTime(event.at) },
          { key: "kind", label: t("eventKind"), children: <code>{event.kind}</code> },
          { key: "by", label: t("eventBy"), children: event.by?.name ?? t("system") },
          { key: "address", label: t("eventAddress"), children: event.address ?? t("none") },
          { key: "unit", label: t("unit"), children: event.unit?.name ?? t("none") },
          {
            key: "seal",
            label: t("eventSeal"),
            children:
              event.block === null ? (
                <State tone="none">{t("eventUnsealed")}</State>
              ) : (
                <State tone="done">{t("eventSealed", { n: event.block })}</State>
              ),
          },
        ]}
      />
      <h2>{t("eventDifference")}</h2>
      <DifferenceTable before={event.before} after={event.after} />
      {event.subject_kind && event.subject_id && (
        <Button
          type="link"
          className="flat-link"
          onClick={() =>
            setPlace({ event: null, subject_kind: event.subject_kind, subject_id: event.subject_id, kind: null })
          }
        >
          {t("eventSameSubject")}
        </Button>
      )}
    </Drawer>
  );
}
