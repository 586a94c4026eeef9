import { FileAddOutlined } from "@ant-design/icons";
import { Button, Skeleton, Space, Tabs } from "antd";
import { lazy, Suspense, useState } from "react";
import { useRoute } from "wouter";
import { useGo, usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { useMay } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { DocumentList } from "./document-list.tsx";
import { ReadingDrop } from "./reading-drop.tsx";
import { ReadingList } from "./reading-list.tsx";
import "./document.css";

const DocumentView = lazy(() => import("./document-view.tsx"));
const DocumentForm = lazy(() => import("./document-form.tsx"));
const Register = lazy(() => import("./register.tsx"));
const ReadingView = lazy(() => import("./reading-view.tsx"));

function Lists() {
  const t = useWords();
  const go = useGo();
  const [place, setPlace] = usePlace();
  const manage = useMay("document.manage");
  const [adding, setAdding] = useState(false);
  return (
    <>
      <div className="screen-head">
        <h1>{t("screenDocuments")}</h1>
        {manage && (
          <Space wrap className="no-print">
            <Button icon={<FileAddOutlined />} onClick={() => setAdding(true)}>
              {t("documentAdd")}
            </Button>
          </Space>
        )}
      </div>
      {manage && <ReadingDrop />}
      <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
        <Tabs
          activeKey={place.get("tab") ?? "list"}
          onChange={(tab) => setPlace({ tab: tab === "list" ? null : tab })}
          destroyOnHidden
          items={[
            { key: "list", label: t("documentsTab"), children: <DocumentList onAdd={manage ? () => setAdding(true) : undefined} /> },
            { key: "register", label: t("documentRegisterTab"), children: <Register /> },
            ...(manage ? [{ key: "readings", label: t("readingsTab"), children: <ReadingList /> }] : []),
          ]}
        />
        {adding && <DocumentForm onClose={() => setAdding(false)} onSaved={(made) => go(`/documents/${made.id}`)} />}
      </Suspense>
    </>
  );
}

/** Văn bản: /documents with its lists, /documents/{id}, and /documents/readings/{id} beside the letter's text. */
export default function Documents() {
  const [reading, read] = useRoute<{ id: string }>("/documents/readings/:id");
  const [one, path] = useRoute<{ id: string }>("/documents/:id");
  useLiveRefresh(["documents"], (change) => change.kind.startsWith("document."));
  useLiveRefresh(["readings"], (change) => change.kind.startsWith("reading."));
  if (reading) return <ReadingView key={read.id} id={read.id} />;
  if (one) return <DocumentView key={path.id} id={path.id} />;
  return <Lists />;
}
