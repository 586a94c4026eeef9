// Lists of tasks in and out as Excel, how tasks stand in figures, and deadlines as a calendar.
import { test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { workbook } from "../harness/workbook.mjs";
import { startServer } from "./harness.mjs";

const server = await startServer();
const who = {};
for (const name of ["tw.daumoi", "dl.daumoi", "dl.nhaplieu", "tuyhoa.nhaplieu"]) who[name] = await server.signIn(name);
const province = who["dl.daumoi"], commune = who["tuyhoa.nhaplieu"];
const unit = async (code) =>
  (await who["tw.daumoi"].get(`/api/units?q=${code}&limit=50`)).body.units.find((row) => row.code === code);
const daklak = await unit("66"), tuyhoa = await unit("22015"), khcn = await unit("66-KHCN");

const heading = ["TT", "Tên nhiệm vụ", "Thời gian hoàn thành", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả, sản phẩm"];
const list = [
  ["PHỤ LỤC"],
  heading,
  ["I", "Hoàn thiện thể chế"],
  [1, "Xây dựng quy chế chia sẻ dữ liệu", "Trước ngày 30/6/2026", "Sở Khoa học và Công nghệ", "Phường Tuy Hòa", "Quy chế"],
  [2, "Rà soát thủ tục hành chính", 46187, "UBND các xã, phường", "", "Báo cáo"],
];
const send = (client, table, options) =>
  client.upload(`/api/task-imports?unit_id=${daklak.id}`, "danh-muc.xlsx", workbook(table), options);
const figures = async (by = "unit", more = "") =>
  (await province.get(`/api/task-figures?unit_id=${daklak.id}&by=${by}${more}`)).body;

test("a list is looked at row by row, and nothing is given before it is right", async () => {
  const before = (await figures()).sum.total;
  const { body } = await send(province, [...list, [3, "", "30/6/2026", "Sở Khoa học và Công nghệ"], [4, "Việc", "mai mốt", "Sở Vũ trụ"]]);
  assert.equal(body.rows.length, 4);
  assert.equal(body.errors, 2);
  assert.deepEqual(body.rows.map((row) => row.line), [4, 5, 6, 7]);
  assert.equal(body.rows[0].section, "Hoàn thiện thể chế");
  assert.equal(body.rows[0].lead.unit.code, "66-KHCN");
  assert.deepEqual(body.rows[0].cooperating.map((row) => row.unit.code), ["22015"]);
  assert.equal(body.rows[0].deadline.before, "2026-06-30T00:00:00+07:00");
  assert.deepEqual([body.rows[1].lead.unit, body.rows[1].lead.units], [null, 102]);
  assert.equal(body.rows[1].deadline.before, "2026-06-15T00:00:00+07:00");
  assert.deepEqual(body.rows[2].errors.map((fault) => [fault.code, fault.field]), [["task_sheet_content_missing", "B"]]);
  assert.deepEqual(body.rows[3].errors.map((fault) => [fault.code, fault.field]),
    [["task_sheet_unit_unknown", "D"], ["task_sheet_deadline_unread", "C"]]);
  await province.post(`/api/task-imports/${body.id}/accept`, undefined, { status: 422, code: "task_import_faulty" });
  assert.equal((await figures()).sum.total, before);
});

test("a right list is given whole, once, and comes out as it went in", async () => {
  const before = (await figures()).sum.total;
  const { body: seen } = await send(province, list);
  assert.equal(seen.errors, 0);
  const { body } = await province.post(`/api/task-imports/${seen.id}/accept`);
  assert.equal(body.tasks.length, 2);
  await province.post(`/api/task-imports/${seen.id}/accept`, undefined, { status: 409, code: "task_import_accepted" });
  const one = (await province.get(`/api/tasks/${body.tasks[0]}`)).body;
  assert.equal(one.lead.code, "66-KHCN");
  assert.equal(one.field, "Hoàn thiện thể chế");
  assert.equal(one.product, "Quy chế");
  const all = (await province.get(`/api/tasks/${body.tasks[1]}`)).body;
  assert.equal(all.lead.code, "66");
  assert.equal(all.children.length ?? all.children, 102);
  assert.equal((await figures()).sum.total, before + 1 + 103);
  const sheet = await province.get(`/api/task-sheet?unit_id=${khcn.id}&part=lead`, { any: true });
  assert.equal(sheet.status, 200);
  const again = (await province.upload(`/api/task-imports?unit_id=${daklak.id}`, "ra.xlsx", sheet.bytes)).body;
  const row = again.rows.find((one) => one.content.startsWith("Xây dựng quy chế chia sẻ"));
  assert.deepEqual([row.lead.unit.code, row.product, row.deadline.before, row.errors], ["66-KHCN", "Quy chế", "2026-06-30T00:00:00+07:00", []]);
  assert.deepEqual(row.cooperating.map((part) => part.unit.code), ["22015"]);
});

test("a monthly rule counts to the end of its last day", async () => {
  const rule = async (words) => {
    const { body: seen } = await send(province, [heading, [1, `Báo cáo ${words}`, words, "Sở Khoa học và Công nghệ", "", ""]]);
    const { body } = await province.post(`/api/task-imports/${seen.id}/accept`);
    return (await province.get(`/api/tasks/${body.tasks[0]}`)).body;
  };
  const before = await rule("trước ngày 25 hằng tháng");
  assert.deepEqual([before.recurrence.every, before.recurrence.day, before.deadline.before], ["month", 24, "2026-05-25T00:00:00+07:00"]);
  const until = await rule("trước 24h00 ngày 18 hằng tháng");
  assert.deepEqual([until.recurrence.day, until.deadline.before], [18, "2026-05-19T00:00:00+07:00"]);
});

test("LibreOffice opens the list that goes out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "theodoi-office-"));
  try {
    const { bytes } = await province.get(`/api/task-sheet?unit_id=${khcn.id}&part=lead&lang=vi`, { any: true });
    await writeFile(join(folder, "list.xlsx"), bytes);
    await promisify(execFile)("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to",
      "csv:Text - txt - csv (StarCalc):9,34,76", "--outdir", folder, join(folder, "list.xlsx")]);
    const lines = (await readFile(join(folder, "list.csv"), "utf8")).split("\n");
    assert.ok(lines.some((line) => line.startsWith("STT\tNội dung nhiệm vụ\tChủ trì\tPhối hợp\tSản phẩm\tThời hạn\t")));
    assert.ok(lines.some((line) => line.includes("\tSở Khoa học và Công nghệ\tPhường Tuy H")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("files that are no list are refused, and so is whoever may not give tasks", async () => {
  await send(province, [["Họ tên", "Chức vụ"], ["A", "B"]], { status: 422, code: "task_sheet_no_heading" });
  await send(province, [heading], { status: 422, code: "task_sheet_empty" });
  await province.upload(`/api/task-imports?unit_id=${daklak.id}`, "x.xlsx", Buffer.from("PK\x03\x04 broken"), { status: 415, any: true });
  await send(commune, list, { status: 404 });
  await send(who["dl.nhaplieu"], list, { status: 403, code: "forbidden" });
  const { body } = await send(province, list);
  await who["tw.daumoi"].post(`/api/task-imports/${body.id}/accept`, undefined, { status: 404 });
  await commune.get(`/api/task-figures?unit_id=${daklak.id}`, { status: 404 });
});

test("the Government's frame follows each change of a task", async () => {
  const give = async (more) => (await province.post("/api/tasks", { title: "Việc đếm", lead_unit_id: tuyhoa.id, programme: "CTĐ", ...more })).body;
  const at = async (key) => (await figures("programme")).rows.find((row) => row.key === key);
  const due = (before) => ({ deadline: { before, written: "", kind: "instant" } });
  const late = await give(due("2026-05-16T20:30:00+07:00"));
  const open = await give(due("2026-06-01T00:00:00+07:00"));
  const free = await give({ deadline: { before: null, written: "", kind: "soonest" } });
  let row = await at("CTĐ");
  assert.deepEqual([row.total, row.open_in_time, row.overdue, row.without_deadline, row.paused], [3, 3, 0, 1, 0]);
  const byUnit = (await figures()).rows.find((one) => one.unit.code === "22015");
  assert.ok(byUnit.total >= 3 && !byUnit.own);
  await province.post(`/api/tasks/${free.id}/state`, { to: "paused", reason: "chờ" }, { match: free.version });
  row = await at("CTĐ");
  assert.deepEqual([row.total, row.open_in_time, row.paused], [3, 2, 1]);
  const asked = (await commune.post(`/api/tasks/${open.id}/requests`, { kind: "completion", reason: "Đã xong", file_ids: [] }, { match: open.version })).body;
  const now = (await province.get(`/api/tasks/${open.id}`)).body;
  await province.post(`/api/task-requests/${asked.id}/decision`, { accept: true, reason: "" }, { match: now.version });
  row = await at("CTĐ");
  assert.deepEqual([row.completed_on_time, row.completed_late, row.open_in_time], [1, 0, 1]);
  await province.post(`/api/tasks/${late.id}/state`, { to: "cancelled", reason: "trùng" }, { match: late.version });
  row = await at("CTĐ");
  assert.deepEqual([row.total, row.open_in_time], [2, 0]);
  const only = await figures("programme", "&from=2026-05-31&to=2026-05-31");
  assert.equal(only.rows.find((one) => one.key === "CTĐ").total, 1);
  assert.equal((await figures("field")).sum.total, (await figures()).sum.total);
});

test("a secret address gives the owner's deadlines to a calendar until it is taken back", async () => {
  const { body: none } = await commune.get("/api/me/calendar");
  assert.deepEqual(none, { created_at: null, url: null });
  const { body: made } = await commune.post("/api/me/calendar");
  const path = new URL(made.url).pathname;
  const fetchIt = async () => {
    const reply = await fetch(server.url + path);
    return { status: reply.status, type: reply.headers.get("content-type"), text: (await reply.text()).replaceAll("\r\n ", "") };
  };
  const first = await fetchIt();
  assert.equal(first.status, 200);
  assert.match(first.type, /^text\/calendar/);
  assert.ok(first.text.includes("SUMMARY:Rà soát thủ tục hành chính"));
  assert.match(first.text, /UID:report-\d+-2026105@theodoi\r\n[^]*?DTSTART;VALUE=DATE:20260516\r\n/);
  assert.ok(first.text.includes("SUMMARY:Xây dựng quy chế chia sẻ dữ liệu"), "a task it takes part in");
  const { body: other } = await commune.post("/api/me/calendar");
  assert.notEqual(other.url, made.url);
  assert.equal((await fetchIt()).status, 404);
  await commune.delete("/api/me/calendar");
  assert.equal((await fetch(server.url + new URL(other.url).pathname)).status, 404);
  assert.equal((await commune.get("/api/me/calendar")).body.created_at, null);
});
