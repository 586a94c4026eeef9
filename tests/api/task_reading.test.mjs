import { test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "./harness.mjs";

const server = await startServer();
const province = await server.signIn("dl.daumoi");
const officer = await server.signIn("dl.nhaplieu");
const commune = await server.signIn("tuyhoa.nhaplieu");
const stranger = await server.signIn("khcn.nhaplieu");
const unit = async (code) => (await province.get(`/api/units?q=${encodeURIComponent(code)}&limit=50`)).body.units.find((row) => row.code === code);
const daklak = await unit("66"), tuyhoa = await unit("22015"), second = await unit("22045"), khcn = await unit("66-KHCN");

const letter = `UỶ BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\n\nSố: 4321/UBND-KGVX\nV/v rà soát dữ liệu chuyên ngành\n
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nĐắk Lắk, ngày 11 tháng 5 năm 2026\n
Kính gửi:\n- Sở Khoa học và Công nghệ;\n- UBND các xã, phường.\n
1. Giao Sở Khoa học và Công nghệ chủ trì rà soát dữ liệu chuyên ngành, báo cáo Uỷ ban nhân dân tỉnh trước ngày 30/5/2026.\n
TM. UỶ BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn Bình\n`;

let uploaded = 0;
async function readLetter(client = province) {
  const { body } = await client.upload(`/api/readings?unit_id=${daklak.id}`, `Công văn ${++uploaded}.txt`, Buffer.from(letter, "utf8"));
  for (let tries = 0; tries < 150; tries++) {
    const reading = (await client.get(`/api/readings/${body.id}`)).body;
    if (reading.state === "done") return reading;
    assert.notEqual(reading.state, "failed", reading.problem);
    await sleep(200);
  }
  return assert.fail("the letter was not read");
}

const document = { index: 0, skip: false, number: "4321/UBND-KGVX", type: "Công văn", issuer: "Uỷ ban nhân dân tỉnh Đắk Lắk", date: "2026-05-11", subject: "Rà soát dữ liệu chuyên ngành" };
const task = { document_index: 0, title: "Rà soát dữ liệu chuyên ngành", content: "Rà soát, báo cáo", cooperating: [], product: "Báo cáo",
  programme: "NQ57", field: "Dữ liệu", weight: 1, deadline: { before: "2026-05-30T00:00:00+07:00", written: "trước ngày 30/5/2026", kind: "instant" }, recurrence: null, source: { start: 200, end: 300 } };

test("a letter that was read becomes a document and its tasks, once", async () => {
  const reading = await readLetter();
  const at = `/api/readings/${reading.id}/accept`;
  const input = {
    documents: [document],
    tasks: [
      { ...task, lead_unit_ids: [khcn.id], cooperating: [{ unit_id: tuyhoa.id, part: "Cung cấp số liệu" }] },
      { ...task, title: "Báo cáo hằng tháng", lead_unit_ids: [tuyhoa.id, second.id],
        deadline: { before: "2026-06-17T00:00:00+07:00", written: "trước 24h00 ngày 16 hằng tháng", kind: "instant" }, recurrence: { every: "month", day: 16, from: "2026-06" } },
    ],
  };
  const match = reading.version;
  await stranger.post(at, input, { match, status: 404, code: "not_found" });
  await commune.post(at, input, { match, status: 404, code: "not_found" });
  await officer.post(at, input, { match, status: 403, code: "forbidden" });
  await province.post(at, input, { match: match + 7, status: 412, code: "stale_version" });
  await province.post(at, { ...input, tasks: [{ ...task, lead_unit_ids: [khcn.id], document_index: 3 }] }, { match, status: 422, code: "task_reading_index" });
  const refused = { ...task, lead_unit_ids: [khcn.id], cooperating: [{ unit_id: khcn.id, part: "" }] };
  const { body: problem } = await province.post(at, { ...input, tasks: [input.tasks[0], refused] }, { match, status: 422 });
  assert.equal(problem.field, "tasks/1/cooperating");
  const { body: numbered } = await province.post(at, { documents: [{ ...document, arrival_number: 5 }], tasks: [] }, { match, status: 422, code: "document_arrival_day" });
  assert.equal(numbered.field, "documents/0/arrived_on");
  await province.post(at, { documents: [{ ...document, skip: true }], tasks: [] }, { match, status: 422, code: "task_reading_empty" });
  // What fails leaves nothing behind.
  assert.equal((await province.get(`/api/documents?unit_id=${daklak.id}&q=4321`)).body.items.length, 0);
  const { status, body: made } = await province.post(at, input, { match });
  assert.equal(status, 201);
  assert.equal(made.documents.length, 1);
  assert.equal(made.tasks.length, 2);
  await province.post(at, input, { match, status: 409, code: "reading_accepted" });
  const single = (await stranger.get(`/api/tasks/${made.tasks[0]}`)).body;
  assert.equal(single.lead.code, "66-KHCN");
  assert.equal(single.deadline_written, "trước ngày 30/5/2026");
  assert.deepEqual(single.source, { reading_id: reading.id, start: 200, end: 300 });
  assert.deepEqual(single.document, { id: made.documents[0], number: "4321/UBND-KGVX", date: "2026-05-11", subject: "Rà soát dữ liệu chuyên ngành" });
  // Who has a task that stands on it may read the letter; others may not.
  assert.equal((await stranger.get(`/api/documents/${made.documents[0]}`)).body.id, made.documents[0]);
  assert.equal((await commune.get(`/api/documents/${made.documents[0]}`)).body.id, made.documents[0]);
  await (await server.signIn("22051.nl")).get(`/api/documents/${made.documents[0]}`, { status: 404, code: "not_found" });
  const several = (await province.get(`/api/tasks/${made.tasks[1]}`)).body;
  assert.equal(several.lead.code, "66");
  assert.equal(several.recurrence, null);
  assert.deepEqual(several.parts.map((row) => row.lead.code).toSorted(), ["22015", "22045"]);
  assert.ok(several.parts.every((row) => row.recurrence.from === "2026-06" && row.deadline.before === "2026-06-17T00:00:00+07:00"));
  assert.deepEqual((await province.get(`/api/tasks?document_id=${made.documents[0]}&roots=true`)).body.items.map((row) => row.id).toSorted(), made.tasks.toSorted());
  const { body: mine } = await stranger.get("/api/my-work");
  assert.ok(mine.tasks.every((row) => row.task.id));
});

test("what became of a reading is told to whoever may read it, and leads back", async () => {
  const reading = await readLetter();
  const { body: made } = await province.post(`/api/readings/${reading.id}/accept`, { documents: [{ ...document, number: "4323/UBND-KGVX" }],
    tasks: [{ ...task, lead_unit_ids: [khcn.id] }, { ...task, lead_unit_ids: [tuyhoa.id, second.id], document_index: null }] }, { match: reading.version });
  const { body: results } = await officer.get(`/api/readings/${reading.id}/results`);
  assert.deepEqual(results.documents.map((row) => [row.id, row.number]), [[made.documents[0], "4323/UBND-KGVX"]]);
  assert.deepEqual(results.tasks.map((row) => row.id), made.tasks);
  assert.equal((await officer.get(`/api/documents/${made.documents[0]}`)).body.reading_id, reading.id);
  assert.equal((await stranger.get(`/api/documents/${made.documents[0]}`)).body.reading_id, null, "who may not read the reading");
  await stranger.get(`/api/readings/${reading.id}/results`, { status: 404, code: "not_found" });
  // A reading that is forgotten is no longer named.
  await officer.delete(`/api/readings/${reading.id}`);
  assert.equal((await officer.get(`/api/documents/${made.documents[0]}`)).body.reading_id, null);
  assert.equal((await province.get(`/api/tasks/${made.tasks[0]}`)).body.source, null);
  await officer.get(`/api/readings/${reading.id}/results`, { status: 404, code: "not_found" });
});

test("an officer without the right to give tasks registers the letter alone", async () => {
  const reading = await readLetter(officer);
  const { body: made } = await officer.post(`/api/readings/${reading.id}/accept`, { documents: [{ ...document, number: "4322/UBND-KGVX" }], tasks: [] }, { match: reading.version });
  assert.deepEqual(made.tasks, []);
  assert.equal((await province.get(`/api/documents/${made.documents[0]}`)).body.number, "4322/UBND-KGVX");
});

test("what waits stands on the first screen of whom it waits for", async () => {
  const before = (await commune.get("/api/my-work")).body.tasks;
  const kinds = (rows) => new Set(rows.map((row) => row.kind));
  assert.ok(kinds(before).has("explain"), "the demonstration's late task without a cause");
  assert.ok(kinds(before).has("report"));
  assert.ok(before.filter((row) => row.kind === "explain").every((row) => row.task.explanation_due));
  const above = (await province.get("/api/my-work")).body.tasks;
  const confirm = above.find((row) => row.kind === "confirm"), decide = above.find((row) => row.kind === "decide");
  assert.ok(confirm.request_id && decide.request_id);
  assert.equal(decide.task.lead.code, "66-KHCN");
  assert.ok(kinds(above).has("late"));
});
