import { test } from "node:test";
import assert from "node:assert/strict";
import { startWithPeople } from "./people.mjs";

const { people } = await startWithPeople({
  centre: ["TW", "administrator"],
  province: ["66", "administrator"],
  entry: ["22015", "data_entry"],
});
const { centre, province, entry } = people;

async function find(code, who = centre) {
  const { body } = await who.get(`/api/units?q=${encodeURIComponent(code)}&limit=50`);
  const unit = body.units.find((row) => row.code === code);
  assert.ok(unit, `no unit ${code}`);
  return unit;
}

const daklak = await find("66");
const root = await find("TW");

test("kinds are named in the reader's language", async () => {
  const { body } = await entry.get("/api/unit-kinds");
  assert.deepEqual(body.kinds.map((kind) => kind.code), ["central", "ministry", "party", "province", "department", "commune"]);
  assert.equal(body.kinds.at(-1).name, "Commune");
  assert.equal((await entry.get("/api/unit-kinds?lang=vi")).body.kinds.at(-1).name, "Xã, phường, đặc khu");
});

test("units are found without tone marks, wherever one sits", async () => {
  for (const q of ["tuy hoa", "Tuy Hòa", "PHƯỜNG TUY HOÀ", "22015"]) {
    const { body } = await entry.get(`/api/units?q=${encodeURIComponent(q)}`);
    assert.equal(body.units[0].name, "Phường Tuy Hoà", q);
  }
  const { body } = await entry.get(`/api/units?q=khcn&under=${daklak.id}`);
  assert.deepEqual(body.units.map((unit) => unit.code), ["66-KHCN"]);
  assert.equal(body.units[0].parent_name, "Tỉnh Đắk Lắk");
});

test("the tree opens level by level, page by page", async () => {
  assert.equal(root.children, 34);
  assert.equal(daklak.children, 117);
  const seen = [];
  let after = "";
  do {
    const { body } = await entry.get(`/api/units?parent_id=${daklak.id}&limit=50${after && `&after=${after}`}`);
    seen.push(...body.units);
    after = body.next;
  } while (after);
  assert.equal(seen.length, 117);
  assert.equal(new Set(seen.map((unit) => unit.id)).size, 117);
  assert.ok(seen.every((unit) => unit.parent_id === daklak.id && unit.path.startsWith("TW/66/")));
  const names = seen.filter((unit) => unit.kind === "commune").map((unit) => unit.name);
  assert.deepEqual(names, [...names].sort(new Intl.Collator("vi").compare));
});

test("lists refuse what they do not know", async () => {
  await entry.get("/api/units?limit=0", { status: 422, code: "field_range" });
  await entry.get("/api/units?after=5", { status: 422, code: "cursor_invalid" });
  await entry.get("/api/units?under=5", { status: 422, code: "unit_unknown" });
  await entry.get("/api/units?valid_on=2026-02-30", { status: 422, code: "date_invalid" });
  await entry.get("/api/units?colour=red", { status: 422, code: "field_unknown" });
  assert.deepEqual((await entry.get("/api/units?valid_on=2020-01-01")).body.units.map((unit) => unit.code), ["TW"]);
  assert.deepEqual((await entry.get("/api/units?kind=planet")).body, { units: [], next: null });
});

test("a unit comes with those above it", async () => {
  const tuyhoa = await find("22015");
  const { body, headers } = await entry.get(`/api/units/${tuyhoa.id}`);
  assert.deepEqual(body.ancestors.map((unit) => unit.code), ["TW", "66"]);
  assert.equal(body.territory, "22015");
  assert.equal(body.valid_from, "2025-07-01");
  assert.equal(headers.get("etag"), '"1"');
  await entry.get("/api/units/5", { status: 404, code: "not_found" });
  await entry.get("/api/units/x", { status: 404, code: "not_found" });
});

const office = (code, more = {}) => ({ code, name: `Ban ${code}`, kind: "department", parent_id: daklak.id, ...more });

test("units are created inside one's own subtree", async () => {
  const { body, status } = await province.post("/api/units", office("66-BDT", { name: "  Ban Đổi mới  ", line: "party" }));
  assert.equal(status, 201);
  assert.equal(body.name, "Ban Đổi mới");
  assert.equal(body.path, "TW/66/66-BDT/");
  assert.equal(body.line, "party");
  assert.equal(body.province_id, daklak.id);
  assert.equal(body.version, 1);
  assert.equal((await find("66-BDT", entry)).name, "Ban Đổi mới");

  await province.post("/api/units", office("66-BDT"), { status: 409, code: "duplicate" });
  await province.post("/api/units", office("66/X"), { status: 422, code: "unit_code_invalid" });
  await province.post("/api/units", office("66-X", { kind: "planet" }), { status: 422, code: "unit_kind_unknown" });
  await province.post("/api/units", office("66-X", { name: "   " }), { status: 422, code: "field_required" });
  await province.post("/api/units", office("66-X", { parent_id: "5" }), { status: 422, code: "unit_unknown" });
  await province.post("/api/units", office("66-X", { valid_from: "2020-01-01" }), { status: 422, code: "unit_parent_ended" });
  await province.post("/api/units", office("66-X", { line: "navy" }), { status: 422, code: "field_choice" });
  await province.post("/api/units", { code: "66-X" }, { status: 422, code: "field_required" });
  const hanoi = await find("01");
  await province.post("/api/units", office("01-X", { parent_id: hanoi.id }), { status: 403, code: "forbidden" });
  await province.post("/api/units", office("X", { parent_id: root.id }), { status: 403, code: "forbidden" });
  await entry.post("/api/units", office("66-X"), { status: 403, code: "forbidden" });
});

test("a change names the version it is made to", async () => {
  const { body: made } = await province.post("/api/units", office("66-DOI"));
  const path = `/api/units/${made.id}`;
  await province.patch(path, { name: "Ban Một" }, { status: 428, code: "precondition_required" });
  const { body } = await province.patch(path, { name: "Ban Một", territory: "66" }, { match: 1 });
  assert.equal(body.version, 2);
  assert.equal(body.territory, "66");
  const stale = await province.patch(path, { name: "Ban Hai" }, { match: 1, status: 412, code: "stale_version" });
  assert.equal(stale.body.revision, 2);
  const { body: cleared } = await province.patch(path, { territory: null }, { match: 2 });
  assert.equal(cleared.territory, null);
  assert.equal(cleared.name, "Ban Một");
  await province.patch(path, { kind: "province" }, { match: 3, status: 422, code: "unit_kind_fixed" });
  await province.patch(path, { code: "66-X" }, { match: 3, status: 422, code: "field_unknown" });
  await province.patch("/api/units/5", { name: "x" }, { match: 1, status: 404, code: "not_found" });
  await entry.patch(path, { name: "x" }, { match: 3, status: 403, code: "forbidden" });
  const hanoi = await find("01");
  await province.patch(`/api/units/${hanoi.id}`, { name: "x" }, { match: 1, status: 403, code: "forbidden" });
});

test("a unit moves with all below it", async () => {
  const { body: upper } = await province.post("/api/units", office("66-TREN"));
  const { body: lower } = await province.post("/api/units", office("66-DUOI", { parent_id: upper.id }));
  const { body: target } = await province.post("/api/units", office("66-DICH"));
  const { body: moved } = await province.patch(`/api/units/${upper.id}`, { parent_id: target.id }, { match: 1 });
  assert.equal(moved.path, "TW/66/66-DICH/66-TREN/");
  const { body } = await province.get(`/api/units/${lower.id}`);
  assert.equal(body.path, "TW/66/66-DICH/66-TREN/66-DUOI/");
  assert.deepEqual(body.ancestors.map((unit) => unit.code), ["TW", "66", "66-DICH", "66-TREN"]);
  await province.patch(`/api/units/${target.id}`, { parent_id: lower.id }, { match: 1, status: 422, code: "unit_below_itself" });
  const hanoi = await find("01");
  await province.patch(`/api/units/${upper.id}`, { parent_id: hanoi.id }, { match: 2, status: 403, code: "forbidden" });
  const { body: over } = await centre.patch(`/api/units/${upper.id}`, { parent_id: hanoi.id }, { match: 2 });
  assert.equal(over.province_id, hanoi.id);
  assert.equal((await centre.get(`/api/units/${lower.id}`)).body.province_id, hanoi.id);
  await centre.patch(`/api/units/${root.id}`, { parent_id: hanoi.id }, { match: 1, status: 422, code: "unit_root_fixed" });
});

test("a merged unit ends on its day and names its successor", async () => {
  const { body: old } = await province.post("/api/units", office("66-CU", { valid_from: "2025-07-01" }));
  const { body: next } = await province.post("/api/units", office("66-MOI", { valid_from: "2025-07-01" }));
  const merge = `/api/units/${old.id}/merge`;
  await province.post(merge, { successor_id: old.id, on: "2026-01-01" }, { status: 422, code: "unit_successor_own" });
  await province.post(merge, { successor_id: next.id, on: "2025-07-01" }, { status: 422, code: "unit_merge_day" });
  await province.post(merge, { successor_id: "5", on: "2026-01-01" }, { status: 422, code: "unit_unknown" });
  await province.post(merge, { on: "2026-01-01" }, { status: 422, code: "field_required" });
  await entry.post(merge, { successor_id: next.id, on: "2026-01-01" }, { status: 403, code: "forbidden" });
  const { body } = await province.post(merge, { successor_id: next.id, on: "2026-01-01" });
  assert.equal(body.valid_to, "2026-01-01");
  assert.equal(body.successor_id, next.id);
  const codes = async (day) =>
    (await entry.get(`/api/units?parent_id=${daklak.id}&q=66-CU&valid_on=${day}`)).body.units.map((unit) => unit.code);
  assert.deepEqual(await codes("2025-12-31"), ["66-CU"]);
  assert.deepEqual(await codes("2026-01-01"), []);
  await province.post(merge, { successor_id: next.id, on: "2026-02-01" }, { status: 409, code: "unit_ended" });
  await province.patch(`/api/units/${old.id}`, { name: "x" }, { match: 2, status: 409, code: "unit_ended" });
  const hanoi = await find("01");
  await centre.post(`/api/units/${hanoi.id}/merge`, { successor_id: daklak.id, on: "2027-01-01" },
    { status: 409, code: "unit_has_children" });
});

test("every change stands in the log", async () => {
  const { body: made } = await province.post("/api/units", office("66-LOG"));
  await province.patch(`/api/units/${made.id}`, { name: "Ban Log" }, { match: 1 });
  const { body } = await province.get(`/api/event-log?subject_kind=unit&subject_id=${made.id}`);
  assert.deepEqual(body.events.map((event) => event.kind), ["unit.changed", "unit.created"]);
  assert.equal(body.events[0].before.name, "Ban 66-LOG");
  assert.equal(body.events[0].after.name, "Ban Log");
  assert.equal(body.events[0].by.name, "Name of province");
  assert.equal(body.events[0].unit.code, "66-LOG");
});

test("maps come whole, once", async () => {
  const { body, headers } = await entry.get("/api/maps/provinces");
  assert.equal(body.objects.provinces.geometries.length, 34);
  const etag = headers.get("etag");
  const again = await entry.get("/api/maps/provinces", { status: 304, headers: { "If-None-Match": etag } });
  assert.equal(again.bytes.length, 0);
  const { body: communes } = await entry.get("/api/maps/66");
  assert.equal(Object.values(communes.objects)[0].geometries.length, 102);
  await entry.get("/api/maps/99", { status: 404, code: "not_found" });
  await entry.get("/api/maps/..%2Fprovinces", { status: 404, code: "not_found" });
});
