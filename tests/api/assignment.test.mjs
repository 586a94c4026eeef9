import { test } from "node:test";
import assert from "node:assert/strict";
import { startServer } from "./harness.mjs";

const server = await startServer();
const centre = await server.signIn("tw.daumoi");
const province = await server.signIn("dl.daumoi");
const leader = await server.signIn("dl.lanhdao");
const entry = await server.signIn("tuyhoa.nhaplieu");
const inspector = await server.signIn("tw.kiemtra");

async function unit(code) {
  const { body } = await centre.get(`/api/units?q=${encodeURIComponent(code)}&limit=50`);
  return body.units.find((row) => row.code === code);
}
const daklak = await unit("66");
const list = async (who, query = "") => (await who.get(`/api/assignments${query}`)).body.assignments;
const [passedOn] = await list(province, `?from_unit_id=${daklak.id}`);
const [given] = await list(province, `?to_unit_id=${daklak.id}`);
const rule = { day: 20, month_offset: 0, roll: false, locks: true, opens_day: 0 };

test("an assignment says what is to be done by when, and how far it is", async () => {
  assert.equal(passedOn.report.code, "NQ57-TN");
  assert.equal(passedOn.parent_id, given.id);
  assert.equal(passedOn.rule_wording, "before 24:00 on day 16 of every month (from 3/2026 on)");
  const { body } = await province.get(`/api/assignments/${passedOn.id}?lang=vi`);
  assert.equal(body.rule_wording, "trước 24h00 ngày 16 hằng tháng (bắt đầu từ tháng 3/2026)");
  assert.deepEqual(body.periods.map((row) => [row.period, row.state]), [["2026-05", "open"], ["2026-04", "closed"], ["2026-03", "closed"]]);
  assert.deepEqual(body.periods[0].deadline, { before: "2026-05-17T00:00:00+07:00", wording: "24h00 ngày 16/5/2026" });
  const { tally } = body.periods[0];
  assert.equal(tally.assigned, 6);
  assert.ok(tally.submitted >= tally.approved && tally.approved >= tally.received && tally.received > 0);
  assert.equal(body.units.length, 6);
  assert.equal(body.unit_count, 6);
  assert.deepEqual(body.may, { manage: true, receive: true, pass_down: false });
  assert.equal((await province.get(`/api/assignments/${given.id}`)).body.may.pass_down, true);
});

test("who is above, below or in it sees it; others do not", async () => {
  assert.ok((await list(entry)).some((row) => row.id === passedOn.id));
  assert.ok((await list(inspector)).some((row) => row.id === passedOn.id));
  assert.deepEqual((await entry.get(`/api/assignments/${passedOn.id}`)).body.may, { manage: false, receive: false, pass_down: false });
  const page = (await centre.get("/api/assignments?limit=1")).body;
  assert.equal(page.assignments.length, 1);
  assert.notEqual((await centre.get(`/api/assignments?limit=1&after=${page.next}`)).body.assignments[0].id, page.assignments[0].id);
  await entry.get("/api/assignments/5", { status: 404, code: "assignment_unknown" });
  assert.equal((await centre.get("/api/assignments")).body.may_create, true);
  assert.equal((await entry.get("/api/assignments")).body.may_create, false);
});

test("a report is assigned to whole kinds of units", async () => {
  const report_id = (await centre.get("/api/reports")).body.reports[0].id;
  const input = { report_id, rule, first_period: "2026-06", include: ["departments"], unit_ids: [(await unit("22045")).id], document: "Công văn số      /UBND" };
  await province.post("/api/assignments", input, { status: 409, code: "unit_already_assigned" });
  const ind = (await centre.get("/api/indicators?q=CL04")).body.indicators[0];
  const { body: form } = await province.post("/api/reports", { code: "OWN", title: "Own", frequency: "month", items: [{ indicator_id: ind.id }] });
  const { body: made, status } = await province.post("/api/assignments", { ...input, report_id: form.id });
  assert.equal(status, 201);
  assert.equal(made.unit_count, 16);
  assert.equal(made.document, "Công văn số      /UBND");
  assert.equal(made.from.code, "66");
  assert.deepEqual(made.periods, []);
  const path = `/api/assignments/${made.id}`;
  // Changed under its version.
  const tuyhoa = (await unit("22015")).id;
  const { body: changed } = await province.patch(path, { rule: { ...rule, day: 25 }, last_period: "2026-12", add_unit_ids: [tuyhoa] }, { match: 1 });
  assert.equal(changed.version, 2);
  assert.equal(changed.unit_count, 17);
  assert.equal(changed.last_period, "2026-12");
  const { body: stale } = await province.patch(path, { last_period: null }, { match: 1, status: 412, code: "stale_version" });
  assert.equal(stale.revision, 2);
  await province.patch(path, { add_unit_ids: [tuyhoa] }, { match: 2, status: 409, code: "unit_already_assigned" });
  await province.patch(path, { last_period: "2026-01" }, { match: 2, status: 422, code: "period_order" });
  await leader.patch(path, { last_period: null }, { match: 2, status: 403, code: "forbidden" });
  // Opened by hand before its month.
  await province.post(`${path}/periods`, { period: "2026-Q3" }, { status: 422, code: "period_outside" });
  const { body: opened } = await province.post(`${path}/periods`, { period: "2026-06" });
  assert.equal(opened.periods[0].tally.assigned, 17);
  assert.equal(opened.periods[0].deadline.before, "2026-06-26T00:00:00+07:00");
  await leader.post(`${path}/periods`, { period: "2026-07" }, { status: 403, code: "forbidden" });
});

test("what cannot be assigned is refused", async () => {
  const report_id = passedOn.report.id;
  const input = { report_id, rule, first_period: "2026-06", unit_ids: [(await unit("66-YT")).id] };
  await province.post("/api/assignments", { ...input, rule: { ...rule, day: 40 } }, { status: 422 });
  await province.post("/api/assignments", { ...input, first_period: "2026" }, { status: 422, code: "period_outside" });
  await province.post("/api/assignments", { ...input, unit_ids: [] }, { status: 422, code: "units_none" });
  await province.post("/api/assignments", { ...input, unit_ids: ["x"] }, { status: 422 });
  await province.post("/api/assignments", { ...input, unit_ids: ["5"] }, { status: 422, code: "unit_unknown" });
  await province.post("/api/assignments", { ...input, unit_ids: [(await unit("01")).id] }, { status: 422, code: "unit_not_below" });
  await province.post("/api/assignments", { ...input, include: ["planets"] }, { status: 422, code: "field_choice" });
  await province.post("/api/assignments", { ...input, from_unit_id: given.from.id }, { status: 403, code: "forbidden" });
  await province.post("/api/assignments", { ...input, parent_id: passedOn.id }, { status: 422, code: "parent_not_received" });
  await entry.post("/api/assignments", input, { status: 403, code: "forbidden" });
});

test("a period closes with its gap named, fills the draft above, and opens again", async () => {
  const path = `/api/assignments/${passedOn.id}/periods/2026-05`;
  const { body: missing } = await province.get(`${path}/missing`);
  assert.ok(missing.missing.some((row) => row.unit.code === "22015" && row.state === "draft"));
  const { body: refused } = await province.post(`${path}/close`, {}, { status: 409, code: "units_missing" });
  assert.equal(refused.errors.length, missing.missing.length);
  assert.ok(refused.errors.some((row) => row.field === "units/22015" && row.title.startsWith("Phường Tuy Hoà")));
  await leader.post(`${path}/close`, { accept_missing: true }, { status: 403, code: "forbidden" });
  const { body: closed } = await province.post(`${path}/close`, { accept_missing: true, note: "urged" });
  assert.equal(closed.missing.length, missing.missing.length);
  const { body: grid } = await (await server.signIn("dl.nhaplieu")).get(`/api/submissions/${closed.filled_submission_id}`);
  assert.ok(grid.rows.find((row) => row.indicator.code === "TN01").cell.rolled_up);
  assert.equal(grid.submission.unit.code, "66");
  await province.post(`${path}/close`, { accept_missing: true }, { status: 409, code: "period_closed" });
  const until = "2026-05-19T00:00:00+07:00", unit_id = (await unit("22015")).id;
  await province.post(`${path}/exceptions`, { unit_id, until, reason: "storm" }, { status: 409, code: "period_closed" });
  await province.post(`${path}/reopen`, {}, { status: 422, code: "field_required" });
  const { body: open } = await province.post(`${path}/reopen`, { reason: "a unit was late" });
  assert.equal(open.periods[0].state, "open");
  await province.post(`${path}/reopen`, { reason: "again" }, { status: 409, code: "period_still_open" });
  const { body: excepted } = await province.post(`${path}/exceptions`, { unit_id, until, reason: "storm" });
  assert.equal(excepted.unit.code, "22015");
  assert.equal(excepted.until, until);
  await province.post(`${path}/exceptions`, { unit_id, until: "2026-05-01T00:00:00+07:00", reason: "storm" }, { status: 422, code: "exception_past" });
  await province.post(`${path}/exceptions`, { unit_id: (await unit("66-YT")).id, until, reason: "storm" }, { status: 422, code: "unit_not_assigned" });
  await entry.post(`${path}/exceptions`, { unit_id, until, reason: "storm" }, { status: 403, code: "forbidden" });
  await province.get(`/api/assignments/${passedOn.id}/periods/2030-01/missing`, { status: 404, code: "period_not_opened" });
  await province.get(`/api/assignments/${passedOn.id}/periods/x/missing`, { status: 404 });
});

test("the roll-ups are right after all that", async () => {
  const { runProgram } = await import("./harness.mjs");
  const { stdout } = await runProgram(["check", "--store", server.files.store]);
  assert.match(stdout, /Roll-ups: 0 differences/);
});

test("a period opens by itself when its month comes", async () => {
  await server.setClock("2026-06-01T00:00:30+07:00");
  for (let tries = 0; tries < 60; tries++) {
    const { body } = await (await server.signIn("dl.daumoi")).get(`/api/assignments/${passedOn.id}`);
    if (body.periods[0].period === "2026-06") {
      assert.equal(body.periods[0].tally.assigned, 6);
      return;
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  assert.fail("June was not opened");
});
