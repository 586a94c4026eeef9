// Letters that are read: each kind of file, those that cannot be read, the queue, a restart in the middle, deletion.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "./harness.mjs";

const run = promisify(execFile);
const server = await startServer({ args: ["--unlimited"] });
const folder = await mkdtemp(join(tmpdir(), "theodoi-reading-"));
after(() => rm(folder, { recursive: true, force: true }));
let officer = await server.signIn("dl.nhaplieu");
const unit = officer.session.account.unit;

const lines = [
  "UỶ BAN NHÂN DÂN", "TỈNH ĐẮK LẮK", "Số: 4321/UBND-KGVX", "V/v rà soát dữ liệu chuyên ngành",
  "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Đắk Lắk, ngày 11 tháng 5 năm 2026",
  "Kính gửi: Sở Khoa học và Công nghệ.",
  "Thực hiện Kế hoạch số 88/KH-UBND ngày 02/3/2026 của Uỷ ban nhân dân tỉnh, Uỷ ban nhân dân tỉnh yêu cầu:",
  "1. Giao Sở Khoa học và Công nghệ chủ trì rà soát dữ liệu chuyên ngành, báo cáo Uỷ ban nhân dân tỉnh trước ngày 30/5/2026.",
  "TM. UỶ BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Bình",
];
const letter = lines.join("\n\n") + "\n";
const html = `<!doctype html><meta charset="utf-8"><style>@page { margin: 20mm } body { font: 19px "Liberation Serif", serif; margin: 60px }
  p { margin: 12px 0 }</style>${lines.map((line) => `<p>${line}</p>`).join("\n")}`;
const page = join(folder, "page.html");
await writeFile(page, html);

const upload = (name, bytes, options) => officer.upload(`/api/readings?unit_id=${unit.id}`, name, bytes, options);
const look = async (id) => (await officer.get(`/api/readings/${id}`)).body;

async function ended(id, seconds = 90) {
  for (let tries = 0; tries < seconds * 5; tries++) {
    const reading = await look(id);
    if (reading.state === "done" || reading.state === "failed") return reading;
    await sleep(200);
  }
  return assert.fail(`not read: ${JSON.stringify(await look(id)).slice(0, 600)}`);
}
const readThrough = async (name, bytes) => ended((await upload(name, bytes)).body.id);

function understood(reading, fromPicture = false) {
  assert.equal(reading.state, "done", reading.problem);
  assert.equal(reading.problem, null);
  assert.equal(reading.from_picture, fromPicture);
  assert.equal(reading.pages_done, reading.pages_total);
  const [document] = reading.documents;
  assert.equal(document.number_normal, "4321/UBND-KGVX");
  assert.equal(document.date, "2026-05-11");
  assert.equal(document.references[0].number_normal, "88/KH-UBND");
  const [task] = document.tasks;
  assert.equal(task.deadline.before, "2026-05-30T00:00:00+07:00");
  assert.deepEqual(task.lead_units.map((row) => row.name), ["Sở Khoa học và Công nghệ"]);
  assert.ok(task.lead_units[0].unit_id && task.lead_units[0].confidence > 80);
  const said = [...reading.text].slice(task.source.start, task.source.end).join("");
  assert.match(said.replace(/\s+/g, " "), /chủ trì rà soát dữ liệu chuyên ngành/);
}

// The same file on a document: its text is found there.
async function foundOn(name, bytes) {
  const { body: document } = await officer.post("/api/documents", { subject: `Kèm ${name}` });
  await officer.upload(`/api/documents/${document.id}/files`, name, bytes);
  for (let tries = 0; tries < 300; tries++, await sleep(100)) {
    const { items } = (await officer.get("/api/documents?q=ra+soat+du+lieu+chuyen+nganh&limit=200")).body;
    if (items.some((item) => item.id === document.id)) return;
  }
  assert.fail(`${name} is not found by its text`);
}

// An office program or a browser that makes a file; the test is skipped where that is not installed.
async function made(t, name, command, args) {
  try {
    await run(command, args, { timeout: 120_000, cwd: folder });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    t.skip(`${command} is not installed`);
    return null;
  }
  return readFile(join(folder, name));
}
const browser = (what) => ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", `--user-data-dir=${join(folder, "browser")}`, ...what, `file://${page}`];

test("a text file is read", async () => {
  const { status, body, headers } = await upload("Công văn.txt", Buffer.from(letter));
  assert.equal(status, 201);
  assert.equal(headers.get("etag"), '"1"');
  assert.deepEqual([body.name, body.unit.id, body.accepted_at, body.documents], ["Công văn.txt", unit.id, null, []]);
  const reading = await ended(body.id);
  understood(reading);
  assert.equal(reading.text, letter);
  assert.equal(reading.version, 2);
});

test("names are those of the province that issued, of its Party too", async () => {
  const lead = async (issuer) => {
    const text = letter.replace("UỶ BAN NHÂN DÂN\n\nTỈNH ĐẮK LẮK", issuer).replaceAll("Khoa học và Công nghệ", "Tài chính");
    const reading = await readThrough("Kế hoạch.txt", Buffer.from(text));
    const [row] = reading.documents[0].tasks[0].lead_units;
    assert.equal(row.name, "Sở Tài chính");
    return (await officer.get(`/api/units/${row.unit_id}`)).body.province_id;
  };
  const own = await lead("UỶ BAN NHÂN DÂN\n\nTỈNH ĐẮK LẮK");
  const other = await lead("UỶ BAN NHÂN DÂN\n\nTỈNH NGHỆ AN");
  assert.notEqual(other, own);
  assert.equal(await lead("TỈNH UỶ ĐẮK LẮK"), own);
  assert.equal(await lead("TỈNH UỶ NGHỆ AN"), other);
});

test("a reading says which documents of the registry it seems to be once more", async () => {
  const bytes = Buffer.from(letter.replace("4321/", "4399/"));
  const known = async (id) => (await look(id)).known.map((document) => document.id);
  const first = await readThrough("Công văn đi.txt", bytes);
  assert.deepEqual(await known(first.id), []);
  const enter = async (fields) => (await officer.post("/api/documents", { subject: "Rà soát", ...fields })).body.id;
  const same = await enter({ number: "4399/UBND - KGVX", date: "2026-05-11" });
  await enter({ number: "4399/UBND-KGVX", date: "2025-05-12" });
  assert.deepEqual(await known(first.id), [same]);
  const holder = await enter({ number: "9/GM-UBND" });
  await officer.upload(`/api/documents/${holder}/files`, "Kèm.txt", bytes);
  assert.deepEqual(await known(first.id), [same, holder]);
  const { body: made } = await officer.post(`/api/readings/${first.id}/accept`,
    { documents: [{ index: 0, skip: false, number: "4400/UBND-KGVX", subject: "Rà soát" }], tasks: [] }, { match: first.version });
  assert.deepEqual(await known(first.id), [], "what was accepted is settled");
  const again = await readThrough("Bản khác tên.txt", bytes);
  assert.deepEqual(await known(again.id), [same, holder, made.documents[0]]);
});

test("a DOCX is read", async (t) => {
  const args = [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, page];
  const bytes = await made(t, "page.docx", "soffice", args);
  if (!bytes) return;
  understood(await readThrough("Công văn.docx", bytes));
  await foundOn("Công văn.docx", bytes);
});

test("a PDF is read", async (t) => {
  const bytes = await made(t, "page.pdf", "chromium", browser(["--no-pdf-header-footer", "--print-to-pdf=page.pdf"]));
  if (!bytes) return;
  understood(await readThrough("Công văn.pdf", bytes));
  await foundOn("Công văn.pdf", bytes);
});

test("a picture is read, and says that it was one", async (t) => {
  const bytes = await made(t, "page.png", "chromium", browser(["--force-device-scale-factor=2", "--window-size=900,1200", "--screenshot=page.png"]));
  if (bytes) understood(await readThrough("Ảnh chụp.png", bytes), true);
});

test("what cannot be read says why, in the reader's language", async () => {
  const broken = await readThrough("Hỏng.pdf", Buffer.from("%PDF-1.7\nđứt ngang ở đây"));
  assert.equal(broken.state, "failed");
  assert.match(broken.problem, /cannot be read/);
  assert.deepEqual([broken.documents, broken.text], [[], null]);
  const vi = await officer.get(`/api/readings/${broken.id}`, { headers: { "Accept-Language": "vi" } });
  assert.match(vi.body.problem, /Không đọc được tệp/);
  const blank = await readThrough("Trống.txt", Buffer.from("   \n\n"));
  assert.equal(blank.state, "failed");
  assert.match(blank.problem, /No text/);
  await upload("rỗng.txt", Buffer.alloc(0), { status: 422, code: "file_empty" });
  await upload("Bảng.csv", Buffer.from("a,b\n1,2\n"), { status: 415, code: "reading_type" });
  await upload("Giả.pdf", Buffer.from("không phải PDF\n"), { status: 422, code: "file_ending" });
});

test("a letter in which nothing is given to do is read all the same", async () => {
  const reading = await readThrough("Thư.txt", Buffer.from("Kính thưa các đồng chí,\n\nXin cảm ơn.\n"));
  assert.equal(reading.state, "done");
  assert.ok(reading.documents.every((document) => document.tasks.length === 0));
});

test("readings are listed newest first, page by page, and are forgotten when asked", async () => {
  const { body } = await officer.get(`/api/readings?unit_id=${unit.id}&limit=2`);
  assert.equal(body.items.length, 2);
  assert.equal(body.items[0].name, "Thư.txt");
  assert.ok(body.items.every((item) => item.text === undefined && item.documents === undefined));
  const { body: next } = await officer.get(`/api/readings?unit_id=${unit.id}&limit=2&after=${body.next}`);
  assert.ok(next.items.every((item) => BigInt(item.id) < BigInt(body.next)));
  const gone = body.items[0].id;
  await officer.delete(`/api/readings/${gone}`, { status: 204 });
  await officer.get(`/api/readings/${gone}`, { status: 404, code: "not_found" });
  await officer.delete(`/api/readings/${gone}`, { status: 404, code: "not_found" });
  const { body: left } = await officer.get(`/api/readings?unit_id=${unit.id}`);
  assert.ok(left.items.every((item) => item.id !== gone));
});

// A letter that takes a while: long, and unlike the others, so that its file is its own.
const slow = (seed) => Buffer.from(`Lá thư ${seed}\n\n` + letter + Array.from({ length: 60_000 }, (_, i) => `Dòng ${seed} ${i} về rà soát.\n`).join(""));

test("what is forgotten while it is read stays forgotten", async () => {
  const { body } = await upload("Bỏ giữa chừng.txt", slow("bỏ"));
  for (let tries = 0; (await look(body.id)).state === "waiting" && tries < 400; tries++) await sleep(5);
  await officer.delete(`/api/readings/${body.id}`, { status: 204 });
  const { body: behind } = await upload("Sau đó.txt", Buffer.from(letter));
  understood(await ended(behind.id));
  await officer.get(`/api/readings/${body.id}`, { status: 404, code: "not_found" });
  const leader = await server.signIn("dl.lanhdao");
  const { events } = (await leader.get(`/api/event-log?unit_id=${unit.id}&kind=reading.done`)).body;
  assert.ok(events.some((event) => event.subject_id === behind.id) && events.every((event) => event.subject_id !== body.id));
});

test("of one unit twenty wait at most", { timeout: 240_000 }, async () => {
  const sent = [];
  let full = null;
  for (let i = 0; i < 60 && !full; i += 10) {
    const batch = Array.from({ length: 10 }, (_, k) => upload(`Dài ${i + k}.txt`, slow(i + k), { any: true }));
    for (const reply of await Promise.all(batch)) {
      if (reply.status === 201) sent.push(reply.body.id);
      else full ??= reply;
    }
  }
  assert.equal(full?.status, 429);
  assert.equal(full.body.code, "reading_full");
  // The place is counted before the bytes arrive; those sent at the same moment may pass together.
  const states = (await officer.get(`/api/readings?unit_id=${unit.id}&limit=100`)).body.items.map((item) => item.state);
  assert.ok(states.filter((state) => state === "waiting" || state === "running").length <= 30);
  // Those that wait are forgotten without being read; the others end, and there is room again.
  for (const id of sent.slice(2)) await officer.delete(`/api/readings/${id}`, { status: 204 });
  for (const id of sent.slice(0, 2)) assert.equal((await ended(id)).state, "done");
  understood(await readThrough("Sau cùng.txt", Buffer.from(`Sau cùng\n\n${letter}`)));
});

async function interrupted(name, bytes, signal) {
  const { body } = await upload(name, bytes);
  const { body: behind } = await upload(`${name} sau.txt`, Buffer.from(letter));
  for (let tries = 0; (await look(body.id)).state === "waiting" && tries < 400; tries++) await sleep(5);
  await server.restart({ signal });
  officer = await server.signIn("dl.nhaplieu");
  return [body.id, behind.id];
}

test("a reading cut off by a crash is taken up again when its reader stays away", { timeout: 120_000 }, async () => {
  const [cut, behind] = await interrupted("Mất điện.txt", slow("Mất điện"), "SIGKILL");
  understood(await ended(behind));
  assert.equal((await look(cut)).state, "running");
  await server.setClock("2026-05-16T20:15:00+07:00");
  const reading = await ended(cut);
  assert.equal(reading.state, "done");
  assert.equal(reading.documents[0].number_normal, "4321/UBND-KGVX");
});

test("a reading cut off by a clean stop goes on at once", { timeout: 240_000 }, async (t) => {
  const picture = await made(t, "page.png", "chromium", browser(["--force-device-scale-factor=2", "--window-size=900,1200", "--screenshot=page.png"]));
  if (!picture) return;
  await writeFile(page, `<style>@page { margin: 0 } img { width: 100%; break-after: page }</style>${'<img src="page.png">'.repeat(3)}`);
  const scan = await made(t, "scan.pdf", "chromium", browser(["--no-pdf-header-footer", "--print-to-pdf=scan.pdf"]));
  const [cut, behind] = await interrupted("Bản quét.pdf", scan, "SIGTERM");
  assert.notEqual((await look(cut)).state, "done", "it was cut off");
  let pages = 0;
  for (let tries = 0; pages === 0 && tries < 500; tries++, await sleep(100)) pages = (await look(cut)).pages_done;
  assert.ok(pages > 0);
  const reading = await ended(cut, 150);
  assert.deepEqual([reading.state, reading.from_picture, reading.pages_total >= 3], ["done", true, true]);
  understood(await ended(behind));
});
