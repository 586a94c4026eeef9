import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, AutoComplete, Button, Form, Input, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { documents, type DocumentDetail, type DocumentItem, type DocumentLink, type LinkKind } from "../api/documents.ts";
import { newKey } from "../api/key.ts";
import { formatDate } from "../format/format.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { useWords } from "../words/words.tsx";
import { linkKinds, linkWords, nameOf } from "./document-words.ts";

type Fields = { kind: LinkKind; number: string; type: string; date: string | null };

/** A link to a document of the registry when one is picked, else to what the letter names, until that arrives. */
function LinkDialog({ document, onClose }: { document: DocumentDetail; onClose: () => void }) {
  const t = useWords();
  const [form] = Form.useForm<Fields>();
  const [key] = useState(newKey);
  const [q, setQ] = useState("");
  const [picked, setPicked] = useState<DocumentItem | null>(null);
  const wanted = useDeferredValue(q.trim());
  const found = useQuery({
    queryKey: ["documents", "pick", document.unit.id, wanted],
    queryFn: () => documents.page({ unit_id: document.unit.id, q: wanted, limit: 10 }),
    enabled: wanted.length > 1,
  });
  const items = (found.data?.items ?? []).filter((item) => item.id !== document.id);
  const save = (fields: Fields) =>
    documents.link(
      document.id,
      picked && picked.number === fields.number
        ? { kind: fields.kind, to_id: picked.id }
        : { kind: fields.kind, number: fields.number.trim(), type: fields.type?.trim() || undefined, date: fields.date ?? undefined },
      key,
    );
  return (
    <FormDialog<Fields, unknown>
      form={form}
      title={t("linkAddTo", { name: nameOf(document, t) })}
      initialValues={{ kind: "based_on", number: "", type: "", date: null }}
      onSave={save}
      said={() => t("linkAdded")}
      refresh={["documents"]}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t("linkKind")}>
        <Select options={linkKinds.map((value) => ({ value, label: t(linkWords[value].to) }))} />
      </Form.Item>
      <Form.Item
        name="number"
        label={t("linkDocument")}
        extra={picked ? t("linkPicked", { subject: picked.subject }) : t("linkDocumentHint")}
        rules={[{ required: true, whitespace: true, message: t("required") }]}
      >
        <AutoComplete
          options={items.map((item) => ({
            value: item.number ?? "",
            key: item.id,
            label: [nameOf(item, t), formatDate(item.date), item.subject].filter(Boolean).join(" · "),
          }))}
          onSearch={(text) => {
            setQ(text);
            setPicked(null);
          }}
          onSelect={(_, option) => setPicked(items.find((item) => item.id === option.key) ?? null)}
        />
      </Form.Item>
      {!picked && (
        <div className="form-pair">
          <Form.Item name="type" label={t("documentType")}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="date" label={t("documentDate")}>
            <DayPicker />
          </Form.Item>
        </div>
      )}
    </FormDialog>
  );
}

function Other({ link }: { link: DocumentLink }) {
  const t = useWords();
  const one = link.document ?? link.reference;
  if (!one) return <>–</>;
  const name = nameOf(one, t);
  return (
    <>
      {link.document ? <Link href={`/documents/${link.document.id}`}>{name}</Link> : name}
      <span className="second-line">
        {[
          formatDate(one.date),
          one.issuer,
          link.document ? link.document.subject : link.reference?.title,
          !link.document && t("linkOutside"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </>
  );
}

/** What the document stands on, and what stands on it. */
export function DocumentLinks({ document }: { document: DocumentDetail }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { modal } = App.useApp();
  const [adding, setAdding] = useState(false);
  const remove = (link: DocumentLink) =>
    modal.confirm({
      title: t("linkRemoveAsk", { name: nameOf(link.document ?? link.reference ?? { type: null, number: null }, t) }),
      okText: t("linkRemove"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () =>
        documents
          .unlink(link.id)
          .catch(show)
          .then(() => client.invalidateQueries({ queryKey: ["documents"] })),
    });
  return (
    <>
      <h2>{t("documentLinks")}</h2>
      <ListTable<DocumentLink>
        label={t("documentLinks")}
        rows={document.links}
        rowKey={(link) => link.id}
        empty={<p className="work-facts">{t("linksNone")}</p>}
        columns={[
          { title: t("linkKind"), className: "document-number", cell: (link) => t(linkWords[link.kind][link.direction]) },
          { title: t("documentOne"), head: true, cell: (link) => <Other link={link} /> },
          ...(document.may_change
            ? [
                {
                  title: t("readingActs"),
                  acts: true,
                  cell: (link: DocumentLink) =>
                    link.direction === "to" && (
                      <Button size="small" onClick={() => remove(link)}>
                        {t("linkRemove")}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      {document.may_change && (
        <Button className="more-button no-print" onClick={() => setAdding(true)}>
          {t("linkAdd")}
        </Button>
      )}
      {adding && <LinkDialog document={document} onClose={() => setAdding(false)} />}
    </>
  );
}
