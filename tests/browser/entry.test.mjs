// Entering figures: by keyboard alone, without a network, after the cut-off.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demoPassword, openPage, startServer } from "./harness.mjs";
import { allSaved, gridCell, paste, submitForm, typeCell } from "./steps.mjs";

const form = async (server, username) => {
  const person = await server.signIn(username);
  const { body } = await person.get("/api/my-work");
  return { person, card: body.cards.find((card) => card.kind === "entry") };
};
const gridOf = async ({ person, card }) => (await person.get(`/api/submissions/${card.submission_id}`)).body;
const cellOf = (grid, code) => grid.rows.find((row) => row.indicator.code === code).cell;

test("signs in, enters and submits by keyboard alone", async () => {
  const server = await startServer();
  const page = await openPage(server, "/", { allow: [/401 \(Unauthorized\).*\/api\/session$/] });
  const keys = page.keyboard;
  await page.getByLabel("Tên đăng nhập").waitFor();
  await keys.type("tuyhoa.nhaplieu");
  await keys.press("Tab");
  await keys.type(demoPassword);
  await keys.press("Enter");
  await page.getByRole("heading", { name: "Việc của tôi" }).waitFor();

  const tabTo = async (button) => {
    for (let i = 0; i < 60; i++) {
      if (await button.evaluate((one) => one === document.activeElement).catch(() => false)) return;
      await keys.press("Tab");
    }
    assert.fail(`Tab does not reach ${button}`);
  };
  const goOn = page.getByRole("button", { name: "Nhập tiếp" });
  await goOn.waitFor();
  await tabTo(goOn);
  await keys.press("Enter");
  await page.getByRole("grid").waitFor();

  await tabTo(page.getByRole("grid").locator('[tabindex="0"][data-at]'));
  // Tab goes from empty cell to empty cell: TN10, TN11, then the numbers.
  const typed = [
    ["TN10.numerator", "120"], ["TN10.denominator", "150"],
    ["TN11.numerator", "20.100"], ["TN11.denominator", "30.500"],
    ["TN12.value", "1.250,5"], ["TN14.value", "3"], ["TN15.value", "0"],
  ];
  for (const [at, text] of typed) {
    await keys.press("Tab");
    const [code, column] = at.split(".");
    assert.ok(await gridCell(page, code, column).evaluate((cell) => cell === document.activeElement), `Tab leads to ${at}`);
    await keys.type(text);
  }
  await keys.press("Tab");
  await keys.press("F2");
  await keys.press("C");
  await keys.press("Enter");
  await allSaved(page);

  await keys.press("Escape");
  const submit = page.getByRole("button", { name: "Trình", exact: true });
  await tabTo(submit);
  await keys.press("Enter");
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Trình", exact: true });
  await confirm.waitFor();
  await tabTo(confirm);
  await keys.press("Enter");
  await page.getByText("Đã trình. Số liệu chờ phê duyệt").waitFor();

  const grid = await gridOf(await form(server, "tuyhoa.nhaplieu"));
  assert.equal(grid.submission.state, "submitted");
  assert.equal(grid.submission.on_time, true);
  assert.equal(cellOf(grid, "TN10").value, "80.00");
  assert.equal(cellOf(grid, "TN12").value, "1250.5");
  assert.equal(cellOf(grid, "TN16").value, "1");
  await page.done();
});

test("nothing typed is lost with the network, nor by a reload", async () => {
  const server = await startServer();
  const mine = await form(server, "tuyhoa.nhaplieu");
  const page = await openPage(server, `/entry/${mine.card.submission_id}`, {
    as: "tuyhoa.nhaplieu",
    allow: [/Failed to load resource: net::/],
  });
  await page.getByRole("grid").waitFor();
  await page.context().setOffline(true);
  await typeCell(page, "TN10", "numerator", "90");
  await typeCell(page, "TN10", "denominator", "120");
  await typeCell(page, "TN14", "value", "7");
  await page.getByText(/Mất kết nối, 2 ô chờ gửi/).waitFor();
  assert.equal(cellOf(await gridOf(mine), "TN14").present, false);

  await page.context().setOffline(false);
  await allSaved(page);
  assert.equal(cellOf(await gridOf(mine), "TN14").value, "7");
  assert.equal(cellOf(await gridOf(mine), "TN10").value, "75.00");

  await page.reload();
  await page.getByRole("grid").waitFor();
  assert.match(await gridCell(page, "TN14", "value").textContent(), /7/);

  // What cannot be sent waits in the browser through a reload and goes out after it.
  await page.route("**/draft", (route) => route.abort());
  await typeCell(page, "TN15", "value", "4");
  await page.getByText(/1 ô chờ gửi/).first().waitFor();
  assert.equal(cellOf(await gridOf(mine), "TN15").present, false);
  await page.reload();
  await page.getByRole("grid").waitFor();
  assert.match(await gridCell(page, "TN15", "value").textContent(), /4/);
  await page.unroute("**/draft");
  await page.reload();
  await page.getByRole("grid").waitFor();
  await allSaved(page);
  await page.waitForFunction(() => !/chờ gửi/.test(document.body.textContent));
  assert.equal(cellOf(await gridOf(mine), "TN15").value, "4");
  await page.done();
});

test("what cannot be right is said under the cell and not submitted", async () => {
  const server = await startServer();
  const { card } = await form(server, "tuyhoa.nhaplieu");
  const page = await openPage(server, `/entry/${card.submission_id}`, { as: "tuyhoa.nhaplieu" });
  await page.getByRole("grid").waitFor();
  await typeCell(page, "TN10", "numerator", "200");
  await typeCell(page, "TN10", "denominator", "150");
  await page.getByText("Tử số không được lớn hơn mẫu số.").waitFor();
  await page.getByRole("button", { name: "Trình", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/chỗ cần sửa hoặc bổ sung/).waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Trình", exact: true }).isVisible(), false);
  // The list leads to the cell.
  await dialog.getByRole("button", { name: /^TN12/ }).click();
  await page.waitForFunction(() => document.activeElement?.closest("tr")?.textContent?.includes("TN12"));
  await page.done();
});

test("after 24h00 a submission is late and says why", async () => {
  const server = await startServer();
  await server.setClock("2026-05-17T00:00:01+07:00");
  const mine = await form(server, "tuyhoa.nhaplieu");
  const page = await openPage(server, `/entry/${mine.card.submission_id}`, { as: "tuyhoa.nhaplieu" });
  await page.getByText("Vẫn nhập và trình được, kèm lý do chậm.").waitFor();
  await gridCell(page, "TN10", "numerator").click();
  await paste(page, "118\t150\n21000\t30500");
  for (const [code, figure] of [["TN12", "900"], ["TN14", "2"], ["TN15", "0"]]) await typeCell(page, code, "value", figure);
  await gridCell(page, "TN16", "value").click();
  await paste(page, "1");
  await allSaved(page);

  await page.getByRole("button", { name: "Trình", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Lý do chậm" }).waitFor();
  await dialog.getByRole("button", { name: "Trình", exact: true }).click();
  await dialog.getByText("Hãy ghi lý do chậm để trình.").waitFor();
  assert.equal((await gridOf(mine)).submission.state, "draft");
  await dialog.getByRole("button", { name: "Huỷ" }).click();
  await submitForm(page, { reason: "Mất điện từ 16h00 đến 22h00." });

  const { submission } = await gridOf(mine);
  assert.equal(submission.on_time, false);
  assert.equal(submission.late_reason, "Mất điện từ 16h00 đến 22h00.");
  await page.done();
});
