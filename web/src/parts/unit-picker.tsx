import { useQuery, useQueryClient } from "@tanstack/react-query";
import { TreeSelect } from "antd";
import { useDeferredValue, useState } from "react";
import type { UnitRef } from "../api/types.ts";
import { units, type Unit } from "../api/units.ts";
import { useWords } from "../words/words.tsx";

type Node = { id: string; pId: string | null; value: string; title: string; isLeaf: boolean; selectable?: boolean };

function toNode(unit: Unit, pId: string | null): Node {
  return { id: unit.id, pId, value: unit.id, title: `${unit.name} · ${unit.code}`, isLeaf: unit.children === 0 };
}

type Common = {
  /** The top of what may be chosen. */
  root: UnitRef;
  disabled?: boolean;
  id?: string;
  autoFocus?: boolean;
  placeholder?: string;
  /** Names the control where no label of a form does. */
  label?: string;
  kind?: string;
};
type Single = { multiple?: false; value?: string | null; onChange?: (id: string | null) => void };
type Multiple = { multiple: true; value?: string[]; onChange?: (ids: string[]) => void };

/**
 * Chooses one unit or several: the tree opens level by level; typing searches below the root without regard to tone
 * marks. Works as the control of a Form.Item.
 */
export function UnitPicker(props: Common & (Single | Multiple)) {
  const { root, kind } = props;
  const t = useWords();
  const client = useQueryClient();
  const [q, setQ] = useState("");
  const wanted = useDeferredValue(q.trim());
  const [opened, setOpened] = useState<Node[]>([]);
  const first = useQuery({ queryKey: ["units", "children", root.id], queryFn: () => units.childrenOf(root.id) });
  const found = useQuery({
    queryKey: ["units", "search", root.id, kind, wanted],
    queryFn: () => units.search(wanted, { under: root.id, kind }),
    enabled: wanted.length > 0,
  });
  const chosen = props.multiple ? (props.value ?? []) : props.value ? [props.value] : [];
  const top: Node = { id: root.id, pId: null, value: root.id, title: `${root.name} · ${root.code}`, isLeaf: false };
  const tree = [top, ...(first.data ?? []).map((unit) => toNode(unit, root.id)), ...opened];
  const known = new Set(tree.map((node) => node.value));
  const named = useQuery({
    queryKey: ["units", "named", chosen.filter((id) => !known.has(id))],
    queryFn: () => Promise.all(chosen.filter((id) => !known.has(id)).map(units.one)),
    enabled: first.isSuccess && chosen.some((id) => !known.has(id)),
  });
  const data = wanted
    ? (found.data?.units ?? []).map((unit) => ({ ...toNode(unit, null), isLeaf: true }))
    : [...tree, ...(named.data ?? []).map((unit) => ({ ...toNode(unit, null), isLeaf: true }))];

  const open = async (id: string) => {
    const children = await client.fetchQuery({
      queryKey: ["units", "children", id],
      queryFn: () => units.childrenOf(id),
    });
    setOpened((before) => [
      ...before.filter((node) => node.pId !== id),
      ...children.map((unit) => toNode(unit, id)),
    ]);
  };

  return (
    <TreeSelect
      id={props.id}
      autoFocus={props.autoFocus}
      disabled={props.disabled}
      placeholder={props.placeholder ?? t("unitPick")}
      aria-label={props.label ?? (props.id ? undefined : t("unitPick"))}
      treeDataSimpleMode
      treeData={data}
      treeDefaultExpandedKeys={[root.id]}
      loadData={(node) => (node.value === root.id ? Promise.resolve() : open(String(node.value)))}
      showSearch={{ searchValue: q, onSearch: setQ, filterTreeNode: false }}
      loading={first.isPending || found.isFetching}
      notFoundContent={wanted && !found.isFetching ? t("searchNothing", { q: wanted }) : null}
      multiple={props.multiple}
      allowClear
      maxTagCount="responsive"
      value={props.multiple ? props.value : (props.value ?? undefined)}
      onChange={(value: string | string[] | undefined) => {
        setQ("");
        if (props.multiple) props.onChange?.((value as string[] | undefined) ?? []);
        else props.onChange?.((value as string | undefined) ?? null);
      }}
      style={{ width: "100%", minWidth: 220 }}
    />
  );
}
