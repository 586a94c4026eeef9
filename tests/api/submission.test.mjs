import { test } from "node:test";
import assert from "node:assert/strict";
import { startServer } from "./harness.mjs";

const server = await startServer();
const entry = await server.signIn("tuyhoa.nhaplieu");
const approver = await server.signIn("tuyhoa.pheduyet");
const stranger = await server.signIn("khcn.nhaplieu");
const otherApprover = await server.signIn("khcn.pheduyet");
const province = await server.signIn("dl.daumoi");
const centre = await server.signIn("tw.daumoi");

const unitId = async (code) => (await centre.get(`/api/units?q=${code}`)).body.units.find((u) => u.code === code).id;
const daklak = await unitId("66");
const [assignment] = (await province.get(`/api/assignments?from_unit_id=${daklak}`)).body.assignments;
const matrixOf = async (who = province, query = "") =>
  (await who.get(`/api/matrix?assignment_id=${assignment.id}&period=2026-05${query}`)).body;
const idOf = async (code) => (await matrixOf()).rows.find((row) => row.unit.code === code).submission_id;
const id = await idOf("22015");
const path = `/api/submissions/${id}`;
const grid = async (who = entry) => (await who.get(path)).body;

// A figure that every rule of the row accepts.
function figure(row, steps = 0) {
  const { indicator } = row;
  if (indicator.value_type === "percentage") return { numerator: String(40 + steps), denominator: "50" };
  if (indicator.value_type === "text") return { text: "Đã thực hiện" };
  if (indicator.value_type === "yes_no") return { value: "1" };
  return { value: row.previous?.value ?? String(10 + steps) };
}
const wholeForm = (rows, steps = 0) => rows.map((row) => ({ indicator_id: row.indicator.id, ...figure(row, steps) }));

test("one request gives the whole entry screen", async () => {
  const { body, headers } = await entry.get(path);
  assert.equal(body.submission.state, "draft");
  assert.equal(body.submission.unit.code, "22015");
  assert.equal(body.submission.from.code, "66");
  assert.equal(headers.get("etag"), `"${body.submission.revision}"`);
  assert.deepEqual(body.deadline, { before: "2026-05-17T00:00:00+07:00", wording: "24:00 on 16/5/2026" });
  assert.equal(body.window, "open");
  assert.equal(body.periods.length, 12);
  assert.equal(body.periods[11], "2026-04");
  assert.ok(body.may.enter && body.may.submit && body.may.attach);
  assert.ok(!body.may.approve && !body.may.receive && !body.may.return && !body.may.recall);
  assert.ok(body.rows.length > 5);
  for (const row of body.rows) {
    assert.equal(row.history.length, 12);
    if (row.previous?.present && row.previous.value) assert.equal(row.history[11], row.previous.value);
  }
  assert.ok(body.rows.some((row) => row.previous));
});

test("another unit's people do not see it, those above do not see its draft", async () => {
  for (const who of [stranger, otherApprover]) await who.get(path, { status: 404, code: "not_found" });
  await entry.get("/api/submissions/12345", { status: 404, code: "not_found" });
  await entry.get("/api/submissions/x", { status: 404, code: "not_found" });
  const rows = (await grid()).rows;
  const [row] = rows;
  await entry.put(`${path}/draft`, { cells: [{ indicator_id: row.indicator.id, ...figure(row) }] });
  const above = await grid(province);
  assert.ok(above.rows.every((r) => !r.cell.present));
  assert.ok(!above.may.enter);
  assert.ok((await grid(approver)).rows[0].cell.present);
});

test("a draft keeps what is valid, and tells conflicts and faults", async () => {
  const rows = (await grid()).rows;
  const ratio = rows.find((row) => row.indicator.value_type === "percentage");
  const number = rows.find((row) => row.indicator.value_type === "number");
  const of = (row) => ({ indicator_id: row.indicator.id });
  const { body } = await entry.put(`${path}/draft`, {
    cells: [
      { ...of(ratio), base_revision: ratio.cell.revision, numerator: "1", denominator: "4" },
      { ...of(number), value: "12,5" },
      { indicator_id: "5", value: "1" },
    ],
  });
  assert.deepEqual(body.saved.map((r) => [r.indicator_id, r.value]), [[ratio.indicator.id, "25.00"]]);
  assert.deepEqual(body.invalid.map((r) => [r.code, r.field]), [
    ["number_invalid", `cells/${number.indicator.code}/value`],
    ["indicator_not_in_form", "cells"],
  ]);
  // Somebody who saw the cell as it was before.
  const stale = { ...of(ratio), base_revision: ratio.cell.revision, numerator: "2", denominator: "4" };
  const { body: second } = await entry.put(`${path}/draft`, { cells: [stale] });
  assert.deepEqual(second.saved, []);
  assert.equal(second.conflicts[0].theirs.numerator, "1");
  assert.equal(second.conflicts[0].by.id, entry.session.account.id);
  const now = second.conflicts[0].theirs.revision;
  const { body: third } = await entry.put(`${path}/draft`, { cells: [{ ...stale, base_revision: now }] });
  assert.deepEqual(third.saved.map((r) => [r.value, r.revision]), [["50.00", now + 1]]);
  await entry.put(`${path}/draft`, { cells: [{ ...of(ratio), clear: true }] });
  assert.equal((await grid()).rows.find((r) => r.indicator.id === ratio.indicator.id).cell.present, false);

  await stranger.put(`${path}/draft`, { cells: [stale] }, { status: 404 });
  await approver.put(`${path}/draft`, { cells: [stale] }, { status: 403, code: "forbidden" });
  await entry.put(`${path}/draft`, { cells: [] }, { status: 422 });
  await entry.put(`${path}/draft`, { cells: [{ ...of(ratio), value: 5 }] }, { status: 422, code: "field_type" });
  await entry.put(`${path}/draft`, {}, { status: 422, code: "field_required" });
});

test("a running total that falls is warned of, not refused", async () => {
  const row = (await grid()).rows.find((r) => r.indicator.accrual === "cumulative" && Number(r.previous?.value) > 1);
  const { body } = await entry.put(`${path}/draft`, { cells: [{ indicator_id: row.indicator.id, value: "1" }] });
  assert.deepEqual(body.saved[0].warnings.map((w) => w.code), ["cumulative_falls"]);
  assert.deepEqual((await grid()).rows.find((r) => r.indicator.id === row.indicator.id).cell.warnings, body.saved[0].warnings);
  await entry.put(`${path}/draft`, { cells: [{ indicator_id: row.indicator.id, clear: true }] });
});

test("figures of the last period are copied into empty cells", async () => {
  const { body } = await entry.post(`${path}/copy-last`);
  const rows = (await grid()).rows;
  for (const { indicator_id, cell } of body.cells) {
    const row = rows.find((r) => r.indicator.id === indicator_id);
    assert.deepEqual([row.cell.value, row.cell.text], [row.previous.value, row.previous.text]);
    assert.equal(row.cell.revision, cell.revision);
    assert.notEqual(row.indicator.accrual, "flow");
  }
  await stranger.post(`${path}/copy-last`, undefined, { status: 404 });
});

test("an incomplete form is refused with every place named", async () => {
  const { submission, rows } = await grid();
  const { body } = await entry.post(`${path}/submit`, { cells: [] }, { match: submission.revision, status: 422, code: "submission_invalid" });
  const required = rows.filter((row) => row.required);
  assert.deepEqual(new Set(body.errors.map((e) => e.code)), new Set(["cell_required"]));
  assert.equal(body.errors.length, required.length);
  assert.ok(body.errors.every((e) => /^cells\/\w+\/(value|numerator|text)$/.test(e.field)));
  await entry.post(`${path}/submit`, {}, { status: 428, code: "precondition_required" });
  await entry.post(`${path}/submit`, { cells: wholeForm(rows) }, { match: submission.revision + 7, status: 412, code: "stale_version" });
  await entry.post(`${path}/submit`, { cells: [], nil: true }, { match: submission.revision, status: 422, code: "nil_with_cells" });
  const twice = [...wholeForm(rows), wholeForm(rows)[0]];
  const { body: faults } = await entry.post(`${path}/submit`, { cells: twice }, { match: submission.revision, status: 422 });
  assert.ok(faults.errors.some((e) => e.code === "cell_twice"));
  await approver.post(`${path}/submit`, { cells: wholeForm(rows) }, { match: submission.revision, status: 403, code: "forbidden" });
  await stranger.post(`${path}/submit`, { cells: wholeForm(rows) }, { match: submission.revision, status: 404 });
});

const pdf = Buffer.from("%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n");

test("from entry to receipt: each step is seen by the next", async () => {
  const before = await matrixOf();
  let { submission, rows } = await grid();
  for (const row of rows.filter((r) => r.evidence_required))
    await entry.upload(`${path}/evidence?indicator_id=${row.indicator.id}`, "Biên bản.pdf", pdf);

  const act = async (who, what, body, options = {}) => {
    const reply = await who.post(`${path}/${what}`, body, { match: submission.revision, ...options });
    if (reply.body?.submission) submission = reply.body.submission;
    return reply.body;
  };
  await act(entry, "submit", { cells: wholeForm(rows) });
  assert.equal(submission.state, "submitted");
  assert.equal(submission.version, 1);
  assert.equal(submission.on_time, true);
  assert.equal(submission.entered_by.id, entry.session.account.id);
  let matrix = await matrixOf();
  assert.equal(matrix.tally.submitted, before.tally.submitted + 1);
  const row = matrix.rows.find((r) => r.unit.code === "22015");
  assert.equal(row.state, "submitted");
  assert.equal(row.cells.length, matrix.columns.length);
  assert.ok(row.cells.every((cell) => !cell.c));

  // Taken back, changed, and submitted again.
  await approver.post(`${path}/recall`, {}, { match: submission.revision, status: 403 });
  await act(entry, "recall", { reason: "Nhầm" });
  assert.equal(submission.state, "draft");
  await act(entry, "submit", { cells: wholeForm(rows, 1) });
  assert.equal(submission.version, 2);
  const { body: difference } = await province.get(`${path}/difference?from=1&to=2`);
  const ratios = rows.filter((r) => r.indicator.value_type === "percentage");
  assert.ok(difference.rows.length >= ratios.length);
  assert.ok(difference.rows.every((r) => r.before && r.after && r.before.value !== r.after.value));
  await province.get(`${path}/difference?from=1&to=9`, { status: 404, code: "version_unknown" });
  await province.get(`${path}/difference?from=1`, { status: 422, code: "field_required" });
  await stranger.get(`${path}/difference?from=1&to=2`, { status: 404 });
  matrix = await matrixOf();
  assert.ok(matrix.rows.find((r) => r.unit.code === "22015").cells.some((cell) => cell.c));

  // Approval names an exact version, and is somebody else's.
  await act(approver, "approve", { version: 1 }, { status: 409, code: "version_superseded" });
  await act(entry, "approve", { version: 2 }, { status: 403, code: "forbidden" });
  await act(province, "receive", { version: 2 }, { status: 409, code: "submission_not_approved" });
  await act(otherApprover, "approve", { version: 2 }, { status: 404 });
  await act(approver, "approve", {}, { status: 422, code: "field_required" });
  const stale = submission.revision - 1;
  await approver.post(`${path}/approve`, { version: 2 }, { match: stale, status: 412, code: "stale_version" });
  await act(approver, "approve", { version: 2 });
  assert.equal(submission.state, "approved");
  assert.equal(submission.approved_by.id, approver.session.account.id);
  await act(entry, "recall", {}, { status: 409, code: "submission_approved" });

  // The level above returns it with marks; the unit sees why.
  const indicator_id = rows[0].indicator.id;
  await act(province, "return", { reason: "" }, { status: 422, code: "return_reason_required" });
  await act(stranger, "return", { reason: "x" }, { status: 404 });
  await act(province, "return", { reason: "Kiểm tra lại", marks: [{ indicator_id: "5", comment: "x" }] }, { status: 422, code: "indicator_not_in_form" });
  await act(province, "return", { reason: "Kiểm tra lại", marks: [{ indicator_id, comment: "Số quá cao" }] });
  assert.equal(submission.state, "returned");
  const back = await grid();
  assert.equal(back.submission.return_reason, "Kiểm tra lại");
  assert.equal(back.rows[0].mark.comment, "Số quá cao");
  assert.ok(back.may.enter);
  assert.equal(back.rows[0].cell.value, back.rows[0].last_submitted.value);

  // The draft alone, without cells, is what was returned.
  await act(entry, "submit", {});
  assert.equal(submission.version, 3);
  assert.deepEqual((await entry.get(`${path}/difference?from=2&to=3`)).body.rows, []);
  await act(approver, "approve", { version: 3 });
  await act(province, "receive", { version: 3 });
  assert.equal(submission.state, "received");
  assert.equal(submission.received_by.id, province.session.account.id);
  const { body: panel } = await province.get(`${path}/cells/${indicator_id}`);
  assert.deepEqual(panel.versions.map((v) => v.version), [3, 2, 1]);
  assert.equal(panel.versions[0].approved_by.id, approver.session.account.id);
  assert.ok(panel.history.length > 0 && panel.history.every((h) => h.basis === "approved"));
  await province.get(`${path}/cells/5`, { status: 404 });
  await stranger.get(`${path}/cells/${indicator_id}`, { status: 404 });
  assert.deepEqual(
    (await grid()).steps.map((s) => [s.step, s.version]),
    [["submitted", 1], ["recalled", 1], ["submitted", 2], ["approved", 2], ["returned", 2], ["submitted", 3], ["approved", 3], ["received", 3]],
  );
  const after = (await matrixOf()).tally;
  assert.equal(after.received, before.tally.received + 1);
  assert.equal(after.approved, before.tally.approved + 1);
});

test("several are received or returned at once, each by itself", async () => {
  const { rows } = await matrixOf();
  const items = rows.filter((r) => r.version > 0).map((r) => ({ id: r.submission_id, version: r.version }));
  const { body } = await province.post("/api/submissions/bulk", { action: "receive", items });
  assert.equal(body.done.length + body.refused.length, items.length);
  const waiting = rows.filter((r) => r.state === "approved").map((r) => r.submission_id);
  assert.deepEqual(body.done, waiting);
  assert.ok(body.refused.every((r) => r.code.startsWith("submission_") && r.title));
  const { body: none } = await stranger.post("/api/submissions/bulk", { action: "approve", items });
  assert.deepEqual(none.done, []);
  await province.post("/api/submissions/bulk", { action: "delete", items }, { status: 422, code: "field_choice" });
  await province.post("/api/submissions/bulk", { action: "receive", items: [] }, { status: 422 });
});

test("the matrix is for those who collect, filtered as they ask", async () => {
  const matrix = await matrixOf(province, "&periods=3");
  assert.deepEqual(matrix.periods, ["2026-03", "2026-04", "2026-05"]);
  assert.equal(matrix.rows.length, 6);
  assert.ok(matrix.own_submission_id);
  for (const row of matrix.rows) {
    assert.deepEqual(Object.keys(row.states), matrix.periods);
    assert.equal(row.cells.length, matrix.columns.length);
  }
  assert.equal(matrix.rollup.provisional.length, matrix.columns.length);
  assert.ok(matrix.rollup.previous.some((cell) => cell.present));
  const found = await matrixOf(province, "&q=TUY%20hoa");
  assert.deepEqual(found.rows.map((r) => r.unit.code), ["22015"]);
  assert.ok((await matrixOf(province, "&state=draft")).rows.every((r) => r.state === "draft"));
  const inspector = await server.signIn("tw.kiemtra");
  assert.deepEqual((await matrixOf(inspector)).may, { receive: false, close: false, exception: false });
  for (const who of [entry, approver, stranger])
    await who.get(`/api/matrix?assignment_id=${assignment.id}`, { any: true }).then(({ status }) => assert.ok([403, 404].includes(status)));
  await province.get("/api/matrix", { status: 422, code: "field_required" });
  await province.get("/api/matrix?assignment_id=5", { status: 404 });
  await province.get(`/api/matrix?assignment_id=${assignment.id}&period=2020-01`, { status: 404 });
  await province.get(`/api/matrix?assignment_id=${assignment.id}&periods=99`, { status: 422, code: "field_range" });
});

test("the centre sees what the province hands up, not its draft", async () => {
  const { own_submission_id } = await matrixOf();
  const above = (await centre.get(`/api/submissions/${own_submission_id}`)).body;
  assert.ok(above.rows.every((row) => !row.cell.present));
  assert.equal(above.submission.from.code, "TW");
});

test("after 24:00 of the 16th entry is late, and asks why", async () => {
  const khcn = `/api/submissions/${await idOf("66-KHCN")}`;
  // Sessions end when nobody uses them: the clock's move does not bring people along.
  await server.setClock("2026-05-16T23:59:50+07:00");
  const other = await server.signIn("khcn.nhaplieu");
  let body = (await other.get(khcn)).body;
  assert.equal(body.window, "open");
  assert.equal(body.submission.state, "submitted");
  await other.post(`${khcn}/recall`, {}, { match: body.submission.revision });
  await server.setClock("2026-05-17T00:00:00+07:00");
  body = (await other.get(khcn)).body;
  assert.equal(body.window, "late");
  assert.ok(body.may.enter && body.may.submit);
  const match = body.submission.revision;
  const { body: refused } = await other.post(`${khcn}/submit`, {}, { match, status: 422, code: "late_reason_required" });
  assert.equal(refused.field, "late_reason");
  assert.ok(refused.title.includes("16/5/2026"));
  const { body: done } = await other.post(`${khcn}/submit`, { late_reason: "Mất điện" }, { match });
  assert.equal(done.submission.late_reason, "Mất điện");
  assert.equal(done.submission.on_time, false); // the unit itself took back what was in time
});

test("an exception opens entry again, and gives back what was approved", async () => {
  const collecting = await server.signIn("dl.daumoi");
  const before = (await matrixOf(collecting)).rows.find((row) => row.state === "received");
  const url = `/api/assignments/${assignment.id}/periods/2026-05/exceptions`;
  await collecting.post(url, { unit_id: before.unit.id, until: "2026-05-18T00:00:00+07:00", reason: "Sai đơn vị tính" });
  const after = (await matrixOf(collecting)).rows.find((row) => row.unit.id === before.unit.id);
  assert.equal(after.state, "returned");
  assert.equal(after.return_reason, "Sai đơn vị tính");
  assert.equal(after.exception_until, "2026-05-18T00:00:00+07:00");
});
