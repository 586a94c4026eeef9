// The first screen of each role: what waits, for whom, and what happened lately where they watch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "./harness.mjs";

const server = await startServer();
const officer = await server.signIn("tuyhoa.nhaplieu");
const approver = await server.signIn("tuyhoa.pheduyet");
const coordinator = await server.signIn("dl.daumoi");
const leader = await server.signIn("dl.lanhdao");
const work = async (who) => (await who.get("/api/my-work")).body;
const kinds = async (who) => (await work(who)).cards.map((card) => card.kind);

test("an officer sees the unit's own forms alone", async () => {
  const { cards, leader: led } = await work(officer);
  assert.ok(cards.length > 0 && cards.every((card) => card.kind === "entry" && card.unit.code === "22015"));
  assert.equal(led, null);
});

test("a coordinator sees what is gathered and the form it is handed up in", async () => {
  const { cards } = await work(coordinator);
  const open = cards.filter((card) => card.period === "2026-05");
  assert.deepEqual(open.map((card) => card.kind).sort(), ["collect", "entry"]);
  const [collect, entry] = ["collect", "entry"].map((kind) => open.find((card) => card.kind === kind));
  assert.equal(entry.unit.code, "66");
  assert.notEqual(entry.assignment_id, collect.assignment_id);
  assert.ok(Date.parse(entry.deadline.before) > Date.parse(collect.deadline.before));
});

test("a unit that gathers nothing sees its own figures and how they went", async () => {
  const { body } = await officer.get("/api/overview");
  const own = body.indicators.map((figure) => figure.indicator.code);
  assert.ok(own.includes("TN01") && !own.includes("TN04"), "only what it fills in");
  const { trend } = body.indicators.find((figure) => figure.indicator.code === "TN01");
  assert.deepEqual(trend.map((point) => point.period), body.periods);
  assert.ok(trend.filter((point) => point.value !== null).length >= 2);
});

test("a leader sees at most seven figures, the worst first", async () => {
  const { leader: led } = await work(leader);
  const order = ["red", "amber", "green", "plain"];
  const tones = led.figures.map((figure) => order.indexOf(figure.tone));
  assert.ok(tones.length > 0 && tones.length <= 7);
  assert.deepEqual(tones, tones.toSorted());
  assert.deepEqual(await kinds(leader), []);
});

test("what is handed in shows with those who work on it, and nowhere else", async () => {
  const { cards } = await work(officer);
  const card = cards.find((one) => one.period === "2026-05");
  await officer.post(`/api/submissions/${card.submission_id}/submit`, { nil: true }, { match: card.revision });
  const saw = async (who) => {
    const { events } = await work(who);
    assert.ok(events.length <= 10);
    assert.deepEqual(events.map((event) => event.at), events.map((event) => event.at).toSorted().reverse());
    return events.some((event) => event.kind === "submission.submitted" && event.subject_id === card.submission_id);
  };
  for (const who of [officer, approver, coordinator, leader]) assert.ok(await saw(who));
  assert.ok(!(await saw(await server.signIn("khcn.nhaplieu"))), "another unit's officer");
  const waits = (await work(approver)).cards.find((one) => one.submission_id === card.submission_id);
  assert.deepEqual([waits.kind, waits.state, waits.version], ["approve", "submitted", 1]);
});

test("whoever wrote sees it at once, others when they ask for the newest, or a quarter of a second later", async () => {
  const kept = { headers: { "Cache-Control": null } };
  const approved = async (who, options) => (await who.get("/api/overview", options)).body.tally.approved;
  const own = async (options) => (await approver.get("/api/overview", options)).body.own_state;
  const waits = (await work(approver)).cards.find((one) => one.kind === "approve");
  const before = await approved(leader, kept);
  assert.equal(await own(kept), "submitted");
  await approver.post(`/api/submissions/${waits.submission_id}/approve`, { version: 1 }, { match: waits.revision });
  assert.equal(await own(kept), "approved");
  assert.equal(await approved(leader), before + 1);
  await new Promise((done) => setTimeout(done, 260));
  assert.equal(await approved(leader, kept), before + 1);
});
