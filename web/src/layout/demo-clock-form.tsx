import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Space } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import { serverNow, setServerNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";

/** Day and hour of Vietnam, as the browser's own field takes them. */
const local = (at: number) => new Date(at + 7 * 3600_000).toISOString().slice(0, 16);

export default function DemoClockForm() {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [value, setValue] = useState(() => local(serverNow()));
  const set = async () => {
    try {
      const answer = await api.post<{ now: string }>("/api/test/clock", { now: `${value}:00+07:00` });
      setServerNow(answer.now);
      await client.invalidateQueries();
    } catch (error) {
      void message.error(error instanceof Error ? error.message : "");
    }
  };
  return (
    <Space>
      <Input type="datetime-local" value={value} aria-label={t("clockTitle")} onChange={(event) => setValue(event.target.value)} />
      <Button onClick={() => void set()}>{t("clockSet")}</Button>
    </Space>
  );
}
