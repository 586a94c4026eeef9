/*
 * The month as people live it, each in a window of their own: a report is made, assigned and passed on; a commune
 * enters, corrects and hands up; the province sees it come, takes it and closes; the centre sees the province's figure the moment it
 * is approved and opens it down to the commune's cell.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { allSaved, choose, gridCell, openUnit, paste, submitForm, typeCell, unitRow } from "./steps.mjs";

const commune = "Phường Tuy Hoà";
const department = "Sở Khoa học và Công nghệ";
const server = await startServer();
const open = new Set();
after(async () => {
  for (const page of open) await page.context().close();
});

async function window(path, as, options) {
  const page = await openPage(server, path, { as, width: 1440, height: 900, ...options });
  open.add(page);
  return page;
}

async function leave(page) {
  open.delete(page);
  await page.done();
}

// The assignment of the demonstration's report by a unit of this kind.
async function assignmentOf(username, kind) {
  const { body } = await (await server.signIn(username)).get("/api/assignments");
  return body.assignments.find(({ report, from }) => report.code === "NQ57-TN" && from.kind === kind);
}

test("the centre makes a report of three indicators and assigns it to the provinces", async () => {
  const page = await window("/indicators?tab=reports", "tw.daumoi");
  await page.getByRole("button", { name: "Lập biểu báo cáo" }).click();
  const builder = page.getByRole("dialog", { name: "Lập biểu báo cáo" });
  await builder.getByLabel("Mã biểu").fill("NQ57-NHANH");
  await builder.getByLabel("Tên báo cáo").fill("Báo cáo nhanh ba chỉ số");
  for (const code of ["TN01", "TN06", "TN12"]) await choose(page, builder.getByRole("combobox", { name: "Thêm chỉ số vào biểu" }), code);
  await builder.getByRole("button", { name: "Lưu", exact: true }).click();
  await page.getByText("Đã lưu biểu NQ57-NHANH.").waitFor();

  await page.goto(`${server.url}/assignments`);
  await page.getByRole("button", { name: "Giao báo cáo" }).click();
  const form = page.getByRole("dialog", { name: "Giao báo cáo" });
  await choose(page, form.getByRole("combobox", { name: "Báo cáo" }), "NQ57-NHANH");
  await form.getByRole("checkbox", { name: "Tỉnh, thành phố" }).check();
  await form.getByLabel("Văn bản giao").fill("57-CV/BCĐ");
  await form.getByLabel("Trước 24h00 ngày").fill("18");
  await form.getByText("trước 24h00 ngày 18 hằng tháng").waitFor();
  await form.getByRole("button", { name: "Giao báo cáo" }).click();
  await page.getByText("Đã giao báo cáo cho 34 đơn vị.").waitFor();
  await leave(page);
});

test("the province passes it on with a deadline of its own; its month opens by the rule", async () => {
  const page = await window("/assignments", "dl.daumoi");
  await page.getByRole("link", { name: "Báo cáo nhanh ba chỉ số" }).click();
  await page.getByRole("button", { name: "Giao cho cấp dưới" }).click();
  const form = page.getByRole("dialog", { name: "Giao cho cấp dưới" });
  await form.getByText("trước 24h00 ngày 18").first().waitFor();
  await form.getByRole("checkbox", { name: "Xã, phường, đặc khu" }).check();
  await form.getByRole("checkbox", { name: "Sở, ban, ngành" }).check();
  await form.getByLabel("Trước 24h00 ngày").fill("16");
  await form.getByRole("button", { name: "Giao báo cáo" }).click();
  await page.getByText(/Đã giao báo cáo cho \d+ đơn vị\./).waitFor();
  await leave(page);

  const officer = await server.signIn("tuyhoa.nhaplieu");
  const { body } = await officer.get("/api/assignments");
  const given = body.assignments.find(({ report, from }) => report.code === "NQ57-NHANH" && from.kind === "province");
  assert.equal(given.rule.day, 16);
  assert.ok(given.unit_count > 100, "every department and commune has it");
});

let matrix, centre, entry;

test("the coordinator and the centre's leader look on", async () => {
  const assignment = await assignmentOf("dl.daumoi", "province");
  matrix = await window(`/approval?assignment=${assignment.id}`, "dl.daumoi");
  await unitRow(matrix, commune).getByText("Chưa trình").waitFor();
  centre = await window(`/overview?report=${assignment.report.id}`, "tw.lanhdao");
  await centre.getByRole("button", { name: /^TN01/ }).waitFor();
});

test("a commune enters by keyboard, pastes a block, attaches evidence and submits", async () => {
  entry = await window("/", "tuyhoa.nhaplieu");
  await entry.getByRole("article").filter({ hasText: "Nghị quyết số 57-NQ/TW" }).getByRole("button", { name: "Nhập tiếp" }).click();
  await entry.getByRole("grid").waitFor();
  await typeCell(entry, "TN01", "numerator", "880");
  await typeCell(entry, "TN01", "denominator", "975");
  // As copied from a spreadsheet: two percentages, then three numbers that stood in one column.
  await gridCell(entry, "TN10", "numerator").click();
  await paste(entry, "140\t150\r\n24.500\t30.500\r\n1.250,5\r\n3\r\nKPS\r\n1\r\n");
  await allSaved(entry);

  await entry.getByRole("button", { name: /^TN01/ }).click();
  const panel = entry.getByRole("dialog", { name: /^TN01/ });
  await panel.locator("input[type=file]").setInputFiles({
    name: "so-lieu-tn01.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("ngay;ho so\n2026-05-14;975\n"),
  });
  await panel.getByRole("link", { name: "so-lieu-tn01.csv" }).waitFor();
  await entry.keyboard.press("Escape");
  await submitForm(entry);
  await unitRow(matrix, commune).getByText("Đã trình").waitFor();
});

test("its approver returns with a reason, the officer corrects, the approver approves", async () => {
  const approver = await window("/", "tuyhoa.pheduyet");
  await approver.getByRole("button", { name: "Xem và duyệt" }).click();
  const drawer = approver.getByRole("dialog", { name: new RegExp(commune) });
  await drawer.getByRole("row").filter({ hasText: "TN01" }).getByRole("button", { name: "Ghi ý kiến" }).click();
  await drawer.getByRole("textbox", { name: "Cần sửa gì ở chỉ số này" }).fill("Tử số ghi nhầm, hãy xem lại tệp.");
  await drawer.getByRole("button", { name: "Trả lại", exact: true }).click();
  const returning = approver.getByRole("dialog", { name: /^Trả lại số liệu của/ });
  await returning.getByRole("button", { name: "Trả lại", exact: true }).click();
  await returning.getByText("Hãy ghi lý do trả lại").waitFor();
  await returning.getByRole("textbox", { name: "Lý do trả lại" }).fill("TN01 chưa khớp với tệp minh chứng.");
  await returning.getByRole("button", { name: "Trả lại", exact: true }).click();
  await approver.getByText(`Đã trả lại ${commune}.`).waitFor();

  // The officer's form, still open, learns of it.
  await entry.getByText("Bị trả lại: TN01 chưa khớp với tệp minh chứng.").waitFor();
  await entry.getByText("Trả lại: Tử số ghi nhầm, hãy xem lại tệp.").waitFor();
  await typeCell(entry, "TN01", "numerator", "808");
  await allSaved(entry);
  await submitForm(entry);

  await approver.getByRole("button", { name: "Xem và duyệt" }).click();
  await drawer.getByText("Lần trình trước").waitFor();
  await drawer.getByRole("row").filter({ hasText: "TN01" }).getByText("82,87").waitFor();
  await drawer.getByRole("button", { name: "Duyệt", exact: true }).click();
  await approver.getByText(`Đã duyệt số liệu của ${commune}.`).waitFor();
  await leave(approver);
  await leave(entry);
});

test("the coordinator sees the matrix fill up without a reload", async () => {
  const row = unitRow(matrix, commune);
  await row.getByText("Đã duyệt").waitFor();
  await row.getByText("82,87").waitFor();
  await row.getByText("Vừa cập nhật").waitFor({ state: "attached" });

  const { body } = await (await server.signIn("khcn.pheduyet")).get("/api/my-work");
  const card = body.cards.find(({ kind, state }) => kind === "approve" && state === "submitted");
  const other = await server.signIn("khcn.pheduyet");
  await other.post(`/api/submissions/${card.submission_id}/approve`, { version: card.version }, { match: card.revision });
  await unitRow(matrix, department).getByText("Đã duyệt").waitFor();
});

test("it returns one unit, which corrects, and takes the rest", async () => {
  await openUnit(matrix, department);
  const drawer = matrix.getByRole("dialog", { name: new RegExp(department) });
  await drawer.getByRole("button", { name: "Trả lại", exact: true }).click();
  const returning = matrix.getByRole("dialog", { name: /^Trả lại số liệu của/ });
  await returning.getByRole("textbox", { name: "Lý do trả lại" }).fill("Thiếu số liệu của đơn vị sự nghiệp trực thuộc.");
  await returning.getByRole("button", { name: "Trả lại", exact: true }).click();
  await matrix.getByText(`Đã trả lại ${department}.`).waitFor();
  await matrix.keyboard.press("Escape");
  await unitRow(matrix, department).getByText("Trả lại").waitFor();

  const again = async (username, kind, act) => {
    const person = await server.signIn(username);
    const { cards } = (await person.get("/api/my-work")).body;
    await act(person, cards.find((card) => card.kind === kind && card.report.code === "NQ57-TN"));
  };
  await again("khcn.nhaplieu", "entry", (person, card) => person.post(`/api/submissions/${card.submission_id}/submit`, {}, { match: card.revision }));
  await again("khcn.pheduyet", "approve", (person, card) =>
    person.post(`/api/submissions/${card.submission_id}/approve`, { version: card.version }, { match: card.revision }));
  await unitRow(matrix, department).getByText("Đã duyệt").waitFor();

  await matrix.getByRole("button", { name: /^Chờ tiếp nhận/ }).click();
  await matrix.getByRole("checkbox", { name: "Chọn tất cả" }).check();
  await matrix.getByRole("button", { name: "Tiếp nhận 3", exact: true }).click();
  await matrix.getByText("Đã tiếp nhận 3 đơn vị.").waitFor();
  await matrix.getByRole("button", { name: /^Tất cả/ }).click();
  await unitRow(matrix, commune).getByText("Đã tiếp nhận").waitFor();
});

test("it closes with two units missing, which are named", async () => {
  await matrix.getByRole("button", { name: "Chốt kỳ" }).click();
  const dialog = matrix.getByRole("dialog", { name: /^Chốt Tháng 5\/2026/ });
  await dialog.getByText("Còn 2 đơn vị chưa có số liệu được phê duyệt:").waitFor();
  assert.deepEqual(
    (await dialog.getByRole("listitem").allTextContents()).map((text) => /Sở Nội vụ|Sở Tài chính/.exec(text)?.[0]).sort(),
    ["Sở Nội vụ", "Sở Tài chính"],
  );
  assert.equal(await dialog.getByRole("button", { name: "Chốt kỳ" }).isVisible(), false, "not before the gap is accepted");
  await dialog.getByRole("checkbox", { name: /^Tôi xác nhận/ }).check();
  await dialog.getByRole("button", { name: "Chốt kỳ" }).click();
  await matrix.getByText("Thiếu số liệu của 2 đơn vị; danh sách đã được ghi lại.").waitFor();
  await matrix.getByRole("dialog", { name: /^Đã chốt/ }).getByRole("button", { name: "Đóng", exact: true }).last().click();
  await leave(matrix);
});

let approvedFigure;

test("the province's form is filled from the roll-up, submitted, and approved", async () => {
  const own = await window("/", "dl.nhaplieu");
  await own.getByRole("article").filter({ hasText: "Nghị quyết số 57-NQ/TW" }).getByRole("button", { name: /^Nhập tiếp|^Bắt đầu nhập/ }).click();
  await own.getByRole("grid").waitFor();
  const person = await server.signIn("dl.nhaplieu");
  const id = new URL(own.url()).pathname.split("/").pop();
  const grid = (await person.get(`/api/submissions/${id}`)).body;
  const figure = grid.rows.find((row) => row.indicator.code === "TN01").cell;
  assert.equal(figure.rolled_up, true);
  approvedFigure = figure.value.replace(".", ",");
  // What the units do not report the province itself knows.
  for (const { indicator, cell, required } of grid.rows) {
    if (cell.present || !required) continue;
    if (indicator.value_type === "percentage") {
      await typeCell(own, indicator.code, "numerator", "45");
      await typeCell(own, indicator.code, "denominator", "50");
    } else {
      await gridCell(own, indicator.code, "value").click();
      await paste(own, "1");
    }
  }
  await allSaved(own);
  await submitForm(own);
  await leave(own);

  const row = centre.getByRole("row").filter({ hasText: "TN01" });
  assert.equal(await row.getByText("Đã duyệt").count(), 0, "nothing is approved before the approver says so");

  const approver = await window("/", "dl.pheduyet");
  await approver.getByRole("article", { name: /Nghị quyết số 57-NQ\/TW/ }).getByRole("button", { name: "Xem và duyệt" }).click();
  await approver.getByRole("dialog", { name: /Tỉnh Đắk Lắk/ }).getByRole("button", { name: "Duyệt", exact: true }).click();
  await approver.getByText("Đã duyệt số liệu của Tỉnh Đắk Lắk.").waitFor();
  await leave(approver);
});

test("the centre sees it at once, approved, and opens it down to the commune's cell", async () => {
  const row = centre.getByRole("row").filter({ hasText: "TN01" });
  await row.getByText("Đã duyệt").waitFor();
  await row.getByText(approvedFigure).first().waitFor();

  let clicks = 0;
  const click = async (what) => {
    clicks++;
    await what.click();
  };
  await click(row.getByRole("button", { name: /^TN01/ }));
  await click(centre.getByRole("button", { name: /^Tỉnh Đắk Lắk/ }));
  const cell = centre.getByRole("row").filter({ hasText: commune });
  await cell.getByText("82,87").waitFor();
  await cell.getByText("808 / 975").waitFor();
  await cell.getByText("Đã duyệt").first().waitFor();
  const { account: officer } = (await server.signIn("tuyhoa.nhaplieu")).session;
  const { account: approver } = (await server.signIn("tuyhoa.pheduyet")).session;
  await cell.getByText(officer.full_name).waitFor();
  await cell.getByText(approver.full_name).waitFor();
  const download = centre.waitForEvent("download");
  await click(cell.getByRole("link", { name: "so-lieu-tn01.csv" }));
  assert.equal((await download).suggestedFilename(), "so-lieu-tn01.csv");
  assert.ok(clicks <= 3, `${clicks} clicks`);
  await leave(centre);
});
