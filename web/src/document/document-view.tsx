import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Skeleton, Space } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { documents, type DocumentDetail } from "../api/documents.ts";
import { formatDate } from "../format/format.ts";
import { Countdown } from "../parts/countdown.tsx";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { DocumentFiles } from "./document-files.tsx";
import { DocumentLinks } from "./document-links.tsx";
import { SecrecyTag } from "./document-list.tsx";
import { DocumentTasks } from "./document-tasks.tsx";
import { DocumentText } from "./document-text.tsx";
import { dayOf, nameOf } from "./document-words.ts";

const DocumentForm = lazy(() => import("./document-form.tsx"));
const DocumentChain = lazy(() => import("./chain.tsx"));

function useFacts(document: DocumentDetail) {
  const t = useWords();
  const none = t("none");
  const names = (list: string[]) =>
    list.length ? (
      <ul className="plain-list">
        {list.map((name, nth) => (
          <li key={nth}>{name}</li>
        ))}
      </ul>
    ) : (
      none
    );
  const { signer } = document;
  const due = { key: "due", label: t("documentDue"), children: document.due ? <Countdown deadline={document.due} /> : none };
  const day = { key: "date", label: t("documentDate"), children: dayOf(document, t) || t("documentUndated") };
  const unit = { key: "unit", label: t("documentUnit"), children: document.unit.name };
  if (document.stub) return [day, due, unit];
  const arrival = document.arrived_on
    ? [document.arrival_number && t("documentArrivalNumber", { n: document.arrival_number }), formatDate(document.arrived_on)]
        .filter(Boolean)
        .join(" · ")
    : t("documentNotArrived");
  return [
    { key: "subject", label: t("documentSubject"), children: document.subject || none, span: "filled" as const },
    { key: "issuer", label: t("documentIssuer"), children: [document.issuer, document.superior && `(${document.superior})`].filter(Boolean).join(" ") || none },
    day,
    { key: "place", label: t("documentPlace"), children: document.place || none },
    { key: "signer", label: t("documentSigner"), children: [signer.prefix, signer.position, signer.name].filter(Boolean).join(" · ") || none },
    { key: "arrival", label: t("documentArrival"), children: arrival },
    due,
    unit,
    { key: "addressees", label: t("documentAddressees"), children: names(document.addressees), span: "filled" as const },
    { key: "recipients", label: t("documentRecipients"), children: names(document.recipients), span: "filled" as const },
  ];
}

function View({ document }: { document: DocumentDetail }) {
  const t = useWords();
  const [editing, setEditing] = useState(false);
  const facts = useFacts(document);
  return (
    <>
      <Link href="/documents" className="no-print">
        ← {t("documentBack")}
      </Link>
      <div className="screen-head">
        <h1>
          {nameOf(document, t)} <SecrecyTag secrecy={document.secrecy} stub={document.stub} />
        </h1>
        {document.may_change && (
          <Space wrap className="no-print">
            {document.reading_id && <Link href={`/documents/readings/${document.reading_id}`}>{t("documentReading")}</Link>}
            <Button type="primary" onClick={() => setEditing(true)}>
              {t("documentChange")}
            </Button>
          </Space>
        )}
      </div>
      {document.stub && <Alert type="warning" showIcon className="stacked" title={t("documentStubExplain")} />}
      <Descriptions size="small" bordered column={{ xs: 1, sm: 1, md: 1, lg: 2, xl: 2, xxl: 3 }} items={facts} />
      <DocumentTasks document={document} />
      {!document.stub && <DocumentFiles document={document} />}
      <h2>{t("chainTitle")}</h2>
      <Suspense fallback={<Skeleton active />}>
        <DocumentChain id={document.id} />
      </Suspense>
      <DocumentLinks document={document} />
      {document.has_text && <DocumentText id={document.id} />}
      {editing && (
        <Suspense fallback={null}>
          <DocumentForm document={document} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  );
}

/** One document: what it says of itself, its files, what stands on it and what it stands on, its text. */
export default function DocumentView({ id }: { id: string }) {
  const query = useQuery({ queryKey: ["documents", "one", id], queryFn: () => documents.one(id) });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <View document={query.data} />;
}
