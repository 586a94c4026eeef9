import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Select } from "antd";
import type { Indicator } from "../api/types.ts";
import { useWords } from "../words/words.tsx";
import { checkOperators, operators } from "./choices.ts";

/** Rules between two indicators of the form: the sentence is what people read when one does not hold. */
export function CheckRows({ chosen }: { chosen: Indicator[] }) {
  const t = useWords();
  const required = [{ required: true, message: t("required") }];
  const options = chosen.map((indicator) => ({ value: indicator.id, label: `${indicator.code} ${indicator.name}` }));
  const pick = (label: string) => (
    <Select aria-label={label} placeholder={label} options={options} showSearch={{ optionFilterProp: "label" }} />
  );
  return (
    <Form.List name="checks">
      {(rows, { add, remove }) => (
        <div className="form-rows">
          {rows.map((row) => (
            <div key={row.key} className="form-row">
              <Form.Item name={[row.name, "left_id"]} rules={required} style={{ flex: "1 1 180px" }}>
                {pick(t("checkLeft"))}
              </Form.Item>
              <Form.Item name={[row.name, "operator"]} rules={required} style={{ flex: "0 1 150px" }}>
                <Select
                  aria-label={t("operator")}
                  options={checkOperators.map((value) => ({ value, label: t(operators[value]) }))}
                />
              </Form.Item>
              <Form.Item name={[row.name, "right_id"]} rules={required} style={{ flex: "1 1 180px" }}>
                {pick(t("checkRight"))}
              </Form.Item>
              <Form.Item name={[row.name, "about"]} rules={required} style={{ flex: "2 1 260px" }}>
                <Input aria-label={t("checkAbout")} placeholder={t("checkAbout")} maxLength={500} />
              </Form.Item>
              <Form.Item name={[row.name, "blocks"]} valuePropName="checked">
                <Checkbox>{t("checkBlocks")}</Checkbox>
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t("checkTakeOut")}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} disabled={chosen.length < 2} onClick={() => add({ operator: "at_most", blocks: true })}>
            {t("checkAdd")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
