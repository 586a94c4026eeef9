import { useState } from "react";
import { useGo } from "../layout/place.ts";
import { LateList } from "../overview/late-list.tsx";
import { OverviewPair } from "../overview/overview-pair.tsx";
import { useOverview } from "../overview/use-overview.ts";
import { UnitDrawerLater } from "../submission/unit-drawer-later.tsx";
import type { LeaderView } from "./work.ts";
import "../submission/approval.css";
import "../overview/overview.css";

/** The map and whose figures are late, below a leader's seven figures. */
export default function LeaderOverview({ leader }: { leader: LeaderView }) {
  const go = useGo();
  const [submission, setSubmission] = useState<string | null>(null);
  const overview = useOverview({ unit: leader.unit.id, report: leader.report?.id ?? null, period: leader.period }).data;
  if (!overview || overview.children.length === 0) return null;
  return (
    <>
      <OverviewPair
        overview={overview}
        onChild={(child) =>
          child.assignment_id
            ? go(`/overview?unit=${child.unit.id}&report=${overview.report?.id ?? ""}&period=${overview.period ?? ""}`)
            : setSubmission(child.submission_id)
        }
      >
        <LateList late={overview.late} units={overview.children} onOpen={setSubmission} />
      </OverviewPair>
      <UnitDrawerLater
        submission={submission}
        exception={false}
        before={null}
        after={null}
        onOpen={setSubmission}
        onDone={() => setSubmission(null)}
        onClose={() => setSubmission(null)}
      />
    </>
  );
}
