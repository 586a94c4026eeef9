/*
 * Every route there is, asked by people who have no business with it, about one commune of Đắk Lắk. A route that is not
 * in the table fails the test: whoever adds one says here what strangers get.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { freshStore, startServer } from "./harness.mjs";
import { makeAccount, signInFirst } from "./people.mjs";

const files = await freshStore();
const made = {
  "nobody.here": ["22015", "intake"],
  "commune.entry": ["00004", "data_entry"],
  "province.coordinator": ["01", "coordinator"],
  "province.leader": ["01", "leader"],
  "province.inspector": ["01", "inspector"],
  "province.administrator": ["01", "administrator"],
};
const passwords = {};
for (const [name, what] of Object.entries(made)) passwords[name] = await makeAccount(files, name, what);
const server = await startServer({ store: files, args: ["--unlimited"] });

// Those who live there, to find and make what strangers then ask for.
const entry = await server.signIn("tuyhoa.nhaplieu");
const coordinator = await server.signIn("dl.daumoi");
const administrator = await server.signIn("dl.quantri");
const unitOf = async (code) => (await coordinator.get(`/api/units?q=${code}`)).body.units.find((u) => u.code === code);
const [target, province, elsewhere] = await Promise.all(["22015", "66", "01"].map(unitOf));
const [given] = (await coordinator.get(`/api/assignments?from_unit_id=${province.id}`)).body.assignments;
const matrix = (await coordinator.get(`/api/matrix?assignment_id=${given.id}&period=2026-05`)).body;
const submission = matrix.rows.find((row) => row.unit.id === target.id).submission_id;
const grid = (await entry.get(`/api/submissions/${submission}`)).body;
const indicator = grid.rows[0].indicator.id;
const pdf = Buffer.from("%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n");
const evidence = (await entry.upload(`/api/submissions/${submission}/evidence?indicator_id=${indicator}`, "Biên bản kín.pdf", pdf)).body;
const report = given.report.id;
await administrator.post("/api/session/sudo", { password: "Theodoi-demo-2026" });
const account = entry.session.account;
const grant = (await administrator.get(`/api/accounts/${account.id}`)).body.grants[0];
const approved = matrix.rows.find((row) => row.state === "approved" || row.state === "received");

// A letter of the province, a task of the commune that stands on it, and what hangs on that.
const document = (await coordinator.post("/api/documents", { unit_id: province.id, number: "77/UBND-KIN", type: "Công văn", issuer: "Uỷ ban nhân dân tỉnh", date: "2026-05-11", subject: "Văn bản kín" })).body;
const documentFile = (await coordinator.upload(`/api/documents/${document.id}/files`, "Văn bản kín.pdf", pdf)).body;
const link = (await coordinator.post(`/api/documents/${document.id}/links`, { kind: "based_on", number: "88/QĐ-TTg" })).body;
const reading = (await coordinator.upload(`/api/readings?unit_id=${province.id}`, "Văn bản kín.txt", Buffer.from("Văn bản kín"))).body;
const late = { before: "2026-06-30T00:00:00+07:00", written: "", kind: "instant" };
const task = (await coordinator.post("/api/tasks", { unit_id: province.id, lead_unit_id: target.id, title: "Nhiệm vụ kín", document_id: document.id, deadline: late })).body;
const taskFile = (await entry.upload(`/api/tasks/${task.id}/files`, "Minh chứng kín.pdf", pdf)).body;
const asked = (await entry.post(`/api/tasks/${task.id}/requests`, { kind: "extension", reason: "mưa", deadline: "2026-07-30T00:00:00+07:00" }, { match: task.version })).body;

const strangers = {};
for (const [name, password] of Object.entries(passwords)) {
  strangers[name] = await signInFirst(server, name, password);
  await strangers[name].post("/api/session/sudo", { password: "Cong-tac-So-2026!" });
}
// Tokens that may do less than their owner: another unit, or another right.
async function token(rights, unit) {
  await coordinator.post("/api/session/sudo", { password: "Theodoi-demo-2026" });
  const { body } = await coordinator.post("/api/me/tokens", { name: "hẹp", rights, unit_id: unit.id, expires_on: "2026-06-30" });
  return server.client({ bearer: body.token });
}
strangers["token.unit"] = await token(["unit.read", "indicator.read"], province);
strangers["token.elsewhere"] = await token(["figure.read", "overview.read", "assignment.read"], await unitOf("66-KHCN"));

const S = `/api/submissions/${submission}`;
const A = `/api/assignments/${given.id}`;
const P = `${A}/periods/2026-05`;
const U = `/api/accounts/${account.id}`;
const D = `/api/documents/${document.id}`;
const T = `/api/tasks/${task.id}`;
const { rule } = given;
const reason = { reason: "thử" };
const wrong = { match: 987654 };

/*
 * What strangers get: "refused" 403 or 404, with no word that tells more; "blind" an answer that names nothing of the
 * target; "each" and "bulk" one answer for each; "open" what everybody who is signed in may know; "own" one's own session alone; "public" asks for nobody.
 */
const table = {
  "GET /api/openapi.json": ["public"],
  "GET /api/docs": ["public"],
  "GET /api/docs.css": ["public"],
  "POST /api/setup": ["public"],
  "POST /api/session": ["public"],
  "POST /api/test/clock": ["public"],
  "GET /api/maps/provinces": ["public"],
  "GET /api/maps/{code}": ["public"],
  "GET /api/events": ["own"],
  "GET /api/session": ["own"],
  "DELETE /api/session": ["own"],
  "POST /api/session/totp": ["own"],
  "POST /api/session/sudo": ["own"],
  "POST /api/me/password": ["own"],
  "PATCH /api/me": ["own"],
  "POST /api/me/totp": ["own"],
  "POST /api/me/totp/confirm": ["own"],
  "DELETE /api/me/totp": ["own"],
  "GET /api/me/sessions": ["own"],
  "DELETE /api/me/sessions": ["own"],
  "DELETE /api/me/sessions/{id}": ["own"],
  "GET /api/me/tokens": ["own"],
  "POST /api/me/tokens": ["refused", "/api/me/tokens", { name: "x", rights: ["figure.read"], unit_id: target.id, expires_on: "2026-06-30" }, { also: [422] }],
  "DELETE /api/me/tokens/{id}": ["own"],
  "GET /api/rights": ["open", "/api/rights"],
  "GET /api/leader-categories": ["open", "/api/leader-categories"],
  "GET /api/settings": ["refused", "/api/settings"],
  "PUT /api/settings": ["refused", "/api/settings", { settings: [{ key: "lock_hours", value: "24" }] }, { also: [422] }],

  "GET /api/accounts": ["blind", "/api/accounts?limit=100"],
  "POST /api/accounts": ["refused", "/api/accounts", { username: "nguoi.moi", full_name: "Người Mới", unit_id: target.id, grants: [{ role: "approver", unit_id: target.id }] }],
  "GET /api/accounts/{id}": ["refused", U],
  "PATCH /api/accounts/{id}": ["refused", U, { position: "x" }, wrong],
  "POST /api/accounts/{id}/approve": ["refused", `${U}/approve`],
  "POST /api/accounts/{id}/refuse": ["refused", `${U}/refuse`, reason],
  "POST /api/accounts/{id}/unlock": ["refused", `${U}/unlock`],
  "POST /api/accounts/{id}/disable": ["refused", `${U}/disable`, reason],
  "POST /api/accounts/{id}/enable": ["refused", `${U}/enable`],
  "POST /api/accounts/{id}/erase": ["refused", `${U}/erase`, reason],
  "POST /api/accounts/{id}/reset-password": ["refused", `${U}/reset-password`, {}],
  "POST /api/accounts/{id}/reveal": ["refused", `${U}/reveal`, reason],
  "POST /api/accounts/{id}/grants": ["refused", `${U}/grants`, { role: "leader", unit_id: elsewhere.id }],
  "DELETE /api/accounts/{id}/grants/{grant_id}": ["refused", `${U}/grants/${grant.id}`],
  "DELETE /api/accounts/{id}/sessions": ["refused", `${U}/sessions`],

  "GET /api/assignments": ["blind", `/api/assignments?to_unit_id=${target.id}`],
  "GET /api/assignments/{id}": ["refused", A, undefined, { except: ["nobody.here", "token.elsewhere"] }],
  "POST /api/assignments": ["refused", "/api/assignments", { report_id: report, from_unit_id: province.id, rule, first_period: "2026-06", unit_ids: [target.id] }],
  "PATCH /api/assignments/{id}": ["refused", A, { last_period: "2026-12" }, wrong],
  "POST /api/assignments/{id}/periods": ["refused", `${A}/periods`, { period: "2026-06" }],
  "POST /api/assignments/{id}/periods/{period}/close": ["refused", `${P}/close`, { accept_missing: true }],
  "POST /api/assignments/{id}/periods/{period}/reopen": ["refused", `${A}/periods/2026-04/reopen`, reason],
  "GET /api/assignments/{id}/periods/{period}/missing": ["refused", `${P}/missing`],
  "POST /api/assignments/{id}/periods/{period}/exceptions": ["refused", `${P}/exceptions`, { unit_id: target.id, until: "2026-05-20T00:00:00+07:00", ...reason }],

  "GET /api/submissions/{id}": ["refused", S],
  "PUT /api/submissions/{id}/draft": ["refused", `${S}/draft`, { cells: [{ indicator_id: indicator, clear: true }] }],
  "POST /api/submissions/{id}/copy-last": ["refused", `${S}/copy-last`],
  "POST /api/submissions/{id}/submit": ["refused", `${S}/submit`, { cells: [] }, wrong],
  "POST /api/submissions/{id}/recall": ["refused", `${S}/recall`, {}, wrong],
  "POST /api/submissions/{id}/approve": ["refused", `${S}/approve`, { version: 7 }, wrong],
  "POST /api/submissions/{id}/return": ["refused", `${S}/return`, { ...reason, marks: [{ indicator_id: "5", comment: "x" }] }, wrong],
  "POST /api/submissions/{id}/receive": ["refused", `${S}/receive`, { version: 7 }, wrong],
  "POST /api/submissions/bulk": ["bulk", "/api/submissions/bulk", { action: "return", items: [{ id: submission, version: 7 }, { id: approved.submission_id, version: approved.version }], ...reason }],
  "GET /api/submissions/{id}/cells/{indicator_id}": ["refused", `${S}/cells/${indicator}`],
  "GET /api/submissions/{id}/difference": ["refused", `${S}/difference?from=0&to=9`],
  "GET /api/submissions/{id}/sheet": ["refused", `${S}/sheet`],
  "POST /api/submissions/{id}/sheet": ["refused", `${S}/sheet`, Buffer.from("PK\u0003\u0004 no sheet")],
  "GET /api/matrix": ["refused", `/api/matrix?assignment_id=${given.id}`],
  "POST /api/submissions/{id}/evidence": ["refused", `${S}/evidence`, pdf],
  "GET /api/evidence/{id}": ["refused", `/api/evidence/${evidence.id}`],
  "DELETE /api/evidence/{id}": ["refused", `/api/evidence/${evidence.id}`],
  "POST /api/evidence/{id}/restore": ["refused", `/api/evidence/${evidence.id}/restore`],

  "GET /api/documents": ["blind", "/api/documents"],
  "POST /api/documents": ["refused", "/api/documents", { unit_id: province.id, number: "1/UBND", subject: "x" }],
  "GET /api/documents/{id}": ["refused", D],
  "PATCH /api/documents/{id}": ["refused", D, { subject: "x" }, wrong],
  "GET /api/documents/{id}/text": ["refused", `${D}/text`],
  "GET /api/documents/{id}/chain": ["refused", `${D}/chain`],
  "POST /api/documents/{id}/files": ["refused", `${D}/files`, pdf],
  "GET /api/document-files/{id}": ["refused", `/api/document-files/${documentFile.id}`],
  "DELETE /api/document-files/{id}": ["refused", `/api/document-files/${documentFile.id}`, { reason: "x" }],
  "POST /api/documents/{id}/links": ["refused", `${D}/links`, { kind: "based_on", number: "1/QĐ-TTg" }],
  "DELETE /api/document-links/{id}": ["refused", `/api/document-links/${link.id}`],
  "GET /api/document-settings": ["open", "/api/document-settings"],
  "GET /api/document-register": ["refused", `/api/document-register?unit_id=${province.id}&year=2026&month=5`],
  "GET /api/readings": ["refused", `/api/readings?unit_id=${province.id}`],
  "POST /api/readings": ["refused", `/api/readings?unit_id=${province.id}`, Buffer.from("Kính gửi")],
  "GET /api/readings/{id}": ["refused", `/api/readings/${reading.id}`],
  "DELETE /api/readings/{id}": ["refused", `/api/readings/${reading.id}`],
  "GET /api/readings/{id}/results": ["refused", `/api/readings/${reading.id}/results`],
  "POST /api/readings/{id}/accept": ["refused", `/api/readings/${reading.id}/accept`, { documents: [], tasks: [] }, wrong],

  "GET /api/tasks": ["blind", "/api/tasks"],
  "POST /api/tasks": ["refused", "/api/tasks", { unit_id: province.id, lead_unit_id: target.id, title: "x" }],
  "POST /api/tasks/bulk": ["each", "/api/tasks/bulk", { ids: [task.id], act: "cancel", ...reason }],
  "GET /api/tasks/{id}": ["refused", T],
  "PATCH /api/tasks/{id}": ["refused", T, { title: "x" }, wrong],
  "POST /api/tasks/{id}/parts": ["refused", `${T}/parts`, { parts: [{ unit_id: target.id, content: "x" }] }, wrong],
  "POST /api/tasks/{id}/reports": ["refused", `${T}/reports`, { percent: 5 }, wrong],
  "POST /api/tasks/{id}/requests": ["refused", `${T}/requests`, { kind: "completion", reason: "x" }, wrong],
  "POST /api/task-requests/{id}/decision": ["refused", `/api/task-requests/${asked.id}/decision`, { accept: true }, wrong],
  "DELETE /api/task-requests/{id}": ["refused", `/api/task-requests/${asked.id}`],
  "POST /api/tasks/{id}/explanations": ["refused", `${T}/explanations`, { cause: "x", remedy: "x", new_date: "2026-07-01" }, wrong],
  "POST /api/tasks/{id}/state": ["refused", `${T}/state`, { to: "cancelled", ...reason }, wrong],
  "POST /api/tasks/{id}/files": ["refused", `${T}/files`, pdf],
  "GET /api/task-files/{id}": ["refused", `/api/task-files/${taskFile.id}`],
  "DELETE /api/task-files/{id}": ["refused", `/api/task-files/${taskFile.id}`],
  "GET /api/tasks/{id}/comments": ["refused", `${T}/comments`],
  "POST /api/tasks/{id}/comments": ["refused", `${T}/comments`, { text: "x" }],
  "GET /api/tasks/{id}/history": ["refused", `${T}/history`],
  "GET /api/tasks/{id}/readers": ["refused", `${T}/readers?q=an`],
  "GET /api/task-filters": ["own"],
  "PUT /api/task-filters": ["own"],
  "DELETE /api/task-filters/{id}": ["own"],
  "GET /api/task-figures": ["refused", `/api/task-figures?unit_id=${target.id}`],
  "GET /api/task-sheet": ["refused", `/api/task-sheet?unit_id=${target.id}`],
  "POST /api/task-imports": ["refused", `/api/task-imports?unit_id=${province.id}`, Buffer.from("PK\u0003\u0004 no sheet")],
  "POST /api/task-imports/{id}/accept": ["refused", "/api/task-imports/7/accept"],
  "GET /api/me/calendar": ["own"],
  "POST /api/me/calendar": ["own"],
  "DELETE /api/me/calendar": ["own"],

  "GET /api/my-work": ["blind", "/api/my-work"],
  "GET /api/overview": ["refused", `/api/overview?unit_id=${target.id}`],
  "GET /api/figures": ["refused", `/api/figures?unit_id=${target.id}&report_id=${report}&indicator_id=${indicator}&period=2026-05&as_of=2026-05-16T12:00:00%2B07:00`],

  "GET /api/event-log": ["log", `/api/event-log?unit_id=${target.id}`],
  "GET /api/event-log/export": ["log", `/api/event-log/export?unit_id=${target.id}`],
  "GET /api/audit/blocks": ["open", "/api/audit/blocks"],
  "POST /api/audit/verify": ["refused", "/api/audit/verify"],

  "GET /api/indicators": ["open", "/api/indicators"],
  "GET /api/indicators/{id}": ["open", `/api/indicators/${indicator}`],
  "POST /api/indicators": ["refused", "/api/indicators", { code: "X1", name: "x", unit_id: province.id, value_type: "number", decimals: 0 }, { also: [422] }],
  "PATCH /api/indicators/{id}": ["refused", `/api/indicators/${indicator}`, { name: "x", change_reason: "x" }, wrong],
  "GET /api/reports": ["open", "/api/reports"],
  "GET /api/reports/{id}": ["open", `/api/reports/${report}`],
  "POST /api/reports": ["refused", "/api/reports", { code: "X1", title: "x", unit_id: province.id, frequency: "month", items: [{ indicator_id: indicator }] }, { also: [422] }],
  "PATCH /api/reports/{id}": ["refused", `/api/reports/${report}`, { title: "x" }, wrong],
  "GET /api/holidays": ["open", "/api/holidays"],
  "PUT /api/holidays/{date}": ["refused", "/api/holidays/2026-09-03", { name: "x", kind: "holiday" }, { also: [422] }],
  "DELETE /api/holidays/{date}": ["refused", "/api/holidays/2026-09-02"],
  "POST /api/deadline-preview": ["open", "/api/deadline-preview", { rule, frequency: "month", period: "2026-05" }, { also: [422] }],
  "GET /api/unit-kinds": ["open", "/api/unit-kinds"],
  "GET /api/units": ["open", "/api/units"],
  "GET /api/units/{id}": ["open", `/api/units/${target.id}`],
  "POST /api/units": ["refused", "/api/units", { code: "66-X", name: "x", kind: "department", parent_id: province.id, valid_from: "2026-01-01" }, { also: [422] }],
  "PATCH /api/units/{id}": ["refused", `/api/units/${target.id}`, { name: "x" }, wrong],
  "POST /api/units/{id}/merge": ["refused", `/api/units/${target.id}/merge`, { successor_id: elsewhere.id, on: "2026-06-01" }, { also: [422] }],
};
const names = server.document.operations().map(({ method, template }) => `${method} ${template}`);

const before = async () => JSON.stringify([
  (await entry.get(`/api/submissions/${submission}`)).body,
  (await coordinator.get(A)).body,
  (await coordinator.get(`/api/submissions/${approved.submission_id}`)).body.submission,
  (await coordinator.get(T)).body,
]);
const stood = await before();

test("every route stands in the table, and the table names no other", () => {
  assert.deepEqual(names.filter((name) => !table[name]), []);
  assert.deepEqual(Object.keys(table).filter((name) => !names.includes(name)), []);
});

// Nothing of these may show in an answer to a stranger.
const secrets = [submission, evidence.id, account.id, "Biên bản kín", "tuyhoa.nhaplieu", document.id, documentFile.id, reading.id, "Văn bản kín", "Nhiệm vụ kín", asked.id, taskFile.id, "Minh chứng kín"];

async function ask(who, name) {
  const [, path, body, options = {}] = table[name];
  const method = name.split(" ")[0];
  if (Buffer.isBuffer(body)) return strangers[who].upload(path, "a.xlsx", body, { any: true });
  const headers = options.match ? { "If-Match": `"${options.match}"` } : {};
  return strangers[who].request(method, path, { body, headers, any: true });
}

for (const who of Object.keys(strangers)) {
  test(`${who} gets at nothing of the commune`, async () => {
    const wrongs = [];
    for (const name of names) {
      const [what, , , options = {}] = table[name] ?? ["public"];
      if (what === "public" || what === "own") continue;
      const { status, body, bytes } = await ask(who, name);
      const text = bytes.toString();
      const say = () => wrongs.push(`${name}: ${status} ${text.slice(0, 300)}`);
      const leaks = what !== "bulk" && what !== "each" && secrets.some((secret) => text.includes(secret));
      const refused = [403, 404, ...(options.also ?? [])].includes(status);
      if (leaks && !options.except?.includes(who)) say();
      else if (what === "open" && !(status < 300 || refused)) say();
      else if (what === "refused" && !refused && !options.except?.includes(who)) say();
      else if (what === "blind" && !(status === 200 || refused)) say();
      else if (what === "log" && !(refused || (status === 200 && (body?.events ?? []).length === 0))) say();
      else if (what === "each" && !refused) {
        if (status !== 200 || body.results.some((r) => r.done || r.code !== "not_found")) say();
      } else if (what === "bulk" && !refused) {
        if (status !== 200 || body.done.length || body.refused.some((r) => r.code !== "not_found")) say();
      }
    }
    assert.deepEqual(wrongs, []);
  });
}

test("and nothing of it changed", async () => {
  assert.equal(await before(), stood);
});

test("what does not exist and what one may not know of look the same", async () => {
  const other = strangers["province.coordinator"];
  const known = (path, id) => path.replace(submission, id).replace(evidence.id, id);
  for (const [name, [what, path, body, options = {}]] of Object.entries(table)) {
    if (what !== "refused" || !path || !/submissions\/|evidence\//.test(path) || Buffer.isBuffer(body)) continue;
    const headers = options.match ? { "If-Match": `"${options.match}"` } : {};
    const there = await other.request(name.split(" ")[0], path, { body, headers, any: true });
    const absent = await other.request(name.split(" ")[0], known(path, "7"), { body, headers, any: true });
    assert.deepEqual([name, there.status, there.body], [name, absent.status, absent.body]);
  }
});

test("those of the level itself see its own figure, not the cells of each unit below", async () => {
  const own = await server.signIn("dl.nhaplieu");
  const url = `/api/figures?unit_id=${province.id}&report_id=${report}&indicator_id=${indicator}&period=2026-04`;
  const all = (await coordinator.get(url)).body;
  assert.ok(all.children.length > 3);
  assert.deepEqual((await own.get(url)).body.children, []);
});

test("half a sign-in opens nothing", async () => {
  const half = server.client();
  const session = await half.startSession("tw.quantri", "Theodoi-demo-2026");
  assert.equal(session.state, "totp_required");
  const wrongs = [];
  for (const name of names) {
    const [what, path, body, options = {}] = table[name];
    if (!path || what === "public" || what === "own") continue;
    const headers = options.match ? { "If-Match": `"${options.match}"` } : {};
    const reply = Buffer.isBuffer(body)
      ? await half.upload(path, "a.xlsx", body, { any: true })
      : await half.request(name.split(" ")[0], path, { body, headers, any: true });
    if (![401, 403].includes(reply.status)) wrongs.push(`${name}: ${reply.status}`);
  }
  assert.deepEqual(wrongs, []);
});

test("a live stream ends with the right it was opened by", { timeout: 30_000 }, async () => {
  const leader = strangers["province.leader"];
  const cookie = [...leader.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const open = async () => (await fetch(`${server.url}/api/events`, { headers: { Cookie: cookie } })).body.getReader();
  const root = await server.signIn("tw.quantri");
  await root.post("/api/session/sudo", { password: "Theodoi-demo-2026" });
  const url = `/api/accounts/${leader.session.account.id}`;
  const stream = await open();
  await stream.read();
  const [{ id }] = (await root.get(url)).body.grants;
  await root.delete(`${url}/grants/${id}`);
  for (let ended = false; !ended; ) ended = (await stream.read()).done;
  // Back at once, with what is left; another's rights end nothing.
  const again = await open();
  await again.read();
  await root.post(`/api/accounts/${strangers["province.inspector"].session.account.id}/grants`, { role: "leader", unit_id: elsewhere.id });
  const first = await Promise.race([again.read(), new Promise((done) => setTimeout(() => done({ done: false }), 2500))]);
  assert.equal(first.done, false);
  await again.cancel();
});
