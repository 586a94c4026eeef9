import { ClockCircleOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { lazy, Suspense } from "react";
import { formatTime } from "../format/format.ts";
import { useNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";

const DemoClockForm = lazy(() => import("./demo-clock-form.tsx"));

/** In the demonstration anybody may move the clock, to see what a deadline does. */
export default function DemoClock() {
  const t = useWords();
  const now = new Date(useNow(10_000));
  return (
    <Popover
      trigger="click"
      title={t("clockTitle")}
      destroyOnHidden
      content={
        <Suspense fallback={null}>
          <DemoClockForm />
        </Suspense>
      }
    >
      <Button type="text" icon={<ClockCircleOutlined />}>
        <span className="visually-hidden">{t("clockTitle")}</span>
        <span className="person-name">{formatTime(now.toISOString())}</span>
      </Button>
    </Popover>
  );
}
