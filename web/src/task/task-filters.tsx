import { DeleteOutlined, FilterOutlined, SaveOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Grid, Input, Modal, Popover, Select } from "antd";
import { useEffect, useState } from "react";
import { taskFilters, type TaskFilter, type TaskPart } from "../api/tasks.ts";
import { usePlace } from "../layout/place.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords, type Word } from "../words/words.tsx";
import { changesTo, filterCount, filterText, sorts, stateChoices, taskParts, timelinesses } from "./filters.ts";
import { stateLooks, timelinessLooks } from "./task-signs.tsx";
import { useTaskFigures } from "./use-figures.ts";

const partWords: Record<TaskPart, Word> = {
  lead: "taskPartLead",
  cooperating: "taskPartCooperating",
  assigned: "taskPartAssigned",
  below: "taskPartBelow",
  within: "taskPartWithin",
  all: "taskPartAll",
};

const sortWords: Record<(typeof sorts)[number], Word> = {
  due: "taskSortDue",
  "-due": "taskSortDueLast",
  newest: "taskSortNewest",
  title: "taskSortTitle",
  lead: "taskSortLead",
  state: "taskSortState",
};

const SETTLE_MS = 300;

/** A box of text that tells the address what it holds once the typing rests. */
function SearchFilter({ name, label }: { name: string; label: string }) {
  const [place, setPlace] = usePlace();
  const given = place.get(name) ?? "";
  const [typed, setTyped] = useState(given);
  useEffect(() => setTyped(given), [given]);
  useEffect(() => {
    if (typed.trim() === given.trim()) return;
    const timer = setTimeout(() => setPlace({ [name]: typed.trim() }, true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, given, name, setPlace]);
  return <Input.Search allowClear value={typed} placeholder={label} aria-label={label} onChange={(event) => setTyped(event.target.value)} />;
}

function Choice({ name, label, options }: { name: string; label: string; options: { value: string; label: string }[] }) {
  const [place, setPlace] = usePlace();
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      value={place.get(name) ?? undefined}
      onChange={(value?: string) => setPlace({ [name]: value ?? null })}
      options={options}
    />
  );
}

/** The fields or programmes that tasks below the own unit have. */
function KnownChoice({ name, label }: { name: "field" | "programme"; label: string }) {
  const [place] = usePlace();
  const figures = useTaskFigures({ unit_id: homeUnit(useSession()).id, by: name });
  const names = (figures.data?.rows ?? []).map((row) => row.key).filter(Boolean);
  const chosen = place.get(name);
  if (chosen && !names.includes(chosen)) names.unshift(chosen);
  return <Choice name={name} label={label} options={names.map((value) => ({ value, label: value }))} />;
}

/** The same filters for every view, all in the address. */
export function TaskFilters({ without = [] }: { without?: string[] }) {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const home = homeUnit(useSession());
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const hidden = ["part", "field", "programme", "from", "to"];
  const [more, setMore] = useState(() => hidden.some((name) => place.get(name)));
  const usual = more || !narrow;
  const shows = (name: string) => !without.includes(name);
  const count = filterCount(place);
  return (
    <section className="task-filters no-print" aria-label={t("taskFilters")}>
      <div className="filters">
        <SearchFilter name="q" label={t("taskSearch")} />
        {usual && <UnitPicker root={home} label={t("unit")} placeholder={t("unit")} value={place.get("unit")} onChange={(unit) => setPlace({ unit })} />}
        {usual && shows("state") && (
          <Choice
            name="state"
            label={t("taskAnyState")}
            options={stateChoices.map((value) => ({ value, label: t(value === "unfinished" ? "taskUnfinished" : stateLooks[value].word) }))}
          />
        )}
        {usual && (
          <Choice
            name="timeliness"
            label={t("taskAnyTimeliness")}
            options={timelinesses.map((value) => ({ value, label: t(timelinessLooks[value].word) }))}
          />
        )}
        {more && (
          <>
            <Choice name="part" label={t("taskPartLabel")} options={taskParts.map((value) => ({ value, label: t(partWords[value]) }))} />
            <KnownChoice name="field" label={t("taskField")} />
            <KnownChoice name="programme" label={t("taskProgramme")} />
            {shows("from") && (
              <>
                <DayPicker label={t("taskDueFrom")} placeholder={t("taskDueFrom")} value={place.get("from")} onChange={(from) => setPlace({ from })} />
                <DayPicker label={t("taskDueTo")} placeholder={t("taskDueTo")} value={place.get("to")} onChange={(to) => setPlace({ to })} />
              </>
            )}
          </>
        )}
      </div>
      <div className="task-filter-acts">
        <Button size="small" type="text" aria-expanded={more} onClick={() => setMore(!more)}>
          {t(more ? "taskFewerFilters" : "taskMoreFilters")}
        </Button>
        <SavedFilters />
        {shows("sort") && (
          <span className="task-sort">
            <Choice name="sort" label={t("taskSort")} options={sorts.map((value) => ({ value, label: t(sortWords[value]) }))} />
          </span>
        )}
        {place.get("document") && (
          <Button size="small" onClick={() => setPlace({ document: null })}>
            {t("taskOfDocument")} ×
          </Button>
        )}
        {count > 0 && (
          <Button size="small" type="text" onClick={() => setPlace({ ...changesTo(""), sort: place.get("sort") })}>
            {t("taskClearFilters")}
          </Button>
        )}
      </div>
    </section>
  );
}

const filtersKey = ["task-filters"];

function SavedFilters() {
  const t = useWords();
  const [place, setPlace] = usePlace();
  const [open, setOpen] = useState(false);
  const [naming, setNaming] = useState(false);
  const query = useQuery({ queryKey: filtersKey, queryFn: taskFilters.all, enabled: open });
  const use = (filter: TaskFilter) => {
    setPlace(changesTo(filter.query));
    setOpen(false);
  };
  const list = (
    <div className="task-saved">
      {query.data?.length === 0 && <p>{t("taskFiltersNone")}</p>}
      <ul className="plain-list">
        {(query.data ?? []).map((filter) => (
          <li key={filter.id}>
            <button type="button" className="link-button" onClick={() => use(filter)}>
              {filter.name}
            </button>
            <RemoveFilter filter={filter} />
          </li>
        ))}
      </ul>
      <Button
        size="small"
        icon={<SaveOutlined />}
        disabled={filterText(place) === ""}
        onClick={() => {
          setOpen(false);
          setNaming(true);
        }}
      >
        {t("taskSaveFilter")}
      </Button>
    </div>
  );
  return (
    <>
      <Popover trigger="click" placement="bottomLeft" content={list} open={open} onOpenChange={setOpen}>
        <Button size="small" type="text" icon={<FilterOutlined />} aria-expanded={open}>
          {t("taskSavedFilters")}
        </Button>
      </Popover>
      {naming && <NameFilter query={filterText(place)} onClose={() => setNaming(false)} />}
    </>
  );
}

function RemoveFilter({ filter }: { filter: TaskFilter }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { modal } = App.useApp();
  const remove = async () => {
    try {
      await taskFilters.remove(filter.id);
      await client.invalidateQueries({ queryKey: filtersKey });
    } catch (error) {
      show(error);
    }
  };
  return (
    <Button
      size="small"
      type="text"
      icon={<DeleteOutlined />}
      aria-label={t("taskFilterRemove", { name: filter.name })}
      onClick={() =>
        modal.confirm({
          title: t("taskFilterRemoveAsk", { name: filter.name }),
          okText: t("delete"),
          cancelText: t("cancel"),
          onOk: remove,
        })
      }
    />
  );
}

function NameFilter({ query, onClose }: { query: string; onClose: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string }>();
  const [busy, setBusy] = useState(false);
  const save = async ({ name }: { name: string }) => {
    setBusy(true);
    try {
      await taskFilters.put(name.trim(), query);
      await client.invalidateQueries({ queryKey: filtersKey });
      void message.success(t("taskFilterSaved", { name: name.trim() }));
      onClose();
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("taskSaveFilter")}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(fields) => void save(fields)}>
        <Form.Item name="name" label={t("taskFilterName")} extra={t("taskFilterNameHint")} rules={[{ required: true, whitespace: true, message: t("required") }]}>
          <Input autoFocus maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
