import { test } from "node:test";
import assert from "node:assert/strict";
import { runProgram, startServer } from "./harness.mjs";
import { startWithPeople } from "./people.mjs";

const { server, people, files } = await startWithPeople({
  inspector: ["TW", "inspector"],
  centre: ["TW", "administrator"],
  province: ["66", "administrator"],
  entry: ["22015", "data_entry"],
});
const { inspector, centre, province, entry } = people;

test("what happened is told in the reader's language, newest first", async () => {
  const { body } = await inspector.get("/api/event-log?kind=account.signed_in");
  assert.ok(body.events.length >= 4);
  const ids = body.events.map((event) => BigInt(event.id));
  assert.ok(ids.every((id, i) => i === 0 || id < ids[i - 1]));
  assert.match(body.events[0].sentence, /^The user Name of \w+ signed in\.$/);
  const vi = await inspector.get("/api/event-log?kind=account.signed_in&lang=vi&limit=1");
  assert.match(vi.body.events[0].sentence, /^Người dùng Name of \w+ đăng nhập\.$/);
  const imported = (await inspector.get("/api/event-log?kind=unit.imported")).body.events;
  assert.equal(imported.length, 1);
  assert.equal(imported[0].by, null);
  assert.equal(imported[0].after.units, 3866);
});

test("nothing secret stands in it", async () => {
  const { bytes } = await inspector.get("/api/event-log?limit=200");
  assert.doesNotMatch(bytes.toString(), /argon2|Cong-tac|secret|password":"/);
});

test("each sees one's own subtree of it", async () => {
  const { body } = await province.get("/api/event-log?limit=200");
  assert.ok(body.events.length > 0);
  assert.ok(body.events.every((event) => event.unit?.path.startsWith("TW/66/")));
  await entry.get("/api/event-log", { status: 403, code: "forbidden" });
  const hanoi = (await inspector.get("/api/units?q=01&kind=province")).body.units[0];
  await province.get(`/api/event-log?unit_id=${hanoi.id}`, { status: 403, code: "forbidden" });
  await province.get("/api/event-log/export?unit_id=" + hanoi.id, { status: 403, code: "forbidden" });
});

test("filters narrow it and pages join", async () => {
  const all = (await inspector.get("/api/event-log?limit=200")).body;
  assert.equal(all.next, null);
  const joined = [];
  let after = "";
  do {
    const { body } = await inspector.get(`/api/event-log?limit=3${after && `&after=${after}`}`);
    joined.push(...body.events.map((event) => event.id));
    after = body.next;
  } while (after);
  assert.deepEqual(joined.slice(-all.events.length), all.events.map((event) => event.id));
  const person = province.session.account.id;
  const mine = (await inspector.get(`/api/event-log?account_id=${person}`)).body.events;
  assert.ok(mine.length > 0 && mine.every((event) => event.by.id === person));
  const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
  assert.ok((await inspector.get(`/api/event-log?from=${today}&to=${today}`)).body.events.length > 0);
  assert.deepEqual((await inspector.get("/api/event-log?to=2020-01-01")).body, { events: [], next: null });
  await inspector.get("/api/event-log?from=yesterday", { status: 422, code: "date_invalid" });
  await inspector.get("/api/event-log?limit=1000", { status: 422, code: "field_range" });
  await inspector.get("/api/event-log?unit_id=5", { status: 422, code: "unit_unknown" });
});

test("an export is a spreadsheet's CSV, and is logged", async () => {
  const { bytes, headers } = await inspector.get("/api/event-log/export?kind=account&lang=vi");
  assert.equal(headers.get("content-type"), "text/csv; charset=utf-8");
  assert.match(headers.get("content-disposition"), /^attachment; filename="[\w.-]+"$/);
  const text = bytes.toString();
  assert.ok(text.startsWith("\ufeffMã sự kiện,Thời điểm,"));
  assert.ok(text.includes("\r\n"));
  for (let tries = 0; ; tries++) {
    const { body } = await inspector.get("/api/event-log?kind=log.exported");
    if (body.events.length) {
      assert.equal(body.events[0].by.name, "Name of inspector");
      assert.equal(body.events[0].after.kind, "account");
      break;
    }
    assert.ok(tries < 50, "the export was not logged");
    await new Promise((done) => setTimeout(done, 100));
  }
  await entry.get("/api/event-log/export", { status: 403, code: "forbidden" });
});

test("live screens hear of what lies in their scope", async () => {
  const listen = async (who) => {
    const ending = new AbortController();
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(`${server.url}/api/events`, { headers: { Cookie: cookie }, signal: ending.signal });
    assert.equal(reply.status, 200);
    const heard = { text: "", end: () => ending.abort() };
    (async () => {
      for await (const piece of reply.body) heard.text += Buffer.from(piece).toString();
    })().catch(() => {});
    return heard;
  };
  const [above, below] = [await listen(centre), await listen(entry)];
  await new Promise((done) => setTimeout(done, 300));
  await centre.put("/api/holidays/2028-01-03", { name: "Nghỉ", kind: "nghỉ" });
  const account = (await province.get("/api/accounts?q=entry")).body.accounts[0];
  await province.patch(`/api/accounts/${account.id}`, { position: "Chuyên viên" }, { match: account.version });
  const until = Date.now() + 5000;
  while (!(above.text.includes("account.changed") && below.text.includes("holiday.changed")) && Date.now() < until) {
    await new Promise((done) => setTimeout(done, 50));
  }
  above.end();
  below.end();
  assert.match(above.text, /"kind":"account.changed","unit_path":"TW\/66\/22015\/"/);
  assert.match(above.text, /"kind":"holiday.changed"/);
  assert.match(below.text, /"kind":"holiday.changed"/);
  assert.doesNotMatch(below.text, /account\.changed/);
});

test("seals are made, listed and verified", { timeout: 120_000 }, async () => {
  let blocks = [];
  for (let tries = 0; blocks.length === 0; tries++) {
    blocks = (await inspector.get("/api/audit/blocks")).body.blocks;
    assert.ok(tries < 200, "nothing was sealed");
    if (!blocks.length) await new Promise((done) => setTimeout(done, 500));
  }
  assert.equal(blocks.at(-1).no, 1);
  assert.match(blocks[0].hash, /^[0-9a-f]{64}$/);
  assert.match(blocks[0].signature, /^[0-9a-f]{128}$/);
  const first = blocks.at(-1);
  const { body: log } = await inspector.get("/api/event-log?kind=unit.imported");
  assert.equal(log.events[0].block, 1);

  const { body } = await inspector.post("/api/audit/verify", {});
  assert.equal(body.ok, true);
  assert.deepEqual(body.problems, []);
  assert.ok(body.events >= first.events && body.blocks >= 1);
  await entry.post("/api/audit/verify", {}, { status: 403, code: "forbidden" });
  await entry.get("/api/audit/blocks", { status: 403, code: "forbidden" });
  await province.get("/api/audit/blocks", { status: 403, code: "forbidden" });

  const verify = ["audit", "verify", "--store", files.store, "--data", files.data];
  const { stdout } = await runProgram(verify);
  assert.match(stdout, /the log is as it was sealed/);
  const seal = /last seal (\S+)/.exec(stdout)[1];
  await runProgram([...verify, "--seal", seal]);
  await assert.rejects(runProgram([...verify, "--seal", `1:${"0".repeat(64)}`]), { code: 1, message: /audit_seal_differs/ });
  await assert.rejects(runProgram([...verify, "--seal", "x"]), { code: 2 });
});

test("figures that leave as a spreadsheet are logged", async () => {
  const demo = await startServer();
  const commune = await demo.signIn("tuyhoa.nhaplieu");
  const { body: work } = await commune.get("/api/my-work");
  const id = work.cards.find((card) => card.submission_id).submission_id;
  await commune.get(`/api/submissions/${id}/sheet`);
  const above = await demo.signIn("tw.kiemtra");
  let events = [];
  for (let tries = 0; tries < 50 && !events.length; tries++) {
    events = (await above.get(`/api/event-log?kind=sheet&subject_id=${id}`)).body.events;
    if (!events.length) await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(events[0].kind, "sheet.exported");
  assert.equal(events[0].by.id, commune.session.account.id);
  assert.match(events[0].sentence, /exported to Excel/);
});
