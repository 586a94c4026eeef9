import { test } from "node:test";
import assert from "node:assert/strict";
import { startWithPeople } from "./people.mjs";

const { people } = await startWithPeople({
  centre: ["TW", "administrator"],
  province: ["66", "administrator"],
  entry: ["22015", "data_entry"],
});
const { centre, province, entry } = people;

test("the official days off are there", async () => {
  const { body } = await entry.get("/api/holidays?year=2026");
  assert.equal(body.holidays.length, 13);
  assert.deepEqual(body.holidays[0], { date: "2026-01-01", name: "Tết Dương lịch", kind: "nghỉ lễ" });
  assert.deepEqual((await entry.get("/api/holidays?year=2031")).body.holidays, []);
  assert.equal((await entry.get("/api/holidays")).body.holidays.length, 13);
  await entry.get("/api/holidays?year=12", { status: 422, code: "field_range" });
});

test("whoever manages the system edits them", async () => {
  const day = { name: "Nghỉ bù", kind: "nghỉ bù" };
  const { body } = await centre.put("/api/holidays/2027-04-26", day);
  assert.deepEqual(body, { date: "2027-04-26", ...day });
  await centre.put("/api/holidays/2027-04-26", { ...day, name: "Nghỉ bù Giỗ Tổ" });
  assert.deepEqual((await entry.get("/api/holidays?year=2027")).body.holidays, [
    { date: "2027-04-26", ...day, name: "Nghỉ bù Giỗ Tổ" },
  ]);
  await centre.delete("/api/holidays/2027-04-26", { status: 204 });
  await centre.delete("/api/holidays/2027-04-26", { status: 404, code: "not_found" });
  const { body: log } = await centre.get("/api/event-log?kind=holiday");
  assert.deepEqual(log.events.map((event) => [event.before?.name ?? null, event.after?.name ?? null]), [
    ["Nghỉ bù Giỗ Tổ", null],
    ["Nghỉ bù", "Nghỉ bù Giỗ Tổ"],
    [null, "Nghỉ bù"],
  ]);
});

test("others do not", async () => {
  const day = { name: "Nghỉ", kind: "nghỉ" };
  for (const who of [province, entry]) {
    await who.put("/api/holidays/2027-01-04", day, { status: 403, code: "forbidden" });
    await who.delete("/api/holidays/2026-01-01", { status: 403, code: "forbidden" });
  }
});

test("a day off has a date, a name and a kind", async () => {
  await centre.put("/api/holidays/2027-02-30", { name: "x", kind: "y" }, { status: 404, code: "not_found" });
  await centre.put("/api/holidays/2027-02-01", { name: "", kind: "y" }, { status: 422, code: "field_too_short" });
  await centre.put("/api/holidays/2027-02-01", { name: "  ", kind: "y" }, { status: 422, code: "field_required" });
  await centre.put("/api/holidays/2027-02-01", { name: "x" }, { status: 422, code: "field_required" });
});

const preview = (rule, period, options) => entry.post("/api/deadline-preview", { rule, period }, options);

test("a rule is shown with the deadline it gives", async () => {
  const { body } = await preview({ day: 16 }, "2026-05");
  assert.deepEqual(body, {
    deadline: { before: "2026-05-17T00:00:00+07:00", wording: "24:00 on 16/5/2026" },
    opens: "2026-05-01T00:00:00+07:00",
  });
  assert.equal((await preview({ day: 16, roll: true }, "2026-05")).body.deadline.before, "2026-05-19T00:00:00+07:00");
  assert.equal((await preview({ day: 30, roll: true }, "2026-04")).body.deadline.before, "2026-05-05T00:00:00+07:00");
  assert.equal((await preview({ day: 31 }, "2026-02")).body.deadline.before, "2026-03-01T00:00:00+07:00");
  assert.equal((await preview({ day: 5, month_offset: 1 }, "2026-Q4")).body.deadline.before, "2027-01-06T00:00:00+07:00");
  const vi = await entry.post("/api/deadline-preview?lang=vi", { rule: { day: 18 }, period: "2026-05" });
  assert.equal(vi.body.deadline.wording, "24h00 ngày 18/5/2026");
});

test("a rule out of range is refused where it is", async () => {
  const refused = await preview({ day: 32 }, "2026-05", { status: 422, code: "field_range" });
  assert.equal(refused.body.field, "rule/day");
  await preview({ day: 16, opens_day: 20 }, "2026-05", { status: 422, code: "field_range" });
  await preview({}, "2026-05", { status: 422, code: "field_required" });
  await preview({ day: 16 }, "2026-13", { status: 422, code: "field_invalid" });
  await preview({ day: 16 }, "1800", { status: 422, code: "field_invalid" });
});
