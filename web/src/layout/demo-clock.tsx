import { ClockCircleOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Popover, Space } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import { formatTime } from "../format/format.ts";
import { serverNow, setServerNow, useNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";

/** In the demonstration anybody may move the clock, to see what a deadline does. */
export default function DemoClock() {
  const t = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const now = new Date(useNow(10_000));
  const local = (at: number) => new Date(at + 7 * 3600_000).toISOString().slice(0, 16);
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
    <Popover
      trigger="click"
      title={t("clockTitle")}
      onOpenChange={(open) => open && setValue(local(serverNow()))}
      content={
        <Space>
          <Input
            type="datetime-local"
            value={value}
            aria-label={t("clockTitle")}
            onChange={(event) => setValue(event.target.value)}
          />
          <Button onClick={() => void set()}>{t("clockSet")}</Button>
        </Space>
      }
    >
      <Button type="text" icon={<ClockCircleOutlined />}>
        <span className="visually-hidden">{t("clockTitle")}</span>
        <span className="person-name">{formatTime(now.toISOString())}</span>
      </Button>
    </Popover>
  );
}
