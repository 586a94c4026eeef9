import { useQuery } from "@tanstack/react-query";
import { geoMercator, geoPath } from "d3-geo";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { api } from "../api/client.ts";
import { formatCount } from "../format/format.ts";
import { useLanguage, useWords, type Word } from "../words/words.tsx";
import { areaState, areaStates, neighbour, type AreaState, type OverviewChild } from "./overview-types.ts";

type Properties = { code: string; name: string };
type Area = { shape: Feature<Geometry, Properties>; path: string; middle: [number, number] | null; child: OverviewChild | undefined; state: AreaState | null };

type Props = { map: string; title: string; units: OverviewChild[]; onOpen: (child: OverviewChild) => void };

const WIDTH = 480;
const HEIGHT_MAX = 640;

export const areaWords: Record<AreaState, Word> = {
  done: "areaDone",
  submitted: "areaSubmitted",
  returned: "stateReturned",
  late: "late",
  missing: "areaMissing",
  open: "areaOpen",
};

function useShapes(map: string) {
  return useQuery({
    queryKey: ["map", map],
    queryFn: async () => {
      const topology = await api.get<Topology>(`/api/maps/${map}`);
      const object = Object.values(topology.objects)[0] as GeometryCollection<Properties>;
      return feature(topology, object) as FeatureCollection<Geometry, Properties>;
    },
    staleTime: Infinity,
  });
}

/** Size and outlines: as wide as there is room, as high as the land asks for. */
function draw(shapes: FeatureCollection<Geometry, Properties>) {
  const projection = geoMercator().fitWidth(WIDTH, shapes);
  const bounds = geoPath(projection).bounds(shapes);
  let height = Math.ceil(bounds[1][1]);
  if (height > HEIGHT_MAX) {
    height = HEIGHT_MAX;
    projection.fitSize([WIDTH, HEIGHT_MAX], shapes);
  }
  return { path: geoPath(projection), height };
}

/** The land by state of its units. One stop for the keyboard; arrows go from area to area, Enter goes down. */
export default function OverviewMap({ map, title, units, onOpen }: Props) {
  const t = useWords();
  const shapes = useShapes(map);
  const [at, setAt] = useState(0);
  const svg = useRef<SVGSVGElement>(null);
  const drawing = useMemo(() => (shapes.data ? { ...draw(shapes.data), features: shapes.data.features } : null), [shapes.data]);
  const areas = useMemo((): Area[] => {
    if (!drawing) return [];
    const byCode = new Map(units.map((child) => [child.territory ?? child.unit.code, child]));
    return drawing.features.map((shape) => {
      const child = byCode.get(shape.properties.code);
      const middle = drawing.path.centroid(shape);
      return {
        shape,
        path: drawing.path(shape) ?? "",
        middle: Number.isFinite(middle[0]) ? middle : null,
        child,
        state: child ? areaState(child) : null,
      };
    });
  }, [drawing, units]);
  if (shapes.isError) return <p className="work-facts">{t("mapFailed")}</p>;
  if (!drawing) return <div className="map-wait" />;

  const onKeyDown = (event: KeyboardEvent) => {
    const area = areas[at];
    if (event.key === "Enter" && area?.child) {
      event.preventDefault();
      onOpen(area.child);
    }
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const next = neighbour(
      areas.map((one) => one.middle),
      at,
      event.key,
    );
    setAt(next);
    svg.current?.querySelector<SVGPathElement>(`[data-area="${next}"]`)?.focus();
  };
  const said = (area: Area) => `${area.child?.unit.name ?? area.shape.properties.name}: ${area.state ? t(areaWords[area.state]) : t("areaNone")}`;
  return (
    <figure className="map">
      <svg ref={svg} viewBox={`0 0 ${WIDTH} ${drawing.height}`} role="group" aria-label={title} onKeyDown={onKeyDown}>
        <Patterns />
        {areas.map((area, i) => (
          <path
            key={area.shape.properties.code}
            data-area={i}
            d={area.path}
            className={`area ${area.state ? `area-${area.state}` : "area-none"}`}
            tabIndex={i === at ? 0 : -1}
            role={area.child ? "link" : "img"}
            aria-label={said(area)}
            onClick={() => area.child && onOpen(area.child)}
            onFocus={() => setAt(i)}
          >
            <title>{said(area)}</title>
          </path>
        ))}
      </svg>
      <Legend areas={areas} />
    </figure>
  );
}

/** The shapes that tell the states apart without their hues. */
function Patterns() {
  return (
    <defs>
      <pattern id="area-late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="ground-late" />
        <line x1="0" y1="0" x2="0" y2="6" className="stroke-late" strokeWidth="3" />
      </pattern>
      <pattern id="area-missing" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="ground-late" />
        <path d="M0 0L6 6M6 0L0 6" className="stroke-late" strokeWidth="1.6" />
      </pattern>
      <pattern id="area-returned" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="ground-soon" />
        <line x1="0" y1="3" x2="6" y2="3" className="stroke-soon" strokeWidth="2" />
      </pattern>
      <pattern id="area-submitted" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="ground-info" />
        <circle cx="3" cy="3" r="1.6" className="fill-area-info" />
      </pattern>
    </defs>
  );
}

function Legend({ areas }: { areas: Area[] }) {
  const t = useWords();
  const language = useLanguage();
  const counts = new Map<AreaState, number>();
  for (const { state } of areas) if (state) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (
    <figcaption>
      <ul className="map-legend" aria-label={t("mapLegend")}>
        {areaStates
          .filter((state) => counts.has(state))
          .map((state) => (
            <li key={state}>
              <svg width="18" height="14" aria-hidden="true">
                <rect x="0.5" y="0.5" width="17" height="13" className={`area area-${state}`} />
              </svg>
              {t(areaWords[state])} <strong className="figure">{formatCount(counts.get(state)!, language)}</strong>
            </li>
          ))}
      </ul>
    </figcaption>
  );
}
