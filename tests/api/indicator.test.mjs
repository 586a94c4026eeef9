import { test } from "node:test";
import assert from "node:assert/strict";
import { startServer } from "./harness.mjs";

const server = await startServer();
const centre = await server.signIn("tw.daumoi");
const province = await server.signIn("dl.daumoi");
const entry = await server.signIn("tuyhoa.nhaplieu");

const { body: all } = await centre.get("/api/indicators?limit=500");
const byCode = (code) => all.indicators.find((indicator) => indicator.code === code);
const definition = (code, more = {}) => ({
  code,
  name: `Name of ${code}`,
  group: "riêng",
  resolution: "57-NQ/TW",
  unit_of_measure: "%",
  definition: "a / b",
  source: "",
  value_type: "percentage",
  accrual: "flow",
  frequency: "month",
  direction: "higher",
  aggregation: "ratio",
  decimals: 2,
  part_decimals: 0,
  factor: 100,
  min: "0",
  max: "100",
  levels: ["province", "commune"],
  targets: [{ year: 2026, operator: "at_least", value: "80.5" }],
  ...more,
});

test("everybody reads the definitions of Resolution 57", async () => {
  assert.equal(all.indicators.length, 35);
  const tn01 = byCode("TN01");
  assert.equal(tn01.illustrative, true);
  assert.deepEqual(tn01.targets, [{ year: 2026, operator: "at_least", value: "80.00", high: null }]);
  assert.equal(tn01.max, "100.00");
  assert.deepEqual(tn01.levels, ["province", "department", "commune"]);
  assert.equal(tn01.owner.code, "TW");
  assert.equal(byCode("CL11").factor, 10000);
  assert.equal(byCode("CL12").targets[0].high, "50");
  const { body } = await entry.get("/api/indicators?q=truc%20tuyen&limit=2");
  assert.deepEqual(body.indicators.map((row) => row.code), ["CL04", "TN01"]);
  assert.equal(body.next, "TN01");
  assert.equal(body.may_create, false);
  assert.deepEqual((await entry.get(`/api/indicators?q=truc%20tuyen&limit=2&after=${body.next}`)).body.indicators.map((row) => row.code), ["TN04"]);
  assert.equal((await entry.get(`/api/indicators?group=${encodeURIComponent("tác nghiệp")}`)).body.indicators.length, 16);
  assert.equal((await entry.get("/api/indicators?q=zzzz")).body.indicators.length, 0);
});

test("a definition is made and changed by versions", async () => {
  const { body: made, headers, status } = await centre.post("/api/indicators", definition("T1"));
  assert.equal(status, 201);
  assert.equal(headers.get("etag"), '"1"');
  assert.equal(made.targets[0].value, "80.50");
  assert.equal(made.owner.code, "TW");
  assert.equal(made.may_change, true);
  const path = `/api/indicators/${made.id}`;
  const { body: changed } = await centre.patch(path, { name: "Other", max: null, change_reason: "clearer" }, { match: 1 });
  assert.equal(changed.version, 2);
  assert.equal(changed.name, "Other");
  assert.equal(changed.max, null);
  assert.equal(changed.min, "0.00");
  assert.deepEqual(changed.versions.map((row) => [row.version, row.change_reason]), [[2, "clearer"], [1, null]]);
  assert.equal(changed.versions[0].changed_by, centre.session.account.full_name);
  assert.equal(changed.versions[1].valid_to, changed.versions[0].valid_from);
  const { body: stale } = await centre.patch(path, { name: "Late", change_reason: "late" }, { match: 1, status: 412, code: "stale_version" });
  assert.equal(stale.revision, 2);
  await centre.patch(path, { name: "Late", change_reason: "late" }, { status: 428, code: "precondition_required" });
  // Not on a form yet: its scale may change, and what is there is kept at the new one.
  const { body: finer } = await centre.patch(path, { decimals: 3, change_reason: "finer" }, { match: 2 });
  assert.equal(finer.targets[0].value, "80.500");
  assert.equal((await entry.get(path)).body.may_change, false);
});

test("what is wrong with a definition is told field by field", async () => {
  const bad = definition("T2", { aggregation: "average", decimals: 9, min: "5", max: "1" });
  const { body } = await centre.post("/api/indicators", { ...bad, decimals: 2, min: "5", max: "1" }, { status: 422, code: "indicator_invalid" });
  assert.deepEqual(body.errors.map((row) => [row.code, row.field]), [["aggregation_unfit", "aggregation"], ["range_reversed", "max"]]);
  await centre.post("/api/indicators", bad, { status: 422, code: "field_range" });
  await centre.post("/api/indicators", definition("bad code"), { status: 422, code: "indicator_invalid" });
  await centre.post("/api/indicators", definition("TN01"), { status: 409, code: "duplicate" });
  await centre.post("/api/indicators", definition("T2", { levels: ["planet"] }), { status: 422, code: "field_choice" });
  await centre.post("/api/indicators", definition("T2", { min: "0.123" }), { status: 422, code: "number_too_precise" });
  await centre.post("/api/indicators", definition("T2", { targets: [{ year: 2026, operator: "range", value: "1" }] }), { status: 422, code: "field_required" });
  await centre.get("/api/indicators/5", { status: 404, code: "indicator_unknown" });
  await centre.get("/api/indicators/x", { status: 404, code: "not_found" });
});

test("definitions belong to their unit", async () => {
  await entry.post("/api/indicators", definition("T3"), { status: 403, code: "forbidden" });
  const { body: own } = await province.post("/api/indicators", definition("T3"));
  assert.equal(own.owner.code, "66");
  await province.post("/api/indicators", definition("T4", { owner_unit_id: byCode("TN01").owner.id }), { status: 403, code: "forbidden" });
  await province.patch(`/api/indicators/${byCode("TN01").id}`, { name: "Mine", change_reason: "mine" }, { match: 1, status: 403, code: "forbidden" });
});

test("an indicator on a form keeps its scale, and a new version reaches the form", async () => {
  const tn15 = byCode("TN15");
  const path = `/api/indicators/${tn15.id}`;
  await centre.patch(path, { decimals: 1, change_reason: "finer" }, { match: 1, status: 409, code: "indicator_in_use" });
  const { body: reports } = await entry.get("/api/reports");
  const form = reports.reports.find((report) => report.code === "NQ57-TN");
  const before = (await entry.get(`/api/reports/${form.id}`)).body;
  assert.equal(before.items.length, 16);
  assert.equal(before.cut_day, 15);
  assert.equal(before.may_change, false);
  assert.equal(before.items.find((item) => item.indicator.code === "TN13").required, false);
  await centre.patch(path, { definition: "Number of incidents", change_reason: "clearer" }, { match: 1 });
  const after = (await entry.get(`/api/reports/${form.id}`)).body;
  assert.equal(after.version, before.version + 1);
  assert.equal(after.items[14].indicator.definition, "Number of incidents");
  assert.equal(after.items[14].indicator.version, 2);
});

test("a form is made, changed and checked", async () => {
  const ids = ["TN06", "TN12", "TN01"].map((code) => byCode(code).id);
  const input = {
    code: "FORM-1",
    title: "A form",
    frequency: "month",
    items: ids.map((indicator_id) => ({ indicator_id })),
    checks: [{ left_id: ids[0], operator: "at_most", right_id: ids[1], about: "fewer people than money", blocks: false }],
  };
  const { body: made } = await centre.post("/api/reports", input);
  assert.deepEqual(made.items.map((item) => [item.indicator.code, item.required]), [["TN06", true], ["TN12", true], ["TN01", true]]);
  assert.equal(made.checks[0].operator, "at_most");
  const path = `/api/reports/${made.id}`;
  const { body: changed } = await centre.patch(path, { title: "Another", items: [{ indicator_id: ids[2], evidence_required: true, section: "S" }], checks: [] }, { match: 1 });
  assert.equal(changed.version, 2);
  assert.deepEqual(changed.items.map((item) => [item.indicator.code, item.section, item.evidence_required]), [["TN01", "S", true]]);
  await centre.patch(path, { title: "Late" }, { match: 1, status: 412, code: "stale_version" });
  await centre.patch(path, { checks: input.checks }, { match: 2, status: 422, code: "report_check_invalid" });
  await centre.post("/api/reports", input, { status: 409, code: "duplicate" });
  await centre.post("/api/reports", { ...input, code: "FORM-2", items: [{ indicator_id: ids[0] }, { indicator_id: ids[0] }] }, { status: 422, code: "report_item_twice" });
  await centre.post("/api/reports", { ...input, code: "FORM-2", items: [{ indicator_id: "5" }] }, { status: 404, code: "indicator_unknown" });
  await centre.post("/api/reports", { ...input, code: "FORM-2", items: [] }, { status: 422 });
  await entry.post("/api/reports", { ...input, code: "FORM-3", checks: [] }, { status: 403, code: "forbidden" });
  await province.patch(path, { title: "Mine" }, { match: 2, status: 403, code: "forbidden" });
  await entry.get("/api/reports/5", { status: 404, code: "report_unknown" });
});
