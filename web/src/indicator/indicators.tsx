import { Tabs } from "antd";
import { useRoute } from "wouter";
import { usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { useWords } from "../words/words.tsx";
import { IndicatorDetailView } from "./indicator-detail.tsx";
import { IndicatorList } from "./indicator-list.tsx";
import { ReportDetailView } from "./report-detail.tsx";
import { ReportList } from "./report-list.tsx";
import "./indicator.css";

/** Definitions and the report forms made of them: /indicators, /indicators/{id}, /indicators?tab=reports&report={id}. */
export default function Indicators() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const [one, path] = useRoute<{ id: string }>("/indicators/:id");
  useLiveRefresh(["indicators"], (change) => change.kind.startsWith("indicator."));
  useLiveRefresh(["reports"], (change) => change.kind.startsWith("report."));
  if (one) return <IndicatorDetailView key={path.id} id={path.id} />;
  const report = place.get("report");
  if (place.get("tab") === "reports" && report) return <ReportDetailView key={report} id={report} />;
  return (
    <>
      <h1>{t("screenIndicators")}</h1>
      <Tabs
        activeKey={place.get("tab") ?? "indicators"}
        onChange={(tab) => setPlace({ tab: tab === "indicators" ? null : tab, q: null, group: null })}
        destroyOnHidden
        items={[
          { key: "indicators", label: t("indicatorsTab"), children: <IndicatorList /> },
          { key: "reports", label: t("reportsTab"), children: <ReportList /> },
        ]}
      />
    </>
  );
}
