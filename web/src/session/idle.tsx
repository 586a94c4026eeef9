import { Modal } from "antd";
import { useEffect, useState } from "react";
import { api, lastAnswerAt } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { noteUse } from "../api/presence.ts";
import { useWords } from "../words/words.tsx";
import { useSession } from "./session.tsx";
import { warnBefore } from "./idle-rules.ts";

/** Whether the session is still there; its end is shown by the answer. */
const ask = () => void api.get<Session>("/api/session").catch(() => {});

const stay = () => {
  noteUse();
  ask();
};

/** Seconds until the session ends of itself, told once a second only while that is near. */
function useSecondsLeft(idleSeconds: number): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const warn = warnBefore(idleSeconds);
    let asked = false;
    const timer = setInterval(() => {
      const seconds = idleSeconds - Math.floor((Date.now() - lastAnswerAt()) / 1000);
      if (seconds > 0) asked = false;
      else if (!asked) {
        asked = true;
        ask();
      }
      setLeft(seconds <= warn ? Math.max(seconds, 0) : null);
    }, 1000);
    return () => clearInterval(timer);
  }, [idleSeconds]);
  return left;
}

/** Somebody who types or points is at work, though no request tells the server so. */
function useKeptAlive(idleSeconds: number, paused: boolean) {
  useEffect(() => {
    if (paused) return;
    const onUse = () => {
      if (Date.now() - lastAnswerAt() > idleSeconds * 250) stay();
    };
    window.addEventListener("keydown", onUse);
    window.addEventListener("pointerdown", onUse);
    return () => {
      window.removeEventListener("keydown", onUse);
      window.removeEventListener("pointerdown", onUse);
    };
  }, [idleSeconds, paused]);
}

/** Warns before the session ends because nobody used it. What was typed stays on this machine. */
export function Idle() {
  const t = useWords();
  const { idle_seconds } = useSession();
  const left = useSecondsLeft(idle_seconds);
  useKeptAlive(idle_seconds, left !== null);
  const minutes = Math.floor((left ?? 0) / 60);
  const seconds = String((left ?? 0) % 60).padStart(2, "0");
  return (
    <Modal
      open={left !== null}
      zIndex={1500}
      title={t("idleTitle")}
      okText={t("idleStay")}
      cancelButtonProps={{ style: { display: "none" } }}
      closable={false}
      mask={{ closable: false }}
      onOk={stay}
      onCancel={stay}
    >
      <p role="timer" aria-live="polite">
        {t("idleExplain", { left: `${minutes}:${seconds}` })}
      </p>
      <p>{t("idleKept")}</p>
    </Modal>
  );
}
