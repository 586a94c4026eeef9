/*
 * Tasks as people live them: out of a letter or given, reported with evidence, asked for and confirmed; a late one with its cause, remedy
 * and new date; moved on the board by keyboard; found again by filters that the address keeps.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { noSidewaysScroll } from "./steps.mjs";

const server = await startServer();
const department = "Sở Khoa học và Công nghệ";
const giver = await server.signIn("dl.daumoi");
const officer = await server.signIn("khcn.nhaplieu");
const province = (await giver.get("/api/session")).body.account.unit;
const lead = (await officer.get("/api/session")).body.account.unit;
const key = () => ({ headers: { "Idempotency-Key": crypto.randomUUID() } });

// A task for the department from the province, by API. A person has only so many sessions, and every window is one.
async function given(title, before, more = {}) {
  const deadline = { before, written: "", kind: "instant" };
  const coordinator = await server.signIn("dl.daumoi");
  const { body } = await coordinator.post("/api/tasks", { title, unit_id: province.id, lead_unit_id: lead.id, deadline, ...more }, key());
  return body;
}

// What the server answers to the person of this window.
const read = (page, path) => page.evaluate(async (from) => (await fetch(from)).json(), path);

// Chooses a unit in a tree by part of its name.
async function chooseUnit(page, box, name) {
  await box.click();
  await box.fill(name);
  await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-tree-title").filter({ hasText: name }).first().click();
}

async function loaded(page) {
  await page.getByRole("heading").first().waitFor();
  await page.waitForTimeout(400);
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"));
}

// From the officer's first screen to the coordinator's yes: a report with evidence, the request, the confirmation.
async function carriedThrough(address, title) {
  const looks = await openPage(server, address, { as: "dl.daumoi" });
  await looks.getByText("Chưa thực hiện").first().waitFor();

  const page = await openPage(server, "/", { as: "khcn.nhaplieu" });
  await page.getByRole("region", { name: "Nhiệm vụ cần xử lý" }).getByRole("link", { name: title }).first().click();
  await page.getByRole("button", { name: "Báo cáo tiến độ" }).first().click();
  const report = page.getByRole("dialog", { name: /Báo cáo tiến độ/ });
  await report.getByLabel("Mức hoàn thành").last().fill("100");
  await report.getByLabel("Kết quả thực hiện").fill("Đã cập nhật 42 chỉ số, khớp với báo cáo quý I.");
  await report.locator("input[type=file]").setInputFiles({
    name: "ket-qua-ra-soat.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("chi so;ket qua\nTN01;975\n"),
  });
  await report.getByRole("link", { name: "ket-qua-ra-soat.csv" }).waitFor();
  await page.accessible();
  await report.getByRole("button", { name: "Gửi báo cáo" }).click();
  await page.getByText("Đã cập nhật 42 chỉ số, khớp với báo cáo quý I.").waitFor();
  await page.getByRole("link", { name: "ket-qua-ra-soat.csv" }).first().waitFor();
  await looks.getByText("Đang thực hiện").first().waitFor(); // live

  await page.getByRole("button", { name: "Đề nghị xác nhận hoàn thành" }).click();
  const asking = page.getByRole("dialog", { name: "Đề nghị xác nhận hoàn thành" });
  await asking.getByLabel("Kết quả đã đạt").fill("Hoàn thành 42/42 chỉ số.");
  await asking.getByRole("button", { name: "Đề nghị xác nhận hoàn thành" }).click();
  await page.getByText(/^Đã gửi đề nghị tới/).waitFor();

  await looks.getByText("Hoàn thành 42/42 chỉ số.").waitFor(); // live
  await looks.accessible();
  await looks.getByRole("button", { name: "Xác nhận hoàn thành" }).click();
  const confirming = looks.getByRole("dialog", { name: "Xác nhận hoàn thành" });
  await confirming.getByRole("button", { name: "Xác nhận hoàn thành" }).click();
  await looks.getByText("Hoàn thành đúng hạn").first().waitFor();
  await page.getByText("Hoàn thành đúng hạn").first().waitFor(); // live
  assert.equal(await page.getByRole("button", { name: "Báo cáo tiến độ" }).count(), 0, "what is over takes no reports");
  const body = await read(looks, `/api${address}`);
  assert.equal(body.state, "completed");
  assert.equal(body.timeliness, "completed_on_time");
  await page.done();
  await looks.done();
}

let address;

test("the coordinator gives a task to a department", async () => {
  const page = await openPage(server, "/tasks", { as: "dl.daumoi" });
  await page.getByRole("button", { name: "Giao nhiệm vụ" }).click();
  const form = page.getByRole("dialog", { name: "Giao nhiệm vụ" });
  await form.getByLabel("Nhiệm vụ", { exact: true }).fill("Rà soát, cập nhật số liệu tháng 5 trên hệ thống");
  await form.getByLabel("Nội dung").fill("Rà soát toàn bộ chỉ số được giao, cập nhật trước thời hạn.");
  await chooseUnit(page, form.getByRole("combobox", { name: "Đơn vị chủ trì" }), department);
  await form.getByLabel("Đến hết ngày").fill("18/5/2026");
  await page.keyboard.press("Tab");
  await form.getByLabel("Sản phẩm, kết quả").fill("Báo cáo kết quả rà soát");
  await form.getByRole("button", { name: "Giao nhiệm vụ" }).click();
  await page.getByRole("heading", { name: "Rà soát, cập nhật số liệu tháng 5 trên hệ thống" }).waitFor();
  await page.getByText("24h00 ngày 18/5/2026").first().waitFor();
  await page.getByText("Sắp đến hạn").first().waitFor();
  address = new URL(page.url()).pathname;
  assert.match(address, /^\/tasks\/\d+$/);
  await page.done();
});

test("the officer finds it on the first screen, reports with evidence and asks for completion; the coordinator confirms", async () => {
  await carriedThrough(address, "Rà soát, cập nhật số liệu tháng 5 trên hệ thống");
});

const letter = `UỶ BAN NHÂN DÂN
TỈNH ĐẮK LẮK

Số: 4321/UBND-KGVX
V/v rà soát dữ liệu chuyên ngành

CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Đắk Lắk, ngày 11 tháng 5 năm 2026

Kính gửi:
- Sở Khoa học và Công nghệ;
- UBND các xã, phường.

1. Giao Sở Khoa học và Công nghệ chủ trì rà soát dữ liệu chuyên ngành, báo cáo Uỷ ban nhân dân tỉnh trước ngày 19/5/2026.

TM. UỶ BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Bình
`;

test("a letter is dropped, corrected and accepted; its task goes all the way to its confirmed completion", async () => {
  const title = "Rà soát dữ liệu chuyên ngành của tỉnh";
  const page = await openPage(server, "/documents", { as: "dl.daumoi", width: 1440 });
  await page.getByLabel("Chọn tệp").first().setInputFiles({ name: "4321.txt", mimeType: "text/plain", buffer: Buffer.from(letter) });
  const accept = page.getByRole("button", { name: "Chấp nhận" });
  await accept.waitFor();
  const draft = page.getByRole("region", { name: /^(Công văn )?4321\/UBND-KGVX/ });
  await draft.getByLabel("Nhiệm vụ", { exact: true }).first().fill(title);
  await page.accessible();
  await accept.click();
  await page.getByText("Đã tạo 1 văn bản và 1 nhiệm vụ.").first().waitFor();
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("heading", { name: title }).waitFor();
  await page.getByText("24h00 ngày 18/5/2026").first().waitFor();
  await page.getByText(/^Văn bản ghi: .*trước ngày 19\/5\/2026/).waitFor();
  await page.getByRole("link", { name: /4321\/UBND-KGVX/ }).first().waitFor();
  const from = new URL(page.url()).pathname;
  await page.done();
  await carriedThrough(from, title);
});

test("nothing to report is one click", async () => {
  const task = await given("Báo cáo tình hình hằng ngày", "2026-05-30T00:00:00+07:00");
  const page = await openPage(server, `/tasks/${task.id}`, { as: "khcn.nhaplieu" });
  await page.getByRole("button", { name: "Không phát sinh" }).first().click();
  await page.getByText("Đã báo cáo: không phát sinh.").waitFor();
  const body = await read(page, `/api/tasks/${task.id}`);
  assert.equal(body.reports.filter((report) => report.nil).length, 1);
  await page.done();
});

test("more time is asked for and decided; the old deadline stays in sight", async () => {
  const task = await given("Lập đề án chuyển đổi số của sở", "2026-05-21T00:00:00+07:00");
  const page = await openPage(server, `/tasks/${task.id}`, { as: "khcn.nhaplieu" });
  await page.getByRole("button", { name: "Đề nghị gia hạn" }).click();
  const asking = page.getByRole("dialog", { name: "Đề nghị gia hạn" });
  await asking.getByLabel("Đề nghị đến hết ngày").fill("31/5/2026");
  await page.keyboard.press("Tab");
  await asking.getByLabel("Lý do").fill("Chờ hướng dẫn của bộ.");
  await asking.getByRole("button", { name: "Đề nghị gia hạn" }).click();
  await page.getByText("Đề nghị gia hạn đến 24h00 ngày 31/5/2026").waitFor();

  const decides = await openPage(server, `/tasks/${task.id}`, { as: "dl.daumoi" });
  await decides.getByRole("button", { name: "Đồng ý gia hạn" }).click();
  await decides.getByRole("dialog").getByRole("button", { name: "Đồng ý gia hạn" }).click();
  await decides.getByText("Thời hạn trước khi gia hạn: 24h00 ngày 20/5/2026").waitFor();
  await page.getByText("Thời hạn trước khi gia hạn: 24h00 ngày 20/5/2026").waitFor(); // live
  await page.done();
  await decides.done();
});

test("a task is passed down in parts, and a late part is not hidden", async () => {
  const parent = await given("Triển khai nghị quyết trên địa bàn tỉnh", "2026-07-01T00:00:00+07:00", { lead_unit_id: province.id });
  const page = await openPage(server, `/tasks/${parent.id}`, { as: "dl.daumoi" });
  await page.getByRole("button", { name: "Giao cho cấp dưới" }).click();
  const form = page.getByRole("dialog", { name: "Giao cho cấp dưới" });
  await chooseUnit(page, form.getByRole("combobox", { name: "Đơn vị chủ trì" }), department);
  await form.getByLabel("Nội dung").fill("Phần việc của sở");
  await form.getByLabel("Đến hết ngày").fill("17/5/2026");
  await page.keyboard.press("Tab");
  await form.getByLabel("Trọng số").fill("3");
  await form.getByRole("button", { name: "Giao", exact: true }).click();
  await page.getByRole("link", { name: "Phần việc của sở" }).waitFor();
  const body = await read(page, `/api/tasks/${parent.id}`);
  assert.equal(body.parts[0].weight, 3);
  await page.done();
});

test("on the board a card is moved by keyboard, and asks for its reason", async () => {
  const task = await given("Kiểm tra hạ tầng số tại các xã", "2026-06-30T00:00:00+07:00", { field: "Hạ tầng số" });
  const page = await openPage(server, "/tasks?view=board&q=ha%20tang", { as: "dl.daumoi", width: 1440 });
  const begun = page.getByRole("region", { name: /^Chưa thực hiện/ });
  const paused = page.getByRole("region", { name: /^Tạm dừng/ });
  await begun.getByRole("link", { name: task.title }).waitFor();
  await begun.getByRole("button", { name: `Chuyển ${task.title}` }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Tạm dừng" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.closest("[role=menu]"));
  while (!(await page.evaluate(() => document.activeElement?.textContent === "Tạm dừng"))) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Tạm dừng/ });
  await dialog.getByLabel("Lý do").fill("Chờ bố trí kinh phí.");
  await dialog.getByRole("button", { name: "Tạm dừng" }).click();
  await paused.getByRole("link", { name: task.title }).waitFor();
  assert.equal((await read(page, `/api/tasks/${task.id}`)).state, "paused");

  // And by pointer back again.
  await paused.getByRole("article").filter({ hasText: task.title }).dragTo(page.getByRole("region", { name: /^Đang thực hiện/ }));
  const resume = page.getByRole("dialog", { name: /^Tiếp tục/ });
  await resume.getByLabel("Lý do").fill("Đã có kinh phí.");
  await resume.getByRole("button", { name: "Tiếp tục" }).click();
  await begun.getByRole("link", { name: task.title }).waitFor();
  await page.done();
});

test("filters stand in the address, are saved under a name, and hold for every view", async () => {
  const page = await openPage(server, "/tasks?q=nghi%20quyet", { as: "dl.daumoi" });
  await page.getByRole("link", { name: "Triển khai nghị quyết trên địa bàn tỉnh" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Kiểm tra hạ tầng số tại các xã" }).count(), 0);
  await page.getByRole("button", { name: "Bộ lọc đã lưu" }).click();
  await page.getByRole("button", { name: "Lưu bộ lọc này" }).click();
  const naming = page.getByRole("dialog", { name: "Lưu bộ lọc này" });
  await naming.getByLabel("Tên bộ lọc").fill("Nghị quyết");
  await naming.getByRole("button", { name: "Lưu", exact: true }).click();
  await page.getByText("Đã lưu bộ lọc “Nghị quyết”.").waitFor();
  await page.getByRole("button", { name: "Bỏ lọc" }).click();
  await page.getByRole("link", { name: "Kiểm tra hạ tầng số tại các xã" }).waitFor();
  await page.getByText("Tiến độ", { exact: true }).first().click();
  await page.waitForURL(/view=timeline/);
  await page.getByRole("button", { name: "Bộ lọc đã lưu" }).click();
  await page.getByRole("button", { name: "Nghị quyết", exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get("q") === "nghi quyet" && url.searchParams.get("view") === "timeline");
  await page.getByRole("img", { name: /^Triển khai nghị quyết trên địa bàn tỉnh: từ / }).waitFor();
  assert.equal(await page.getByRole("img", { name: /^Kiểm tra hạ tầng/ }).count(), 0);
  await page.goBack();
  await page.getByRole("img", { name: /^Kiểm tra hạ tầng/ }).waitFor();
  await page.done();
});

test("the rail leads to what is not completed; a number of the figures to the tasks it counts", async () => {
  const page = await openPage(server, "/", { as: "dl.daumoi" });
  await page.getByRole("navigation", { name: "Điều hướng chính" }).getByRole("menuitem", { name: "Nhiệm vụ" }).click();
  await page.getByRole("link", { name: "Kiểm tra hạ tầng số tại các xã" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Rà soát, cập nhật số liệu tháng 5 trên hệ thống" }).count(), 0);

  await page.goto(`${server.url}/tasks?view=figures`);
  await page.locator(".task-sum dd").first().waitFor();
  const [total, ...parts] = (await page.locator(".task-sum strong").allInnerTexts()).map(Number);
  assert.equal(parts.reduce((sum, part) => sum + part, 0), total, "paused ones are not left out");
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: department }) });
  const done = row.getByRole("link").nth(1); // its name, then what is completed
  const count = Number(await done.innerText());
  assert.ok(count >= 2, "the two that were confirmed");
  await done.click();
  await page.getByRole("link", { name: "Rà soát, cập nhật số liệu tháng 5 trên hệ thống" }).waitFor();
  assert.equal(await page.getByRole("table").locator("tbody tr").count(), count);
  await page.done();
});

test("several tasks are changed at once, and what could not be is named", async () => {
  const page = await openPage(server, "/tasks", { as: "dl.daumoi", width: 1440 });
  await page.getByRole("checkbox", { name: "Chọn Kiểm tra hạ tầng số tại các xã" }).check();
  await page.getByRole("checkbox", { name: "Chọn Lập đề án chuyển đổi số của sở" }).check();
  await page.getByText("Đã chọn 2 nhiệm vụ").waitFor();
  await page.getByRole("button", { name: "Đặt lĩnh vực" }).click();
  const dialog = page.getByRole("dialog", { name: "Đặt lĩnh vực cho 2 nhiệm vụ" });
  await dialog.getByLabel("Lĩnh vực").fill("Hạ tầng và dữ liệu số");
  await dialog.getByRole("button", { name: "Lưu", exact: true }).click();
  await page.getByText("Đã thực hiện với 2 nhiệm vụ.").waitFor();
  const body = await read(page, `/api/tasks?field=${encodeURIComponent("Hạ tầng và dữ liệu số")}`);
  assert.equal(body.items.length, 2);
  await page.getByRole("checkbox", { name: "Chọn Kiểm tra hạ tầng số tại các xã" }).check();
  await page.getByRole("button", { name: "Đặt chương trình" }).click();
  const naming = page.getByRole("dialog", { name: "Đặt chương trình, nghị quyết cho 1 nhiệm vụ" });
  await naming.getByLabel("Chương trình, nghị quyết").fill("Đề án 06");
  await naming.getByRole("button", { name: "Lưu", exact: true }).click();
  await page.getByText("Đã thực hiện với 1 nhiệm vụ.").waitFor();
  assert.equal((await read(page, `/api/tasks?programme=${encodeURIComponent("Đề án 06")}`)).items.length, 1);
  await page.getByRole("checkbox", { name: "Chọn Kiểm tra hạ tầng số tại các xã" }).check();
  await page.getByRole("button", { name: "Huỷ nhiệm vụ" }).click();
  const ending = page.getByRole("dialog", { name: "Huỷ 1 nhiệm vụ" });
  assert.equal(await ending.getByRole("button", { name: "Huỷ", exact: true }).count(), 0, "no button could be taken for the other");
  await ending.getByRole("button", { name: "Đóng", exact: true }).last().click();
  await page.done();
});

test("a comment mentions a person, and the history tells what happened", async () => {
  const page = await openPage(server, address, { as: "dl.daumoi" });
  const box = page.getByLabel("Nội dung trao đổi");
  await box.click();
  const leader = (await (await server.signIn("dl.lanhdao")).get("/api/session")).body.account.full_name;
  await page.keyboard.type(`@${leader.split(" ").at(-1)}`);
  await page.locator(".ant-mentions-dropdown-menu-item").filter({ hasText: leader }).click();
  await page.keyboard.type("xem lại giúp phần minh chứng.");
  await page.getByRole("button", { name: "Gửi", exact: true }).click();
  await page.locator("#task-comments ~ ul").getByText(/xem lại giúp phần minh chứng/).waitFor();
  const body = await read(page, `/api${address}/comments`);
  assert.deepEqual(body.items[0].mentions.map(({ name }) => name), [leader], "whoever may read the task is found and told");
  const history = page.getByRole("region", { name: "Lịch sử" });
  await history.locator("li").nth(3).waitFor();
  await page.done();
});

test("what is exported to Excel comes in again, after a look at every row", async () => {
  const page = await openPage(server, "/tasks?q=ha%20tang", { as: "dl.daumoi", width: 1440, allow: [/status of 422/] });
  await page.getByRole("link", { name: "Kiểm tra hạ tầng số tại các xã" }).waitFor();
  const [sheet] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Xuất Excel" }).click()]);
  const before = (await read(page, "/api/tasks?q=ha%20tang")).items.length;
  await page.getByRole("button", { name: "Nhập từ Excel" }).click();
  const dialog = page.getByRole("dialog", { name: "Nhập danh sách nhiệm vụ từ Excel" });
  await dialog.locator("input[type=file]").setInputFiles({ name: "ghi-chu.xlsx", mimeType: "text/plain", buffer: Buffer.from("khong phai bang tinh") });
  await dialog.getByText(/^ghi-chu\.xlsx: /).waitFor();
  await dialog.locator("input[type=file]").setInputFiles({
    name: "nhiem-vu.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: await readFile(await sheet.path()),
  });
  await dialog.getByText(`Cả ${before} dòng đều hợp lệ.`).waitFor();
  assert.equal((await read(page, "/api/tasks?q=ha%20tang")).items.length, before, "nothing is given by looking");
  await page.accessible();
  await dialog.getByRole("button", { name: `Giao ${before} nhiệm vụ` }).click();
  await page.getByText(`Đã giao ${before} nhiệm vụ.`).waitFor();
  assert.equal((await read(page, "/api/tasks?q=ha%20tang")).items.length, 2 * before);
  await page.done();
});

test("the calendar address is told once, works without signing in, and can be ended", async () => {
  const page = await openPage(server, "/", { as: "khcn.nhaplieu" });
  const open = async () => {
    await page.getByRole("button", { name: "Tài khoản của tôi" }).click();
    await page.getByRole("menuitem", { name: "Lịch trên điện thoại" }).click();
    return page.getByRole("dialog", { name: "Lịch trên điện thoại" });
  };
  const dialog = await open();
  await dialog.getByRole("button", { name: "Tạo địa chỉ" }).click();
  const url = await dialog.locator("code").innerText();
  const feed = await fetch(url.replace(/^https?:\/\/[^/]+/, server.url));
  assert.equal(feed.status, 200);
  assert.match(await feed.text(), /^BEGIN:VCALENDAR\r\n[^]*BEGIN:VEVENT/);
  await page.accessible();
  await dialog.getByRole("button", { name: "Xoá địa chỉ" }).click();
  await page.locator(".ant-modal-confirm").getByRole("button", { name: "Xoá địa chỉ" }).click();
  await dialog.getByText("Bạn chưa có địa chỉ lịch.").waitFor();
  assert.equal((await fetch(url.replace(/^https?:\/\/[^/]+/, server.url))).ok, false);
  await page.done();
});

test("every view and page is accessible in light and dark, and fits a phone", async () => {
  const views = ["", "?view=tree", "?view=board", "?view=timeline", "?view=month", "?view=figures"].map((view) => `/tasks${view}`);
  for (const path of [...views, address]) {
    const page = await openPage(server, path, { as: "dl.daumoi", width: 1280 });
    await loaded(page);
    await page.accessible();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForTimeout(300);
    await page.accessible();
    await page.setViewportSize({ width: 360, height: 780 });
    await loaded(page);
    await noSidewaysScroll(page);
    await page.accessible();
    await page.done();
  }
});

// Last: the clock goes on for all.
test("a late task asks for cause, remedy and a new date before anything else", async () => {
  const task = await given("Gửi báo cáo đánh giá mức độ sẵn sàng", "2026-05-18T00:00:00+07:00");
  await (await server.signIn("dl.daumoi")).post("/api/test/clock", { now: "2026-05-18T08:00:00+07:00" });
  const looks = await openPage(server, `/tasks/${task.id}`, { as: "dl.daumoi" });
  await looks.getByText(`${department} chưa giải trình.`).waitFor();
  const page = await openPage(server, `/tasks/${task.id}`, { as: "khcn.nhaplieu" });
  await page.getByText("Nhiệm vụ quá hạn: cần nguyên nhân, biện pháp và ngày hoàn thành mới").waitFor();
  assert.equal(await page.getByRole("button", { name: "Báo cáo tiến độ" }).count(), 0, "the explanation comes first");
  await page.getByRole("button", { name: "Giải trình" }).click();
  const dialog = page.getByRole("dialog", { name: "Giải trình" });
  await dialog.getByLabel("Nguyên nhân").fill("Ba đơn vị chưa gửi số liệu.");
  await dialog.getByLabel("Biện pháp khắc phục").fill("Cử cán bộ xuống làm việc trực tiếp.");
  await dialog.getByLabel("Ngày hoàn thành mới").fill("20/5/2026");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Giải trình" }).click();
  await page.getByRole("region", { name: "Giải trình" }).getByText("Ba đơn vị chưa gửi số liệu.").waitFor();
  await page.getByRole("button", { name: "Báo cáo tiến độ" }).first().waitFor();

  await looks.getByText("Cử cán bộ xuống làm việc trực tiếp.").waitFor(); // live
  await looks.getByText("Quá hạn").first().waitFor();
  await looks.accessible();
  const body = await read(looks, `/api/tasks/${task.id}`);
  assert.equal(body.timeliness, "overdue", "an explanation does not make it less late");
  assert.equal(body.explanations[0].new_date, "2026-05-20");

  // The part that is late shows on the task above, folded or not.
  const parent = (await read(looks, "/api/tasks?q=trien%20khai%20nghi%20quyet")).items.find((one) => one.children > 0);
  await looks.goto(`${server.url}/tasks/${parent.id}`);
  await looks.getByText("1 nhiệm vụ con quá hạn").first().waitFor();
  await looks.getByRole("link", { name: "Phần việc của sở" }).waitFor();
  await page.done();
  await looks.done();
});
