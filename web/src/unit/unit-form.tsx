import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal, Select, Typography } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import type { UnitRef } from "../api/types.ts";
import { units, type Unit, type UnitDetail } from "../api/units.ts";
import { formatDate } from "../format/format.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
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
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const root = homeUnit(useSession());
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const kinds = useQuery({ queryKey: ["unit-kinds"], queryFn: units.kinds, staleTime: Infinity });
  const required = [{ required: true, message: t("required") }];

  const save = async (fields: Fields) => {
    setBusy(true);
    try {
      const shared = { name: fields.name, kind: fields.kind, parent_id: fields.parent_id, territory: fields.territory };
      const name_en = fields.name_en || undefined;
      const saved = unit
        ? await api.patch<Unit>(`/api/units/${unit.id}`, { ...shared, name_en }, { ifMatch: unit.version })
        : await api.post<Unit>("/api/units", {
            ...shared,
            name_en,
            code: fields.code,
            line: fields.line,
            valid_from: fields.valid_from || undefined,
          });
      void message.success(t("unitSaved", { name: saved.name }));
      await client.invalidateQueries({ queryKey: ["units"] });
      onClose();
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      title={t(unit ? "unitEdit" : "unitAdd")}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={(fields) => void save(fields)}
        initialValues={unit ?? { parent_id: parent?.id }}
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
      </Form>
    </Modal>
  );
}

export function UnitMerge({ unit, onClose }: { unit: UnitDetail; onClose: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const root = homeUnit(useSession());
  const [form] = Form.useForm<{ successor_id: string; on: string }>();
  const [busy, setBusy] = useState(false);
  const required = [{ required: true, message: t("required") }];
  const merge = async (fields: { successor_id: string; on: string }) => {
    setBusy(true);
    try {
      await api.post(`/api/units/${unit.id}/merge`, {
        successor_id: fields.successor_id,
        on: fields.on,
      });
      void message.success(t("unitMerged", { name: unit.name, date: formatDate(fields.on) }));
      await client.invalidateQueries({ queryKey: ["units"] });
      onClose();
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("unitMergeTitle", { name: unit.name })}
      okText={t("unitMerge")}
      okButtonProps={{ danger: true }}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Typography.Paragraph>{t("unitMergeExplain")}</Typography.Paragraph>
      <Form form={form} layout="vertical" onFinish={(fields) => void merge(fields)} initialValues={{ successor_id: null, on: null }}>
        <Form.Item name="successor_id" label={t("unitSuccessor")} rules={required}>
          <UnitPicker root={root} />
        </Form.Item>
        <Form.Item name="on" label={t("unitMergeOn")} rules={required}>
          <DayPicker />
        </Form.Item>
      </Form>
    </Modal>
  );
}
