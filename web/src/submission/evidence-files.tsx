import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress, Space, Typography } from "antd";
import { useRef, useState, type ChangeEvent, type DragEvent } from "react";
import { address, api, Offline, Problem, upload } from "../api/client.ts";
import type { Evidence } from "../api/types.ts";
import { formatSize, formatTime } from "../format/format.ts";
import { useLanguage, useWords } from "../words/words.tsx";
import { gridKey } from "./use-draft.ts";

type Props = {
  submission: string;
  /** Null: of the submission as a whole. */
  indicator: string | null;
  files: Evidence[];
  rules: { max_bytes: number; types: string[] };
  attach: boolean;
};

type Upload = { key: number; name: string; share: number; stop: AbortController };

let uploads = 0;

/** Files that prove a figure: sent with progress, taken back within reach of an undo. */
export function EvidenceFiles({ submission, indicator, files, rules, attach }: Props) {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [running, setRunning] = useState<Upload[]>([]);
  const [removed, setRemoved] = useState<Evidence[]>([]);
  const refresh = () => client.invalidateQueries({ queryKey: gridKey(submission) });
  const told = (error: unknown) =>
    void message.error(error instanceof Problem ? error.message : t(error instanceof Offline ? "offlineShort" : "failed"));

  const send = async (file: File) => {
    if (file.size > rules.max_bytes) {
      void message.error(t("fileTooLarge", { name: file.name, size: formatSize(rules.max_bytes, language) }));
      return;
    }
    if (!rules.types.some((ending) => file.name.toLowerCase().endsWith(ending))) {
      void message.error(t("fileType", { name: file.name, types: rules.types.join(" ") }));
      return;
    }
    const one: Upload = { key: ++uploads, name: file.name, share: 0, stop: new AbortController() };
    setRunning((all) => [...all, one]);
    try {
      const path = address(`/api/submissions/${submission}/evidence`, { indicator_id: indicator });
      const progress = (share: number) => setRunning((all) => all.map((each) => (each.key === one.key ? { ...each, share } : each)));
      await upload<Evidence>(path, file, progress, one.stop.signal);
      await refresh();
    } catch (error) {
      if (!(error instanceof DOMException)) told(error);
    } finally {
      setRunning((all) => all.filter((each) => each.key !== one.key));
    }
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    for (const file of event.target.files ?? []) void send(file);
    event.target.value = "";
  };
  const drop = (event: DragEvent) => {
    if (!attach || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) void send(file);
  };
  const remove = async (file: Evidence) => {
    try {
      await api.delete(`/api/evidence/${file.id}`);
      setRemoved((all) => [...all, file]);
      await refresh();
    } catch (error) {
      told(error);
    }
  };
  const restore = async (file: Evidence) => {
    try {
      await api.post(`/api/evidence/${file.id}/restore`);
      setRemoved((all) => all.filter((each) => each.id !== file.id));
      await refresh();
    } catch (error) {
      told(error);
    }
  };

  return (
    <div onDragOver={(event) => attach && event.preventDefault()} onDrop={drop}>
      <ul className="panel-list">
        {files.map((file) => (
          <li key={file.id} className="file-line">
            <a href={`/api/evidence/${file.id}`} download={file.name}>
              <DownloadOutlined aria-hidden="true" /> {file.name}
            </a>
            <Typography.Text type="secondary">
              {formatSize(file.size, language)} · {file.added_by?.name ?? ""} · {formatTime(file.added_at)}
            </Typography.Text>
            {attach && (
              <Button size="small" type="text" onClick={() => void remove(file)} aria-label={t("removeFile", { name: file.name })}>
                {t("remove")}
              </Button>
            )}
          </li>
        ))}
        {removed
          .filter((file) => !files.some((each) => each.id === file.id))
          .map((file) => (
            <li key={file.id} className="file-line" role="status">
              <Typography.Text delete type="secondary">
                {file.name}
              </Typography.Text>
              <span>{t("fileRemoved")}</span>
              <Button size="small" onClick={() => void restore(file)}>
                {t("undo")}
              </Button>
            </li>
          ))}
        {running.map((each) => (
          <li key={each.key} className="file-line">
            <span>{each.name}</span>
            <Progress percent={Math.round(each.share * 100)} size="small" style={{ width: 120 }} aria-label={each.name} />
            <Button size="small" onClick={() => each.stop.abort()}>
              {t("cancel")}
            </Button>
          </li>
        ))}
      </ul>
      {files.length === 0 && running.length === 0 && removed.length === 0 && (
        <Typography.Paragraph type="secondary">{t(attach ? "filesNoneAdd" : "filesNone")}</Typography.Paragraph>
      )}
      {attach && (
        <Space orientation="vertical" size={4} style={{ marginTop: 8 }}>
          <input ref={input} type="file" multiple hidden accept={rules.types.join(",")} onChange={choose} />
          <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
            {t("addFile")}
          </Button>
          <Typography.Text type="secondary">
            {t("fileRules", { types: rules.types.join(" "), size: formatSize(rules.max_bytes, language) })}
          </Typography.Text>
        </Space>
      )}
    </div>
  );
}
