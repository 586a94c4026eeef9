import { test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { part, workbook, zip } from "../harness/workbook.mjs";
import { startServer } from "./harness.mjs";

const server = await startServer();
const entry = await server.signIn("tuyhoa.nhaplieu");
const stranger = await server.signIn("khcn.nhaplieu");
const province = await server.signIn("dl.daumoi");
const centre = await server.signIn("tw.daumoi");

const daklak = (await centre.get("/api/units?q=66")).body.units.find((u) => u.code === "66").id;
const [assignment] = (await province.get(`/api/assignments?from_unit_id=${daklak}`)).body.assignments;
const matrix = (await province.get(`/api/matrix?assignment_id=${assignment.id}&period=2026-05`)).body;
const id = matrix.rows.find((row) => row.unit.code === "22015").submission_id;
const path = `/api/submissions/${id}/sheet`;
const { rows } = (await entry.get(`/api/submissions/${id}`)).body;
const ratio = rows.find((row) => row.indicator.value_type === "percentage").indicator;
const number = rows.find((row) => row.indicator.value_type === "number").indicator;

test("the entry screen goes out as an Excel file, without a formula", async () => {
  const { headers, bytes } = await entry.get(`${path}?lang=vi`);
  assert.match(headers.get("content-disposition"), /filename="NQ57-TN_22015_2026-05\.xlsx"/);
  const strings = part(bytes, "xl/sharedStrings.xml");
  for (const heading of ["Mã", "Chỉ số", "Tử số", "Mẫu số", "Giá trị", "Không phát sinh", "Ghi chú", "Phường Tuy Hoà"])
    assert.ok(strings.includes(`>${heading}<`), heading);
  for (const row of rows) assert.ok(strings.includes(`>${row.indicator.code}<`));
  const sheet = part(bytes, "xl/worksheets/sheet1.xml");
  assert.ok(!sheet.includes("<f>"));
  assert.ok(sheet.includes("<sheetProtection"));
  await stranger.get(path, { status: 404, code: "not_found" });
  await entry.get("/api/submissions/5/sheet", { status: 404 });
});

test("what goes out comes in again", async () => {
  const [a, b] = rows.filter((row) => row.indicator.value_type !== "text");
  const value = (row) => row.indicator.value_type === "percentage" ? { numerator: "1", denominator: "2" } : { value: row.previous?.value ?? "1" };
  await entry.put(`/api/submissions/${id}/draft`, { cells: [a, b].map((row) => ({ indicator_id: row.indicator.id, ...value(row), note: "=1+1" })) });
  const { bytes } = await entry.get(path);
  const { body } = await entry.upload(path, "nhap.xlsx", bytes);
  assert.equal(body.invalid, 0);
  const now = (await entry.get(`/api/submissions/${id}`)).body.rows;
  const filled = now.filter(({ cell }) => cell.present || cell.nil || cell.note);
  assert.ok(filled.length >= 2);
  assert.deepEqual(
    body.rows.map((row) => [row.code, row.value, row.numerator, row.denominator, row.text, row.note, row.nil]),
    filled.map(({ indicator, cell }) => [indicator.code, cell.value, cell.numerator, cell.denominator, cell.text, cell.note, cell.nil]),
  );
  assert.deepEqual(body.rows.filter((row) => row.note === "=1+1").map((row) => row.code), [a, b].map((row) => row.indicator.code));
});

test("errors are told by line and column, and nothing is saved", async () => {
  const before = (await entry.get(`/api/submissions/${id}`)).body.rows.map((row) => row.cell);
  const file = workbook([
    ["Báo cáo"],
    ["Mã", "Tử số", "Mẫu số", "Giá trị", "Không phát sinh", "Ghi chú"],
    [ratio.code, 5, 4],
    [number.code, "", "", "một nghìn"],
    ["XX99", "", "", 1],
    [ratio.code, "1.000", "2.000"],
  ]);
  const { body } = await entry.upload(path, "a.xlsx", file);
  assert.deepEqual(
    body.rows.map((row) => [row.line, row.code, row.errors.map((e) => `${e.column} ${e.code}`).join()]),
    [
      [3, ratio.code, "B numerator_exceeds"],
      [4, number.code, "D number_invalid"],
      [5, "XX99", "A indicator_not_in_form"],
      [6, ratio.code, "A cell_twice"],
    ],
  );
  assert.deepEqual([body.valid, body.invalid], [0, 4]);
  const { body: good } = await entry.upload(path, "a.xlsx", workbook([["Code", "Numerator", "Denominator"], [ratio.code, "1.000", 2000]]));
  assert.deepEqual([good.rows[0].numerator, good.rows[0].denominator, good.rows[0].value].map(Number), [1000, 2000, 50]);
  assert.deepEqual((await entry.get(`/api/submissions/${id}`)).body.rows.map((row) => row.cell), before);
});

test("what is no filled sheet is refused", async () => {
  await entry.upload(path, "a.xlsx", Buffer.from("hello"), { status: 422, code: "sheet_unreadable" });
  await entry.upload(path, "a.xlsx", zip({ "a.txt": "b" }), { status: 422, code: "sheet_unreadable" });
  await entry.upload(path, "a.xlsx", workbook([["A", "B"]]), { status: 422, code: "sheet_no_heading" });
  const bomb = zip({
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="s.xml"/></Relationships>`,
    "xl/s.xml": `<worksheet>${" ".repeat(40 << 20)}</worksheet>`,
  });
  await entry.upload(path, "a.xlsx", bomb, { status: 422, code: "sheet_too_large" });
  await entry.upload(path, "a.xlsx", Buffer.alloc((4 << 20) + 1), { status: 413, code: "body_too_large" });
  await stranger.upload(path, "a.xlsx", workbook([["Mã", "Giá trị"]]), { status: 404 });
  await province.upload(path, "a.xlsx", workbook([["Mã", "Giá trị"]]), { status: 403, code: "forbidden" });
});

test("an office program reads and writes it alike", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sheet-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { bytes } = await entry.get(path);
  await writeFile(join(folder, "out.xlsx"), bytes);
  const run = promisify(execFile);
  const home = `-env:UserInstallation=file://${folder}/profile`;
  try {
    await run("soffice", [home, "--headless", "--convert-to", "ods", "--outdir", folder, join(folder, "out.xlsx")], { timeout: 120_000 });
    await rm(join(folder, "out.xlsx"));
    await run("soffice", [home, "--headless", "--convert-to", "xlsx", "--outdir", folder, join(folder, "out.ods")], { timeout: 120_000 });
  } catch (error) {
    if (error.code === "ENOENT") return t.skip("LibreOffice is not installed");
    throw error;
  }
  const { body } = await entry.upload(path, "out.xlsx", await readFile(join(folder, "out.xlsx")));
  const { body: direct } = await entry.upload(path, "out.xlsx", bytes);
  assert.equal(body.invalid, 0);
  assert.ok(body.valid >= 2);
  assert.deepEqual(body.rows, direct.rows);
});
