import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, AutoComplete, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { documents, type DocumentDetail, type Secrecy } from "../api/documents.ts";
import { newKey } from "../api/key.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { serverNow } from "../session/clock.ts";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { deadlineBefore } from "./correction.ts";
import { blankFields, toFields, toInput, type DocumentFields } from "./document-fields.ts";
import { dayOf, linkKinds, linkWords, nameOf, secrecies } from "./document-words.ts";
import { isAbove } from "./secrecy-levels.ts";
import { useApprovedSecrecy } from "./use-approved-secrecy.ts";
import { documentTypes } from "../words/letters.ts";

function useRequired() {
  const t = useWords();
  return [{ required: true, whitespace: true, message: t("required") }];
}

function Head({ fixed, month }: { fixed: boolean; month: string | null }) {
  const t = useWords();
  const session = useSession();
  return (
    <>
      {!fixed && (
        <Form.Item name="unit_id" label={t("documentUnit")} rules={[{ required: true, message: t("required") }]}>
          <UnitPicker root={homeUnit(session)} />
        </Form.Item>
      )}
      <Form.Item name="secrecy" label={t("secrecy")}>
        <Select<Secrecy> options={(Object.keys(secrecies) as Secrecy[]).map((value) => ({ value, label: t(secrecies[value]) }))} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="number" label={t("documentNumber")} extra={t("documentNumberHint")}>
          <Input maxLength={200} spellCheck={false} />
        </Form.Item>
        <Form.Item name="date" label={t("documentDate")} extra={month && t("documentMonthHint")}>
          <DayPicker placeholder={month ? dayOf({ date: null, month }, t) : undefined} />
        </Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item name="due" label={t("documentDue")}>
          <DayPicker />
        </Form.Item>
        <Form.Item
          name="due_hour"
          label={t("deadlineHour")}
          rules={[
            {
              validator: (_, hour: string) =>
                deadlineBefore("2026-01-01", hour ?? "") ? Promise.resolve() : Promise.reject(new Error(t("deadlineHourHint"))),
            },
          ]}
        >
          <Input maxLength={5} />
        </Form.Item>
      </div>
    </>
  );
}

function Body() {
  const t = useWords();
  const required = useRequired();
  return (
    <>
      <Form.Item name="type" label={t("documentType")} rules={required}>
        <AutoComplete
          options={documentTypes.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => !!option?.value.toLowerCase().includes(typed.toLowerCase()) }}
        />
      </Form.Item>
      <Form.Item name="subject" label={t("documentSubject")} rules={required}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="issuer" label={t("documentIssuer")}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="superior" label={t("documentSuperior")}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="place" label={t("documentPlace")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="signer" label={t("signerName")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="prefix" label={t("signerPrefix")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="position" label={t("signerPosition")}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name="addressees" label={t("documentAddressees")} extra={t("documentNamesHint")}>
        <Select mode="tags" tokenSeparators={["\n", ";"]} open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="recipients" label={t("documentRecipients")}>
        <Select mode="tags" tokenSeparators={["\n", ";"]} open={false} suffixIcon={null} />
      </Form.Item>
    </>
  );
}

function Arrival() {
  const t = useWords();
  const form = Form.useFormInstance<DocumentFields>();
  const arrived = Form.useWatch("arrived", form);
  return (
    <>
      <Form.Item name="arrived" valuePropName="checked">
        <Checkbox>{t("documentArrived")}</Checkbox>
      </Form.Item>
      {arrived && (
        <div className="form-pair">
          <Form.Item name="arrived_on" label={t("registerArrivedOn")} rules={[{ required: true, message: t("required") }]}>
            <DayPicker />
          </Form.Item>
          <Form.Item name="arrival_number" label={t("registerArrivalNumber")} extra={t("arrivalNumberHint")}>
            <InputNumber min={1} max={999_999} precision={0} />
          </Form.Item>
        </div>
      )}
    </>
  );
}

function References() {
  const t = useWords();
  return (
    <Form.List name="references">
      {(rows, { add, remove }) => (
        <fieldset className="form-rows">
          <legend>{t("documentReferences")}</legend>
          {rows.map((row) => (
            <div key={row.key} className="form-row">
              <Form.Item name={[row.name, "kind"]} style={{ flex: "1 1 140px" }}>
                <Select aria-label={t("linkKind")} options={linkKinds.map((value) => ({ value, label: t(linkWords[value].to) }))} />
              </Form.Item>
              <Form.Item
                name={[row.name, "number"]}
                style={{ flex: "2 1 140px" }}
                rules={[{ required: true, whitespace: true, message: t("required") }]}
              >
                <Input aria-label={t("documentNumber")} placeholder={t("documentNumber")} maxLength={200} />
              </Form.Item>
              <Form.Item name={[row.name, "date"]}>
                <DayPicker label={t("documentDate")} placeholder={t("documentDate")} />
              </Form.Item>
              <Button type="text" icon={<MinusCircleOutlined />} aria-label={t("linkTakeOut")} onClick={() => remove(row.name)} />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ kind: "based_on", number: "", type: "", date: null })}>
            {t("linkAdd")}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

type Props = { document?: DocumentDetail; onClose: () => void; onSaved?: (document: DocumentDetail) => void };

/** Every field of a document. Above the approved secrecy only number, date and deadline are asked for and sent. */
export default function DocumentForm({ document, onClose, onSaved }: Props) {
  const t = useWords();
  const session = useSession();
  const [key] = useState(newKey);
  const [form] = Form.useForm<DocumentFields>();
  const approved = useApprovedSecrecy();
  const [secrecy, setSecrecy] = useState<Secrecy>(document?.secrecy ?? "normal");
  const stub = isAbove(secrecy, approved);
  const withheld = stub && document !== undefined && !document.stub;
  const today = new Date(serverNow() + 7 * 3_600_000).toISOString().slice(0, 10);
  const save = (fields: DocumentFields) => {
    const all = { ...(document ? toFields(document) : blankFields(homeUnit(session).id, today)), ...fields };
    const input = toInput(all, stub, document);
    return document ? documents.change(document.id, input, document.version) : documents.create(input, key);
  };
  return (
    <FormDialog<DocumentFields, DocumentDetail>
      drawer={680}
      form={form}
      title={document ? t("documentEdit", { name: nameOf(document, t) }) : t("documentAdd")}
      okText={withheld ? t("documentWithhold") : undefined}
      danger={withheld}
      explain={
        withheld ? (
          <Alert
            type="error"
            showIcon
            className="stacked"
            title={t("documentWithholdTitle", { n: document.files.length })}
            description={t("documentWithholdExplain")}
          />
        ) : (
          stub && <Alert type="warning" showIcon className="stacked" title={t("documentStubExplain")} />
        )
      }
      initialValues={document ? toFields(document) : blankFields(homeUnit(session).id, today)}
      onValuesChange={(changed) => changed.secrecy && setSecrecy(changed.secrecy)}
      onSave={save}
      said={(saved) => t("documentSaved", { name: nameOf(saved, t) })}
      refresh={["documents"]}
      onSaved={(saved) => {
        onClose();
        onSaved?.(saved);
      }}
      onClose={onClose}
    >
      <Head fixed={!!document} month={document && !document.date ? document.month : null} />
      {!stub && (
        <>
          <Body />
          <Arrival />
          {!document && <References />}
        </>
      )}
    </FormDialog>
  );
}
