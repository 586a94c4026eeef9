import { test } from "node:test";
import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { startServer } from "./harness.mjs";

const server = await startServer();
const entry = await server.signIn("tuyhoa.nhaplieu");
const stranger = await server.signIn("khcn.nhaplieu");
const province = await server.signIn("dl.daumoi");
const centre = await server.signIn("tw.daumoi");

const daklak = (await centre.get("/api/units?q=66")).body.units.find((u) => u.code === "66").id;
const [assignment] = (await province.get(`/api/assignments?from_unit_id=${daklak}`)).body.assignments;
const { rows } = (await province.get(`/api/matrix?assignment_id=${assignment.id}&period=2026-05`)).body;
const id = rows.find((row) => row.unit.code === "22015").submission_id;
const path = `/api/submissions/${id}/evidence`;
const grid = async () => (await entry.get(`/api/submissions/${id}`)).body;
const first = (await grid()).rows[0].indicator.id;

const pdf = (words) => Buffer.from(`%PDF-1.4\n1 0 obj\n<< /A (${words}) >>\nendobj\ntrailer\n<< >>\n%%EOF\n`);
const png = Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010806000000", "hex");

test("a file is linked to a cell and comes back as it was", async () => {
  const bytes = pdf("biên bản");
  const { status, body } = await entry.upload(`${path}?indicator_id=${first}`, "Biên bản số 1.pdf", bytes);
  assert.equal(status, 201);
  assert.equal(body.name, "Biên bản số 1.pdf");
  assert.equal(body.type, "application/pdf");
  assert.equal(body.size, bytes.length);
  assert.equal(body.sha256, createHash("sha256").update(bytes).digest("hex"));
  assert.equal(body.added_by.id, entry.session.account.id);
  assert.deepEqual((await grid()).rows[0].evidence.map((e) => e.id), [body.id]);
  const file = await entry.get(`/api/evidence/${body.id}`);
  assert.deepEqual(file.bytes, bytes);
  assert.equal(file.headers.get("content-type"), "application/pdf");
  assert.match(file.headers.get("content-disposition"), /^attachment;.*filename\*=UTF-8''Bi%C3%AAn%20b/);
  assert.equal(file.headers.get("x-content-type-options"), "nosniff");
  assert.match(file.headers.get("content-security-policy"), /sandbox/);
});

test("a file of the whole form, of the same content, is a link of its own", async () => {
  const { body } = await entry.upload(path, "Bản sao.pdf", pdf("biên bản"));
  assert.equal(body.indicator_id, null);
  assert.deepEqual((await grid()).evidence.map((e) => e.name), ["Bản sao.pdf"]);
});

test("only the unit's own people may add, and see a draft's files", async () => {
  await stranger.upload(path, "a.pdf", pdf("x"), { status: 404 });
  await province.upload(path, "a.pdf", pdf("x"), { status: 403, code: "forbidden" });
  const { id: file } = (await grid()).evidence[0];
  await stranger.get(`/api/evidence/${file}`, { status: 404, code: "not_found" });
  await province.get(`/api/evidence/${file}`, { status: 404, code: "not_found" });
  await stranger.delete(`/api/evidence/${file}`, { status: 404 });
  await entry.get("/api/evidence/5", { status: 404 });
  const closed = rows.find((row) => row.state === "received").submission_id;
  await entry.upload(`/api/submissions/${closed}/evidence`, "a.pdf", pdf("x"), { status: 404 });
});

test("types are told by content, and the name must agree", async () => {
  const elf = Buffer.concat([Buffer.from("7f454c460201010000000000000000000200 3e00".replace(" ", ""), "hex"), Buffer.alloc(64)]);
  await entry.upload(path, "a.pdf", elf, { status: 415, code: "file_type" });
  await entry.upload(path, "a.png", pdf("x"), { status: 422, code: "file_ending" });
  await entry.upload(path, "a.pdf.exe", pdf("x"), { status: 422, code: "file_ending" });
  await entry.upload(path, "page.html", Buffer.from("<html><script>1</script></html>"), { status: 422, code: "file_ending" });
  await entry.upload(path, "", pdf("x"), { status: 422, code: "file_name" });
  await entry.upload(path, "a.pdf", Buffer.alloc(0), { status: 422, code: "file_empty" });
  await entry.upload(`${path}?indicator_id=5`, "a.pdf", pdf("x"), { status: 422, code: "indicator_not_in_form" });
  await entry.upload(path, "Ảnh.png", png);
  await entry.upload(path, "Bảng.csv", Buffer.from("a;b\n1;2\n"));
  const large = Buffer.concat([pdf("x"), Buffer.alloc((20 << 20) + 1)]);
  // The server may close the line before all of it is sent.
  const sent = entry.upload(path, "a.pdf", large, { status: 413, code: "body_too_large" });
  await sent.catch((error) => assert.equal(error.message, "fetch failed"));
  // Nothing of what was refused is left.
  const names = (await grid()).evidence.map((e) => e.name);
  assert.deepEqual(names, ["Bản sao.pdf", "Ảnh.png", "Bảng.csv"]);
});

test("a file is taken away and put back", async () => {
  const [file] = (await grid()).rows[0].evidence;
  const at = `/api/evidence/${file.id}`;
  assert.equal((await entry.delete(at)).status, 204);
  assert.deepEqual((await grid()).rows[0].evidence, []);
  await entry.get(at, { status: 409, code: "evidence_removed" });
  await entry.delete(at, { status: 409, code: "evidence_removed" });
  await stranger.post(`${at}/restore`, undefined, { status: 404 });
  const { body } = await entry.post(`${at}/restore`);
  assert.equal(body.id, file.id);
  await entry.post(`${at}/restore`, undefined, { status: 409, code: "evidence_not_removed" });
  await entry.get(at);
});

test("a file that changed on the disk is not handed out", async () => {
  const { body } = await entry.upload(path, "Hỏng.pdf", pdf("sẽ hỏng"));
  const stored = join(server.files.data, "evidence", body.sha256.slice(0, 2), body.sha256.slice(2));
  assert.ok((await readdir(join(server.files.data, "evidence"))).includes(body.sha256.slice(0, 2)));
  await writeFile(stored, pdf("đã hỏng"));
  await entry.get(`/api/evidence/${body.id}`, { status: 500, code: "file_damaged" });
});

test("submitted figures keep their files as they are", async () => {
  const { submission, rows: cells } = await grid();
  for (const row of cells.filter((r) => r.evidence_required && !r.evidence.length))
    await entry.upload(`${path}?indicator_id=${row.indicator.id}`, "a.pdf", pdf(row.indicator.code));
  await entry.post(`/api/submissions/${id}/submit`, { nil: true }, { match: submission.revision });
  await entry.upload(path, "b.pdf", pdf("b"), { status: 409, code: "submission_submitted" });
  const { evidence } = await grid();
  await entry.delete(`/api/evidence/${evidence[0].id}`, { status: 409, code: "submission_submitted" });
  assert.equal((await province.get(`/api/evidence/${evidence[0].id}`)).status, 200);
  await stranger.get(`/api/evidence/${evidence[0].id}`, { status: 404 });
});
