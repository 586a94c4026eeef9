import { useQuery } from "@tanstack/react-query";
import { Alert, Breadcrumb, Button, Card, Descriptions, Skeleton, Space } from "antd";
import { useState } from "react";
import { units, type Unit, type UnitDetail } from "../api/units.ts";
import { formatDate } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useMay } from "../session/session.tsx";
import { useWords, type Word } from "../words/words.tsx";
import { UnitForm, UnitMerge } from "./unit-form.tsx";
import { UnitHistory } from "./unit-history.tsx";

export const lineWords: Record<Unit["line"], Word> = {
  party: "unitLineParty",
  state: "unitLineState",
  front: "unitLineFront",
};

export function useKindName(): (code: string) => string {
  const kinds = useQuery({ queryKey: ["unit-kinds"], queryFn: units.kinds, staleTime: Infinity });
  return (code) => kinds.data?.find((kind) => kind.code === code)?.name ?? code;
}

function Facts({ unit }: { unit: UnitDetail }) {
  const t = useWords();
  const kindName = useKindName();
  const [, setPlace] = usePlace();
  const successor = useQuery({
    queryKey: ["units", "one", unit.successor_id],
    queryFn: () => units.one(unit.successor_id ?? ""),
    enabled: unit.successor_id !== null,
  });
  return (
    <>
      {unit.valid_to && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t("unitEnded", { date: formatDate(unit.valid_to) })}
          description={
            successor.data && (
              <button
                type="button"
                className="link-button"
                onClick={() => setPlace({ unit: successor.data.id })}
              >
                {t("unitSuccessor")}: {successor.data.name}
              </button>
            )
          }
        />
      )}
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, sm: 1, md: 1, lg: 2 }}
        items={[
          { key: "code", label: t("unitCode"), children: unit.code },
          { key: "kind", label: t("unitKind"), children: kindName(unit.kind) },
          { key: "line", label: t("unitLine"), children: t(lineWords[unit.line]) },
          { key: "parent", label: t("unitParent"), children: unit.parent_name ?? t("none") },
          { key: "territory", label: t("unitTerritory"), children: unit.territory ?? t("none") },
          { key: "valid", label: t("unitValidFrom"), children: formatDate(unit.valid_from) },
          { key: "name_en", label: t("unitNameEn"), children: unit.name_en || t("none") },
        ]}
      />
    </>
  );
}

const FIRST = 20;

function Children({ unit }: { unit: UnitDetail }) {
  const t = useWords();
  const kindName = useKindName();
  const [, setPlace] = usePlace();
  const [all, setAll] = useState(false);
  const children = useQuery({
    queryKey: ["units", "children", unit.id],
    queryFn: () => units.childrenOf(unit.id),
  });
  if (children.isError) return <Failure error={children.error} retry={() => void children.refetch()} />;
  return (
    <>
      <ListTable<Unit>
        label={t("unitChildren")}
        rows={all ? children.data : children.data?.slice(0, FIRST)}
        rowKey={(child) => child.id}
        empty={t("unitNoChildren")}
        columns={[
          { title: t("unitCode"), cell: (child) => child.code },
          {
            title: t("unitName"),
            head: true,
            cell: (child) => (
              <button type="button" className="link-button" onClick={() => setPlace({ unit: child.id })}>
                {child.name}
              </button>
            ),
          },
          { title: t("unitKind"), cell: (child) => kindName(child.kind) },
          { title: t("unitChildren"), number: true, cell: (child) => child.children },
        ]}
      />
      {!all && children.data && children.data.length > FIRST && (
        <Button className="more-button no-print" onClick={() => setAll(true)}>
          {t("unitChildrenAll", { n: children.data.length })}
        </Button>
      )}
    </>
  );
}

export function UnitDetailView({ id }: { id: string }) {
  const t = useWords();
  const mayManage = useMay("unit.manage");
  const mayEvents = useMay("event.read");
  const [, setPlace] = usePlace();
  const [open, setOpen] = useState<"add" | "edit" | "merge" | null>(null);
  const unit = useQuery({ queryKey: ["units", "one", id], queryFn: () => units.one(id) });
  if (unit.isPending) return <Skeleton active />;
  if (unit.isError) return <Failure error={unit.error} retry={() => void unit.refetch()} />;
  const close = () => setOpen(null);
  return (
    <Card
      size="small"
      title={<span style={{ whiteSpace: "normal" }}>{unit.data.name}</span>}
      extra={
        mayManage && (
          <Space wrap>
            <Button onClick={() => setOpen("add")}>{t("unitAdd")}</Button>
            <Button onClick={() => setOpen("edit")}>{t("edit")}</Button>
            {!unit.data.valid_to && unit.data.parent_id && (
              <Button danger onClick={() => setOpen("merge")}>
                {t("unitMerge")}
              </Button>
            )}
          </Space>
        )
      }
    >
      <Breadcrumb
        style={{ marginBottom: 12 }}
        items={unit.data.ancestors.map((ancestor) => ({
          key: ancestor.id,
          title: (
            <button type="button" className="link-button" onClick={() => setPlace({ unit: ancestor.id })}>
              {ancestor.name}
            </button>
          ),
        }))}
      />
      <Facts unit={unit.data} />
      <h2>{t("unitChildren")}</h2>
      <Children unit={unit.data} />
      {mayEvents && (
        <>
          <h2>{t("unitHistory")}</h2>
          <UnitHistory id={unit.data.id} />
        </>
      )}
      {open === "add" && <UnitForm parent={unit.data} onClose={close} />}
      {open === "edit" && <UnitForm unit={unit.data} onClose={close} />}
      {open === "merge" && <UnitMerge unit={unit.data} onClose={close} />}
    </Card>
  );
}
