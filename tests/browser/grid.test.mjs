// The entry grid as a spreadsheet, and what two people or two sittings do to the same form.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demoPassword, openPage, startServer } from "./harness.mjs";
import { allSaved, gridCell, paste, typeCell } from "./steps.mjs";

const server = await startServer();
const officer = await server.signIn("tuyhoa.nhaplieu");
const { submission_id } = (await officer.get("/api/my-work")).body.cards.find((card) => card.kind === "entry");
const path = `/entry/${submission_id}`;
const cell = async (code) => (await officer.get(`/api/submissions/${submission_id}`)).body.rows.find((row) => row.indicator.code === code).cell;
const open = async (options = {}) => {
  const page = await openPage(server, path, { as: "tuyhoa.nhaplieu", ...options });
  await page.getByRole("grid").waitFor();
  return page;
};
const shown = async (page, code, column) => (await gridCell(page, code, column).textContent()).trim();

test("copies, pastes, clears and undoes blocks", async () => {
  const page = await open();
  const keys = page.keyboard;
  const before = [await shown(page, "TN01", "numerator"), await shown(page, "TN02", "denominator")];
  await gridCell(page, "TN01", "numerator").click();
  await keys.press("Shift+ArrowRight");
  await keys.press("Shift+ArrowDown");
  const copied = await page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData("text/plain");
  });
  assert.equal(copied.split("\n").length, 2);
  assert.ok(copied.split("\n").every((line) => line.split("\t").length === 2));

  await keys.press("Delete");
  assert.deepEqual([await shown(page, "TN01", "numerator"), await shown(page, "TN02", "denominator")], ["", ""]);
  await keys.press("Control+z");
  assert.deepEqual([await shown(page, "TN01", "numerator"), await shown(page, "TN02", "denominator")], before);

  // A column of a spreadsheet fits rows of either kind; a percentage worked out elsewhere is left out.
  await gridCell(page, "TN10", "numerator").click();
  await paste(page, "45\t50\t90\n20.000\t25.000\t80\n\t\t12,5\n");
  assert.equal(await shown(page, "TN10", "denominator"), "50");
  assert.equal(await shown(page, "TN11", "numerator"), "20.000");
  assert.equal(await shown(page, "TN12", "value"), "12,5");
  await allSaved(page);
  assert.deepEqual([(await cell("TN10")).value, (await cell("TN11")).value, (await cell("TN12")).value], ["90.00", "80.00", "12.5"]);

  // Escape undoes an edit; the letters for "nothing to report" mark the cell.
  await gridCell(page, "TN12", "value").click();
  await keys.press("F2");
  await keys.type("99");
  await keys.press("Escape");
  assert.equal(await shown(page, "TN12", "value"), "12,5");
  await typeCell(page, "TN15", "value", "kps");
  assert.equal(await shown(page, "TN15", "value"), "KPS");
  await allSaved(page);
  assert.equal((await cell("TN15")).nil, true);
  await page.done();
});

test("two who change the same cell see both values and choose", async () => {
  const [one, other] = [await open(), await open()];
  const change = async (page, text) => {
    await typeCell(page, "TN14", "value", text);
    await page.waitForFunction(() => !/chờ gửi|Đang lưu/.test(document.querySelector(".foot-bar").textContent));
  };
  await change(one, "3");
  await allSaved(one);
  await change(other, "4");
  const choice = other.getByRole("group", { name: /vừa được người khác sửa/ });
  await choice.getByText("4", { exact: true }).waitFor();
  await choice.getByText("3", { exact: true }).waitFor();
  assert.equal((await cell("TN14")).value, "3", "nothing is overwritten before the choice");
  await choice.getByRole("button", { name: "Giữ của bạn" }).click();
  await allSaved(other);
  assert.equal((await cell("TN14")).value, "4");

  await change(one, "5");
  const again = one.getByRole("group", { name: /vừa được người khác sửa/ });
  await again.getByRole("button", { name: "Lấy giá trị kia" }).click();
  assert.equal(await shown(one, "TN14", "value"), "4");
  await one.done();
  await other.done();
});

test("what was typed and not sent outlives the session, for its author alone", async () => {
  const page = await open({ allow: [/Failed to load resource/] });
  await page.route("**/draft", (route) => route.abort());
  await typeCell(page, "TN14", "value", "9");
  await page.getByText(/1 ô chờ gửi/).first().waitFor();
  const signOut = async () => {
    await page.getByRole("button", { name: "Tài khoản của tôi" }).click();
    await page.getByRole("menuitem", { name: "Đăng xuất" }).click();
    await page.getByLabel("Tên đăng nhập").waitFor();
  };
  const signIn = async (name) => {
    await page.getByLabel("Tên đăng nhập").fill(name);
    await page.getByLabel("Mật khẩu", { exact: true }).fill(demoPassword);
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await page.getByRole("heading", { name: "Việc của tôi" }).waitFor();
  };
  await signOut();
  await page.unroute("**/draft");
  await signIn("tuyhoa.pheduyet");
  assert.notEqual((await cell("TN14")).value, "9", "another person does not send it");
  await signOut();
  await signIn("tuyhoa.nhaplieu");
  await page.goto(server.url + path);
  await page.getByRole("grid").waitFor();
  await allSaved(page);
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("theodoi.draft.")));
  assert.equal((await cell("TN14")).value, "9");
  await page.done();
});

test("a form goes out to Excel and comes back row by row", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Thao tác khác" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Tải biểu Excel" }).click()]);
  assert.match(file.suggestedFilename(), /\.xlsx$/);
  await page.locator('input[type="file"][accept=".xlsx"]').setInputFiles(await file.path().then(async (from) => ({
    name: "bieu.xlsx",
    mimeType: "application/octet-stream",
    buffer: (await import("node:fs")).readFileSync(from),
  })));
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/\d+ dòng hợp lệ/).waitFor();
  await dialog.getByRole("button", { name: /^Đưa \d+ dòng vào bản nháp$/ }).click();
  await page.getByText(/Đã đưa \d+ dòng vào bản nháp/).waitFor();
  await page.done();
});
