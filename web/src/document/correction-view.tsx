import { PlusOutlined, UndoOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Drawer, Empty, Grid, Space } from "antd";
import { useCallback, useMemo, useState } from "react";
import { Problem } from "../api/client.ts";
import { readings, type Reading, type Span } from "../api/documents.ts";
import { newKey } from "../api/key.ts";
import type { UnitRef } from "../api/types.ts";
import { units } from "../api/units.ts";
import { useLatest } from "../parts/latest.ts";
import { useShowProblem } from "../parts/problem-form.ts";
import { serverNow } from "../session/clock.ts";
import { useWords } from "../words/words.tsx";
import { addTask, changeDocument, changeTask, chosenWords, gapsOf, mergeTask, removeTask, splitTask, toAccept, type DraftDocument, type Gap } from "./correction.ts";
import { DraftDocumentFields } from "./draft-document.tsx";
import { DraftTaskView, type TaskActs } from "./draft-task.tsx";
import { LetterText, selectedWords, type Shown } from "./letter-text.tsx";
import { marksOf } from "./marks.ts";
import { lettersOf } from "./spans.ts";
import type { Refusal } from "./refusal.ts";
import { isAbove } from "./secrecy-levels.ts";
import { useApprovedSecrecy } from "./use-approved-secrecy.ts";
import { useCorrection } from "./use-correction.ts";

const NO_GAPS: Gap["field"][] = [];
const NO_PROBLEMS: Refusal[] = [];

/** Whatever has a place in the tree may co-operate: of the unit's province, or of the whole when it is a central one. */
function useRoot(unit: UnitRef): UnitRef {
  const query = useQuery({
    queryKey: ["units", "one", unit.id],
    queryFn: () => units.one(unit.id),
    staleTime: 300_000,
  });
  const above = query.data?.ancestors ?? [];
  return above.find((one) => one.id === query.data?.province_id) ?? above[0] ?? unit;
}

/** "tasks/3/lead_unit_ids" of a refusal is that field of the fourth task that was sent. */
function refusals(error: Problem, taskKeys: string[]): Map<string, Refusal[]> {
  const found = new Map<string, Refusal[]>();
  const all = error.errors.length ? error.errors : [{ field: error.field ?? "", title: error.message }];
  for (const { field, title } of all) {
    const [, kind, nth, of] = /^(tasks|documents)\/(\d+)\/?([^/]*)/.exec(field) ?? [];
    const key = kind === "tasks" ? taskKeys[Number(nth)] : kind === "documents" ? `d${nth}` : undefined;
    if (key) found.set(key, [...(found.get(key) ?? []), { field: of ?? "", title }]);
  }
  return found;
}

function focusDraft(key: string) {
  const place = document.getElementById(`draft-${key}`);
  place?.scrollIntoView({ block: "start" });
  place?.focus({ preventScroll: true });
}

/** withheld: of one that is too secret the reading is forgotten. */
type Props = { reading: Reading; onAccepted: (withheld: boolean) => void };

/** The letter's text beside what was read out of it. */
export function CorrectionView({ reading, onAccepted }: Props) {
  const t = useWords();
  const wide = Grid.useBreakpoint().lg ?? true;
  const client = useQueryClient();
  const show = useShowProblem();
  const { message, modal } = App.useApp();
  const root = useRoot(reading.unit);
  const draft = useCorrection(reading);
  const approved = useApprovedSecrecy();
  const { correction, newest, change, step } = draft;
  const letters = useMemo(() => lettersOf(reading.text ?? ""), [reading.text]);
  const marks = useMemo(() => marksOf(reading), [reading]);
  const tasks = useMemo(
    () =>
      correction.documents
        .filter((one) => !one.skip)
        .flatMap((one) => one.tasks)
        .flatMap((task) => (task.source && task.source.end > task.source.start ? [{ name: task.key, ...task.source }] : [])),
    [correction],
  );
  const [pointed, setPointed] = useState<Shown>(null);
  const [chosen, setChosen] = useState<Shown>(null);
  const [drawer, setDrawer] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Map<string, Refusal[]>>(new Map());
  const [key] = useState(newKey);
  const shown = pointed ?? chosen;
  const span: Span | null = useMemo(() => {
    if (!shown) return null;
    const task = tasks.find((one) => one.name === shown.name);
    if (task) return { start: task.start, end: task.end };
    const part = tasks.find((one) => shown.name.startsWith(`${one.name}.`));
    return marks.get(shown.name) ?? (part ? { start: part.start, end: part.end } : null);
  }, [shown, tasks, marks]);
  const gaps = gapsOf(correction);
  const shownGaps = asked ? gaps : [];
  const gapFields = (of: string) => {
    const fields = shownGaps.filter((gap) => gap.key === of).map((gap) => gap.field);
    return fields.length ? fields : NO_GAPS;
  };
  const today = new Date(serverNow() + 7 * 3_600_000).toISOString().slice(0, 10);

  const onPoint = useCallback((name: string, on: boolean, scroll: boolean) => {
    if (on && scroll) setChosen({ name, scroll: true });
    setPointed(on && !scroll ? { name, scroll: false } : null);
  }, []);
  const onTask = useCallback((name: string) => {
    setDrawer(false);
    setPointed(null);
    setChosen({ name, scroll: false });
    setTimeout(() => focusDraft(name));
  }, []);
  const onDocument = useCallback(
    (of: string, changes: Partial<DraftDocument>) => change((before) => changeDocument(before, of, changes)),
    [change],
  );
  const stepTo = useLatest(([next, made]: [typeof correction, string | null], nothing: string) => {
    if (!made) return void message.info(nothing);
    step(next);
    onTask(made);
  });
  const acts: TaskActs = useMemo(
    () => ({
      change: (of, changes) => change((before) => changeTask(before, of, changes)),
      remove: (of) => step(removeTask(newest.current, of)),
      split: (of, at) => stepTo(splitTask(newest.current, of, at, letters), t("draftSplitNot")),
      merge: (of) => stepTo(mergeTask(newest.current, of), t("draftMergeNot")),
      showText: (of) => {
        setChosen({ name: of, scroll: true });
        setDrawer(true);
      },
    }),
    [change, step, newest, stepTo, letters, t],
  );
  const add = (of: string) => {
    const words = selectedWords();
    stepTo(addTask(newest.current, of, words ? chosenWords(letters, words) : undefined), "");
  };
  const accept = async () => {
    setAsked(true);
    const first = gapsOf(newest.current)[0];
    if (first) return focusDraft(first.key);
    const { input, taskKeys } = toAccept(newest.current, approved);
    setBusy(true);
    setRefused(new Map());
    try {
      const accepted = await readings.accept(reading.id, input, reading.version, key);
      draft.forget();
      onAccepted(newest.current.documents.some((one) => !one.skip && isAbove(one.secrecy, approved)));
      void message.success(t("readingAcceptedSaid", { documents: accepted.documents.length, tasks: accepted.tasks.length }));
      await Promise.all(["documents", "readings", "tasks", "my-work"].map((name) => client.invalidateQueries({ queryKey: [name] })));
    } catch (error) {
      if (error instanceof Problem) {
        const found = refusals(error, taskKeys);
        setRefused(found);
        const at = [...found.keys()][0];
        if (at) return void setTimeout(() => focusDraft(at));
      }
      show(error);
    } finally {
      setBusy(false);
    }
  };
  const text = <LetterText letters={letters} tasks={tasks} shown={shown} span={span} onTask={onTask} />;
  const kept = correction.documents.filter((one) => !one.skip);
  return (
    <>
      {reading.from_picture && <Alert type="warning" showIcon className="stacked" title={t("readingFromPictureHint")} />}
      {!draft.room && <Alert type="error" showIcon className="stacked" title={t("draftNoRoom")} />}
      <div className={wide ? "reading-pair" : undefined}>
        {wide ? <div className="reading-text">{text}</div> : null}
        <div className="reading-drafts">
          {correction.documents.length === 0 && <Empty description={t("readingNoLetter")} />}
          {correction.documents.map((one, nth) => (
            <section key={one.key} className="draft-document" id={`draft-${one.key}`} tabIndex={-1} aria-labelledby={`head-${one.key}`}>
              <div className="draft-document-head">
                <h2 id={`head-${one.key}`}>
                  {correction.documents.length > 1 && `${nth + 1}/${correction.documents.length} · `}
                  {[one.type || t("documentOne"), one.number || t("documentUnnumbered")].join(" ")}
                </h2>
                <Checkbox checked={one.skip} onChange={(event) => onDocument(one.key, { skip: event.target.checked })}>
                  {t("draftSkip")}
                </Checkbox>
              </div>
              {!one.skip && (
                <>
                  <DraftDocumentFields
                    document={one}
                    stub={isAbove(one.secrecy, approved)}
                    today={today}
                    gaps={gapFields(one.key)}
                    problems={refused.get(one.key) ?? NO_PROBLEMS}
                    onChange={onDocument}
                    onPoint={onPoint}
                  />
                  <div className="draft-document-head">
                    <h3>{t("draftTasks", { n: one.tasks.length })}</h3>
                    {one.tasks.length > 1 && (
                      <Button size="small" onClick={() => step(changeDocument(newest.current, one.key, { tasks: [] }))}>
                        {t("draftTasksNone")}
                      </Button>
                    )}
                  </div>
                  <ol className="plain-list">
                    {one.tasks.map((task, at) => (
                      <DraftTaskView
                        key={task.key}
                        task={task}
                        nth={at}
                        chosen={chosen?.name.split(".")[0] === task.key}
                        unit={reading.unit}
                        root={root}
                        gaps={gapFields(task.key)}
                        problems={refused.get(task.key) ?? NO_PROBLEMS}
                        acts={acts}
                        onPoint={onPoint}
                      />
                    ))}
                  </ol>
                  {/* A press of the mouse would take the selected words of the letter away. */}
                  <Button icon={<PlusOutlined />} onMouseDown={(event) => event.preventDefault()} onClick={() => add(one.key)}>
                    {t("draftTaskAdd")}
                  </Button>
                  <span className="second-line">{t("draftTaskAddHint")}</span>
                </>
              )}
            </section>
          ))}
        </div>
      </div>
      <div className="reading-foot no-print" role="region" aria-label={t("draftFoot")}>
        <span role="status">
          {asked && gaps.length > 0 ? (
            <button type="button" className="link-button" onClick={() => focusDraft(gaps[0]!.key)}>
              {t("draftGaps", { n: gaps.length })}
            </button>
          ) : (
            t("draftSum", { documents: kept.length, tasks: kept.reduce((sum, one) => sum + one.tasks.length, 0) })
          )}
          {draft.touched && <span className="second-line">{t("draftKept")}</span>}
        </span>
        <Space wrap>
          {!wide && <Button onClick={() => setDrawer(true)}>{t("documentText")}</Button>}
          {draft.mayUndo && (
            <Button icon={<UndoOutlined />} onClick={draft.undo}>
              {t("undo")}
            </Button>
          )}
          {draft.touched && (
            <Button
              onClick={() =>
                modal.confirm({ title: t("draftResetAsk"), okText: t("draftReset"), cancelText: t("cancel"), onOk: draft.reset })
              }
            >
              {t("draftReset")}
            </Button>
          )}
          <Button type="primary" loading={busy} disabled={kept.length === 0} onClick={() => void accept()}>
            {t("draftAccept")}
          </Button>
        </Space>
      </div>
      {!wide && (
        <Drawer open={drawer} placement="bottom" size="85%" title={t("documentText")} onClose={() => setDrawer(false)}>
          {text}
        </Drawer>
      )}
    </>
  );
}
