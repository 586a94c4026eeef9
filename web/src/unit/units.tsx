import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Col, Empty, Input, List, Row, Skeleton, Tree, Typography } from "antd";
import { useDeferredValue, useState } from "react";
import { units, type Unit } from "../api/units.ts";
import { usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { Failure } from "../parts/failure.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { UnitDetailView } from "./unit-detail.tsx";

type Node = { key: string; title: string; isLeaf: boolean; children?: Node[] };

function toNode(unit: Unit): Node {
  return { key: unit.id, title: unit.name, isLeaf: unit.children === 0 };
}

function grown(nodes: Node[], key: string, children: Node[]): Node[] {
  return nodes.map((node) => {
    if (node.key === key) return { ...node, children };
    return node.children ? { ...node, children: grown(node.children, key, children) } : node;
  });
}

function UnitTree({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string) => void }) {
  const t = useWords();
  const client = useQueryClient();
  const root = homeUnit(useSession());
  const [opened, setOpened] = useState<{ key: string; children: Node[] }[]>([]);
  const first = useQuery({ queryKey: ["units", "children", root.id], queryFn: () => units.childrenOf(root.id) });
  if (first.isPending) return <Skeleton active />;
  if (first.isError) return <Failure error={first.error} retry={() => void first.refetch()} />;
  let nodes: Node[] = [{ key: root.id, title: root.name, isLeaf: false, children: first.data.map(toNode) }];
  for (const branch of opened) nodes = grown(nodes, branch.key, branch.children);
  const open = async (key: string) => {
    if (key === root.id) return;
    const children = await client.fetchQuery({
      queryKey: ["units", "children", key],
      queryFn: () => units.childrenOf(key),
    });
    setOpened((before) => [...before.filter((branch) => branch.key !== key), { key, children: children.map(toNode) }]);
  };
  return (
    <Tree
      aria-label={t("unitTree")}
      height={560}
      blockNode
      defaultExpandedKeys={[root.id]}
      treeData={nodes}
      selectedKeys={chosen ? [chosen] : []}
      loadData={(node) => open(String(node.key))}
      onSelect={(keys) => keys[0] && onChoose(String(keys[0]))}
    />
  );
}

function Found({ q, onChoose }: { q: string; onChoose: (id: string) => void }) {
  const t = useWords();
  const root = homeUnit(useSession());
  const found = useQuery({
    queryKey: ["units", "search", root.id, q],
    queryFn: () => units.search(q, { under: root.id }),
  });
  if (found.isPending) return <Skeleton active />;
  if (found.isError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  return (
    <List
      size="small"
      dataSource={found.data.units}
      locale={{ emptyText: t("searchNothing", { q }) }}
      renderItem={(unit) => (
        <List.Item>
          <button type="button" className="link-button" onClick={() => onChoose(unit.id)}>
            {unit.name} <Typography.Text type="secondary">{unit.code}</Typography.Text>
          </button>
          <Typography.Text type="secondary">{unit.parent_name}</Typography.Text>
        </List.Item>
      )}
    />
  );
}

export default function Units() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const [q, setQ] = useState("");
  const wanted = useDeferredValue(q.trim());
  const chosen = place.get("unit");
  const choose = (id: string) => setPlace({ unit: id });
  useLiveRefresh(["units"], (change) => change.kind.startsWith("unit."));
  return (
    <>
      <h1>{t("unitsTitle")}</h1>
      <Row gutter={[16, 16]}>
        <Col xs={24} md={9} xl={7} className="no-print">
          <Input.Search
            allowClear
            value={q}
            placeholder={t("unitSearch")}
            aria-label={t("unitSearch")}
            onChange={(event) => setQ(event.target.value)}
            style={{ marginBottom: 8 }}
          />
          {wanted ? <Found q={wanted} onChoose={choose} /> : <UnitTree chosen={chosen} onChoose={choose} />}
        </Col>
        <Col xs={24} md={15} xl={17} className="print-whole">
          {chosen ? <UnitDetailView key={chosen} id={chosen} /> : <Empty description={t("unitNone")} />}
        </Col>
      </Row>
    </>
  );
}
