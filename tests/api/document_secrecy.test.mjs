// Documents that become secret, and files that are taken away: what is left of them in replies, in the log and on the disk.
import { test } from "node:test";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { demoPassword, runProgram, startServer } from "./harness.mjs";

const server = await startServer({ args: ["--unlimited"] });
let coordinator = await server.signIn("dl.daumoi");
let officer = await server.signIn("dl.nhaplieu");
let inspector = await server.signIn("tw.kiemtra");
const unit = officer.session.account.unit;
const department = (await coordinator.get("/api/units?q=66-KHCN&limit=50")).body.units.find((one) => one.code === "66-KHCN");

async function until(what, enough) {
  for (let tries = 0; tries < 300; tries++) {
    const got = await what();
    if (enough(got)) return got;
    await sleep(100);
  }
  return assert.fail(`still ${JSON.stringify(await what()).slice(0, 1000)}`);
}

const hidden = "tàu ngầm hạt nhân";
const letterOf = (number) => `UỶ BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\n\nSố: ${number}\nV/v ${hidden}\n
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nĐắk Lắk, ngày 11 tháng 5 năm 2026\n
Kính gửi: Sở Khoa học và Công nghệ.\n
1. Giao Sở Khoa học và Công nghệ rà soát ${hidden}, báo cáo trước ngày 30/5/2026.\n
TM. UỶ BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn Bình\n`;

const read = async (id, who = officer) => (await who.get(`/api/documents/${id}`)).body;
const up = async (document, name, text) =>
  (await officer.upload(`/api/documents/${document.id}/files`, name, Buffer.from(text))).body;
const foundBy = async (q) => (await officer.get(`/api/documents?q=${encodeURIComponent(q)}`)).body.items.map((item) => item.id);
const stored = (text) => {
  const hash = createHash("sha256").update(text).digest("hex");
  return join(server.files.data, "evidence", hash.slice(0, 2), hash.slice(2));
};
const lies = (text) => access(stored(text)).then(() => true, () => false);
const removed = (text) => until(() => lies(text), (there) => !there);
const check = () => runProgram(["check", "--store", server.files.store, "--data", server.files.data]);

async function readLetter(name, text) {
  const { body } = await coordinator.upload(`/api/readings?unit_id=${unit.id}`, name, Buffer.from(text));
  return until(async () => (await coordinator.get(`/api/readings/${body.id}`)).body, (reading) => reading.state === "done");
}

// A letter that was read, its document and task, an attachment, and the letter dropped once more.
async function kept(number) {
  const letter = letterOf(number);
  const reading = await readLetter(`${hidden}.txt`, letter);
  const again = await readLetter(`${hidden} (2).txt`, letter);
  const { body: made } = await coordinator.post(`/api/readings/${reading.id}/accept`, {
    documents: [{ index: 0, number, date: "2026-05-11", type: "Công văn", subject: hidden, issuer: "UBND tỉnh" }],
    tasks: [{ document_index: 0, title: "Rà soát", lead_unit_ids: [department.id], source: { start: 200, end: 240 },
      deadline: { before: "2026-05-30T00:00:00+07:00", written: "", kind: "instant" } }],
  }, { match: reading.version });
  const document = await read(made.documents[0]);
  const attachment = `Phụ lục ${number}: ${hidden}\n`;
  await up(document, "Phụ lục.txt", attachment);
  await until(() => foundBy(`Phụ lục ${number}`), (ids) => ids.length === 1);
  return { letter, attachment, reading, again, document: await read(document.id), task: made.tasks[0] };
}
const withhold = (document) =>
  officer.patch(`/api/documents/${document.id}`, { secrecy: "secret" }, { match: document.version });

test("a document with files that becomes secret leaves its stub alone", async () => {
  const { letter, attachment, reading, again, document, task } = await kept("901/UBND-NC");
  assert.equal(document.reading_id, reading.id);
  assert.deepEqual((await coordinator.get(`/api/readings/${reading.id}/results`)).body.documents.map((one) => one.id), [document.id]);
  const shared = "Biểu mẫu dùng chung của nhiều văn bản\n";
  await up(document, "Biểu mẫu.txt", shared);
  const { body: other } = await officer.post("/api/documents", { subject: "Cũng có biểu mẫu" });
  const copy = await up(other, "Biểu mẫu.txt", shared);
  const { body: stub } = await withhold(await read(document.id));
  assert.deepEqual([stub.stub, stub.number, stub.date, stub.unit.id], [true, "901/UBND-NC", "2026-05-11", unit.id]);
  assert.deepEqual([stub.files, stub.has_text, stub.subject, stub.issuer, stub.reading_id], [[], false, "", "", null]);
  for (const file of document.files) await officer.get(`/api/document-files/${file.id}`, { status: 404, code: "not_found" });
  assert.equal((await officer.get(`/api/documents/${document.id}/text`)).body.text, "");
  for (const { id } of [reading, again])
    for (const rest of ["", "/results"]) await coordinator.get(`/api/readings/${id}${rest}`, { status: 404, code: "not_found" });
  assert.deepEqual(await foundBy(hidden), []);
  assert.deepEqual(await foundBy("901/UBND-NC"), [document.id]);
  const { body: left } = await coordinator.get(`/api/tasks/${task}`);
  assert.equal(left.source, null);
  assert.deepEqual(left.document, { id: document.id, number: "901/UBND-NC", date: "2026-05-11", subject: "" });
  const above = await server.signIn("tw.daumoi");
  for (const path of [`/api/documents/${document.id}/chain`, `/api/documents?unit_id=${unit.id}&limit=200`, `/api/readings?unit_id=${unit.id}`])
    assert.ok(!(await above.get(path)).bytes.toString().includes(hidden), path);
  await removed(letter);
  await removed(attachment);
  assert.ok(await lies(shared), "another document has it");
  assert.equal((await officer.get(`/api/document-files/${copy.id}`)).bytes.toString(), shared);
  await check();
  // The same content may come again, of a document that is no secret.
  await up(other, "Lại.txt", attachment);
  assert.ok(await lies(attachment));
});

test("a reading that is accepted as a secret document is forgotten with it", async () => {
  const letter = letterOf("904/UBND-NC");
  const reading = await readLetter(`${hidden}.txt`, letter);
  const { body: made } = await coordinator.post(`/api/readings/${reading.id}/accept`, {
    documents: [{ index: 0, number: "904/UBND-NC", date: "2026-05-11", secrecy: "secret" }],
    tasks: [{ document_index: 0, title: "Việc không nói gì", lead_unit_ids: [department.id], source: { start: 200, end: 240 },
      deadline: { before: "2026-05-30T00:00:00+07:00", written: "", kind: "instant" } }],
  }, { match: reading.version });
  const document = await read(made.documents[0]);
  assert.deepEqual([document.stub, document.files, document.has_text, document.reading_id], [true, [], false, null]);
  await coordinator.get(`/api/readings/${reading.id}`, { status: 404, code: "not_found" });
  assert.equal((await coordinator.get(`/api/tasks/${made.tasks[0]}`)).body.source, null);
  await removed(letter);
});

test("the log holds neither subjects nor names of files, which it could not forget", async () => {
  const { letter, document } = await kept("902/UBND-NC");
  await withhold(document);
  await removed(letter);
  const kinds = new Set();
  for (const kind of ["document", "reading"]) {
    const { body, bytes } = await inspector.get(`/api/event-log?kind=${kind}&limit=200`);
    assert.ok(body.events.length > 0);
    assert.ok(!bytes.toString().includes(hidden), kind);
    for (const event of body.events) kinds.add(event.kind);
  }
  for (const kind of ["document.created", "document.file_added", "document.withheld", "reading.added", "reading.removed"])
    assert.ok(kinds.has(kind), kind);
});

test("a crash between the commit and the disk loses nothing and leaves nothing", async () => {
  const { letter, attachment, document } = await kept("903/UBND-NC");
  await withhold(document);
  await server.stop("SIGKILL");
  await check();
  /* Later, as clocks go: the dead process held the lease for some seconds. */
  await server.restart({ now: "2026-05-16T20:30:00+07:00" });
  coordinator = await server.signIn("dl.daumoi");
  officer = await server.signIn("dl.nhaplieu");
  inspector = await server.signIn("tw.kiemtra");
  await removed(letter);
  await removed(attachment);
  await check();
  assert.equal((await read(document.id)).stub, true);
});

test("one revision of a file is taken away with a reason, the others stay", async () => {
  const { body: document } = await officer.post("/api/documents", { number: "911/UBND-NC", subject: "Bỏ tệp" });
  const first = await up(document, "Công văn.txt", "Bản đầu: chim công xanh\n");
  const second = await up(document, "Công văn.txt", "Bản hai: kỳ đà hoa\n");
  await until(() => foundBy("kỳ đà hoa"), (ids) => ids.includes(document.id));
  await until(async () => (await officer.get(`/api/documents/${document.id}/text`)).body.text, (text) => text.startsWith("Bản hai"));
  const take = (file, reason, options = {}) =>
    (options.who ?? officer).delete(`/api/document-files/${file.id}`, { body: { reason }, ...options });
  await take(second, "", { status: 422 });
  await take(second, "Xem thử", { who: await server.signIn("dl.lanhdao"), status: 403, code: "forbidden" });
  await take(second, "Xem thử", { who: await server.signIn("tuyhoa.nhaplieu"), status: 404, code: "not_found" });
  await take(second, "Gửi nhầm tệp", { status: 204 });
  await take(second, "Gửi nhầm tệp", { status: 404, code: "not_found" });
  const left = await read(document.id);
  assert.deepEqual(left.files.map((file) => [file.id, file.revision]), [[first.id, 1]]);
  await until(async () => (await officer.get(`/api/documents/${document.id}/text`)).body.text, (text) => text.startsWith("Bản đầu"));
  assert.deepEqual(await foundBy("kỳ đà hoa"), []);
  assert.deepEqual(await foundBy("chim công xanh"), [document.id]);
  await removed("Bản hai: kỳ đà hoa\n");
  assert.equal((await officer.get(`/api/document-files/${first.id}`)).bytes.toString(), "Bản đầu: chim công xanh\n");
  const { body } = await inspector.get("/api/event-log?kind=document.file_removed&lang=vi&limit=5");
  assert.match(body.events[0].sentence, /911\/UBND-NC.*Gửi nhầm tệp/);
  await check();
});

test("the approved level is told, and what is not above it is kept whole", async () => {
  const settings = async () => (await officer.get("/api/document-settings")).body.secrecy_max;
  assert.equal(await settings(), "normal");
  await server.client().get("/api/document-settings", { status: 401 });
  const manager = await server.signIn("tw.quantri");
  await manager.post("/api/session/sudo", { password: demoPassword });
  await manager.put("/api/settings", { settings: [{ key: "document_secrecy_max", value: "1" }] });
  await until(settings, (level) => level === "confidential");
  const { body: whole } = await officer.post("/api/documents", { subject: "Mật mà được lưu", secrecy: "confidential" });
  assert.deepEqual([whole.stub, whole.subject], [false, "Mật mà được lưu"]);
  await up(whole, "a.txt", "Còn đây\n");
  // The level is lowered: what is kept stays until somebody says the document's level again.
  await manager.put("/api/settings", { settings: [{ key: "document_secrecy_max", value: "0" }] });
  await until(settings, (level) => level === "normal");
  const due = { before: "2026-07-01T00:00:00+07:00" };
  const { body: changed } = await officer.patch(`/api/documents/${whole.id}`, { due }, { match: whole.version });
  assert.deepEqual([changed.stub, changed.files.length], [false, 1]);
  const { body: stub } = await officer.patch(`/api/documents/${whole.id}`, { secrecy: "confidential" }, { match: changed.version });
  assert.deepEqual([stub.stub, stub.files.length, stub.subject], [true, 0, ""]);
});
