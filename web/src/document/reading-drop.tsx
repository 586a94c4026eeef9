import { InboxOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress } from "antd";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { Offline, Problem } from "../api/client.ts";
import { readings } from "../api/documents.ts";
import { formatSize } from "../format/format.ts";
import { useGo, usePlace } from "../layout/place.ts";
import { homeUnit, useSession } from "../session/session.tsx";
import { useLanguage, useWords } from "../words/words.tsx";

/** What the reader takes: text, Word, PDF and photos. The server looks at the file itself. */
const TYPES = [".txt", ".docx", ".pdf", ".jpg", ".jpeg", ".png"];
const SIZE_MAX = 50 << 20;

type Sending = { key: number; name: string; share: number; stop: AbortController };
let sendings = 0;

/** Letters dropped anywhere on the page or chosen: each is sent and read. A single one opens at once. */
export function ReadingDrop() {
  const t = useWords();
  const language = useLanguage();
  const go = useGo();
  const client = useQueryClient();
  const session = useSession();
  const [place, setPlace] = usePlace();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending[]>([]);
  const unit = place.get("unit") ?? homeUnit(session).id;

  const send = async (file: File): Promise<string | null> => {
    if (!TYPES.some((ending) => file.name.toLowerCase().endsWith(ending))) {
      void message.error(t("readingFileType", { name: file.name, types: TYPES.join(" ") }));
      return null;
    }
    if (file.size > SIZE_MAX) {
      void message.error(t("readingFileLarge", { name: file.name, size: formatSize(SIZE_MAX, language) }));
      return null;
    }
    const one: Sending = { key: ++sendings, name: file.name, share: 0, stop: new AbortController() };
    setSending((all) => [...all, one]);
    try {
      const progress = (share: number) => setSending((all) => all.map((each) => (each.key === one.key ? { ...each, share } : each)));
      return (await readings.add(unit, file, progress, one.stop.signal)).id;
    } catch (error) {
      if (!(error instanceof DOMException)) {
        void message.error(error instanceof Problem ? error.message : t(error instanceof Offline ? "offlineShort" : "failed"));
      }
      return null;
    } finally {
      setSending((all) => all.filter((each) => each.key !== one.key));
    }
  };
  const take = async (files: File[]) => {
    if (files.length === 0) return;
    const made = (await Promise.all(files.map(send))).filter((id) => id !== null);
    await client.invalidateQueries({ queryKey: ["readings"] });
    if (files.length === 1 && made[0]) go(`/documents/readings/${made[0]}`);
    else if (made.length > 0) setPlace({ tab: "readings" });
  };

  /* A file let go beside the box must not make the browser leave the page. */
  const newest = useRef(take);
  newest.current = take;
  useEffect(() => {
    const carries = (event: globalThis.DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: globalThis.DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: globalThis.DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = (event: globalThis.DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(false);
      void newest.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", onOver);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, []);
  const stop = (event: DragEvent) => event.preventDefault();
  return (
    <div className={over ? "reading-drop is-over no-print" : "reading-drop no-print"} onDragOver={stop}>
      <InboxOutlined aria-hidden="true" className="reading-drop-sign" />
      <div className="reading-drop-words">
        <strong>{t("readingDrop")}</strong>
        <span className="second-line">{t("readingDropHint", { types: "TXT, DOCX, PDF, JPG, PNG", size: formatSize(SIZE_MAX, language) })}</span>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={TYPES.join(",")}
        aria-label={t("readingChoose")}
        onChange={(event) => {
          void take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button type="primary" onClick={() => input.current?.click()}>
        {t("readingChoose")}
      </Button>
      {sending.length > 0 && (
        <ul className="plain-list reading-sendings">
          {sending.map((each) => (
            <li key={each.key}>
              <span>{each.name}</span>
              <Progress percent={Math.round(each.share * 100)} size="small" aria-label={each.name} />
              <Button size="small" onClick={() => each.stop.abort()}>
                {t("cancel")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
