import { DownloadOutlined, PaperClipOutlined, UploadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress, Tag, Typography } from "antd";
import { useRef, useState } from "react";
import { Offline, Problem } from "../api/client.ts";
import { documentFiles, type DocumentDetail, type DocumentFile } from "../api/documents.ts";
import { formatSize, formatTime } from "../format/format.ts";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useLanguage, useWords } from "../words/words.tsx";

/** Files by name, each with its versions, the newest first. */
export function byName(files: DocumentFile[]): DocumentFile[][] {
  const names = new Map<string, DocumentFile[]>();
  for (const file of files) names.set(file.name, [...(names.get(file.name) ?? []), file]);
  return [...names.values()].map((versions) => versions.toSorted((a, b) => b.revision - a.revision));
}

function RemoveFile({ file }: { file: DocumentFile }) {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const name = { name: file.name, n: file.revision };
  return (
    <>
      <Button className="no-print" size="small" aria-label={t("documentFileRemoveOf", name)} onClick={() => setAsking(true)}>
        {t("documentFileRemove")}
      </Button>
      {asking && (
        <ReasonDialog
          title={t("documentFileRemoveOf", name)}
          explain={t("documentFileRemoveExplain")}
          okText={t("documentFileRemove")}
          danger
          onOk={async (reason) => {
            await documentFiles.remove(file.id, reason);
            void message.success(t("documentFileRemoved", name));
            await client.invalidateQueries({ queryKey: ["documents"] });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function FileLine({ file, old, mayRemove }: { file: DocumentFile; old: boolean; mayRemove: boolean }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <div className="file-line">
      <a href={documentFiles.address(file.id)} download={file.name}>
        <DownloadOutlined aria-hidden="true" /> {old ? t("fileVersion", { n: file.revision }) : file.name}
      </a>
      <Typography.Text type="secondary">
        {[
          !old && file.revision > 1 && t("fileVersion", { n: file.revision }),
          formatSize(file.size, language),
          file.added_by?.name,
          formatTime(file.added_at),
        ]
          .filter(Boolean)
          .join(" · ")}
      </Typography.Text>
      {file.main && !old && <Tag>{t("documentFileMain")}</Tag>}
      {mayRemove && <RemoveFile file={file} />}
    </div>
  );
}

/** A file of a name that is there already becomes its next version; the older ones stay. */
export function DocumentFiles({ document }: { document: DocumentDetail }) {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const role = useRef<"main" | "attached">("main");
  const choose = (as: "main" | "attached") => {
    role.current = as;
    input.current?.click();
  };
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null);
  const send = async (file: File) => {
    setSending({ name: file.name, share: 0 });
    try {
      await documentFiles.add(document.id, file, role.current, (share) => setSending({ name: file.name, share }));
      await client.invalidateQueries({ queryKey: ["documents"] });
    } catch (error) {
      void message.error(error instanceof Problem ? error.message : t(error instanceof Offline ? "offlineShort" : "failed"));
    } finally {
      setSending(null);
    }
  };
  return (
    <>
      <h2>{t("documentFiles")}</h2>
      {document.files.length === 0 && <p className="work-facts">{t("documentFilesNone")}</p>}
      <ul className="plain-list document-files">
        {byName(document.files).map(([newest, ...older]) => (
          <li key={newest!.id}>
            <FileLine file={newest!} old={false} mayRemove={document.may_change} />
            {older.length > 0 && (
              <details>
                <summary>{t("fileOlder", { n: older.length })}</summary>
                {older.map((file) => (
                  <FileLine key={file.id} file={file} old mayRemove={document.may_change} />
                ))}
              </details>
            )}
          </li>
        ))}
      </ul>
      {document.may_change && (
        <div className="no-print document-file-add">
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t("documentFileAdd")}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) void send(file);
              event.target.value = "";
            }}
          />
          <Button icon={<UploadOutlined />} disabled={sending !== null} onClick={() => choose("main")}>
            {t("documentFileAddMain")}
          </Button>
          <Button icon={<PaperClipOutlined />} disabled={sending !== null} onClick={() => choose("attached")}>
            {t("documentFileAddAttached")}
          </Button>
          {sending && <Progress percent={Math.round(sending.share * 100)} size="small" style={{ width: 160 }} aria-label={sending.name} />}
          <Typography.Text type="secondary">{t("documentFileHint")}</Typography.Text>
        </div>
      )}
    </>
  );
}
