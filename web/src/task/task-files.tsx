import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { App, Button, Progress, Typography } from "antd";
import { useRef, useState, type ChangeEvent, type DragEvent } from "react";
import { Offline, Problem } from "../api/client.ts";
import { taskFiles, type TaskFile } from "../api/tasks.ts";
import { formatSize, formatTime } from "../format/format.ts";
import { useLanguage, useWords } from "../words/words.tsx";

/** Files to be read or taken home. */
export function FileLinks({ files, onRemove }: { files: TaskFile[]; onRemove?: (file: TaskFile) => void }) {
  const t = useWords();
  const language = useLanguage();
  if (files.length === 0) return null;
  return (
    <ul className="plain-list task-files">
      {files.map((file) => (
        <li key={file.id}>
          <a href={taskFiles.address(file.id)} download={file.name}>
            <DownloadOutlined aria-hidden="true" /> {file.name}
          </a>{" "}
          <Typography.Text type="secondary">
            {formatSize(file.size, language)} · {file.added_by?.name ?? ""} · {formatTime(file.added_at)}
          </Typography.Text>
          {onRemove && (
            <Button size="small" type="text" aria-label={t("removeFile", { name: file.name })} onClick={() => onRemove(file)}>
              {t("remove")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

type Running = { key: number; name: string; share: number; stop: AbortController };
let uploads = 0;

type Props = { id?: string; task: string; value?: TaskFile[]; onChange?: (files: TaskFile[]) => void };

/** Files for what is about to be sent: they go to the server at once and are named when it is sent. In a Form.Item. */
export function FilePick({ id, task, value = [], onChange }: Props) {
  const t = useWords();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const files = useRef(value);
  files.current = value;
  const [running, setRunning] = useState<Running[]>([]);
  const told = (error: unknown) =>
    void message.error(error instanceof Problem ? error.message : t(error instanceof Offline ? "offlineShort" : "failed"));
  const change = (next: TaskFile[]) => {
    files.current = next;
    onChange?.(next);
  };
  const send = async (file: File) => {
    const one: Running = { key: ++uploads, name: file.name, share: 0, stop: new AbortController() };
    setRunning((all) => [...all, one]);
    try {
      const progress = (share: number) => setRunning((all) => all.map((each) => (each.key === one.key ? { ...each, share } : each)));
      const added = await taskFiles.add(task, file, progress, one.stop.signal);
      change([...files.current, added]);
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
    event.preventDefault();
    for (const file of event.dataTransfer.files) void send(file);
  };
  const remove = async (file: TaskFile) => {
    try {
      await taskFiles.remove(file.id);
      change(files.current.filter((each) => each.id !== file.id));
    } catch (error) {
      told(error);
    }
  };
  return (
    <div onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <FileLinks files={value} onRemove={(file) => void remove(file)} />
      {running.map((each) => (
        <div key={each.key} className="file-line">
          <span>{each.name}</span>
          <Progress percent={Math.round(each.share * 100)} size="small" style={{ width: 120 }} aria-label={each.name} />
          <Button size="small" onClick={() => each.stop.abort()}>
            {t("cancel")}
          </Button>
        </div>
      ))}
      <input ref={input} type="file" multiple hidden style={{ display: "none" }} aria-label={t("taskFilesAdd")} onChange={choose} />
      <Button id={id} icon={<UploadOutlined />} onClick={() => input.current?.click()}>
        {t("taskFilesAdd")}
      </Button>
    </div>
  );
}
