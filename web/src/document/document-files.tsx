import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress, Typography } from "antd";
import { useRef, useState } from "react";
import { Offline, Problem } from "../api/client.ts";
import { documentFiles, type DocumentDetail, type DocumentFile } from "../api/documents.ts";
import { formatSize, formatTime } from "../format/format.ts";
import { useLanguage, useWords } from "../words/words.tsx";

/** Files by name, each with its versions, the newest first. */
export function byName(files: DocumentFile[]): DocumentFile[][] {
  const names = new Map<string, DocumentFile[]>();
  for (const file of files) names.set(file.name, [...(names.get(file.name) ?? []), file]);
  return [...names.values()].map((versions) => versions.toSorted((a, b) => b.revision - a.revision));
}

function FileLine({ file, old }: { file: DocumentFile; old: boolean }) {
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
    </div>
  );
}

/** A file of a name that is there already becomes its next version; the older ones stay. */
export function DocumentFiles({ document }: { document: DocumentDetail }) {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null);
  const send = async (file: File) => {
    setSending({ name: file.name, share: 0 });
    try {
      await documentFiles.add(document.id, file, (share) => setSending({ name: file.name, share }));
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
            <FileLine file={newest!} old={false} />
            {older.length > 0 && (
              <details>
                <summary>{t("fileOlder", { n: older.length })}</summary>
                {older.map((file) => (
                  <FileLine key={file.id} file={file} old />
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
          <Button icon={<UploadOutlined />} loading={sending !== null} onClick={() => input.current?.click()}>
            {t("documentFileAdd")}
          </Button>
          {sending && <Progress percent={Math.round(sending.share * 100)} size="small" style={{ width: 160 }} aria-label={sending.name} />}
          <Typography.Text type="secondary">{t("documentFileHint")}</Typography.Text>
        </div>
      )}
    </>
  );
}
