import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal, Skeleton, Space, Typography } from "antd";
import { useState } from "react";
import { taskCalendar, type CalendarLink } from "../api/tasks.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { useWords } from "../words/words.tsx";

const key = ["task-calendar"];

/** The secret address of a person's deadlines for a calendar; told once, made anew or ended at any time. */
export default function CalendarLinkDialog({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message, modal } = App.useApp();
  const [made, setMade] = useState<CalendarLink | null>(null);
  const [busy, setBusy] = useState(false);
  const query = useQuery({ queryKey: key, queryFn: taskCalendar.get });
  const run = async (act: () => Promise<CalendarLink | null>, said: string) => {
    setBusy(true);
    try {
      setMade(await act());
      void message.success(said);
      await client.invalidateQueries({ queryKey: key });
    } catch (error) {
      show(error);
    } finally {
      setBusy(false);
    }
  };
  const link = query.data;
  const make = () => run(taskCalendar.make, t("taskCalendarMade"));
  const end = () =>
    run(async () => {
      await taskCalendar.end();
      return null;
    }, t("taskCalendarEnded"));
  /* A calendar that uses the address stops showing anything: asked first. */
  const ask = (title: string, onOk: () => Promise<void>) =>
    modal.confirm({ title, content: t("taskCalendarAnewHint"), okText: title, okButtonProps: { danger: true }, cancelText: t("close"), onOk });
  const full = made?.url && new URL(made.url, window.location.origin).href;
  return (
    <Modal
      open
      title={t("taskCalendarLink")}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <p>{t("taskCalendarExplain")}</p>
      {query.isPending && <Skeleton active title={false} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {full && (
        <Typography.Paragraph className="once-secret" copyable={{ text: full, tooltips: [t("copy"), t("copied")] }}>
          <code>{full}</code>
        </Typography.Paragraph>
      )}
      {link && !full && <p>{link.created_at ? t("taskCalendarOld", { at: formatTime(link.created_at) }) : t("taskCalendarNone")}</p>}
      {link?.created_at && <p className="work-facts">{t("taskCalendarAnewHint")}</p>}
      {link && (
        <Space wrap>
          <Button type="primary" loading={busy} onClick={() => (link.created_at ? void ask(t("taskCalendarAnew"), make) : void make())}>
            {t(link.created_at ? "taskCalendarAnew" : "taskCalendarMake")}
          </Button>
          {link.created_at && (
            <Button danger loading={busy} onClick={() => void ask(t("taskCalendarEnd"), end)}>
              {t("taskCalendarEnd")}
            </Button>
          )}
        </Space>
      )}
    </Modal>
  );
}
