import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Select } from "antd";
import { useRef, useState, type KeyboardEvent } from "react";
import type { Frequency } from "../api/indicators.ts";
import type { Indicator } from "../api/types.ts";
import { useWords } from "../words/words.tsx";
import { moved } from "./report-rules.ts";

export type BuilderItem = { indicator: Indicator; section: string; required: boolean; evidence_required: boolean };

type RowProps = {
  item: BuilderItem;
  at: number;
  last: boolean;
  onChange: (changes: Partial<BuilderItem>) => void;
  onMove: (steps: number) => void;
  onRemove: () => void;
};

/** Alt and an arrow move the row from anywhere inside it. */
function Row({ item, at, last, onChange, onMove, onRemove }: RowProps) {
  const t = useWords();
  const { code, name } = item.indicator;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <tr onKeyDown={onKeyDown}>
      <td className="number">{at + 1}</td>
      <th scope="row">
        {code} <span className="second-line">{name}</span>
      </th>
      <td>
        <Input
          value={item.section}
          placeholder={item.indicator.group}
          aria-label={t("sectionOf", { code })}
          maxLength={100}
          onChange={(event) => onChange({ section: event.target.value })}
        />
      </td>
      <td>
        <Checkbox
          checked={item.required}
          aria-label={t("requiredOf", { code })}
          onChange={(event) => onChange({ required: event.target.checked })}
        />
      </td>
      <td>
        <Checkbox
          checked={item.evidence_required}
          aria-label={t("evidenceOf", { code })}
          onChange={(event) => onChange({ evidence_required: event.target.checked })}
        />
      </td>
      <td className="builder-move">
        <Button
          type="text"
          icon={<ArrowUpOutlined />}
          disabled={at === 0}
          aria-label={t("moveUp", { code })}
          data-move={`${code} -1`}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          icon={<ArrowDownOutlined />}
          disabled={last}
          aria-label={t("moveDown", { code })}
          data-move={`${code} 1`}
          onClick={() => onMove(1)}
        />
        <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("itemTakeOut", { code })} onClick={onRemove} />
      </td>
    </tr>
  );
}

type Props = {
  items: BuilderItem[];
  onChange: (items: BuilderItem[]) => void;
  known: Indicator[];
  frequency: Frequency;
};

/** The indicators of a form in their order. */
export function ReportItems({ items, onChange, known, frequency }: Props) {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  const chosen = new Set(items.map((item) => item.indicator.id));
  const add = (ids: string[]) => {
    const fresh = ids.flatMap((id) => known.filter((indicator) => indicator.id === id && !chosen.has(id)));
    onChange([
      ...items,
      ...fresh.map((indicator) => ({
        indicator,
        section: indicator.group,
        required: indicator.frequency === frequency,
        evidence_required: indicator.evidence_required,
      })),
    ]);
  };
  const move = (at: number, steps: number) => {
    onChange(moved(items, at, steps));
    const code = items[at]?.indicator.code ?? "";
    setSaid(t("movedTo", { code, n: Math.max(1, Math.min(items.length, at + 1 + steps)) }));
    requestAnimationFrame(() => {
      const same = box.current?.querySelector<HTMLElement>(`[data-move="${CSS.escape(`${code} ${steps}`)}"]:not(:disabled)`);
      const other = box.current?.querySelector<HTMLElement>(`[data-move="${CSS.escape(`${code} ${-steps}`)}"]`);
      if (document.activeElement === document.body) (same ?? other)?.focus();
    });
  };
  return (
    <>
      <Select
        style={{ width: "100%", marginBottom: 8 }}
        aria-label={t("itemAdd")}
        placeholder={t("itemAdd")}
        value={null}
        showSearch={{ optionFilterProp: "label" }}
        options={known
          .filter((indicator) => !chosen.has(indicator.id))
          .map((indicator) => ({ value: indicator.id, label: `${indicator.code} ${indicator.name}` }))}
        onChange={(id: string | null) => id && add([id])}
      />
      {items.length === 0 ? (
        <p>{t("itemsNone")}</p>
      ) : (
        <div className="scroll-box" ref={box} tabIndex={0} role="region" aria-label={t("reportItems")}>
          <table className="sheet builder-table">
            <thead>
              <tr>
                <th scope="col" className="number">
                  {t("ordinal")}
                </th>
                <th scope="col">{t("indicator")}</th>
                <th scope="col">{t("section")}</th>
                <th scope="col">{t("itemRequired")}</th>
                <th scope="col">{t("evidenceRequired")}</th>
                <th scope="col">{t("order")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item, at) => (
                <Row
                  key={item.indicator.id}
                  item={item}
                  at={at}
                  last={at === items.length - 1}
                  onChange={(changes) => onChange(items.map((one, index) => (index === at ? { ...one, ...changes } : one)))}
                  onMove={(steps) => move(at, steps)}
                  onRemove={() => onChange(items.filter((_, index) => index !== at))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}
