import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { newKey } from "../api/key.ts";
import { indicators, type IndicatorDetail } from "../api/indicators.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useWords } from "../words/words.tsx";
import { readAmount } from "../format/amount.ts";
import {
  accruals,
  aggregations,
  aggregationsOf,
  directions,
  frequencies,
  levels,
  operators,
  optionsOf,
  valueTypes,
} from "./choices.ts";
import { blankFields, toFields, toInput, type IndicatorFields } from "./indicator-fields.ts";

const PLACES_MAX = 6;

/** Refuses what is no number of so many decimals; empty is another rule's matter. */
function useAmountRule() {
  const t = useWords();
  return (decimals: number) => ({
    validator: (_: unknown, text: string | undefined) =>
      !text?.trim() || readAmount(text, decimals).ok
        ? Promise.resolve()
        : Promise.reject(new Error(t("amountInvalid", { n: decimals }))),
  });
}

function Words({ fixed }: { fixed: boolean }) {
  const t = useWords();
  const required = [{ required: true, whitespace: true, message: t("required") }];
  return (
    <>
      {!fixed && (
        <Form.Item name="code" label={t("indicatorCode")} extra={t("indicatorCodeHint")} rules={required}>
          <Input autoFocus maxLength={20} autoCapitalize="characters" spellCheck={false} />
        </Form.Item>
      )}
      <Form.Item name="name" label={t("indicatorName")} rules={required}>
        <Input.TextArea autoSize maxLength={300} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="group" label={t("indicatorGroup")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="resolution" label={t("resolution")}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="definition" label={t("definition")}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name="source" label={t("source")}>
        <Input.TextArea autoSize maxLength={2000} />
      </Form.Item>
    </>
  );
}

function Kinds() {
  const t = useWords();
  const form = Form.useFormInstance<IndicatorFields>();
  const type = Form.useWatch("value_type", form) ?? "number";
  const fitting = aggregationsOf(type);
  const onType = (next: IndicatorFields["value_type"]) => {
    const whole = next !== "number" && next !== "percentage";
    form.setFieldsValue({
      decimals: whole ? 0 : next === "percentage" ? 2 : form.getFieldValue("decimals"),
      factor: next === "percentage" ? 100 : 1,
      part_decimals: 0,
    });
    if (!aggregationsOf(next).includes(form.getFieldValue("aggregation"))) {
      form.setFieldsValue({ aggregation: next === "percentage" ? "ratio" : next === "yes_no" ? "count_yes" : "none" });
    }
  };
  return (
    <div className="form-pair">
      <Form.Item name="value_type" label={t("valueType")}>
        <Select options={optionsOf(valueTypes, t)} onChange={onType} />
      </Form.Item>
      <Form.Item name="unit_of_measure" label={t("unitOfMeasure")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="accrual" label={t("accrual")}>
        <Select options={optionsOf(accruals, t)} />
      </Form.Item>
      <Form.Item name="frequency" label={t("frequency")}>
        <Select options={optionsOf(frequencies, t)} />
      </Form.Item>
      <Form.Item name="direction" label={t("direction")}>
        <Select options={optionsOf(directions, t)} />
      </Form.Item>
      <Form.Item name="aggregation" label={t("aggregation")}>
        <Select options={optionsOf(aggregations, t).filter(({ value }) => fitting.includes(value))} />
      </Form.Item>
    </div>
  );
}

function Scale() {
  const t = useWords();
  const form = Form.useFormInstance<IndicatorFields>();
  const type = Form.useWatch("value_type", form) ?? "number";
  const decimals = Form.useWatch("decimals", form) ?? 0;
  const amount = useAmountRule();
  const places = <InputNumber min={0} max={PLACES_MAX} precision={0} />;
  const scaled = type === "number" || type === "percentage";
  return (
    <div className="form-pair">
      <Form.Item name="decimals" label={t("decimals")} hidden={!scaled}>
        {places}
      </Form.Item>
      <Form.Item name="part_decimals" label={t("partDecimals")} hidden={type !== "percentage"}>
        {places}
      </Form.Item>
      <Form.Item name="factor" label={t("factor")} extra={t("factorHint")} hidden={type !== "percentage"}>
        <InputNumber min={1} max={1_000_000} precision={0} />
      </Form.Item>
      <Form.Item name="min" label={t("least")} rules={[amount(decimals)]} hidden={type === "text"}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="max" label={t("most")} rules={[amount(decimals)]} hidden={type === "text"}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="outlier_percent" label={t("outlier")} extra={t("outlierHint")} hidden={!scaled}>
        <InputNumber min={0} max={100_000} precision={0} suffix="%" />
      </Form.Item>
    </div>
  );
}

function Targets() {
  const t = useWords();
  const form = Form.useFormInstance<IndicatorFields>();
  const decimals = Form.useWatch("decimals", form) ?? 0;
  const type = Form.useWatch("value_type", form);
  const targets = Form.useWatch("targets", form) ?? [];
  const amount = useAmountRule();
  const required = { required: true, message: t("required") };
  if (type === "text") return null;
  return (
    <Form.List name="targets">
      {(rows, { add, remove }) => (
        <fieldset className="form-rows">
          <legend>{t("targets")}</legend>
          {rows.map((row) => (
            <div key={row.key} className="form-row">
              <Form.Item name={[row.name, "year"]} rules={[required]}>
                <InputNumber aria-label={t("year")} placeholder={t("year")} min={2000} max={2100} precision={0} />
              </Form.Item>
              <Form.Item name={[row.name, "operator"]} rules={[required]} style={{ flex: "1 1 140px" }}>
                <Select aria-label={t("operator")} options={optionsOf(operators, t)} />
              </Form.Item>
              <Form.Item name={[row.name, "value"]} rules={[required, amount(decimals)]} style={{ flex: "1 1 100px" }}>
                <Input aria-label={t("target")} placeholder={t("target")} inputMode="decimal" />
              </Form.Item>
              {targets[row.name]?.operator === "range" && (
                <Form.Item name={[row.name, "high"]} rules={[required, amount(decimals)]} style={{ flex: "1 1 100px" }}>
                  <Input aria-label={t("targetHigh")} placeholder={t("targetHigh")} inputMode="decimal" />
                </Form.Item>
              )}
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t("targetTakeOut")}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ operator: "at_least" })}>
            {t("targetAdd")}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function Rest() {
  const t = useWords();
  return (
    <>
      <Form.Item name="levels" label={t("levels")}>
        <Checkbox.Group options={optionsOf(levels, t)} />
      </Form.Item>
      <Form.Item name="evidence_required" valuePropName="checked">
        <Checkbox>{t("evidenceRequired")}</Checkbox>
      </Form.Item>
      <Form.Item name="illustrative" valuePropName="checked" extra={t("illustrativeHint")}>
        <Checkbox>{t("illustrative")}</Checkbox>
      </Form.Item>
    </>
  );
}

type Props = { indicator?: IndicatorDetail; onClose: () => void; onSaved?: (indicator: IndicatorDetail) => void };

/** Every property of a definition. A change makes a new version and says why. */
export function IndicatorFormDrawer({ indicator, onClose, onSaved }: Props) {
  const t = useWords();
  const [key] = useState(newKey);
  const save = (fields: IndicatorFields) => {
    const input = toInput(fields);
    return indicator
      ? indicators.change(indicator.id, { ...input, code: undefined }, indicator.version)
      : indicators.create({ ...input, change_reason: undefined }, key);
  };
  return (
    <FormDialog
      drawer={680}
      title={indicator ? t("indicatorEdit", { code: indicator.code }) : t("indicatorAdd")}
      explain={indicator && <Alert type="info" showIcon className="stacked" title={t("indicatorVersionExplain")} />}
      initialValues={indicator ? toFields(indicator) : blankFields}
      onSave={save}
      said={(saved) => t("indicatorSaved", { code: saved.code })}
      refresh={["indicators"]}
      onSaved={(saved) => {
        onClose();
        onSaved?.(saved);
      }}
      onClose={onClose}
    >
      <Words fixed={!!indicator} />
      <Kinds />
      <Scale />
      <Targets />
      <Rest />
      {indicator && (
        <Form.Item
          name="change_reason"
          label={t("changeReason")}
          rules={[{ required: true, whitespace: true, message: t("required") }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
