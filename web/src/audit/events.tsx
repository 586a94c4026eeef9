import { Tabs } from "antd";
import { usePlace } from "../layout/place.ts";
import { useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { Blocks } from "./blocks.tsx";
import { EventList } from "./event-list.tsx";
import "./audit.css";

/** What happened, and the seals that show that nobody altered it. */
export default function Events() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  // The seals cover the whole log: only who may read all of it sees them.
  const whole = useSession().grants.some((grant) => /^[^/]+\/$/.test(grant.unit.path));
  return (
    <>
      <h1>{t("eventsTitle")}</h1>
      <Tabs
        activeKey={whole ? (place.get("tab") ?? "events") : "events"}
        onChange={(tab) => setPlace({ tab: tab === "events" ? null : tab, event: null })}
        destroyOnHidden
        items={[
          { key: "events", label: t("eventsTab"), children: <EventList /> },
          ...(whole ? [{ key: "blocks", label: t("blocksTab"), children: <Blocks /> }] : []),
        ]}
      />
    </>
  );
}
