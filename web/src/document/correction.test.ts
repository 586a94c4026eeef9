import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReadDocument, ReadTask } from "../api/documents.ts";
import {
  addTask,
  changeDocument,
  changeTask,
  deadlineBefore,
  deadlineParts,
  fromReading,
  gapsOf,
  isOpen,
  isUnsure,
  keepCorrection,
  loadCorrection,
  mergeTask,
  removeTask,
  splitPlace,
  splitTask,
  titleOf,
  toAccept,
} from "./correction.ts";
import { lettersOf, wordsAt } from "./spans.ts";

const text = "Giao Sở Y tế rà soát danh mục; Sở Tài chính bố trí\nkinh phí trước ngày 30/4/2026. UBND các xã báo cáo.";
const letters = lettersOf(text);

const read = (more: Partial<ReadTask>): ReadTask => ({
  text: "Rà soát danh mục",
  lead: ["Sở Y tế"],
  cooperating: [],
  product: null,
  deadline: { wording: null, before: null, kind: "none" },
  recurrence: null,
  source: { start: 0, end: 20 },
  lead_units: [{ name: "Sở Y tế", unit_id: "7", group: null, unit_ids: ["7"], confidence: 96 }],
  cooperating_units: [],
  ...more,
});

const letter = (tasks: ReadTask[]): ReadDocument => ({
  issuer: "UBND TỈNH",
  superior: null,
  number: "12/UBND-VX",
  number_normal: "12/UBND-VX",
  type: "Công văn",
  place: "Đắk Lắk",
  date: "2026-05-06",
  month: null,
  subject: "Về danh mục",
  addressees: [],
  references: [{ number: "57-NQ/TW", number_normal: "57-NQ/TW", type: "Nghị quyết", issuer: "Bộ Chính trị", date: null, title: null }],
  signer: { prefix: "KT. CHỦ TỊCH", position: "PHÓ CHỦ TỊCH", name: "Lê Văn A" },
  recipients: ["Lưu: VT"],
  tasks,
  source: { start: 0, end: letters.length },
});

const reading = (documents: ReadDocument[]) => ({
  unit: { id: "66", code: "66", name: "Tỉnh Đắk Lắk", kind: "province", path: "/1/66/" },
  created_at: "2026-05-16T20:00:00+07:00",
  documents,
});
const begin = (tasks: ReadTask[]) => fromReading(reading([letter(tasks)]));


test("a title is the first sentence, cut between words", () => {
  assert.equal(titleOf("Rà soát các nhiệm vụ;\n báo cáo sau."), "Rà soát các nhiệm vụ");
  assert.equal(titleOf("Trước ngày 30.4.2026 báo cáo kết quả thực hiện."), "Trước ngày 30.4.2026 báo cáo kết quả thực hiện");
  const long = titleOf("từ ".repeat(100));
  assert.ok(long.length <= 161 && long.endsWith("từ…"), long);
  assert.equal(titleOf("  "), "");
});

test("what a letter names and nobody found stays open", () => {
  const made = begin([read({ cooperating: ["các đơn vị liên quan", "Sở Nội vụ"], cooperating_units: [
    { name: "Sở Nội vụ", unit_id: "9", group: null, unit_ids: ["9"], confidence: 70 },
  ] })]);
  const [first, second] = made.documents[0]!.tasks[0]!.cooperating;
  assert.ok(isUnsure(first!) && !isOpen(first!));
  assert.ok(isOpen(second!));
  assert.deepEqual(gapsOf(made), [{ key: "d0t0", field: "cooperating" }]);
  assert.deepEqual(gapsOf(changeTask(made, "d0t0", { cooperating: [first!] })), []);
});

test("a letter of another office is one that arrived", () => {
  const arrived = (issuer: string, superior: string | null = null) =>
    fromReading(reading([{ ...letter([]), issuer, superior }])).documents[0]!.arrivedOn;
  assert.equal(arrived("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK"), null);
  assert.equal(arrived("VĂN PHÒNG", "UBND TỈNH ĐẮK LẮK"), null);
  assert.equal(arrived("SỞ NỘI VỤ", "UBND TỈNH ĐẮK LẮK"), "2026-05-16");
  assert.equal(arrived("VĂN PHÒNG", "BAN CHẤP HÀNH TRUNG ƯƠNG"), "2026-05-16");
  assert.equal(arrived(""), null, "nothing is known of who sent it");
});

test("a rule counts to the end of its last day, however the letter words it", () => {
  const rule = (day: number, before: string, every: "month" | "week" = "month") =>
    begin([read({ recurrence: { every, day, from: null }, deadline: { wording: "", before, kind: "instant" } })]).documents[0]!.tasks[0]!.recurrence!.day;
  assert.equal(rule(25, "2026-05-25T00:00:00+07:00"), 24, "trước ngày 25 hằng tháng");
  assert.equal(rule(18, "2026-05-19T00:00:00+07:00"), 18, "trước 24h00 ngày 18 hằng tháng");
  assert.equal(rule(5, "2026-05-15T00:00:00+07:00", "week"), 5);
});

test("gaps are told in the order of the page, and not for what is left out", () => {
  const made = begin([read({ lead: [], lead_units: [], deadline: { wording: "gấp", before: null, kind: "instant" } })]);
  const bare = changeDocument(made, "d0", { subject: " " });
  assert.deepEqual(gapsOf(bare).map(({ field }) => field), ["subject", "lead", "before"]);
  assert.deepEqual(gapsOf(changeDocument(bare, "d0", { skip: true })), []);
});

test("a task is split where the person says, each part with its own words", () => {
  const content = "Giao Sở Y tế rà soát danh mục; Sở Tài chính bố trí kinh phí trước ngày 30/4/2026.";
  const made = begin([read({ text: content, source: { start: 0, end: 85 } })]);
  const [split, key] = splitTask(made, "d0t0", splitPlace(content), letters);
  const [one, other] = split.documents[0]!.tasks;
  assert.equal(key, "n0");
  assert.equal(one!.content, "Giao Sở Y tế rà soát danh mục;");
  assert.equal(wordsAt(letters, other!.source!), "Sở Tài chính bố trí\nkinh phí trước ngày 30/4/2026.");
  assert.deepEqual(other!.lead, one!.lead);
  assert.deepEqual(splitTask(made, "d0t0", 0, letters), [made, null]);
  assert.deepEqual(splitTask(made, "gone", 3, letters), [made, null]);
  assert.equal(splitPlace("một hai ba bốn"), 8);
  assert.equal(splitPlace("một"), 0);
});

test("a task is taken into the one above it", () => {
  const made = begin([
    read({}),
    read({
      text: "Bố trí kinh phí",
      lead_units: [{ name: "Sở Tài chính", unit_id: "8", group: null, unit_ids: ["8"], confidence: 90 }],
      deadline: { wording: "trước ngày 30/4/2026", before: "2026-04-30T00:00:00+07:00", kind: "instant" },
      source: { start: 31, end: 60 },
    }),
  ]);
  const [merged, key] = mergeTask(made, "d0t1");
  const tasks = merged.documents[0]!.tasks;
  assert.equal(key, "d0t0");
  assert.equal(tasks.length, 1);
  assert.equal(tasks[0]!.content, "Rà soát danh mục\nBố trí kinh phí");
  assert.deepEqual(tasks[0]!.lead.flatMap(({ ids }) => ids), ["7", "8"]);
  assert.equal(tasks[0]!.before, "2026-04-30T00:00:00+07:00");
  assert.deepEqual(tasks[0]!.source, { start: 0, end: 60 });
  assert.deepEqual(mergeTask(made, "d0t0"), [made, null]);
});

test("a task is added where its words stand, and taken out", () => {
  const made = begin([read({ source: { start: 40, end: 60 } })]);
  const [added, key] = addTask(made, "d0", { text: "UBND các xã\n báo cáo.", span: { start: 10, end: 30 } });
  assert.deepEqual(added.documents[0]!.tasks.map((task) => task.key), [key, "d0t0"]);
  assert.equal(added.documents[0]!.tasks[0]!.content, "UBND các xã báo cáo.");
  const [blank, last] = addTask(added, "d0");
  assert.equal(blank.documents[0]!.tasks.at(-1)!.key, last);
  assert.notEqual(key, last);
  assert.deepEqual(gapsOf(blank).map(({ field }) => field), ["lead", "title", "lead"]);
  assert.deepEqual(removeTask(removeTask(blank, last), key).documents, made.documents);
});

test("what is sent names each unit once and leaves out what is skipped", () => {
  const group = { name: "UBND các xã", unit_id: null, group: "communes" as const, unit_ids: ["3", "4", "7"], confidence: 92 };
  const two = fromReading(reading([letter([read({})]), letter([read({ cooperating_units: [group] }), read({})])]));
  const { input, taskKeys } = toAccept(changeDocument(two, "d0", { skip: true }), "normal");
  assert.deepEqual(taskKeys, ["d1t0", "d1t1"]);
  assert.deepEqual(input.documents.map(({ index, skip }) => [index, skip]), [[0, true], [1, false]]);
  assert.equal(input.tasks[0]!.document_index, 1);
  assert.deepEqual(input.tasks[0]!.lead_unit_ids, ["7"]);
  assert.deepEqual(input.tasks[0]!.cooperating, [{ unit_id: "3", part: "" }, { unit_id: "4", part: "" }]);
  assert.equal(input.tasks[0]!.deadline, null);
  assert.equal(input.documents[1]!.month, null);
});

test("of what is above the approved secrecy the stub alone is sent", () => {
  const secret = changeDocument(fromReading(reading([letter([])])), "d0", { secrecy: "secret" });
  const sent = (approved: "normal" | "secret") => Object.keys(toAccept(secret, approved).input.documents[0]!);
  assert.deepEqual(sent("normal"), ["index", "skip", "number", "date", "month", "secrecy", "arrived_on"]);
  assert.ok(sent("secret").includes("subject"));
});

test("a deadline is worded as letters do and stays the same instant", () => {
  assert.deepEqual(deadlineParts("2026-05-09T00:00:00+07:00"), { day: "2026-05-08", hour: "24h00" });
  assert.deepEqual(deadlineParts("2026-05-10T17:00:00+07:00"), { day: "2026-05-10", hour: "17h00" });
  assert.deepEqual(deadlineParts("2026-05-10T09:30:00+07:00"), { day: "2026-05-10", hour: "9h30" });
  assert.equal(deadlineBefore("2026-05-08", "24h00"), "2026-05-09T00:00:00+07:00");
  assert.equal(deadlineBefore("2026-12-31", "24h"), "2027-01-01T00:00:00+07:00");
  assert.equal(deadlineBefore("2026-05-10", "9h30"), "2026-05-10T09:30:00+07:00");
  assert.equal(deadlineBefore("2026-05-10", "24h30"), null);
  assert.equal(deadlineBefore("2026-05-10", "chiều"), null);
});

test("a correction is kept for the reading it belongs to", () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const made = begin([read({})]);
  assert.ok(keepCorrection(store, "k", 3, made));
  assert.deepEqual(loadCorrection(store, "k", 3), made);
  assert.equal(loadCorrection(store, "k", 4), null);
  keepCorrection(store, "k", 3, null);
  assert.equal(loadCorrection(store, "k", 3), null);
  kept.set("k", "{");
  assert.equal(loadCorrection(store, "k", 3), null);
  const full = { ...store, setItem: () => { throw new Error("full"); } };
  assert.equal(keepCorrection(full, "k", 3, made), false);
});
