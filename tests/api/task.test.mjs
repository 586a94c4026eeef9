import { test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer, runProgram } from "./harness.mjs";

const server = await startServer();
const names = {
  centre: "tw.daumoi", province: "dl.daumoi", provinceEntry: "dl.nhaplieu", leader: "dl.lanhdao",
  entry: "tuyhoa.nhaplieu", approver: "tuyhoa.pheduyet", department: "khcn.nhaplieu", inspector: "tw.kiemtra",
};
const who = {};
const signInAll = async () => {
  for (const [name, account] of Object.entries(names)) who[name] = await server.signIn(account);
};
await signInAll();

async function unit(code) {
  const { body } = await who.centre.get(`/api/units?q=${encodeURIComponent(code)}&limit=50`);
  return body.units.find((row) => row.code === code);
}
const units = {};
for (const [name, code] of Object.entries({ tw: "TW", daklak: "66", tuyhoa: "22015", khcn: "66-KHCN", other: "22045", hanoi: "01" }))
  units[name] = await unit(code);

const deadline = (before, written = "") => ({ before, written, kind: "instant" });
const soonDue = "2026-05-18T00:00:00+07:00";
const later = "2026-06-01T00:00:00+07:00";
let made = 0;
async function give(client, lead, more = {}, options) {
  const input = { title: `Nhiệm vụ số ${++made}`, lead_unit_id: lead.id, deadline: deadline(later), ...more };
  return (await client.post("/api/tasks", input, options)).body;
}
const read = async (client, id) => (await client.get(`/api/tasks/${id}`)).body;
const act = async (client, task, what, body, options = {}) =>
  (await client.post(`/api/tasks/${task.id}/${what}`, body, { match: (await read(client, task.id)).version, ...options })).body;
const waiting = (task, kind) => task.requests.find((row) => row.kind === kind && row.state === "waiting");
const decide = async (client, task, accept, reason, options = {}) => {
  const now = await read(client, task.id);
  const request = now.requests.find((row) => row.state === "waiting");
  return (await client.post(`/api/task-requests/${request.id}/decision`, { accept, reason }, { match: now.version, ...options })).body;
};
const pdf = (words) => Buffer.from(`%PDF-1.4\n1 0 obj\n<< /A (${words}) >>\nendobj\ntrailer\n<< >>\n%%EOF\n`);

test("a task is given, reported on with evidence, asked for and confirmed", async () => {
  const task = await give(who.province, units.tuyhoa, {
    title: "Xây dựng kế hoạch chuyển đổi số", content: "Theo Nghị quyết 57", product: "Kế hoạch", field: "Chuyển đổi số",
    programme: "NQ57", head: "Nguyễn Văn A", cooperating: [{ unit_id: units.khcn.id, part: "Hướng dẫn kỹ thuật" }],
    deadline: deadline(soonDue, "trước 24h00 ngày 17/5/2026"),
  });
  assert.equal(task.state, "not_started");
  assert.equal(task.timeliness, "due_soon");
  assert.equal(task.assigner.code, "66");
  assert.equal(task.lead.code, "22015");
  assert.equal(task.deadline.before, soonDue);
  assert.equal(task.deadline_written, "trước 24h00 ngày 17/5/2026");
  assert.deepEqual(task.cooperating.map((row) => [row.unit.code, row.part]), [["66-KHCN", "Hướng dẫn kỹ thuật"]]);
  assert.deepEqual(task.may, { report: false, ask: false, decide: true, change: true, pass_down: false, comment: true });
  const seen = await read(who.entry, task.id);
  assert.deepEqual(seen.may, { report: true, ask: true, decide: false, change: false, pass_down: false, comment: true });
  const { body: file } = await who.entry.upload(`/api/tasks/${task.id}/files`, "Kế hoạch.pdf", pdf("kế hoạch"));
  const reported = await act(who.entry, task, "reports", { percent: 60, result: "Đã có dự thảo", file_ids: [file.id] });
  assert.equal(reported.state, "in_progress");
  assert.equal(reported.percent, 60);
  assert.equal(reported.rolled_percent, 60);
  assert.deepEqual(reported.reports[0].files.map((row) => row.name), ["Kế hoạch.pdf"]);
  await who.entry.delete(`/api/task-files/${file.id}`, { status: 409, code: "task_file_used" });
  assert.deepEqual((await who.department.get(`/api/task-files/${file.id}`)).bytes, pdf("kế hoạch"));
  await act(who.entry, task, "reports", { percent: 70, file_ids: [file.id] }, { status: 422, code: "task_file_unknown" });
  const request = await act(who.entry, task, "requests", { kind: "completion", reason: "" });
  assert.equal(request.state, "waiting");
  await act(who.entry, task, "requests", { kind: "completion" }, { status: 409, code: "task_request_waiting" });
  await act(who.entry, task, "reports", { percent: 80 }, { status: 409, code: "task_completion_waiting" });
  await decide(who.province, task, false, "", { status: 422, code: "reason_required" });
  const refused = await decide(who.province, task, false, "Thiếu phụ lục");
  assert.equal(refused.state, "in_progress");
  assert.equal(refused.completion_requested_at, null);
  await who.province.post(`/api/task-requests/${request.id}/decision`, { accept: true }, { match: refused.version, status: 409, code: "task_request_decided" });
  await act(who.approver, task, "requests", { kind: "completion", reason: "Đã bổ sung phụ lục" });
  const done = await decide(who.leader, task, true);
  assert.equal(done.state, "completed");
  assert.equal(done.timeliness, "completed_on_time");
  assert.equal(done.percent, 100);
  assert.equal(done.requests.length, 2);
  assert.equal(done.completed_at, done.requests[0].asked_at);
  await act(who.entry, task, "reports", { percent: 10 }, { status: 409, code: "task_not_open_completed" });
  await act(who.province, task, "state", { to: "paused", reason: "x" }, { status: 409, code: "task_not_open_completed" });
  const { body: history } = await who.department.get(`/api/tasks/${task.id}/history?lang=vi`);
  assert.deepEqual(history.items.map((row) => row.kind), ["task.completed", "task.completion_asked", "task.completion_refused",
    "task.completion_asked", "task.reported", "task.file_added", "task.created"]);
  assert.match(history.items.at(-1).sentence, /^Phường Tuy Hoà được giao nhiệm vụ “Xây dựng kế hoạch chuyển đổi số”, hạn đến hết ngày 17\/5\/2026\.$/);
  const page = (await who.department.get(`/api/tasks/${task.id}/history?limit=3`)).body;
  const rest = (await who.department.get(`/api/tasks/${task.id}/history?limit=10&after=${page.next}`)).body;
  assert.equal(page.items.length + rest.items.length, 7);
  assert.equal(rest.next, null);
});

test("who is neither above nor part of it does not know the task; who is, does only what is theirs", async () => {
  const task = await give(who.province, units.tuyhoa, { cooperating: [{ unit_id: units.khcn.id }] });
  const at = `/api/tasks/${task.id}`, match = task.version, input = { match };
  const elsewhere = await server.signIn("22045.nl");
  const unseen = { match, status: 404, code: "not_found" }, forbidden = { match, status: 403, code: "forbidden" };
  const { body: file } = await who.entry.upload(`${at}/files`, "a.pdf", pdf("a"));
  const asked = await act(who.entry, task, "requests", { kind: "extension", reason: "Mưa lũ", deadline: "2026-07-01T00:00:00+07:00" });
  const version = (await read(who.entry, task.id)).version;
  const attempts = {
    patch: (client, options) => client.patch(at, { title: "Khác" }, options),
    parts: (client, options) => client.post(`${at}/parts`, { parts: [{ unit_id: units.tuyhoa.id, content: "Phần" }] }, options),
    report: (client, options) => client.post(`${at}/reports`, { percent: 1 }, options),
    ask: (client, options) => client.post(`${at}/requests`, { kind: "completion", reason: "Xong" }, options),
    explain: (client, options) => client.post(`${at}/explanations`, { cause: "a", remedy: "b", new_date: "2026-06-20" }, options),
    step: (client, options) => client.post(`${at}/state`, { to: "paused", reason: "x" }, options),
    decision: (client, options) => client.post(`/api/task-requests/${asked.id}/decision`, { accept: true }, options),
    withdraw: (client, options) => client.delete(`/api/task-requests/${asked.id}`, options),
    addFile: (client, options) => client.upload(`${at}/files`, "b.pdf", pdf("b"), options),
    removeFile: (client, options) => client.delete(`/api/task-files/${file.id}`, options),
  };
  for (const attempt of Object.values(attempts)) await attempt(elsewhere, { ...unseen, match: version });
  for (const path of [at, `${at}/comments`, `${at}/history`, `/api/task-files/${file.id}`]) await elsewhere.get(path, { status: 404, code: "not_found" });
  await elsewhere.post(`${at}/comments`, { text: "x" }, { status: 404, code: "not_found" });
  const allowed = {
    province: ["patch", "step", "decision"], leader: ["decision"], entry: ["report", "ask", "explain", "withdraw", "addFile", "removeFile"],
    approver: ["report", "ask", "explain", "withdraw", "addFile", "removeFile"], department: [], inspector: [], centre: [], provinceEntry: [],
  };
  for (const [name, may] of Object.entries(allowed))
    for (const [what, attempt] of Object.entries(attempts))
      if (!may.includes(what)) await attempt(who[name], name === "provinceEntry" ? { match: version, status: name === "provinceEntry" ? 403 : 404 } : { ...forbidden, match: version });
  for (const name of Object.keys(allowed)) assert.equal((await read(who[name], task.id)).id, task.id, name);
  await who.province.patch(at, { title: "Khác" }, { match: version - 1, status: 412, code: "stale_version" });
  await who.province.patch(at, { title: "Khác" }, { status: 428, code: "precondition_required" });
  assert.equal(input.match, match);
});

test("a task that is late asks for its cause before anything else is reported", async () => {
  const task = await give(who.province, units.tuyhoa, { title: "Chậm", deadline: deadline("2026-05-17T00:00:00+07:00") });
  const onTime = await give(who.province, units.tuyhoa, { title: "Xin trong hạn", deadline: deadline("2026-05-17T00:00:00+07:00") });
  await act(who.entry, task, "explanations", { cause: "a", remedy: "b", new_date: "2026-05-20" }, { status: 409, code: "task_not_late" });
  await server.setClock("2026-05-16T23:50:00+07:00");
  await signInAll();
  await act(who.entry, onTime, "requests", { kind: "completion", reason: "Xong ngay trước hạn" });
  await server.setClock("2026-05-17T00:00:00+07:00");
  const late = await read(who.entry, task.id);
  assert.equal(late.timeliness, "overdue");
  assert.equal(late.explanation_due, true);
  const confirmed = await decide(who.province, onTime, true);
  assert.equal(confirmed.timeliness, "completed_on_time");
  await act(who.entry, task, "reports", { percent: 50, result: "Một nửa" }, { status: 409, code: "task_explanation_missing" });
  await act(who.entry, task, "reports", { nil: true }, { status: 409, code: "task_explanation_missing" });
  await act(who.entry, task, "requests", { kind: "completion", reason: "Xong" }, { status: 409, code: "task_explanation_missing" });
  await act(who.entry, task, "explanations", { cause: "Thiếu kinh phí", remedy: "Bổ sung dự toán", new_date: "2026-05-16" }, { status: 422, code: "task_new_date_past" });
  const explained = await act(who.entry, task, "explanations", { cause: "Thiếu kinh phí", remedy: "Bổ sung dự toán", new_date: "2026-05-18" });
  assert.equal(explained.explanation_due, false);
  assert.equal(explained.timeliness, "overdue");
  assert.equal((await act(who.entry, task, "reports", { percent: 50, result: "Một nửa" })).percent, 50);
  // The promised day passes too.
  await server.setClock("2026-05-19T08:00:00+07:00");
  await signInAll();
  assert.equal((await read(who.entry, task.id)).explanation_due, true);
  const again = await act(who.entry, task, "explanations", { cause: "Nhà thầu chậm", remedy: "Thay nhà thầu", new_date: "2026-05-25" });
  assert.deepEqual(again.explanations.map((row) => row.cause), ["Nhà thầu chậm", "Thiếu kinh phí"]);
  await act(who.entry, task, "requests", { kind: "completion", reason: "Đã xong" });
  const done = await decide(who.province, task, true);
  assert.equal(done.timeliness, "completed_late");
  // Told once, by the duty or by the first act behind the deadline.
  for (let tries = 0; tries < 100; tries++) {
    const { items } = (await who.province.get(`/api/tasks/${task.id}/history?limit=50`)).body;
    if (items.some((row) => row.kind === "task.overdue")) return;
    await sleep(200);
  }
  assert.fail("nobody was told that the task is late");
});

test("more time is asked for and decided, and the deadlines before are kept", async () => {
  const task = await give(who.province, units.tuyhoa, { deadline: deadline("2026-05-25T00:00:00+07:00", "trước ngày 25/5/2026") });
  const ask = (deadline, options, reason = "Cần thêm thời gian") => act(who.entry, task, "requests", { kind: "extension", reason, deadline }, options);
  await ask("2026-05-24T00:00:00+07:00", { status: 422, code: "task_extension_deadline" });
  await ask("2026-06-10T00:00:00+07:00", { status: 422, code: "reason_required" }, " ");
  await ask("2026-06-10T00:00:00+07:00");
  const refused = await decide(who.province, task, false, "Phải xong trong tháng");
  assert.equal(refused.deadline.before, "2026-05-25T00:00:00+07:00");
  await ask("2026-05-31T00:00:00+07:00");
  const extended = await decide(who.province, task, true);
  assert.equal(extended.deadline.before, "2026-05-31T00:00:00+07:00");
  assert.deepEqual(extended.deadlines.map((row) => row.deadline.before), ["2026-05-31T00:00:00+07:00", "2026-05-25T00:00:00+07:00"]);
  assert.ok(extended.deadlines[0].request_id);
  assert.equal(extended.deadlines[1].written, "trước ngày 25/5/2026");
  await act(who.entry, task, "reports", { percent: 5 });
  const current = await read(who.province, task.id);
  await who.province.patch(`/api/tasks/${task.id}`, { deadline: deadline("2026-12-01T00:00:00+07:00") }, { match: current.version, status: 409, code: "task_deadline_fixed" });
  // Withdrawn, a request is decided no more.
  const request = await ask("2026-06-15T00:00:00+07:00");
  await who.entry.delete(`/api/task-requests/${request.id}`);
  await who.entry.delete(`/api/task-requests/${request.id}`, { status: 409, code: "task_request_decided" });
});

test("a unit confirms what it gave itself, never the person who asked", async () => {
  const task = await give(who.province, units.daklak);
  await act(who.province, task, "requests", { kind: "completion", reason: "Xong" });
  await decide(who.province, task, true, "", { status: 403, code: "task_same_person" });
  assert.equal((await decide(who.leader, task, true)).state, "completed");
  const empty = await give(who.province, units.daklak);
  await act(who.provinceEntry, empty, "requests", { kind: "completion" }, { status: 422, code: "task_completion_empty" });
});

test("passed down in parts, their weights roll up and no late one is hidden", async () => {
  const task = await give(who.centre, units.daklak, { title: "Giao tỉnh", field: "Y tế", deadline: deadline("2026-05-29T00:00:00+07:00") });
  const parts = [
    { unit_id: units.tuyhoa.id, content: "Làm phần thứ nhất", weight: 3 },
    { unit_id: units.khcn.id, content: "Làm phần thứ hai", weight: 1, deadline: deadline("2026-05-20T00:00:00+07:00") },
  ];
  await act(who.centre, task, "parts", { parts }, { status: 403, code: "forbidden" });
  await act(who.province, task, "parts", { parts: [{ ...parts[0], unit_id: units.hanoi.id }] }, { status: 422, code: "task_lead_not_below" });
  await act(who.province, task, "parts", { parts: [{ ...parts[0], deadline: deadline("2026-05-30T00:00:00+07:00") }] }, { status: 422, code: "task_after_parent" });
  const parent = await act(who.province, task, "parts", { parts });
  assert.equal(parent.children, 2);
  const [second, first] = parent.parts;
  assert.equal(first.deadline.before, "2026-05-29T00:00:00+07:00");
  assert.equal(first.field, "Y tế");
  assert.equal(first.title, "Làm phần thứ nhất");
  assert.equal(first.assigner.code, "66");
  await act(who.entry, first, "reports", { percent: 80, result: "Gần xong" });
  assert.equal((await read(who.centre, task.id)).rolled_percent, 60);
  assert.deepEqual((await read(who.entry, first.id)).ancestors, []);
  assert.deepEqual((await read(who.province, first.id)).ancestors, [{ id: task.id, title: "Giao tỉnh" }]);
  await act(who.province, task, "requests", { kind: "completion", reason: "Xong" }, { status: 409, code: "task_parts_open" });
  await server.setClock("2026-05-20T00:00:05+07:00");
  await signInAll();
  for (let tries = 0; tries < 100; tries++) {
    if ((await read(who.centre, task.id)).late_children) break;
    await sleep(200);
  }
  assert.equal((await read(who.centre, task.id)).late_children, 1);
  await act(who.department, second, "explanations", { cause: "a", remedy: "b", new_date: "2026-05-22" });
  await act(who.department, second, "requests", { kind: "completion", reason: "Xong" });
  await decide(who.province, second, true);
  const above = await read(who.centre, task.id);
  assert.equal(above.rolled_percent, 85);
  assert.equal(above.late_children, 1, "completed late stays late");
  const cancelled = await act(who.centre, task, "state", { to: "cancelled", reason: "Không còn phù hợp" });
  assert.equal(cancelled.state, "cancelled");
  assert.deepEqual(cancelled.parts.map((row) => row.state).sort(), ["cancelled", "completed"]);
  const { stdout } = await runProgram(["check", "--store", server.files.store]);
  assert.match(stdout, /Tasks: 0 differences/);
});

test("paused it is neither in time nor late; resumed it is judged by its deadline", async () => {
  const task = await give(who.province, units.tuyhoa, { deadline: deadline("2026-05-21T00:00:00+07:00") });
  await act(who.province, task, "state", { to: "resumed", reason: "x" }, { status: 409, code: "task_not_paused" });
  const paused = await act(who.province, task, "state", { to: "paused", reason: "Chờ văn bản mới" });
  assert.equal(paused.timeliness, "none");
  await act(who.entry, task, "reports", { percent: 5 }, { status: 409, code: "task_not_open_paused" });
  await server.setClock("2026-05-22T08:00:00+07:00");
  await signInAll();
  assert.equal((await read(who.entry, task.id)).timeliness, "none");
  const resumed = await act(who.province, task, "state", { to: "resumed", reason: "Đã có văn bản" });
  assert.equal(resumed.state, "not_started");
  assert.equal(resumed.timeliness, "overdue");
});

test("lists filter by unit and part, timeliness, words, and go on page by page", async () => {
  const ids = async (client, query) => (await client.get(`/api/tasks?limit=500&${query}`)).body.items.map((row) => row.id);
  const lead = await ids(who.province, `unit_id=${units.tuyhoa.id}&part=lead`);
  assert.ok(lead.length > 3);
  assert.deepEqual(await ids(who.province, `unit_id=${units.khcn.id}&part=lead&state=completed`), (await who.department.get("/api/tasks?part=lead&state=completed")).body.items.map((row) => row.id));
  assert.ok((await ids(who.department, `unit_id=${units.khcn.id}&part=cooperating`)).length >= 2);
  assert.ok((await ids(who.province, `unit_id=${units.daklak.id}&part=assigned`)).length > (await ids(who.province, `unit_id=${units.daklak.id}&part=lead`)).length);
  const below = await ids(who.province, `unit_id=${units.daklak.id}&part=below`);
  assert.ok(lead.every((id) => below.includes(id)));
  const within = await ids(who.province, `unit_id=${units.daklak.id}&part=within`);
  assert.deepEqual(new Set(within), new Set([...below, ...(await ids(who.province, `unit_id=${units.daklak.id}&part=lead`))]));
  const unfinished = (await who.province.get("/api/tasks?state=unfinished&limit=500")).body.items;
  assert.ok(unfinished.length && unfinished.every((row) => row.state !== "completed" && row.state !== "cancelled"));
  await who.entry.get(`/api/tasks?unit_id=${units.khcn.id}`, { status: 404, code: "not_found" });
  assert.ok((await ids(who.entry, "")).every((id) => below.includes(id)));
  const overdue = (await who.province.get("/api/tasks?timeliness=overdue&limit=500")).body.items;
  assert.ok(overdue.length && overdue.every((row) => row.timeliness === "overdue"));
  for (const timeliness of ["none", "in_time", "due_soon", "completed_on_time", "completed_late"])
    for (const row of (await who.province.get(`/api/tasks?timeliness=${timeliness}&limit=500`)).body.items) assert.equal(row.timeliness, timeliness);
  assert.equal((await ids(who.province, `q=${encodeURIComponent("ke hoach chuyen doi so")}`)).length, 1);
  const byWords = (q) => ids(who.province, `q=${encodeURIComponent(q)}`);
  const known = await byWords("ke hoach chuyen doi so");
  assert.deepEqual(await byWords("SỐ, đổi chuyển: kế"), known, "words stand in any order, the last one as it begins");
  assert.deepEqual(await byWords("hoach chuy"), known);
  assert.deepEqual(await byWords("oach"), []);
  assert.deepEqual(await byWords("hoach khongcotu"), []);
  assert.deepEqual(await byWords("?!"), await ids(who.province, ""));
  const renamed = await give(who.province, units.tuyhoa, { title: "Lắp barie" });
  await who.province.patch(`/api/tasks/${renamed.id}`, { title: "Lắp trạm quan trắc" }, { match: renamed.version });
  assert.deepEqual([await byWords("lap barie"), await byWords("lap tram")], [[], [renamed.id]]);
  assert.equal((await ids(who.province, `field=${encodeURIComponent("Y tế")}`)).length, 3);
  assert.equal((await ids(who.province, "due_from=2026-05-17&due_to=2026-05-17")).length, 1);
  for (const sort of ["due", "-due", "title", "lead", "state", "newest"]) {
    const all = await ids(who.province, `sort=${sort}`);
    const paged = [];
    let next = null;
    do {
      const { body } = await who.province.get(`/api/tasks?sort=${sort}&limit=4${next ? `&after=${next}` : ""}`);
      paged.push(...body.items.map((row) => row.id));
      next = body.next;
    } while (next);
    assert.deepEqual(paged, all, sort);
  }
  const centre = (await who.centre.get("/api/tasks?limit=500")).body;
  assert.deepEqual(new Set(await ids(who.inspector, "")), new Set(centre.items.map((row) => row.id)));
  assert.equal(centre.may_create, true);
  assert.equal((await who.entry.get("/api/tasks")).body.may_create, false);
});

test("a recurring task has a row per period, and nothing to report is an answer", async () => {
  const task = await give(who.province, units.tuyhoa, { title: "Báo cáo hằng tháng", deadline: null, recurrence: { every: "month", day: 25, from: "2026-05" } });
  assert.equal(task.deadline.before, "2026-05-26T00:00:00+07:00");
  assert.deepEqual(task.reports.map((row) => [row.period, row.reported_at]), [["2026-05", null]]);
  await act(who.entry, task, "reports", { nil: true, result: "x" }, { status: 422, code: "task_nil_with_texts" });
  await act(who.entry, task, "reports", { period: "2026-07", percent: 5 }, { status: 422, code: "task_period_unknown" });
  const nil = await act(who.entry, task, "reports", { period: "2026-05", nil: true });
  assert.equal(nil.state, "not_started");
  assert.equal(nil.reports[0].nil, true);
  assert.equal(nil.reports[0].on_time, true);
  assert.equal(nil.deadline.before, "2026-06-26T00:00:00+07:00");
  await act(who.entry, task, "reports", { period: "2026-05", percent: 5 }, { status: 409, code: "task_period_reported" });
  await act(who.entry, task, "reports", {}, { status: 422, code: "task_report_empty" });
  await act(who.entry, task, "requests", { kind: "extension", reason: "x", deadline: "2026-12-01T00:00:00+07:00" }, { status: 409, code: "task_no_deadline" });
  const weekly = await give(who.province, units.tuyhoa, { deadline: null, recurrence: { every: "week", day: 5 } });
  assert.deepEqual(weekly.reports.map((row) => [row.period, row.deadline.before]), [["2026-W21", "2026-05-23T00:00:00+07:00"]]);
  await give(who.province, units.tuyhoa, { recurrence: { every: "month", day: 5 } }, { status: 422, code: "task_recurs_with_deadline" });
  const once = await give(who.province, units.tuyhoa, { title: "Cả tháng sáu", deadline: deadline("2026-12-31T00:00:00+07:00") });
  assert.deepEqual(once.reports, []);
  await server.setClock("2026-06-01T00:00:10+07:00");
  await signInAll();
  let june;
  for (let tries = 0; tries < 100; tries++) {
    june = await read(who.entry, once.id);
    if (june.reports.length) break;
    await sleep(200);
  }
  assert.deepEqual(june.reports.map((row) => [row.period, row.deadline.before, row.reported_at]), [["2026-06", "2026-06-17T00:00:00+07:00", null]]);
  const filled = await act(who.entry, once, "reports", { percent: 30, result: "Đang làm" });
  assert.deepEqual(filled.reports.map((row) => [row.period, row.percent, row.on_time]), [["2026-06", 30, true]]);
  const between = await act(who.entry, once, "reports", { percent: 35, difficulties: "Thiếu người" });
  assert.deepEqual(between.reports.map((row) => row.period), [null, "2026-06"]);
});

test("comments name people, and everybody who may read may write them", async () => {
  const task = await give(who.province, units.tuyhoa, { cooperating: [{ unit_id: units.khcn.id }] });
  const at = `/api/tasks/${task.id}/comments`;
  const me = who.entry.session.account;
  const { body: comment } = await who.department.post(at, { text: " Đề nghị gửi số liệu. ", mentions: [me.id, me.id] });
  assert.equal(comment.text, "Đề nghị gửi số liệu.");
  assert.deepEqual(comment.mentions.map((row) => row.id), [me.id]);
  await who.entry.post(at, { text: "Đã gửi." });
  await who.entry.post(at, { text: "x", mentions: ["5"] }, { status: 422, code: "task_mention_unknown" });
  const page = (await who.province.get(`${at}?limit=1`)).body;
  assert.deepEqual(page.items.map((row) => row.text), ["Đã gửi."]);
  assert.deepEqual((await who.province.get(`${at}?after=${page.next}`)).body.items.map((row) => row.text), ["Đề nghị gửi số liệu."]);
});

test("whoever may read a task can be found by name and mentioned, nobody else", async () => {
  const task = await give(who.province, units.tuyhoa);
  const readers = async (client, q) => (await client.get(`/api/tasks/${task.id}/readers?q=${encodeURIComponent(q)}`)).body.items;
  const names = Object.fromEntries(["province", "entry", "centre", "department"].map((name) => [name, who[name].session.account]));
  for (const name of ["province", "entry", "centre"]) {
    const found = await readers(who.entry, names[name].full_name.toUpperCase());
    const one = found.find((row) => row.id === names[name].id);
    assert.equal(one?.unit.id, names[name].unit.id, name);
  }
  const all = await readers(who.entry, "");
  assert.deepEqual([...new Set(all.map((row) => row.id))].length, all.length, "each once");
  assert.deepEqual((await readers(who.entry, names.department.full_name)).filter((row) => row.id === names.department.id), []);
  await who.department.get(`/api/tasks/${task.id}/readers`, { status: 404, code: "not_found" });
  const at = `/api/tasks/${task.id}/comments`;
  await who.entry.post(at, { text: "Xin ý kiến.", mentions: [names.centre.id, names.province.id] });
  await who.entry.post(at, { text: "x", mentions: [names.province.id, names.department.id] }, { status: 422, code: "task_mention_unknown" });
});

test("several at once, each with its own answer", async () => {
  const one = await give(who.province, units.tuyhoa), two = await give(who.province, units.khcn), high = await give(who.centre, units.daklak);
  const bulk = async (body) => (await who.province.post("/api/tasks/bulk", { ids: [one.id, high.id, two.id, "5"], ...body })).body.results;
  assert.deepEqual((await bulk({ act: "set_field", value: "Giáo dục" })).map((row) => [row.done, row.code]), [[true, null], [false, "forbidden"], [true, null], [false, "not_found"]]);
  assert.equal((await read(who.province, two.id)).field, "Giáo dục");
  assert.deepEqual((await bulk({ act: "set_weight", value: "many" })).map((row) => row.code)[0], "task_value_invalid");
  assert.deepEqual((await bulk({ act: "pause", reason: "" })).map((row) => row.code)[0], "reason_required");
  assert.deepEqual((await bulk({ act: "cancel", reason: "Gộp" })).map((row) => row.done), [true, false, true, false]);
});

test("filters are kept under a name, for their owner alone", async () => {
  const { body: first } = await who.entry.put("/api/task-filters", { name: "Sắp đến hạn", query: "timeliness=due_soon" });
  const { body: same } = await who.entry.put("/api/task-filters", { name: "Sắp đến hạn", query: "timeliness=due_soon&part=lead" });
  assert.equal(same.id, first.id);
  assert.deepEqual((await who.entry.get("/api/task-filters")).body.items, [{ id: first.id, name: "Sắp đến hạn", query: "timeliness=due_soon&part=lead" }]);
  assert.deepEqual((await who.province.get("/api/task-filters")).body.items, []);
  await who.province.delete(`/api/task-filters/${first.id}`, { status: 404, code: "not_found" });
  await who.entry.delete(`/api/task-filters/${first.id}`);
  assert.deepEqual((await who.entry.get("/api/task-filters")).body.items, []);
});

test("what cannot be given is refused", async () => {
  const refused = (more, code, status = 422) => give(who.province, units.tuyhoa, more, { status, code });
  await refused({ lead_unit_id: units.hanoi.id }, "task_lead_not_below");
  await refused({ title: "  " }, "field_required");
  await refused({ deadline: { before: null, kind: "instant" } }, "task_deadline_needed");
  await refused({ deadline: { before: later, kind: "soonest" } }, "task_deadline_unfit");
  await refused({ cooperating: [{ unit_id: units.tuyhoa.id }] }, "task_cooperating_twice");
  await refused({ unit_id: units.tw.id }, "not_found", 404);
  await refused({ parent_id: "5" }, "not_found", 404);
  await give(who.entry, units.tuyhoa, {}, { status: 403, code: "forbidden" });
  const own = await give(who.province, units.daklak);
  let parent = own;
  for (let depth = 2; depth <= 8; depth++) parent = await give(who.province, units.daklak, { parent_id: parent.id });
  await give(who.province, units.daklak, { parent_id: parent.id }, { status: 422, code: "task_too_deep" });
  const elsewhere = await give(who.province, units.tuyhoa);
  await give(who.province, units.daklak, { parent_id: elsewhere.id }, { status: 403, code: "forbidden" });
  const { body: soonest } = await who.province.post("/api/tasks", { title: "Sớm nhất", lead_unit_id: units.tuyhoa.id, deadline: { before: null, kind: "soonest", written: "trong thời gian sớm nhất" } });
  assert.equal(soonest.deadline, null);
  assert.equal(soonest.deadline_kind, "soonest");
  assert.equal(soonest.timeliness, "none");
});

test("live screens of the leading, the co-operating and the assigning unit hear of it, others do not", async () => {
  const listen = async (client) => {
    const heard = [], ending = new AbortController();
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(`${server.url}/api/events`, { headers: { Cookie: cookie }, signal: ending.signal });
    const decoder = new TextDecoder();
    (async () => {
      for await (const chunk of reply.body) heard.push(decoder.decode(chunk));
    })().catch(() => {});
    return { text: () => heard.join(""), end: () => ending.abort() };
  };
  const stranger = await server.signIn("22045.nl");
  const ears = { entry: await listen(who.entry), department: await listen(who.department), province: await listen(who.province) };
  const other = await listen(stranger);
  const task = await give(who.province, units.tuyhoa, { cooperating: [{ unit_id: units.khcn.id }] });
  for (let tries = 0; tries < 100 && !Object.values(ears).every((ear) => ear.text().includes(task.id)); tries++) await sleep(50);
  for (const [name, ear] of Object.entries(ears)) assert.ok(ear.text().includes(task.id), name);
  assert.ok(ears.department.text().includes("task.noted") && !ears.department.text().includes("task.created"));
  assert.ok(!other.text().includes(task.id));
  for (const ear of [...Object.values(ears), other]) ear.end();
});
