// The last seconds and the first after it, with a rule that locks: what may still be done, and what opens it again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "./harness.mjs";

const server = await startServer({ args: ["--unlimited"] });
const unitOf = async (who, code) => (await who.get(`/api/units?q=${code}&limit=50`)).body.units.find((u) => u.code === code);
let entry, approver, province;
// Sessions end while the clock jumps, and signing in takes a while: it is done a minute before.
async function at(now) {
  await server.setClock(new Date(Date.parse(now) - 60_000).toISOString());
  entry = await server.signIn("tuyhoa.nhaplieu");
  approver = await server.signIn("tuyhoa.pheduyet");
  province = await server.signIn("dl.daumoi");
  await server.setClock(now);
}
const second = { last: "2026-05-20T23:59:55+07:00", after: "2026-05-21T00:00:00+07:00" };

await at("2026-05-17T08:00:00+07:00");
const [daklak, commune] = [await unitOf(province, "66"), await unitOf(province, "22015")];
const indicator = (await province.get("/api/indicators?q=CL04")).body.indicators[0].id;
const form = { code: "LOCKS", title: "Locks", frequency: "month", items: [{ indicator_id: indicator, required: false, evidence_required: false }] };
const report_id = (await province.post("/api/reports", form)).body.id;
const rule = { day: 20, month_offset: 0, roll: false, locks: true, opens_day: 0 };
const { body: made } = await province.post("/api/assignments", { report_id, rule, from_unit_id: daklak.id, first_period: "2026-05", unit_ids: [commune.id] });
const period = `/api/assignments/${made.id}/periods`;
if (!made.periods.some((row) => row.period === "2026-05")) await province.post(period, { period: "2026-05" });
const { submission_id } = (await province.get(`/api/matrix?assignment_id=${made.id}&period=2026-05`)).body.rows[0];
const path = `/api/submissions/${submission_id}`;
const grid = async () => (await entry.get(path)).body;
const match = async () => ({ match: (await grid()).submission.revision });
const nil = { nil: true };
const tally = async () => (await province.get(`/api/matrix?assignment_id=${made.id}&period=2026-05`)).body.tally;

test("in the last seconds a form can be handed in and is on time", async () => {
  await at(second.last);
  assert.equal((await grid()).window, "open");
  const { body } = await entry.post(`${path}/submit`, nil, await match());
  assert.equal(body.submission.on_time, true);
  await entry.post(`${path}/recall`, {}, await match());
});

test("the first second after locks entry for everyone who enters", async () => {
  await at(second.after);
  const { window, may } = await grid();
  assert.equal(window, "locked");
  assert.ok(!may.enter && !may.submit && !may.recall && !may.attach);
  await entry.post(`${path}/submit`, { ...nil, late_reason: "mất điện" }, { ...(await match()), status: 409, code: "period_locked" });
  await entry.put(`${path}/draft`, { cells: [{ indicator_id: indicator, nil: true }] }, { status: 409, code: "period_locked" });
  await entry.post(`${path}/copy-last`, undefined, { status: 409, code: "period_locked" });
  const pdf = Buffer.from("%PDF-1.4\n%%EOF\n");
  await entry.upload(`${path}/evidence`, "a.pdf", pdf, { status: 409, code: "period_locked" });
  assert.equal((await tally()).submitted, 0);
});

test("an exception opens it until its own second, for this unit", async () => {
  const until = "2026-05-21T10:00:00+07:00";
  const reason = "Mất điện toàn xã";
  await entry.post(`${period}/2026-05/exceptions`, { unit_id: commune.id, until, reason }, { status: 403, code: "forbidden" });
  await province.post(`${period}/2026-05/exceptions`, { unit_id: commune.id, until: second.after, reason }, { status: 422, code: "exception_past" });
  await province.post(`${period}/2026-05/exceptions`, { unit_id: commune.id, until, reason });
  await at("2026-05-21T09:59:55+07:00");
  assert.equal((await grid()).window, "open");
  await entry.post(`${path}/submit`, nil, await match());
  await at(until);
  assert.equal((await grid()).window, "locked");
  await entry.post(`${path}/recall`, {}, { ...(await match()), status: 409, code: "period_locked" });
  // What was handed in can still be approved and received.
  const { version } = (await grid()).submission;
  await approver.post(`${path}/approve`, { version }, await match());
  assert.equal((await tally()).approved, 1);
});

test("a closed period takes nothing; opened again it is as locked as before", async () => {
  await province.post(`${period}/2026-05/close`, { accept_missing: false });
  const { version } = (await grid()).submission;
  await province.post(`${path}/receive`, { version }, { ...(await match()), status: 409, code: "period_closed" });
  await province.post(`${period}/2026-05/exceptions`, { unit_id: commune.id, until: "2026-05-22T00:00:00+07:00", reason: "x" }, { status: 409, code: "period_closed" });
  await province.post(`${period}/2026-05/close`, { accept_missing: false }, { status: 409, code: "period_closed" });
  await province.post(`${period}/2026-05/reopen`, { reason: "nhầm" });
  assert.equal((await grid()).window, "locked");
  await province.post(`${path}/receive`, { version }, await match());
  assert.equal((await tally()).received, 1);
});

test("a clock that goes back gives the time back, and no more", async () => {
  await province.post(`${path}/return`, { reason: "xem lại" }, await match());
  await at("2026-05-20T12:00:00+07:00");
  assert.equal((await grid()).window, "open");
  await entry.post(`${path}/submit`, nil, await match());
  const { submission } = await grid();
  assert.equal(submission.state, "submitted");
  assert.equal(submission.version, 3);
});
