import { BellOutlined } from "@ant-design/icons";
import { Badge, Button, Empty, Popover } from "antd";
import { useState } from "react";
import { formatPeriod, formatTime } from "../format/format.ts";
import { waitWords } from "../my-work/task-wait.ts";
import { isTaskDuty, useMyWork } from "../my-work/work.ts";
import { useWords, type Speak } from "../words/words.tsx";
import { noticesOf, type Notice } from "./notices.ts";
import { useGo } from "./place.ts";

function sentence(notice: Notice, t: Speak): string {
  const period = formatPeriod(notice.card.period, t);
  const { title } = notice.card.report;
  const unit = notice.card.unit.name;
  if (notice.what === "collect") return t("noticeCollect", { n: notice.count, title, period });
  if (notice.what === "approve") return t("noticeApprove", { unit, title, period });
  return t(notice.what === "returned" ? "noticeReturned" : "noticeEnter", { unit, title, period });
}

/** What waits for the person, counted and live; the last events of the own scope below. */
export default function Bell() {
  const t = useWords();
  const go = useGo();
  const [open, setOpen] = useState(false);
  const work = useMyWork();
  const notices = work.data ? noticesOf(work.data.cards) : [];
  const duties = (work.data?.tasks ?? []).filter(isTaskDuty);
  const events = work.data?.events?.slice(0, 5) ?? [];
  const follow = (to: string) => {
    setOpen(false);
    go(to);
  };
  const list = (
    <div className="bell-list">
      {notices.length + duties.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noticesNone")} />}
      <ul>
        {notices.map((notice) => (
          <li key={notice.to}>
            <button type="button" className="link-button" onClick={() => follow(notice.to)}>
              {sentence(notice, t)}
            </button>
            <span className="second-line">{notice.card.deadline.wording}</span>
          </li>
        ))}
        {duties.map((wait) => (
          <li key={`${wait.kind} ${wait.task.id} ${wait.period ?? ""}`}>
            <button type="button" className="link-button" onClick={() => follow(`/tasks/${wait.task.id}`)}>
              {t(waitWords[wait.kind])}: {wait.task.title}
            </button>
            {wait.deadline && <span className="second-line">{wait.deadline.wording}</span>}
          </li>
        ))}
      </ul>
      {events.length > 0 && (
        <>
          <strong>{t("noticeEvents")}</strong>
          <ul>
            {events.map((event) => (
              <li key={`${event.at} ${event.subject_id} ${event.kind}`}>
                {event.sentence} <span className="second-line">{formatTime(event.at)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("notifications")}
      content={list}
      open={open}
      onOpenChange={setOpen}
    >
      <Button type="text" aria-label={t("noticesWaiting", { n: notices.length + duties.length })} aria-expanded={open}>
        <Badge count={notices.length + duties.length} size="small" color="#ffe58f" styles={{ indicator: { color: "#3d2b00" } }}>
          <BellOutlined className="bell" />
        </Badge>
      </Button>
    </Popover>
  );
}
