import { lazy, Suspense, type ReactNode } from "react";
import { useWords } from "../words/words.tsx";
import type { Overview, OverviewChild } from "./overview-types.ts";

const OverviewMap = lazy(() => import("./overview-map.tsx"));

/** The map of a level, where it has one, and beside it whatever needs a look. */
export function OverviewPair({ overview, onChild, children }: { overview: Overview; onChild: (child: OverviewChild) => void; children: ReactNode }) {
  const t = useWords();
  const map = overview.level === "national" ? "provinces" : overview.level === "province" ? overview.unit.code : null;
  return (
    <div className={map ? "overview-pair" : undefined}>
      {map && (
        <section>
          <h2>{t("mapTitle")}</h2>
          <Suspense fallback={<div className="map-wait" />}>
            <OverviewMap map={map} title={t("mapSaid", { unit: overview.unit.name })} units={overview.children} onOpen={onChild} />
          </Suspense>
        </section>
      )}
      {children}
    </div>
  );
}
