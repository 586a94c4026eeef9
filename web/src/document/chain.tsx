import { useQuery } from "@tanstack/react-query";
import { Alert, Skeleton } from "antd";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { Link } from "wouter";
import { documents, type Chain, type ChainNode } from "../api/documents.ts";
import { formatDate } from "../format/format.ts";
import { useGo } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords, type Speak } from "../words/words.tsx";
import { BOX, layOut, nextBox, type Box, type Layout } from "./chain-layout.ts";
import { levelWords, linkWords } from "./document-words.ts";
import "./chain.css";

function nodeName(node: ChainNode, t: Speak): string {
  return node.number || t("documentUnnumbered");
}

function nodeSaid(node: ChainNode, t: Speak): string {
  return [nodeName(node, t), formatDate(node.date), node.issuer, node.subject].filter(Boolean).join(", ");
}

function BoxView({ box, here, current, onFocus }: { box: Box; here: boolean; current: boolean; onFocus: (index: number) => void }) {
  const t = useWords();
  const go = useGo();
  const { node } = box;
  const open = () => node.id && !here && go(`/documents/${node.id}`);
  const kind = ["chain-box", here && "is-here", !node.id && "is-outside"].filter(Boolean).join(" ");
  const said = nodeSaid(node, t);
  return (
    <g
      className={kind}
      data-index={box.index}
      role={node.id ? "link" : "img"}
      aria-current={here ? "page" : undefined}
      aria-label={node.id ? undefined : `${said}. ${t("chainOutside")}`}
      tabIndex={current ? 0 : -1}
      transform={`translate(${box.x} ${box.y})`}
      onFocus={() => onFocus(box.index)}
      onClick={open}
      onKeyDown={(event) => event.key === "Enter" && open()}
    >
      <rect width={BOX.width} height={BOX.height} rx={4} />
      <foreignObject width={BOX.width} height={BOX.height}>
        <div className="chain-words" title={said}>
          <strong>{nodeName(node, t)}</strong>{" "}
          <span>{[formatDate(node.date), node.issuer].filter(Boolean).join(" · ")}</span>{" "}
          <span className="chain-subject">{node.subject}</span>
        </div>
      </foreignObject>
    </g>
  );
}

/** One stop for the keyboard; arrows go from letter to letter, Enter opens. */
function Picture({ layout, id }: { layout: Layout; id: string }) {
  const t = useWords();
  const svg = useRef<SVGSVGElement>(null);
  const boxes = layout.rows.flatMap((row) => row.boxes);
  const [at, setAt] = useState(boxes.find((box) => box.node.id === id)?.index ?? boxes[0]?.index ?? 0);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const next = nextBox(layout, at, event.key);
    setAt(next);
    svg.current?.querySelector<SVGGElement>(`[data-index="${next}"]`)?.focus();
  };
  return (
    <div className="scroll-box chain-box-scroll">
      <svg
        ref={svg}
        className="chain-picture"
        role="group"
        aria-label={t("chainTitle")}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        onKeyDown={onKeyDown}
      >
        <defs>
          <marker id="chain-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">
            <path d="M0 0L8 4L0 8Z" className="chain-arrow" />
          </marker>
        </defs>
        {layout.rows.map((row) => (
          <g key={row.level}>
            <line className="chain-level-line" x1={0} x2={layout.width} y1={row.y + 2} y2={row.y + 2} />
            <text className="chain-level" x={BOX.margin} y={row.y + BOX.label - 5}>
              {t(levelWords[row.level])}
            </text>
          </g>
        ))}
        {layout.lines.map((line) => (
          <path key={`${line.from}-${line.to}-${line.kind}`} className={`chain-line chain-${line.kind}`} d={line.path} markerEnd="url(#chain-arrow)" />
        ))}
        {layout.lines.map((line) => (
          <text key={`${line.from}-${line.to}-${line.kind}`} className="chain-kind" x={line.middle[0]} y={line.middle[1]}>
            {t(linkWords[line.kind].to)}
          </text>
        ))}
        {boxes.map((box) => (
          <BoxView key={box.index} box={box} here={box.node.id === id} current={box.index === at} onFocus={setAt} />
        ))}
      </svg>
    </div>
  );
}

/** The same as the picture says, for those who read it. */
function AsText({ layout, chain, id }: { layout: Layout; chain: Chain; id: string }) {
  const t = useWords();
  const named = (node: ChainNode) =>
    node.id && node.id !== id ? <Link href={`/documents/${node.id}`}>{nodeName(node, t)}</Link> : <strong>{nodeName(node, t)}</strong>;
  return (
    <div className="chain-text">
      {layout.rows.map((row) => (
        <section key={row.level}>
          <h3>{t(levelWords[row.level])}</h3>
          <ul className="plain-list">
            {row.boxes.map((box) => (
              <li key={box.index}>
                {named(box.node)}
                <span className="second-line">
                  {[formatDate(box.node.date), box.node.issuer, box.node.subject].filter(Boolean).join(" · ")}
                </span>
                {chain.edges
                  .filter((edge) => edge.from === box.index && chain.nodes[edge.to])
                  .map((edge) => (
                    <span key={`${edge.to}-${edge.kind}`} className="second-line">
                      {t(linkWords[edge.kind].to)} {nodeName(chain.nodes[edge.to]!, t)}
                    </span>
                  ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** The letters above and below a document as one picture, with the same as text beside it. */
export default function DocumentChain({ id }: { id: string }) {
  const t = useWords();
  const query = useQuery({ queryKey: ["documents", "chain", id], queryFn: () => documents.chain(id) });
  const layout = useMemo(() => (query.data ? layOut(query.data) : null), [query.data]);
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!layout || query.data.edges.length === 0) return <p className="work-facts">{t("chainNone")}</p>;
  return (
    <>
      {query.data.cut && <Alert type="info" showIcon className="stacked" title={t("chainCut")} />}
      <div className="chain">
        <Picture key={id} layout={layout} id={id} />
        <AsText layout={layout} chain={query.data} id={id} />
      </div>
    </>
  );
}
