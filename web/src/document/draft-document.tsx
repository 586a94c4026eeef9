import { CloseOutlined } from "@ant-design/icons";
import { Alert, AutoComplete, Button, Checkbox, Input, Select } from "antd";
import { memo } from "react";
import type { LinkKind, Secrecy } from "../api/documents.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { useWords, type Word } from "../words/words.tsx";
import type { DraftDocument, Gap } from "./correction.ts";
import { dayOf, linkKinds, linkWords, secrecies } from "./document-words.ts";
import { documentTypes } from "../words/letters.ts";
import { DraftField } from "./draft-field.tsx";
import { problemAt, problemsBeside, type Refusal } from "./refusal.ts";

export type Point = (name: string, on: boolean, scroll: boolean) => void;

type Props = {
  document: DraftDocument;
  /** Today, for a letter that arrived. */
  today: string;
  gaps: Gap["field"][];
  /** Above the approved secrecy: nothing but the stub is kept. */
  stub: boolean;
  problems: Refusal[];
  onChange: (key: string, changes: Partial<DraftDocument>) => void;
  onPoint: Point;
};

type TextKey = "issuer" | "superior" | "place" | "prefix" | "position" | "signer";
const texts: { field: TextKey; word: Word; max: number; half?: boolean }[] = [
  { field: "issuer", word: "documentIssuer", max: 500, half: true },
  { field: "superior", word: "documentSuperior", max: 500, half: true },
  { field: "prefix", word: "signerPrefix", max: 500, half: true },
  { field: "position", word: "signerPosition", max: 500, half: true },
  { field: "signer", word: "signerName", max: 200 },
  { field: "place", word: "documentPlace", max: 200 },
];

/* Those that show what is said of them beside them. */
const shownFields = ["type", "number", "date", "month", "subject", "issuer", "superior", "place", "secrecy"];

function References({ document, onChange, onPoint }: Pick<Props, "document" | "onChange" | "onPoint">) {
  const t = useWords();
  const set = (references: DraftDocument["references"]) => onChange(document.key, { references });
  if (document.references.length === 0) return null;
  return (
    <fieldset className="draft-units is-wide">
      <legend>{t("documentReferences")}</legend>
      <ul className="plain-list">
        {document.references.map((reference, nth) => (
          <li
            key={nth}
            className="draft-reference"
            onMouseEnter={() => onPoint(`${document.key}.reference${nth}`, true, false)}
            onMouseLeave={() => onPoint(`${document.key}.reference${nth}`, false, false)}
            onFocus={() => onPoint(`${document.key}.reference${nth}`, true, true)}
          >
            <Select<LinkKind>
              size="small"
              aria-label={t("linkKind")}
              value={reference.kind}
              options={linkKinds.map((value) => ({ value, label: t(linkWords[value].to) }))}
              onChange={(kind) => set(document.references.map((one, i) => (i === nth ? { ...one, kind } : one)))}
            />
            <Input
              size="small"
              aria-label={t("documentNumber")}
              value={reference.number ?? ""}
              maxLength={200}
              onChange={(event) => set(document.references.map((one, i) => (i === nth ? { ...one, number: event.target.value || null } : one)))}
            />
            <DayPicker
              label={t("documentDate")}
              placeholder={t("documentDate")}
              value={reference.date}
              onChange={(date) => set(document.references.map((one, i) => (i === nth ? { ...one, date } : one)))}
            />
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label={`${t("linkTakeOut")}: ${reference.number ?? reference.title ?? ""}`}
              onClick={() => set(document.references.filter((_, i) => i !== nth))}
            />
            <span className="second-line">{[reference.type, reference.issuer, reference.title].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** The fields of one document as they were read, each to be mended. */
export const DraftDocumentFields = memo(function DraftDocumentFields({ document, stub, today, gaps, problems, onChange, onPoint }: Props) {
  const t = useWords();
  const point = (field: string) => (on: boolean, scroll: boolean) => onPoint(`${document.key}.${field}`, on, scroll);
  const missing = (field: Gap["field"]) => problemAt(problems, field) ?? (gaps.includes(field) ? t("required") : undefined);
  const set = (changes: Partial<DraftDocument>) => onChange(document.key, changes);
  return (
    <div className="draft-grid">
      {problemsBeside(problems, shownFields).map(({ title }) => (
        <div key={title} className="draft-problem is-wide" role="alert">
          {title}
        </div>
      ))}
      {stub && <Alert type="warning" showIcon className="is-wide" title={t("draftWithheld")} />}
      <DraftField label={t("documentType")} problem={missing("type")} onPoint={point("type")}>
        {(id) => (
          <AutoComplete
            id={id}
            value={document.type}
            options={documentTypes.map((value) => ({ value }))}
            showSearch={{ filterOption: (typed, option) => !!option?.value.toLowerCase().includes(typed.toLowerCase()) }}
            onChange={(type: string) => set({ type: type ?? "" })}
          />
        )}
      </DraftField>
      <DraftField label={t("documentNumber")} problem={problemAt(problems, "number")} onPoint={point("number")}>
        {(id) => <Input id={id} value={document.number} maxLength={200} onChange={(event) => set({ number: event.target.value })} />}
      </DraftField>
      <DraftField label={t("documentDate")} problem={problemAt(problems, "date", "month")} onPoint={point("date")}>
        {(id) => <DayPicker id={id} value={document.date} placeholder={dayOf(document, t) || undefined} onChange={(date) => set({ date })} />}
      </DraftField>
      <DraftField label={t("documentSubject")} wide problem={missing("subject")} onPoint={point("subject")}>
        {(id) => (
          <Input.TextArea id={id} autoSize value={document.subject} maxLength={2000} onChange={(event) => set({ subject: event.target.value })} />
        )}
      </DraftField>
      {texts.map(({ field, word, max, half }) => (
        <DraftField key={field} label={t(word)} half={half} onPoint={point(field)}>
          {(id) => <Input id={id} value={document[field]} maxLength={max} onChange={(event) => set({ [field]: event.target.value })} />}
        </DraftField>
      ))}
      <DraftField label={t("secrecy")} problem={problemAt(problems, "secrecy")}>
        {(id) => (
          <Select<Secrecy>
            id={id}
            value={document.secrecy}
            options={(Object.keys(secrecies) as Secrecy[]).map((value) => ({ value, label: t(secrecies[value]) }))}
            onChange={(secrecy) => set({ secrecy })}
          />
        )}
      </DraftField>
      {(["addressees", "recipients"] as const).map((field) => (
        <DraftField key={field} label={t(field === "addressees" ? "documentAddressees" : "documentRecipients")} wide onPoint={point(field)}>
          {(id) => (
            <Select
              id={id}
              mode="tags"
              open={false}
              suffixIcon={null}
              tokenSeparators={["\n", ";"]}
              value={document[field]}
              onChange={(names: string[]) => set({ [field]: names })}
            />
          )}
        </DraftField>
      ))}
      <References document={document} onChange={onChange} onPoint={onPoint} />
      <div className="is-wide">
        <Checkbox checked={document.arrivedOn !== null} onChange={(event) => set({ arrivedOn: event.target.checked ? today : null })}>
          {t("documentArrived")}
        </Checkbox>
      </div>
      {document.arrivedOn !== null && (
        <DraftField label={t("registerArrivedOn")}>
          {(id) => <DayPicker id={id} value={document.arrivedOn} onChange={(day) => set({ arrivedOn: day ?? today })} />}
        </DraftField>
      )}
    </div>
  );
});
