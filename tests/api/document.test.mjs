// The registry of documents: what is entered, changed, kept back, numbered, linked, found, and who may read it.
import { test } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { freshStore, startServer } from "./harness.mjs";
import { makeAccount, signInFirst } from "./people.mjs";

const files = await freshStore();
const passwords = {};
const others = { "hn.daumoi": ["01", "coordinator"], "tuyhoa.tiepnhan": ["22015", "intake"], "dl.kiemtra": ["66", "inspector"] };
for (const [name, what] of Object.entries(others)) passwords[name] = await makeAccount(files, name, what);
const server = await startServer({ store: files, args: ["--unlimited"] });
const officer = await server.signIn("dl.nhaplieu");
const coordinator = await server.signIn("dl.daumoi");
const commune = await server.signIn("tuyhoa.nhaplieu");
const centre = await server.signIn("tw.daumoi");
const unitOf = async (code) => (await coordinator.get(`/api/units?q=${encodeURIComponent(code)}&limit=50`)).body.units.find((u) => u.code === code);
const [daklak, tuyhoa, khcn, tw] = await Promise.all(["66", "22015", "66-KHCN", "TW"].map(unitOf));

const read = async (id, who = officer) => (await who.get(`/api/documents/${id}`)).body;
const enter = async (fields, who = officer) => (await who.post("/api/documents", fields)).body;
const change = (document, fields, options = {}) =>
  (options.who ?? officer).patch(`/api/documents/${document.id}`, fields, { match: document.version, ...options });
const list = async (query, who = officer) => (await who.get(`/api/documents?${new URLSearchParams(query)}`)).body;
const found = async (q, more = {}) => (await list({ q, ...more })).items.map((item) => item.number ?? item.subject);

async function until(what, enough) {
  for (let tries = 0; tries < 300; tries++) {
    const got = await what();
    if (enough(got)) return got;
    await sleep(100);
  }
  return assert.fail(`still ${JSON.stringify(await what()).slice(0, 1000)}`);
}

const whole = {
  number: "2203/CV/VPTW", type: "Công văn", issuer: "Văn phòng Trung ương Đảng", superior: "Ban Chấp hành Trung ương", place: "Hà Nội",
  date: "2026-05-04", subject: "Đôn đốc thực hiện Nghị quyết về chuyển đổi số", secrecy: "normal",
  signer: { prefix: "K/T Chánh Văn phòng", position: "Phó Chánh Văn phòng", name: "Lê Quốc Trung" },
  addressees: ["Các tỉnh ủy, thành ủy", "Các ban đảng Trung ương"], recipients: ["Như trên", "Lưu Văn phòng"],
  due: { before: "2026-06-01T00:00:00+07:00" }, arrived_on: "2026-05-06",
  references: [{ kind: "based_on", number: "58-NQ/TW", type: "Nghị quyết", issuer: "Bộ Chính trị", date: "2024-12-23", title: "về phát triển khoa học" }],
};

async function lastArrival(unit, who) {
  const { rows } = (await who.get(`/api/document-register?unit_id=${unit.id}&year=2026`)).body;
  return Math.max(0, ...rows.map((row) => row.arrival_number));
}

test("a document is kept as it was entered", async () => {
  const before = await lastArrival(daklak, officer);
  const made = await enter(whole);
  const { id, unit, links, files: kept, version, due, ...rest } = await read(made.id);
  assert.equal(unit.code, "66");
  assert.equal(version, 1);
  assert.deepEqual(kept, []);
  assert.equal(due.before, whole.due.before);
  const { references, due: _, ...said } = whole;
  assert.deepEqual(rest, { ...said, number_normal: "2203-CV/VPTW", month: null, stub: false, arrival_number: before + 1, issuer_unit: null, has_text: false, reading_id: null, may_change: true });
  const { kind, ...reference } = references[0];
  assert.deepEqual(links.map(({ id: _id, ...link }) => link), [{ kind, direction: "to", document: null, reference }]);
  const [item] = (await list({ q: "2203-CV/VPTW" })).items;
  assert.equal(item.id, id);
  assert.equal(item.files, 0);
});

test("a change names the version it was made from and leaves the rest", async () => {
  const made = await enter({ number: "11/UBND-KGVX", subject: "Trích yếu cũ", type: "Công văn", addressees: ["Các sở"], date: "2026-05-02" });
  await officer.patch(`/api/documents/${made.id}`, { subject: "x" }, { status: 428, code: "precondition_required" });
  await change({ ...made, version: 9 }, { subject: "x" }, { status: 412, code: "stale_version" });
  const { body, headers } = await change(made, { subject: "Trích yếu mới", date: null, month: "2026-04" });
  assert.equal(headers.get("etag"), '"2"');
  assert.deepEqual([body.subject, body.date, body.month, body.type, body.addressees], ["Trích yếu mới", null, "2026-04", "Công văn", ["Các sở"]]);
  const { body: named } = await change(body, { issuer: "", issuer_unit_id: khcn.id, addressees: [] });
  assert.deepEqual([named.issuer_unit.code, named.issuer, named.addressees, named.number], ["66-KHCN", khcn.name, [], "11/UBND-KGVX"]);
  await change(named, { number: null, subject: " " }, { status: 422, code: "document_blank" });
  await officer.post("/api/documents", { type: "Công văn" }, { status: 422, code: "document_blank" });
  await officer.post("/api/documents", { subject: "x", unit_id: "999999" }, { any: true }).then(({ status }) => assert.ok([404, 422].includes(status)));
  assert.deepEqual(await found("trích yếu cũ"), []);
  assert.deepEqual(await found("trích yếu mới"), ["11/UBND-KGVX"]);
});

test("of a document that is too secret a stub is kept", async () => {
  const stub = { number: "07-QĐ/TU", date: "2026-05-03", secrecy: "secret", due: { before: "2026-07-01T00:00:00+07:00" } };
  for (const more of [{ subject: "Kín" }, { issuer: "Tỉnh ủy" }, { signer: { name: "A" } }, { addressees: ["B"] }, { recipients: ["C"] },
    { type: "Quyết định" }, { place: "D" }, { references: [{ kind: "based_on", number: "1-QĐ/TW" }] }]) {
    const { body } = await officer.post("/api/documents", { ...stub, ...more }, { status: 422, code: "document_secret" });
    assert.equal(body.field, Object.keys(more)[0]);
  }
  const made = await enter(stub);
  assert.deepEqual([made.stub, made.number, made.date, made.due.before], [true, "07-QĐ/TU", "2026-05-03", stub.due.before]);
  await officer.upload(`/api/documents/${made.id}/files`, "a.txt", Buffer.from("Kín\n"), { status: 422, code: "document_stub_file" });
  await officer.post(`/api/documents/${made.id}/links`, { kind: "based_on", number: "1-QĐ/TW" }, { status: 422, code: "document_secret" });
  await change(made, { subject: "Kín" }, { status: 422, code: "document_secret" });
});

test("raising the secrecy later forgets what was kept", async () => {
  const open = await enter({ ...whole, number: "08-KH/TU", subject: "Kế hoạch bỗng thành mật", arrived_on: null });
  await change(open, { secrecy: "top_secret", subject: "Kế hoạch bỗng thành mật" }, { status: 422, code: "document_secret" });
  const { body: stub } = await change(open, { secrecy: "top_secret" });
  assert.deepEqual([stub.stub, stub.subject, stub.issuer, stub.superior, stub.type, stub.place, stub.addressees, stub.recipients, stub.links],
    [true, "", "", "", "", "", [], [], []]);
  assert.deepEqual(stub.signer, { prefix: null, position: null, name: null });
  assert.deepEqual([stub.number, stub.date, stub.due.before], ["08-KH/TU", whole.date, whole.due.before]);
  assert.deepEqual(await found("bỗng thành mật"), []);
  assert.ok((await found("08-KH/TU")).includes("08-KH/TU"));
});

test("arrival numbers run by unit and year", async () => {
  const arrive = async (fields, options) => (await centre.post("/api/documents", { subject: "Đến", ...fields }, options)).body;
  const number = (document) => document.arrival_number;
  const province = await lastArrival(daklak, officer);
  assert.equal(number(await arrive({ arrived_on: "2025-12-30" })), 1);
  assert.equal(number(await arrive({ arrived_on: "2025-12-31" })), 2);
  const first = await arrive({ arrived_on: "2026-01-02" });
  assert.equal(number(first), 1);
  assert.equal(number(await arrive({ arrived_on: "2026-01-02", arrival_number: 40 })), 40);
  const last = await arrive({ arrived_on: "2026-01-01" });
  assert.equal(number(last), 41);
  await arrive({ arrived_on: "2026-02-01", arrival_number: 40 }, { status: 409, code: "document_arrival_taken" });
  await arrive({ arrival_number: 50 }, { status: 422, code: "document_arrival_day" });
  const who = centre;
  await change(last, { arrived_on: "2026-03-01", arrival_number: 1 }, { who, status: 409, code: "document_arrival_taken" });
  // Another day of the year leaves the number; another year takes one of its own; none at all takes it away.
  const later = (await change(last, { arrived_on: "2026-03-01" }, { who })).body;
  assert.equal(number(later), 41);
  const moved = (await change(later, { arrived_on: "2025-12-31" }, { who })).body;
  assert.equal(number(moved), 3);
  const gone = (await change(moved, { arrived_on: null, arrival_number: null }, { who })).body;
  assert.deepEqual([gone.arrived_on, gone.arrival_number], [null, null]);
  assert.equal(number(await enter({ subject: "Của tỉnh", arrived_on: "2026-05-07" })), province + 1, "the province counts for itself");
  const { rows } = (await centre.get(`/api/document-register?unit_id=${tw.id}&year=2025`)).body;
  assert.deepEqual(rows.map((row) => row.arrival_number), [1, 2]);
});

test("the register of a month has the columns of the decree", async () => {
  const register = async (query, who = commune) => {
    const { unit, rows } = (await who.get(`/api/document-register?unit_id=${tuyhoa.id}&${query}`)).body;
    assert.equal(unit.name, tuyhoa.name);
    return rows;
  };
  const fields = { type: "Công văn", subject: "Rà soát", issuer: "UBND tỉnh", number: "21/UBND-TH", date: "2026-04-29" };
  const last = await lastArrival(tuyhoa, commune);
  const second = await enter({ ...fields, arrived_on: "2026-05-31" }, commune);
  const first = await enter({ number: "22/UBND-TH", arrived_on: "2026-05-01" }, commune);
  await enter({ ...fields, arrived_on: "2026-06-01" }, commune);
  await enter({ ...fields, number: "23/UBND-TH" }, commune);
  assert.deepEqual(await register("year=2026&month=5"), [
    { document_id: first.id, arrived_on: "2026-05-01", arrival_number: last + 2, issuer: "", number: "22/UBND-TH", date: null, summary: "",
      receiver: tuyhoa.name, passed_on: null, signature: "", note: "" },
    { document_id: second.id, arrived_on: "2026-05-31", arrival_number: last + 1, issuer: "UBND tỉnh", number: "21/UBND-TH", date: "2026-04-29",
      summary: "Công văn: Rà soát", receiver: tuyhoa.name, passed_on: null, signature: "", note: "" },
  ]);
  assert.equal((await register("year=2026")).length, last + 3);
  assert.equal((await register("year=2026&month=12")).length, 0);
  const issued = (await list({ register: "issued", q: "UBND-TH" }, commune)).items.map((item) => item.number);
  assert.deepEqual(issued, ["23/UBND-TH"]);
  const incoming = (await list({ register: "incoming" }, commune)).items.filter((item) => item.number?.endsWith("/UBND-TH"));
  assert.equal(incoming.length, 3);
});

test("a link to a document that is registered later settles then", async () => {
  const letter = await enter({ number: "31/UBND-VX", subject: "Triển khai", references: [
    { kind: "carries_out", number: "30/NQ/TU", date: "2026-03-01" }, { kind: "based_on", number: "30-NQ/TU", date: "2025-01-01" },
    { kind: "amends", title: "Quy chế làm việc" }] });
  assert.ok(letter.links.every((link) => link.document === null));
  await enter({ number: "30-NQ/TU", date: "2026-03-01", subject: "Của nơi khác" }, commune);
  assert.ok((await read(letter.id)).links.every((link) => link.document === null), "another unit's registry is not asked");
  const resolution = await enter({ number: "30-NQ/TU", date: "2026-03-01", subject: "Nghị quyết 30" });
  const linked = (await read(letter.id)).links.map((link) => [link.kind, link.document?.id ?? null]).toSorted();
  assert.deepEqual(linked, [["amends", null], ["based_on", null], ["carries_out", resolution.id]]);
  assert.deepEqual((await read(resolution.id)).links.map((link) => [link.kind, link.direction, link.document.id]), [["carries_out", "from", letter.id]]);
  // The other way round: the one referred to is there already.
  const after = await enter({ subject: "Sau", references: [{ kind: "replaces", number: "31/UBND-VX" }] });
  assert.equal(after.links[0].document.id, letter.id);
  // A number that is corrected later settles as well.
  const waits = await enter({ subject: "Chờ", references: [{ kind: "based_on", number: "77/KH-UBND" }] });
  const plan = await enter({ number: "78/KH-UBND", subject: "Kế hoạch" });
  await change(plan, { number: "77/KH-UBND" });
  assert.equal((await read(waits.id)).links[0].document.id, plan.id);
});

test("of two offices that number alike the one that is named is meant", async () => {
  const numbered = { number: "12/CV-UBND", date: "2026-04-02" };
  const one = await enter({ ...numbered, subject: "Của Hoà Phú", issuer: "Ủy ban nhân dân xã Hoà Phú" });
  const refer = async (issuer) => enter({ subject: `Theo ${issuer}`, references: [{ kind: "based_on", ...numbered, issuer }] });
  const meant = (document) => document.links[0].document?.id ?? null;
  const waits = await refer("UBND xã Hòa Xuân");
  assert.equal(meant(waits), null, "another commune's");
  const two = await enter({ ...numbered, subject: "Của Hoà Xuân", issuer: "UBND XÃ HÒA XUÂN" });
  assert.equal(meant(await read(waits.id)), two.id);
  assert.equal(meant(await refer("UBND xã Hòa Phú")), one.id);
  assert.equal(meant(await refer(null)), null, "nobody can tell");
});

test("links are added and taken away by hand", async () => {
  const [one, two] = [await enter({ subject: "Một" }), await enter({ subject: "Hai" })];
  const add = (body, options) => officer.post(`/api/documents/${one.id}/links`, body, options);
  const { status, body: link } = await add({ kind: "replaces", to_id: two.id });
  assert.equal(status, 201);
  assert.deepEqual([link.kind, link.direction, link.document.id], ["replaces", "to", two.id]);
  await add({ kind: "replaces", to_id: one.id }, { status: 422, code: "document_link_itself" });
  await add({ kind: "replaces" }, { status: 422, code: "document_link_nothing" });
  await add({ kind: "replaces", number: "  ", title: " " }, { status: 422, code: "document_link_nothing" });
  await add({ kind: "replaces", to_id: "7" }, { status: 404, code: "not_found" });
  await officer.delete(`/api/document-links/${link.id}`, { status: 204 });
  await officer.delete(`/api/document-links/${link.id}`, { status: 404, code: "not_found" });
  assert.deepEqual((await read(two.id)).links, []);
});

test("the chain goes both ways, ends in a cycle, and hides what is not to be read", async () => {
  const top = await enter({ number: "41-NQ/TW", subject: "Gốc", issuer_unit_id: tw.id, date: "2026-01-05" });
  const middle = await enter({ number: "42-CTr/TU", subject: "Giữa", references: [{ kind: "carries_out", to_id: top.id }, { kind: "based_on", number: "Luật số 1", title: "Luật" }] });
  const bottom = await enter({ number: "43/KH-UBND", subject: "Cuối", references: [{ kind: "carries_out", to_id: middle.id }] });
  await officer.post(`/api/documents/${top.id}/links`, { kind: "based_on", to_id: bottom.id });
  const { body: chain } = await officer.get(`/api/documents/${middle.id}/chain`);
  assert.equal(chain.cut, false);
  assert.equal(chain.nodes[0].id, middle.id, "the document itself first");
  const at = (edge) => [chain.nodes[edge.from].number, chain.nodes[edge.to].number, edge.kind].join(" ");
  assert.deepEqual(chain.edges.map(at).toSorted(), ["41-NQ/TW 43/KH-UBND based_on", "42-CTr/TU 41-NQ/TW carries_out",
    "42-CTr/TU Luật số 1 based_on", "43/KH-UBND 42-CTr/TU carries_out"].toSorted());
  const node = (number) => chain.nodes.find((row) => row.number === number);
  assert.deepEqual(node("Luật số 1"), { id: null, number: "Luật số 1", date: null, issuer: null, subject: "Luật", level: "" });
  assert.deepEqual([node("41-NQ/TW").level, node("41-NQ/TW").id], [tw.kind, top.id]);
  // The commune's letter stands on the province's: each sees its own, of the other no more than number and date.
  const own = await enter({ number: "44/KH-UBND", subject: "Riêng của xã" }, commune);
  await commune.post(`/api/documents/${own.id}/links`, { kind: "based_on", to_id: top.id }, { status: 404, code: "not_found" });
  const below = await enter({ number: "45/KH-UBND", subject: "Kế hoạch riêng của xã", date: "2026-05-05" }, commune);
  await coordinator.post(`/api/documents/${bottom.id}/links`, { kind: "replaces", to_id: below.id });
  const { body: seen } = await coordinator.get(`/api/documents/${bottom.id}/chain`);
  assert.ok(seen.nodes.some((row) => row.id === below.id && row.subject === "Kế hoạch riêng của xã"));
  const { body: hidden, bytes } = await officer.get(`/api/documents/${bottom.id}/chain`);
  assert.deepEqual(hidden.nodes.filter((row) => row.number === "45/KH-UBND"), [
    { id: null, number: "45/KH-UBND", date: "2026-05-05", issuer: null, subject: null, level: "" }]);
  assert.ok(!bytes.toString().includes(below.id));
  assert.equal((await read(bottom.id)).links.find((link) => link.kind === "replaces").document, null);
});

test("a long chain is cut at its depth and says so", async () => {
  let before = await enter({ number: "500/KH-UBND", subject: "Chuỗi 0" });
  const first = before;
  for (let i = 1; i <= 10; i++) before = await enter({ number: `${500 + i}/KH-UBND`, subject: `Chuỗi ${i}`, references: [{ kind: "based_on", to_id: before.id }] });
  const { body: chain } = await officer.get(`/api/documents/${first.id}/chain`);
  assert.deepEqual([chain.cut, chain.nodes.length, chain.edges.length], [true, 9, 8]);
  const { body: middle } = await officer.get(`/api/documents/${before.id}/chain`);
  assert.equal(middle.nodes.at(-1).number, "502/KH-UBND");
});

test("files have revisions, are sent back as they came, and their text is found", async () => {
  const document = await enter({ number: "61/UBND-NC", subject: "Có tệp đính kèm" });
  const up = async (name, text, options) => (await officer.upload(`/api/documents/${document.id}/files`, name, Buffer.from(text), options)).body;
  const first = await up("Công văn.txt", "Giao ban đầu tháng: hươu cao cổ.\n");
  assert.equal(first.added_by.name.length > 0, true);
  await until(() => found("huou cao co"), (rows) => rows.length === 1);
  const second = await up("Công văn.txt", "Bản sửa: tê giác một sừng.\n");
  const other = await up("Phụ lục.csv", "a,b\n1,2\n");
  assert.deepEqual([first.revision, second.revision, other.revision], [1, 2, 1]);
  assert.deepEqual([first.main, second.main, other.main], [true, true, false]);
  const { files: kept } = await read(document.id);
  assert.deepEqual(kept.map((file) => file.id), [other.id, second.id, first.id]);
  await until(() => found("te giac"), (rows) => rows[0] === "61/UBND-NC");
  assert.deepEqual(await found("hươu cao cổ"), [], "the newest text alone");
  const text = await until(async () => (await officer.get(`/api/documents/${document.id}/text`)).body, (body) => body.text !== "");
  assert.deepEqual(text, { text: "Bản sửa: tê giác một sừng.\n", from_picture: false });
  assert.equal((await read(document.id)).has_text, true);
  const { bytes, headers } = await officer.get(`/api/document-files/${first.id}`);
  assert.equal(bytes.toString(), "Giao ban đầu tháng: hươu cao cổ.\n");
  assert.match(headers.get("content-disposition"), /attachment/);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  await up("a.exe", "\u007fELF\u0002\u0001\u0001", { status: 415, code: "file_type" });
  await up("rong.txt", "", { status: 422, code: "file_empty" });
  await officer.get("/api/document-files/7", { status: 404, code: "not_found" });
  assert.equal((await list({ q: "61/UBND-NC" })).items[0].files, 3);
});

test("the text is that of the newest file that is the document itself, attachments are found beside it", async () => {
  const document = await enter({ number: "62/UBND-NC", subject: "Chính và kèm" });
  const up = async (name, text, query = "") =>
    (await officer.upload(`/api/documents/${document.id}/files${query}`, name, Buffer.from(text))).body;
  const text = async () => (await officer.get(`/api/documents/${document.id}/text`)).body.text;
  await up("Công văn.txt", "Bản chính: sơn ca.\n");
  await up("Phụ lục.txt", "Phụ lục một: bồ câu.\n");
  await until(() => found("bo cau"), (rows) => rows[0] === "62/UBND-NC");
  assert.equal(await text(), "Bản chính: sơn ca.\n");
  assert.deepEqual(await found("sơn ca"), ["62/UBND-NC"]);
  await up("Phụ lục.txt", "Phụ lục một, sửa: đại bàng.\n");
  await until(() => found("dai bang"), (rows) => rows.length === 1);
  assert.deepEqual(await found("bồ câu"), [], "the newest revision of an attachment alone");
  const signed = await up("Bản ký.txt", "Bản ký: chào mào.\n", "?role=main");
  await until(() => found("chao mao"), (rows) => rows.length === 1);
  assert.deepEqual([signed.main, await text()], [true, "Bản ký: chào mào.\n"]);
  assert.deepEqual(await found("sơn ca"), []);
  assert.deepEqual(await found("đại bàng"), ["62/UBND-NC"]);
  const aside = await up("Công văn.txt", "Để xem: chích choè.\n", "?role=attached");
  assert.equal(aside.main, false);
  await until(() => found("chich choe"), (rows) => rows.length === 1);
  assert.equal(await text(), "Bản ký: chào mào.\n");
});

test("the list counts the tasks that stand on each document", async () => {
  const [busy, idle] = [await enter({ number: "63/UBND-NC", subject: "Nhiều việc" }), await enter({ number: "64/UBND-NC", subject: "Không việc" })];
  const give = async (title, before, leads) => (await coordinator.post("/api/tasks", { title, document_id: busy.id, lead_unit_id: leads,
    deadline: { before, written: "", kind: "instant" } })).body;
  await give("Sắp tới", "2026-06-01T00:00:00+07:00", tuyhoa.id);
  await give("Đã muộn", "2026-05-01T00:00:00+07:00", khcn.id);
  const counts = async (who) => (await list({ q: "UBND-NC", unit_id: daklak.id, limit: 200 }, who)).items
    .filter((item) => [busy.id, idle.id].includes(item.id)).map((item) => [item.number, item.tasks_open, item.tasks_late]).toSorted();
  const expected = [["63/UBND-NC", 2, 1], ["64/UBND-NC", 0, 0]];
  assert.deepEqual(await counts(coordinator), expected);
  assert.deepEqual(await counts(centre), expected);
});

// The order and the hits are worked out here: both databases must agree with them, and so with each other.
const words = ["giải ngân", "đường sá", "y tế", "chuyển đổi số", "học phí", "đất đai", "thủ tục", "Ứng phó bão"];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const many = [];

test("search finds the same documents in the same order on both databases", async () => {
  for (let i = 0; i < 220; i++) {
    const subject = `Lô ${words[i % 8]} và ${words[(i * 3 + 1) % 8]} số ${1000 + i}`;
    const date = i % 5 === 4 ? null : `2026-0${1 + (i % 4)}-${String(1 + ((i * 7) % 28)).padStart(2, "0")}`;
    const month = i % 5 === 4 && i % 2 ? "2026-02" : null;
    const { id } = await enter({ subject, date, month, type: i % 3 ? "Công văn" : "Kế hoạch" }, commune);
    many.push({ id, subject, day: date ?? (month ? "2026-02-01" : "2026-05-16"), date, type: i % 3 ? "Công văn" : "Kế hoạch", at: i });
  }
  many.sort((a, b) => (a.day === b.day ? b.at - a.at : a.day < b.day ? 1 : -1));
  const expect = (keep) => many.filter(keep).map((row) => row.id);
  const search = async (query) => (await list({ limit: 200, ...query }, commune)).items.map((item) => item.id);
  const all = (...parts) => (row) => parts.every((part) => ` ${fold(row.subject)}`.includes(` ${part}`));
  assert.deepEqual(await search({ q: "lo duong sa" }), expect(all("lo", "duong", "sa")));
  assert.deepEqual(await search({ q: "LÔ ĐƯỜNG SÁ" }), expect(all("lo", "duong", "sa")));
  assert.deepEqual(await search({ q: "ung pho b" }), expect(all("ung ", "pho ", "b")));
  assert.deepEqual(await search({ q: "lô đất chuyển" }), expect(all("lo ", "dat ", "chuyen")));
  assert.deepEqual(await search({ q: "số 112" }), expect(all("so ", "112")));
  assert.deepEqual(await search({ q: "12" }), expect(all("12")), "words are found from their beginning");
  assert.deepEqual(await search({ q: "lô", type: "Kế hoạch", from: "2026-02-10", to: "2026-03-15" }),
    expect((row) => row.type === "Kế hoạch" && row.date >= "2026-02-10" && row.date <= "2026-03-15"));
  for (const q of ['"', "*", "' | '", "lô & !", "lo AND OR NOT", "NEAR(lo so)", "lô:*"]) await search({ q });
  assert.deepEqual(await search({ q: 'lô" OR "x' }), []);
});

test("pages follow each other without gap or overlap", async () => {
  const got = [];
  let after = null;
  do {
    const page = await list({ q: "lô số", limit: 30, ...(after && { after }) }, commune);
    assert.ok(page.items.length <= 30);
    got.push(...page.items.map((item) => item.id));
    after = page.next;
  } while (after);
  assert.deepEqual(got, many.map((row) => row.id));
  await commune.get("/api/documents?after=7", { status: 404, code: "not_found" });
  await commune.get(`/api/documents?after=${(await list({})).items[0].id}`, { status: 404, code: "not_found" });
});

test("each route is open to those whose document it is, and looks empty to others", async () => {
  const document = await enter({ number: "71/UBND-NC", subject: "Của tỉnh", references: [{ kind: "based_on", number: "70/NQ-CP" }] });
  const file = (await officer.upload(`/api/documents/${document.id}/files`, "a.txt", Buffer.from("Nội dung của tỉnh\n"))).body;
  const reading = (await officer.upload(`/api/readings?unit_id=${daklak.id}`, "b.txt", Buffer.from("Nội dung của tỉnh\n"))).body;
  await until(async () => (await officer.get(`/api/readings/${reading.id}`)).body.state, (state) => state === "done");
  const at = `/api/documents/${document.id}`;
  const looks = [`/api/documents?unit_id=${daklak.id}`, at, `${at}/text`, `${at}/chain`, `/api/document-files/${file.id}`,
    `/api/document-register?unit_id=${daklak.id}&year=2026`, `/api/readings?unit_id=${daklak.id}`, `/api/readings/${reading.id}`];
  const acts = [
    (who, options) => who.post("/api/documents", { subject: "Giả", unit_id: daklak.id }, options),
    (who, options) => who.patch(at, { subject: "Giả" }, { match: 1, ...options }),
    (who, options) => who.upload(`${at}/files`, "c.txt", Buffer.from("x\n"), options),
    (who, options) => who.delete(`/api/document-files/${file.id}`, { body: { reason: "x" }, ...options }),
    (who, options) => who.post(`${at}/links`, { kind: "based_on", number: "1/NQ-CP" }, options),
    (who, options) => who.delete(`/api/document-links/${document.links[0].id}`, options),
    (who, options) => who.upload(`/api/readings?unit_id=${daklak.id}`, "d.txt", Buffer.from("x\n"), options),
    (who, options) => who.delete(`/api/readings/${reading.id}`, options),
  ];
  const demo = (name) => server.signIn(name);
  const made = (name) => signInFirst(server, name, passwords[name]);
  const readers = { approver: await demo("dl.pheduyet"), leader: await demo("dl.lanhdao"), inspector: await made("dl.kiemtra"),
    above: centre, "inspector above": await demo("tw.kiemtra") };
  for (const [name, who] of Object.entries(readers)) {
    for (const path of looks) assert.equal((await who.get(path, { any: true })).status, 200, `${name} ${path}`);
    assert.equal((await read(document.id, who)).may_change, false);
    for (const act of acts) await act(who, { status: 403, code: "forbidden" });
  }
  const strangers = { administrator: await demo("dl.quantri"), below: commune, department: await demo("khcn.nhaplieu"),
    elsewhere: await made("hn.daumoi"), intake: await made("tuyhoa.tiepnhan") };
  for (const [name, who] of Object.entries(strangers)) {
    for (const path of looks) {
      const reply = await who.get(path, { any: true });
      assert.ok([403, 404].includes(reply.status), `${name} ${path} ${reply.status}`);
      assert.ok(!reply.bytes.toString().includes("Của tỉnh") && !reply.bytes.toString().includes("71/UBND"), `${name} ${path}`);
      const absent = path.replace(document.id, "7").replace(file.id, "7").replace(reading.id, "7");
      if (absent !== path) assert.deepEqual((await who.get(absent, { any: true })).body, reply.body, `${name} ${path}`);
    }
    for (const act of acts) assert.ok([403, 404].includes((await act(who, { any: true })).status), `${name} ${act}`);
  }
  for (const path of looks) await server.client().get(path, { status: 401 });
  assert.equal((await read(document.id)).version, 1);
  assert.equal((await read(document.id)).files.length, 1);
  assert.equal((await read(document.id)).links.length, 1);
});

test("who may read a task that stands on a document may read it", async () => {
  const document = await enter({ number: "81/UBND-NC", subject: "Nền của nhiệm vụ" });
  const file = (await officer.upload(`/api/documents/${document.id}/files`, "a.txt", Buffer.from("Nội dung giao việc\n"))).body;
  await commune.get(`/api/documents/${document.id}`, { status: 404, code: "not_found" });
  await coordinator.post("/api/tasks", { title: "Việc", lead_unit_id: tuyhoa.id, document_id: document.id,
    deadline: { before: "2026-06-01T00:00:00+07:00", written: "", kind: "instant" } });
  assert.equal((await read(document.id, commune)).subject, "Nền của nhiệm vụ");
  assert.equal((await commune.get(`/api/document-files/${file.id}`)).bytes.toString(), "Nội dung giao việc\n");
  await commune.get(`/api/documents/${document.id}/chain`);
  await commune.patch(`/api/documents/${document.id}`, { subject: "x" }, { match: 1, status: 403, code: "forbidden" });
  await commune.get(`/api/documents?unit_id=${daklak.id}`, { status: 404, code: "not_found" });
  await (await server.signIn("22051.nl")).get(`/api/documents/${document.id}`, { status: 404, code: "not_found" });
});

test("the live stream tells what happens to a document where it may be read", async () => {
  const listen = async (who) => {
    const ending = new AbortController();
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(`${server.url}/api/events`, { headers: { Cookie: cookie }, signal: ending.signal });
    const heard = { text: "", end: () => ending.abort() };
    (async () => {
      for await (const piece of reply.body) heard.text += Buffer.from(piece).toString();
    })().catch(() => {});
    return heard;
  };
  const heard = { officer: await listen(officer), centre: await listen(centre), commune: await listen(commune) };
  await sleep(300);
  const document = await enter({ number: "91/UBND-NC", subject: "Nghe" });
  await change(document, { subject: "Nghe thấy" });
  await officer.upload(`/api/documents/${document.id}/files`, "a.txt", Buffer.from("Nghe\n"));
  const link = (await officer.post(`/api/documents/${document.id}/links`, { kind: "based_on", number: "90/NQ-CP" })).body;
  await officer.delete(`/api/document-links/${link.id}`);
  await officer.upload(`/api/readings?unit_id=${daklak.id}`, "e.txt", Buffer.from("Nghe\n"));
  const kinds = ["document.created", "document.changed", "document.file_added", "document.linked", "document.unlinked", "document.read",
    "reading.added", "reading.done"];
  for (const name of ["officer", "centre"])
    await until(async () => kinds.filter((kind) => !heard[name].text.includes(`"kind":"${kind}"`)), (missing) => missing.length === 0);
  assert.ok(!/"kind":"(document|reading)\./.test(heard.commune.text), "not below");
  for (const one of Object.values(heard)) one.end();
});
