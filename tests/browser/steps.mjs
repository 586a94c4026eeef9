// What people do on the screens, said once for all stories.
import assert from "node:assert/strict";

// The cell of an indicator in the entry grid; column: numerator, denominator, value, note, evidence.
export function gridCell(page, code, column) {
  return page.getByRole("grid").locator("tr").filter({ hasText: code }).locator(`[data-at$=".${column}"]`);
}

// A click into the cell, the figure by keyboard, Enter.
export async function typeCell(page, code, column, text) {
  await gridCell(page, code, column).click();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

// A block as a spreadsheet puts it on the clipboard, pasted where the keyboard is.
export async function paste(page, text) {
  await page.evaluate((block) => {
    const data = new DataTransfer();
    data.setData("text/plain", block);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

export async function saved(page) {
  await page.getByRole("contentinfo").getByText(/^Đã lưu lúc /).waitFor();
}

// Until every cell of the form is with the server.
export async function allSaved(page) {
  await page.waitForFunction(() => /Đã lưu/.test(document.querySelector(".foot-bar [role=status]")?.textContent ?? ""));
}

export async function submitForm(page, { reason } = {}) {
  await page.getByRole("button", { name: "Trình", exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (reason) await dialog.getByRole("textbox", { name: "Lý do chậm" }).fill(reason);
  await dialog.getByRole("button", { name: "Trình", exact: true }).click();
  await page.getByText("Đã trình. Số liệu chờ phê duyệt").waitFor();
}

// The row of a unit in the matrix of the level above.
export function unitRow(page, unit) {
  return page.getByRole("table", { name: /^Số liệu các đơn vị/ }).getByRole("row").filter({ has: page.getByRole("button", { name: unit, exact: true }) });
}

export async function openUnit(page, unit) {
  await unitRow(page, unit).getByRole("button", { name: unit, exact: true }).click();
  await page.getByRole("dialog").getByText(`${unit} · `).waitFor();
}

// The page itself never scrolls sideways; wide tables do, in a box of their own.
export async function noSidewaysScroll(page) {
  const { wide, view } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, view: document.documentElement.clientWidth }));
  assert.ok(wide <= view, `the page at ${page.url()} is ${wide} wide in a window of ${view}`);
}

// Types into a box with suggestions and takes the first.
export async function choose(page, combobox, text) {
  await combobox.click();
  await combobox.fill(text);
  await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option").filter({ hasText: text }).first().click();
}
