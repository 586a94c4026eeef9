import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select, Typography } from "antd";
import { api } from "../api/client.ts";
import type { UnitRef } from "../api/types.ts";
import { units, type Unit, type UnitDetail } from "../api/units.ts";
import { formatDate } from "../format/format.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { lineWords } from "./unit-detail.tsx";

type Fields = {
  code: string;
  name: string;
  name_en?: string;
  kind: string;
  line?: string;
  parent_id: string;
  territory?: string;
  valid_from?: string;
};

/** Makes a unit below `parent`, or changes `unit`. */
export function UnitForm({ unit, parent, onClose }: { unit?: UnitDetail; parent?: UnitRef; onClose: () => void }) {
  const t = useWords();
  const root = homeUnit(useSession());
  const kinds = useQuery({ queryKey: ["unit-kinds"], queryFn: units.kinds, staleTime: Infinity });
  const required = [{ required: true, message: t("required") }];
  const save = (fields: Fields) => {
    const { name, kind, parent_id, territory, code, line } = fields;
    const shared = { name, kind, parent_id, territory, name_en: fields.name_en || undefined };
    return unit
      ? api.patch<Unit>(`/api/units/${unit.id}`, shared, { ifMatch: unit.version })
      : api.post<Unit>("/api/units", { ...shared, code, line, valid_from: fields.valid_from || undefined });
  };
  return (
    <FormDialog
      title={t(unit ? "unitEdit" : "unitAdd")}
      initialValues={unit ?? { parent_id: parent?.id }}
      onSave={save}
      said={(saved) => t("unitSaved", { name: saved.name })}
      refresh={["units"]}
      onClose={onClose}
    >
      <Form.Item name="code" label={t("unitCode")} extra={!unit && t("codeHint")} rules={required}>
        <Input disabled={!!unit} autoFocus={!unit} />
      </Form.Item>
      <Form.Item name="name" label={t("unitName")} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="name_en" label={t("unitNameEn")}>
        <Input />
      </Form.Item>
      <Form.Item name="kind" label={t("unitKind")} rules={required}>
        <Select options={kinds.data?.map((kind) => ({ value: kind.code, label: kind.name }))} />
      </Form.Item>
      {!unit && (
        <Form.Item name="line" label={t("unitLine")}>
          <Select
            allowClear
            options={Object.entries(lineWords).map(([value, word]) => ({ value, label: t(word) }))}
          />
        </Form.Item>
      )}
      {unit?.parent_id !== null && (
        <Form.Item name="parent_id" label={t("unitParent")} rules={required}>
          <UnitPicker root={root} />
        </Form.Item>
      )}
      <Form.Item name="territory" label={t("unitTerritory")}>
        <Input />
      </Form.Item>
      {!unit && (
        <Form.Item name="valid_from" label={t("unitValidFrom")}>
          <DayPicker />
        </Form.Item>
      )}
    </FormDialog>
  );
}

type Merge = { successor_id: string; on: string };

export function UnitMerge({ unit, onClose }: { unit: UnitDetail; onClose: () => void }) {
  const t = useWords();
  const root = homeUnit(useSession());
  const required = [{ required: true, message: t("required") }];
  const merge = async ({ successor_id, on }: Merge) => {
    await api.post(`/api/units/${unit.id}/merge`, { successor_id, on });
    return on;
  };
  return (
    <FormDialog
      title={t("unitMergeTitle", { name: unit.name })}
      okText={t("unitMerge")}
      danger
      explain={<Typography.Paragraph>{t("unitMergeExplain")}</Typography.Paragraph>}
      initialValues={{ successor_id: null, on: null }}
      onSave={merge}
      said={(on) => t("unitMerged", { name: unit.name, date: formatDate(on) })}
      refresh={["units"]}
      onClose={onClose}
    >
      <Form.Item name="successor_id" label={t("unitSuccessor")} rules={required}>
        <UnitPicker root={root} />
      </Form.Item>
      <Form.Item name="on" label={t("unitMergeOn")} rules={required}>
        <DayPicker />
      </Form.Item>
    </FormDialog>
  );
}
