import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, AutoComplete, Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import type { Frequency } from "../api/indicators.ts";
import { formatDate, parts } from "../format/format.ts";
import { usePlace } from "../layout/place.ts";
import { useLiveRefresh } from "../live/live.tsx";
import { DayPicker } from "../parts/day-picker.tsx";
import { Failure } from "../parts/failure.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { serverNow } from "../session/clock.ts";
import { useMay } from "../session/session.tsx";
import { useWords, type Word } from "../words/words.tsx";
import { RuleTrial } from "./rule-trial.tsx";

export type Holiday = { date: string; name: string; kind: string };

const weekdays: Word[] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

const put = ({ date, name, kind }: Holiday) => api.put<Holiday>(`/api/holidays/${date}`, { name, kind });

function HolidayDialog({ holiday, kinds, onClose }: { holiday?: Holiday; kinds: string[]; onClose: () => void }) {
  const t = useWords();
  const required = [{ required: true, message: t("required") }];
  const save = async (fields: Holiday) => {
    await put(fields);
    if (holiday && holiday.date !== fields.date) await api.delete(`/api/holidays/${holiday.date}`);
    return fields;
  };
  return (
    <FormDialog
      title={t(holiday ? "holidayEdit" : "holidayAdd")}
      initialValues={holiday ?? { kind: kinds[0] }}
      onSave={save}
      said={({ date, name }) => t("holidaySaved", { date: formatDate(date), name })}
      refresh={["holidays"]}
      onClose={onClose}
    >
      <Form.Item name="date" label={t("day")} rules={required}>
        <DayPicker />
      </Form.Item>
      <Form.Item name="name" label={t("holidayName")} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="kind" label={t("holidayKind")} extra={t("holidayKindHint")} rules={required}>
        <AutoComplete options={kinds.map((value) => ({ value }))} />
      </Form.Item>
    </FormDialog>
  );
}

/** Takes a day away at once; for a while it can be put back. */
function useRemove() {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const reload = () => client.invalidateQueries({ queryKey: ["holidays"] });
  return async (holiday: Holiday) => {
    try {
      await api.delete(`/api/holidays/${holiday.date}`);
      await reload();
    } catch (error) {
      show(error);
      return;
    }
    const key = `holiday-${holiday.date}`;
    const undo = async () => {
      message.destroy(key);
      try {
        await put(holiday);
        await reload();
      } catch (error) {
        show(error);
      }
    };
    void message.open({
      key,
      type: "info",
      duration: 10,
      content: (
        <>
          {t("holidayRemoved", { date: formatDate(holiday.date), name: holiday.name })}{" "}
          <Button size="small" type="link" onClick={() => void undo()}>
            {t("undo")}
          </Button>
        </>
      ),
    });
  };
}

function Holidays({ year }: { year: number }) {
  const t = useWords();
  const mayManage = useMay("system.manage");
  const [editing, setEditing] = useState<Holiday | "new" | null>(null);
  const remove = useRemove();
  const holidays = useQuery({
    queryKey: ["holidays", year],
    queryFn: () => api.get<{ holidays: Holiday[] }>("/api/holidays", { year }).then((answer) => answer.holidays),
  });
  if (holidays.isError) return <Failure error={holidays.error} retry={() => void holidays.refetch()} />;
  const list = holidays.data ?? [];
  const kinds = [...new Set([...list.map((holiday) => holiday.kind), t("holidayKindUsual"), t("holidayKindSwap")])];
  const weekday = (date: string) => t(weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "sunday");
  return (
    <>
      <ListTable<Holiday>
        label={t("holidays")}
        rows={holidays.data}
        rowKey={(holiday) => holiday.date}
        empty={t("holidaysNone", { year })}
        columns={[
          { title: t("day"), cell: (holiday) => `${weekday(holiday.date)}, ${formatDate(holiday.date)}` },
          { title: t("holidayName"), head: true, cell: (holiday) => holiday.name },
          { title: t("holidayKind"), cell: (holiday) => holiday.kind },
          ...(mayManage
            ? [
                {
                  title: t("acts"),
                  acts: true,
                  cell: (holiday: Holiday) => (
                    <Space>
                      <Button size="small" onClick={() => setEditing(holiday)}>
                        {t("edit")}
                      </Button>
                      <Button size="small" danger onClick={() => void remove(holiday)}>
                        {t("delete")}
                      </Button>
                    </Space>
                  ),
                },
              ]
            : []),
        ]}
      />
      {mayManage && (
        <Button className="more-button no-print" onClick={() => setEditing("new")}>
          {t("holidayAdd")}
        </Button>
      )}
      {editing && (
        <HolidayDialog
          holiday={editing === "new" ? undefined : editing}
          kinds={kinds}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

/** Days without work, and what a deadline rule makes of them. */
export default function Calendar() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  useLiveRefresh(["holidays"], (change) => change.kind === "holiday.changed");
  const now = parts(new Date(serverNow()).toISOString()).year;
  const year = Number(place.get("year")) || now;
  const show = (next: number) => setPlace({ year: next === now ? null : String(next) });
  const frequency = (place.get("frequency") ?? "month") as Frequency;
  return (
    <>
      <div className="screen-head">
        <h1>{t("calendarTitle")}</h1>
        <Space.Compact className="no-print">
          <Button icon={<LeftOutlined />} aria-label={t("yearBefore")} onClick={() => show(year - 1)} />
          <Button disabled>
            {t("periodYear", { year })}
          </Button>
          <Button icon={<RightOutlined />} aria-label={t("yearAfter")} onClick={() => show(year + 1)} />
        </Space.Compact>
      </div>
      <Holidays year={year} />
      <RuleTrial frequency={frequency} onFrequency={(next) => setPlace({ frequency: next === "month" ? null : next })} />
    </>
  );
}
