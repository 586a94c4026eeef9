import { CheckCircleFilled, CloseOutlined, EditOutlined, PlusOutlined, QuestionCircleFilled } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Space } from "antd";
import { useState } from "react";
import type { UnitRef } from "../api/types.ts";
import { units as unitsApi } from "../api/units.ts";
import { State } from "../parts/state.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { useWords } from "../words/words.tsx";
import { blankUnits, isOpen, isUnsure, type DraftUnits } from "./correction.ts";
import { groupWords } from "./document-words.ts";

/** Beyond this many a group is told by its name and number alone. */
const NAMED_MAX = 5;

/** The same name is borne by an office in every province: the one above it tells them apart. */
function Names({ units, within }: { units: DraftUnits; within?: UnitRef }) {
  const t = useWords();
  const few = units.ids.length <= NAMED_MAX;
  const named = useQuery({
    queryKey: ["units", "named", units.ids],
    queryFn: () => Promise.all(units.ids.map(unitsApi.one)),
    enabled: few && units.ids.length > 0,
    staleTime: 300_000,
  });
  if (few) {
    const outside = within && named.data?.some((unit) => !unit.path.startsWith(within.path));
    const above = named.data?.length === 1 ? named.data[0]!.parent_name : null;
    return (
      <>
        <strong>{named.data?.map((unit) => unit.name).join(", ") ?? "…"}</strong>
        {above && <span className="draft-unit-name">{above}</span>}
        {outside && (
          <State tone="late" wrap>
            {t("unitOutside", { name: within.name })}
          </State>
        )}
      </>
    );
  }
  const count = t("unitsSayYes", { n: units.ids.length });
  return <strong>{units.group ? `${t(groupWords[units.group])}: ${count}` : count}</strong>;
}

/** How sure the program is of the unit it found for a name. */
function Sureness({ units }: { units: DraftUnits }) {
  const t = useWords();
  if (units.ids.length === 0) {
    return (
      <State tone="late" icon={<QuestionCircleFilled />}>
        {t("unitOpenChoice")}
      </State>
    );
  }
  if (units.confidence === null) return <State tone="done">{t("unitChosen")}</State>;
  return isUnsure(units) ? (
    <State tone="soon" icon={<QuestionCircleFilled />}>
      {t("unitUnsure", { n: units.confidence })}
    </State>
  ) : (
    <State tone="done" icon={<CheckCircleFilled />}>
      {t("unitSure", { n: units.confidence })}
    </State>
  );
}

type RowProps = {
  units: DraftUnits;
  root: UnitRef;
  label: string;
  withPart: boolean;
  within?: UnitRef;
  onChange: (units: DraftUnits) => void;
  onRemove: () => void;
  onPoint: (name: string | null) => void;
};

function UnitsRow({ units, root, label, withPart, within, onChange, onRemove, onPoint }: RowProps) {
  const t = useWords();
  const [picking, setPicking] = useState(false);
  const open = picking || units.ids.length === 0;
  const several = units.ids.length > 1 || units.group !== null;
  const choose = (ids: string[]) => onChange({ ...units, ids, confidence: null, group: ids.length > 1 ? units.group : null });
  const named = units.name ? `${label}: ${units.name}` : label;
  return (
    <li
      className={isOpen(units) ? "draft-unit is-open" : isUnsure(units) ? "draft-unit is-unsure" : "draft-unit"}
      onMouseEnter={() => units.name && onPoint(units.name)}
      onMouseLeave={() => onPoint(null)}
    >
      <div className="draft-unit-line">
        {units.name && <span className="draft-unit-name">“{units.name}”</span>}
        {units.ids.length > 0 && <Names units={units} within={within} />}
        {(units.name || units.ids.length > 0) && <Sureness units={units} />}
        <span className="draft-unit-acts">
          {isUnsure(units) && (
            <Button size="small" onClick={() => onChange({ ...units, confidence: null })}>
              {t("unitIsRight")}
            </Button>
          )}
          {units.ids.length > 0 && (
            <Button size="small" type="text" icon={<EditOutlined />} aria-label={t("unitOther", { name: named })} onClick={() => setPicking(!picking)} />
          )}
          <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t("unitTakeOut", { name: named })} onClick={onRemove} />
        </span>
      </div>
      {open &&
        (several ? (
          <UnitPicker multiple root={root} label={named} value={units.ids} onChange={choose} />
        ) : (
          <UnitPicker
            root={root}
            label={named}
            value={units.ids[0] ?? null}
            onChange={(id) => {
              choose(id ? [id] : []);
              setPicking(false);
            }}
          />
        ))}
      {withPart && units.ids.length > 0 && (
        <Input
          size="small"
          value={units.part}
          maxLength={500}
          placeholder={t("taskCooperatingPart")}
          aria-label={`${t("taskCooperatingPart")}: ${units.name}`}
          onChange={(event) => onChange({ ...units, part: event.target.value })}
        />
      )}
    </li>
  );
}

type Props = {
  label: string;
  addLabel: string;
  list: DraftUnits[];
  root: UnitRef;
  withPart?: boolean;
  /** Only this unit and those below it will do: others are shown as such. */
  within?: UnitRef;
  problem?: string;
  onChange: (list: DraftUnits[]) => void;
  /** A name as the letter says it, while it is pointed at. */
  onPoint: (name: string | null) => void;
};

/** With so many names open, taking them out one by one is a labour. */
const OPEN_MANY = 2;

/** Units that a task names: what the letter says, what the program found, and how sure it is. */
export function DraftUnitList({ label, addLabel, list, root, withPart = false, within, problem, onChange, onPoint }: Props) {
  const t = useWords();
  const open = list.filter(isOpen).length;
  return (
    <fieldset className="draft-units">
      <legend>{label}</legend>
      <ul className="plain-list">
        {list.map((units, nth) => (
          <UnitsRow
            key={`${units.name}-${nth}`}
            units={units}
            root={root}
            label={label}
            withPart={withPart}
            within={within}
            onChange={(changed) => onChange(list.map((one, i) => (i === nth ? changed : one)))}
            onRemove={() => onChange(list.filter((_, i) => i !== nth))}
            onPoint={onPoint}
          />
        ))}
      </ul>
      {problem && <div className="draft-problem">{problem}</div>}
      <Space wrap size={4}>
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...list, blankUnits()])}>
          {addLabel}
        </Button>
        {open >= OPEN_MANY && (
          <Button size="small" onClick={() => onChange(list.filter((units) => !isOpen(units)))}>
            {t("unitOpenTakeOut", { n: open })}
          </Button>
        )}
      </Space>
    </fieldset>
  );
}
