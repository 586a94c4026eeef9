/*
 * Roll-ups against sums made here: random figures go through every step that moves them, and each level's figures and
 * counts are compared with what this test works out from the cells alone. THEODOI_SEED repeats or changes the dice.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram, startServer } from "./harness.mjs";

const seed = Number(process.env.THEODOI_SEED ?? 1605);
const steps = Number(process.env.THEODOI_STEPS ?? 70);
let state = seed;
const random = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
const below = (n) => Math.floor(random() * n) % n;
const one = (list) => list[below(list.length)];

const server = await startServer({ args: ["--unlimited"] });
const centre = await server.signIn("tw.daumoi");
const province = await server.signIn("dl.daumoi");
const entry = await server.signIn("tuyhoa.nhaplieu");
const approver = await server.signIn("tuyhoa.pheduyet");
const root = await server.signIn("tw.quantri");
await root.post("/api/session/sudo", { password: "Theodoi-demo-2026" });

const unitOf = async (code) => (await centre.get(`/api/units?q=${code}&limit=50`)).body.units.find((u) => u.code === code);
const [tw, daklak, hanoi, ...communes] = await Promise.all(["TW", "66", "01", "22015", "22045", "22075", "22165"].map(unitOf));
const grant = (person, role, unit) => root.post(`/api/accounts/${person.session.account.id}/grants`, { role, unit_id: unit.id });
for (const unit of [...communes.slice(1), hanoi]) {
  await grant(entry, "data_entry", unit);
  await grant(approver, "approver", unit);
}

// One indicator of each rule of aggregation.
const kinds = [
  { code: "RS", value_type: "number", aggregation: "sum", decimals: 2 },
  { code: "RR", value_type: "percentage", aggregation: "ratio", decimals: 2, part_decimals: 1 },
  { code: "RA", value_type: "number", aggregation: "average", decimals: 1 },
  { code: "RB", value_type: "number", accrual: "stock", aggregation: "average", decimals: 1 },
  { code: "RX", value_type: "number", aggregation: "max", decimals: 0 },
  { code: "RN", value_type: "number", aggregation: "min", decimals: 3 },
  { code: "RM", value_type: "number", accrual: "stock", aggregation: "min", decimals: 0 },
  { code: "RL", value_type: "number", aggregation: "last", decimals: 0 },
  { code: "RY", value_type: "yes_no", aggregation: "count_yes", decimals: 0 },
  { code: "RT", value_type: "text", aggregation: "none", decimals: 0 },
];
for (const kind of kinds) {
  const { body } = await centre.post("/api/indicators", {
    name: kind.code, accrual: "flow", frequency: "month", group: "thử", unit_of_measure: "đơn vị", levels: ["commune", "province"], min: null, max: null, direction: "information", ...kind,
  });
  kind.id = body.id;
}
const items = kinds.map(({ id }) => ({ indicator_id: id, required: false, evidence_required: false }));
const report = (await centre.post("/api/reports", { code: "ROLL", title: "Roll", frequency: "month", items })).body.id;
const rule = { day: 28, month_offset: 0, roll: false, locks: false, opens_day: 0 };
const assign = async (who, from, units, parent_id = null) => {
  const input = { report_id: report, from_unit_id: from.id, rule, first_period: "2026-05", unit_ids: units.map((u) => u.id), parent_id };
  const { body } = await who.post("/api/assignments", input);
  if (!body.periods.some((row) => row.period === "2026-05")) await who.post(`/api/assignments/${body.id}/periods`, { period: "2026-05" });
  return body.id;
};
const above = await assign(centre, tw, [daklak, hanoi]);
const passed = await assign(province, daklak, communes, above);

// A submission as this test knows it.
const rowsOf = async (who, assignment) => (await who.get(`/api/matrix?assignment_id=${assignment}&period=2026-05`)).body.rows;
const books = new Map();
for (const [who, assignment] of [[province, passed], [centre, above]])
  for (const row of await rowsOf(who, assignment))
    books.set(row.unit.code, { id: row.submission_id, code: row.unit.code, state: "draft", version: 0, cells: [], order: 0 });
const small = communes.map((unit) => books.get(unit.code));
const [own, other] = [books.get("66"), books.get("01")];

const digits = (n, places) => {
  if (places === 0) return String(n);
  const text = String(Math.abs(n)).padStart(places + 1, "0");
  return `${n < 0 ? "-" : ""}${text.slice(0, -places)}.${text.slice(-places)}`;
};
// What is sent, and the whole numbers it stands for.
function cell(kind) {
  if (random() < 0.15) return null;
  if (random() < 0.15) return { kind, nil: true, sent: { nil: true } };
  if (kind.value_type === "text") return { kind, sent: { text: "chữ" } };
  if (kind.value_type === "yes_no") return one([0, 1].map((n) => ({ kind, number: n, sent: { value: String(n) } })));
  if (kind.value_type === "percentage") {
    const denominator = 1 + below(9000), numerator = below(denominator + 1);
    return { kind, numerator, denominator, sent: { numerator: digits(numerator, 1), denominator: digits(denominator, 1) } };
  }
  const number = below(200000) - 50000;
  return { kind, number, sent: { value: digits(number, kind.decimals) } };
}
function wholeForm() {
  for (;;) {
    const cells = kinds.map(cell);
    if (cells.some(Boolean)) return cells;
  }
}

let clock = 0;
const acts = {
  async submit(s, who = entry) {
    s.cells = wholeForm();
    const cells = s.cells.filter(Boolean).map((c) => ({ indicator_id: c.kind.id, ...c.sent }));
    const { body } = await who.post(`/api/submissions/${s.id}/submit`, { cells }, { match: await revision(s, who) });
    Object.assign(s, { state: "submitted", version: body.submission.version, order: ++clock });
  },
  async recall(s) {
    await entry.post(`/api/submissions/${s.id}/recall`, {}, { match: await revision(s) });
    s.state = "draft";
  },
  async approve(s) {
    await approver.post(`/api/submissions/${s.id}/approve`, { version: s.version }, { match: await revision(s) });
    s.state = "approved";
  },
  async giveBack(s) {
    await approver.post(`/api/submissions/${s.id}/return`, { reason: "xem lại" }, { match: await revision(s) });
    s.state = "returned";
  },
  async receive(s, who = s === other ? centre : province) {
    await who.post(`/api/submissions/${s.id}/receive`, { version: s.version }, { match: await revision(s, who) });
    s.state = "received";
  },
  async returnAbove(s, who = s === other ? centre : province) {
    await who.post("/api/submissions/bulk", { action: "return", reason: "sai", items: [{ id: s.id, version: s.version }] });
    s.state = "returned";
  },
  async except(s, who = s === other ? centre : province) {
    const unit_id = [hanoi, ...communes].find((u) => u.code === s.code).id;
    const url = `/api/assignments/${s === other ? above : passed}/periods/2026-05/exceptions`;
    await who.post(url, { unit_id, until: "2026-06-01T00:00:00+07:00", reason: "mở lại" });
    if (["approved", "received"].includes(s.state)) s.state = "returned";
  },
};
const revision = async (s, who = entry) => (await who.get(`/api/submissions/${s.id}`)).body.submission.revision;
const next = {
  draft: ["submit"],
  returned: ["submit", "submit", "except"],
  submitted: ["recall", "approve", "approve", "approve", "giveBack"],
  approved: ["receive", "returnAbove", "receive", "except"],
  received: ["returnAbove", "except", null, null],
};
const counts = { provisional: ["submitted", "approved", "received"], approved: ["approved", "received"] };

// The sums, from the cells alone.
const nearest = (a, b) => {
  const [n, d] = [2n * a + (a < 0n ? -b : b), 2n * b];
  return n / d;
};
function expected(kind, submissions) {
  const cells = submissions
    .toSorted((a, b) => a.order - b.order)
    .map((s) => s.cells.find((c) => c?.kind === kind))
    .filter(Boolean);
  if (!cells.length) return null;
  const filled = cells.filter((c) => !c.nil);
  const numbers = filled.map((c) => c.number);
  const counted = kind.accrual === "stock" ? numbers : cells.map((c) => c.number ?? 0); // a count of nothing is 0
  const sum = (list) => list.reduce((a, b) => a + BigInt(b), 0n);
  switch (kind.aggregation) {
    case "sum":
      return sum(numbers);
    case "ratio": {
      const bottom = sum(filled.map((c) => c.denominator));
      return bottom ? nearest(sum(filled.map((c) => c.numerator)) * 100n * 10n ** BigInt(kind.decimals), bottom) : null;
    }
    case "average":
      return counted.length ? nearest(sum(counted), BigInt(counted.length)) : null;
    case "max":
      return counted.length ? BigInt(Math.max(...counted)) : null;
    case "min":
      return counted.length ? BigInt(Math.min(...counted)) : null;
    case "last":
      return filled.length ? BigInt(numbers.at(-1)) : null;
    case "count_yes":
      return filled.length ? BigInt(numbers.filter((n) => n === 1).length) : null;
    default:
      return null;
  }
}
const scaled = (cell) => (cell?.present && cell.value !== null ? BigInt(cell.value.replace(".", "")) : null);
const standing = (list, basis) => list.filter((s) => counts[basis].includes(s.state));

function compare(what, kind, got, want) {
  assert.equal(scaled(got), want, `seed ${seed}: ${what} of ${kind.code} (${kind.aggregation}): ${JSON.stringify(got)}, not ${want}`);
}

async function compareProvince(when) {
  const overview = (await province.get(`/api/overview?unit_id=${daklak.id}&report_id=${report}&period=2026-05`)).body;
  for (const kind of kinds) {
    const figure = overview.indicators.find((row) => row.indicator.id === kind.id);
    for (const basis of ["provisional", "approved"])
      compare(`${when}, overview ${basis}`, kind, figure[basis], expected(kind, standing(small, basis)));
  }
  const kind = one(kinds);
  const figures = (await province.get(`/api/figures?unit_id=${daklak.id}&report_id=${report}&indicator_id=${kind.id}&period=2026-05`)).body;
  for (const basis of ["provisional", "approved"]) compare(`${when}, figures ${basis}`, kind, figures[basis], expected(kind, standing(small, basis)));
  for (const row of figures.children) {
    const s = books.get(row.unit.code);
    assert.equal(row.label === "approved", counts.approved.includes(s.state), `${when}: ${row.unit.code} is ${s.state}, labelled ${row.label}`);
    if (s.state === "draft") assert.equal(row.cell, null, `${when}: ${row.unit.code} has taken back what still shows`);
  }
  const tally = (await province.get(`/api/matrix?assignment_id=${passed}&period=2026-05`)).body.tally;
  const number = (...states) => small.filter((s) => states.includes(s.state)).length;
  assert.deepEqual(
    [tally.assigned, tally.submitted, tally.approved, tally.received, tally.returned],
    [small.length, number(...counts.provisional), number(...counts.approved), number("received"), number("returned")],
    when,
  );
}

// The centre knows what was handed up to it and, of a province that has not yet, what stands below it.
async function compareCentre(when) {
  const overview = (await centre.get(`/api/overview?unit_id=${tw.id}&report_id=${report}&period=2026-05`)).body;
  const known = [...standing([own, other], "provisional"), ...(counts.provisional.includes(own.state) ? [] : standing(small, "provisional"))];
  for (const kind of kinds.filter((k) => k.aggregation !== "last")) {
    const figure = overview.indicators.find((row) => row.indicator.id === kind.id);
    compare(`${when}, centre provisional`, kind, figure.provisional, expected(kind, known));
    compare(`${when}, centre approved`, kind, figure.approved, expected(kind, standing([own, other], "approved")));
  }
}

test("figures of a level are those of its units, whatever happens to them", { timeout: 120_000 }, async () => {
  await compareProvince("before anything");
  for (let step = 1; step <= steps; step++) {
    const s = one(step % 6 ? small : [other]);
    const act = one(next[s.state]);
    if (act) await acts[act](s);
    const when = `step ${step}, ${act} of ${s.code}`;
    if (s !== other) await compareProvince(when);
    else await compareCentre(when);
  }
});

test("a province that hands up stands for itself; one that does not is known by what is below", async () => {
  for (const s of [...small, other]) if (["draft", "returned"].includes(s.state)) await acts.submit(s);
  await compareCentre("all submitted below");
  await acts.submit(own, province);
  await compareCentre("the province submitted");
});

test("a report passed on in two parts fills the form above with both", async () => {
  const [sum] = kinds;
  const { body: form } = await centre.post("/api/reports", { code: "PARTS", title: "Parts", frequency: "month", items: [items[0]] });
  const part = async (who, from, units, parent_id, day = 28) => {
    const input = { report_id: form.id, from_unit_id: from.id, rule: { ...rule, day }, first_period: "2026-05", unit_ids: units.map((u) => u.id), parent_id };
    const { body } = await who.post("/api/assignments", input);
    if (!body.periods.some((row) => row.period === "2026-05")) await who.post(`/api/assignments/${body.id}/periods`, { period: "2026-05" });
    return body.id;
  };
  const parent = await part(centre, tw, [daklak], null);
  const parts = [await part(province, daklak, communes.slice(0, 2), parent, 15), await part(province, daklak, communes.slice(2), parent)];
  const at = `unit_id=${daklak.id}&report_id=${form.id}&period=2026-05`;
  const overview = async () => (await province.get(`/api/overview?${at}`)).body;
  const early = await overview();
  const standings = (units) => units.map((unit) => early.children.find((child) => child.unit.id === unit.id).standing);
  assert.deepEqual(early.parts.map((one) => [one.assignment_id, one.deadline.before]), [
    [parts[0], "2026-05-16T00:00:00+07:00"],
    [parts[1], "2026-05-29T00:00:00+07:00"],
  ]);
  assert.equal(early.deadline.before, "2026-05-29T00:00:00+07:00");
  assert.deepEqual(standings(communes), ["missing", "missing", "open", "open"], "each by the deadline of its part");
  assert.deepEqual(early.late.map((row) => row.unit.id).sort(), communes.slice(0, 2).map((unit) => unit.id).sort());
  assert.deepEqual(early.heat.rows.map((row) => row.cells).sort(), [["missing"], ["missing"], ["open"], ["open"]]);
  let value = 1;
  for (const assignment of parts)
    for (const { submission_id } of await rowsOf(province, assignment)) {
      const s = { id: submission_id };
      const cells = [{ indicator_id: sum.id, value: String(value) }];
      value *= 10;
      const late_reason = assignment === parts[0] ? "mạng hỏng" : undefined;
      await entry.post(`/api/submissions/${s.id}/submit`, { cells, late_reason }, { match: await revision(s) });
      await approver.post(`/api/submissions/${s.id}/approve`, { version: 1 }, { match: await revision(s) });
    }
  const whole = await overview();
  assert.deepEqual([whole.tally.assigned, whole.tally.approved, whole.tally.late, whole.children.length], [4, 4, 2, 4]);
  const [{ provisional, approved, trend }] = whole.indicators;
  assert.deepEqual([provisional.value, approved.value, trend.at(-1).value], ["1111.00", "1111.00", "1111.00"]);
  const { body: figures } = await province.get(`/api/figures?${at}&indicator_id=${sum.id}`);
  assert.deepEqual([figures.provisional.value, figures.approved.value, figures.children.length], ["1111.00", "1111.00", 4]);
  assert.equal((await centre.get(`/api/overview?unit_id=${tw.id}&report_id=${form.id}`)).body.children[0].tally.approved, 4);
  for (const assignment of parts) {
    const { body } = await province.post(`/api/assignments/${assignment}/periods/2026-05/close`, { accept_missing: false });
    const filled = (await province.get(`/api/submissions/${body.filled_submission_id}`)).body.rows;
    assert.equal(filled[0].cell.value, "1111.00");
  }
});

test("what is kept is what a recount finds", async () => {
  await server.stop();
  await runProgram(["check", "--store", server.files.store, "--data", server.files.data]);
});
