// Documents in a real browser: a letter from the drop to its tasks, the registry, the chain and the printed register.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { noSidewaysScroll } from "./steps.mjs";

const server = await startServer();
const coordinator = "dl.daumoi";

const letter = `ỦY BAN NHÂN DÂN
TỈNH ĐẮK LẮK

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 4127/UBND-KGVX

Đắk Lắk, ngày 14 tháng 5 năm 2026

V/v rà soát hạ tầng số phục vụ
Nghị quyết số 57-NQ/TW

Kính gửi:
- Sở Khoa học và Công nghệ;
- Sở Tài chính.

Căn cứ Kế hoạch số 88/KH-UBND ngày 10/02/2026 của UBND tỉnh về chuyển đổi số năm 2026, Chủ tịch UBND tỉnh yêu cầu:

1. Sở Khoa học và Công nghệ chủ trì, phối hợp với Tổ công tác số 7 rà soát hiện trạng hạ tầng số của các cơ quan trong tỉnh, báo cáo UBND tỉnh trước 17h00 ngày 30/5/2026.

2. Sở Tài chính bố trí kinh phí cho các nhiệm vụ nêu trên, hoàn thành trong Quý II/2026./.

Nơi nhận:
- Như trên;
- Lưu: VT, KGVX.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Văn Thử
`;

const file = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(letter) });

// Hands the letter in and waits until it stands beside what was read out of it.
async function read(page, name = "cong-van-4127.txt") {
  await page.getByRole("button", { name: "Chọn tệp" }).waitFor();
  await page.locator(".reading-drop input[type=file]").setInputFiles(file(name));
  await page.waitForURL(/\/documents\/readings\/\d+/);
  await page.getByRole("button", { name: "Chấp nhận" }).waitFor();
}

const task = (page, nth) => page.locator(".draft-task").nth(nth - 1);

// Drops a file anywhere on the page, as from a folder of the desk.
async function drop(page, name) {
  const data = await page.evaluateHandle(([text, called]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], called, { type: "text/plain" }));
    return carried;
  }, [letter, name]);
  await page.dispatchEvent("h1", "dragover", { dataTransfer: data });
  await page.locator(".reading-drop.is-over").waitFor();
  await page.dispatchEvent("h1", "drop", { dataTransfer: data });
}

test("a letter that is dropped is corrected beside its words and becomes a document and tasks", async () => {
  const page = await openPage(server, "/documents", { as: coordinator, width: 1440, height: 900 });
  await page.getByRole("button", { name: "Chọn tệp" }).waitFor();
  await drop(page, "cong-van-4127.txt");
  await page.waitForURL(/\/documents\/readings\/\d+/);
  await page.getByRole("button", { name: "Chấp nhận" }).waitFor();

  await page.getByRole("heading", { name: "Công văn 4127/UBND-KGVX" }).waitFor();
  assert.equal(await page.getByLabel("Trích yếu nội dung").inputValue(), "rà soát hạ tầng số phục vụ Nghị quyết số 57-NQ/TW");
  assert.equal(await task(page, 1).getByLabel("Giờ", { exact: true }).inputValue(), "17h00");
  await task(page, 1).getByText("Khớp 100 %").waitFor();
  await task(page, 1).getByText("Chưa rõ đơn vị nào").waitFor();

  // A field points at its words; words lead to their task.
  await page.getByLabel("Họ tên người ký").focus();
  assert.equal(await page.locator(".letter .is-shown").innerText(), "Trần Văn Thử");
  await task(page, 1).getByLabel("Thời hạn như văn bản ghi").focus();
  assert.equal(await page.locator(".letter .is-shown").innerText(), "trước 17h00 ngày 30/5/2026");
  await page.locator(".letter-task").filter({ hasText: "Sở Tài chính bố trí" }).click();
  assert.match(await task(page, 2).getAttribute("class"), /is-chosen/);
  await page.accessible();

  // What is open must be settled first; the page leads to it.
  await page.getByRole("button", { name: "Chấp nhận" }).click();
  await page.getByText("Còn 1 chỗ phải điền").waitFor();
  await task(page, 1).getByText("Hãy chọn đơn vị cho từng tên, hoặc bỏ tên đó.").waitFor();
  await task(page, 1).getByRole("button", { name: /^Bỏ, Đơn vị phối hợp: Tổ công tác/ }).click();

  // Split, merge, remove and undo; nothing typed is lost on a reload.
  await page.getByRole("button", { name: "Tách thành hai: Nhiệm vụ 2" }).click();
  assert.equal(await page.locator(".draft-task").count(), 3);
  await page.getByRole("button", { name: "Gộp vào nhiệm vụ phía trên: Nhiệm vụ 3" }).click();
  assert.equal(await page.locator(".draft-task").count(), 2);
  await page.getByRole("button", { name: "Bỏ nhiệm vụ: Nhiệm vụ 2" }).click();
  assert.equal(await page.locator(".draft-task").count(), 1);
  await page.getByRole("button", { name: "Hoàn tác" }).click();
  assert.equal(await page.locator(".draft-task").count(), 2);
  await task(page, 1).getByLabel("Nhiệm vụ", { exact: true }).fill("Rà soát hạ tầng số của tỉnh");
  await page.reload();
  await page.getByRole("button", { name: "Chấp nhận" }).waitFor();
  assert.equal(await task(page, 1).getByLabel("Nhiệm vụ", { exact: true }).inputValue(), "Rà soát hạ tầng số của tỉnh");

  await page.getByLabel("Là văn bản đến: ghi vào sổ văn bản đến").check();
  await page.getByRole("button", { name: "Chấp nhận" }).click();
  await page.getByText("Đã tạo 1 văn bản và 2 nhiệm vụ.").first().waitFor();
  await page.getByRole("link", { name: "Rà soát hạ tầng số của tỉnh" }).waitFor();
  await page.accessible();
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => /^theodoi\.reading\.\d+\.\d+$/.test(key)).length), 0);

  await page.reload();
  await page.getByRole("link", { name: "Công văn 4127/UBND-KGVX" }).click();
  await page.getByRole("heading", { name: "Công văn 4127/UBND-KGVX", level: 1 }).waitFor();
  await page.getByRole("link", { name: "cong-van-4127.txt" }).waitFor();
  await page.getByRole("link", { name: "Rà soát hạ tầng số của tỉnh" }).waitFor();
  await page.done();
});

test("an accepted letter names its documents and tasks to another person, and a task leads to its words", async () => {
  const page = await openPage(server, "/documents?tab=readings", { as: "dl.nhaplieu", width: 1440 });
  await page.getByRole("link", { name: "cong-van-4127.txt" }).click();
  await page.getByRole("link", { name: "Công văn 4127/UBND-KGVX" }).waitFor();
  await page.getByRole("link", { name: "Rà soát hạ tầng số của tỉnh" }).click();
  await page.getByRole("heading", { name: "Rà soát hạ tầng số của tỉnh", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Xem trong văn bản gốc" }).click();
  assert.match(await page.locator(".letter .is-shown").first().innerText(), /^(1\. )?Sở Khoa học và Công nghệ chủ trì/);
  await page.accessible();
  await page.picture("document-reading-accepted-1440", true);
  await page.getByRole("link", { name: "Công văn 4127/UBND-KGVX" }).click();
  await page.getByRole("link", { name: "Xem bản đọc" }).click();
  await page.waitForURL(/\/documents\/readings\/\d+/);
  await page.done();
});

test("selected words of the letter become a task; a task is taken from the text on a phone", async () => {
  const page = await openPage(server, "/documents", { as: coordinator, width: 1440 });
  await read(page, "them-nhiem-vu.txt");
  await page.evaluate(() => {
    const piece = [...document.querySelectorAll(".letter [data-start]")].find((one) => one.textContent.includes("Căn cứ Kế hoạch"));
    const at = piece.firstChild.textContent.indexOf("Căn cứ Kế hoạch");
    const range = document.createRange();
    range.setStart(piece.firstChild, at);
    range.setEnd(piece.firstChild, at + "Căn cứ Kế hoạch".length);
    window.getSelection().removeAllRanges();
    window.getSelection().addRange(range);
  });
  await page.getByRole("button", { name: "Thêm nhiệm vụ" }).click();
  assert.equal(await task(page, 1).getByLabel("Nội dung", { exact: true }).inputValue(), "Căn cứ Kế hoạch");
  const address = page.url();
  await page.done();

  const phone = await openPage(server, new URL(address).pathname, { as: coordinator, width: 360, height: 740 });
  await phone.getByRole("button", { name: "Chấp nhận" }).waitFor();
  await noSidewaysScroll(phone);
  await phone.getByRole("button", { name: "Xem chữ trong văn bản: Nhiệm vụ 2" }).click();
  const drawer = phone.getByRole("dialog", { name: "Nội dung văn bản" });
  assert.match(await drawer.locator(".is-shown").first().innerText(), /^Sở Tài chính bố trí/);
  await phone.accessible();
  await phone.picture("document-reading-drawer-360");
  await drawer.locator(".letter-task").first().click();
  await drawer.waitFor({ state: "hidden" });
  assert.match(await task(phone, 1).getAttribute("class"), /is-chosen/);
  await phone.done();
});

test("a document is entered by hand, linked, found without tone marks, and drawn in its chain", async () => {
  const page = await openPage(server, "/documents", { as: coordinator });
  await page.getByRole("button", { name: "Nhập văn bản" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Số, ký hiệu").first().fill("88/KH-UBND");
  await form.getByLabel("Ngày văn bản").first().fill("10/2/2026");
  await form.getByLabel("Ngày văn bản").first().press("Enter");
  await form.getByLabel("Tên loại").fill("Kế hoạch");
  await form.getByLabel("Trích yếu nội dung").fill("Chuyển đổi số năm 2026 của tỉnh");
  await form.getByLabel("Cơ quan ban hành").fill("Ủy ban nhân dân tỉnh Đắk Lắk");
  await form.getByLabel("Là văn bản đến").uncheck();
  await form.getByRole("button", { name: "Thêm văn bản liên quan" }).click();
  await form.getByLabel("Số, ký hiệu").last().fill("57-NQ/TW");
  await form.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("heading", { name: "Kế hoạch 88/KH-UBND", level: 1 }).waitFor();

  // The letter accepted before named this plan: it is tied to it now.
  const chain = page.getByRole("group", { name: "Chuỗi văn bản" });
  await chain.getByRole("link", { name: /^4127\/UBND-KGVX/ }).waitFor();
  await chain.locator("[aria-current=page]").focus();
  const reached = [];
  for (const key of ["ArrowUp", "ArrowUp", "ArrowRight", "ArrowLeft", "ArrowLeft"]) {
    await page.keyboard.press(key);
    reached.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent));
  }
  assert.ok(reached.some((name) => name.startsWith("57-NQ/TW")), `the keys led to ${reached.join("; ")}`);
  await page.accessible();
  await page.picture("document-chain-1280", true);

  await page.goto(`${server.url}/documents`);
  await page.getByRole("textbox", { name: /Tìm theo số/ }).fill("chuyen doi so nam");
  await page.getByRole("link", { name: "Kế hoạch 88/KH-UBND" }).waitFor();
  await page.getByText("Văn bản đến", { exact: true }).click();
  await page.getByRole("link", { name: "Kế hoạch 88/KH-UBND" }).waitFor({ state: "detached" });
  assert.match(page.url(), /register=incoming/);
  await page.reload();
  await page.getByRole("textbox", { name: /Tìm theo số/ }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: /Tìm theo số/ }).inputValue(), "chuyen doi so nam");
  await page.done();
});

test("of a secret document only number, date and deadline are asked for and kept", async () => {
  const page = await openPage(server, "/documents", { as: coordinator });
  await page.getByRole("button", { name: "Nhập văn bản" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Trích yếu nội dung").fill("Không được gửi đi");
  await form.getByRole("combobox", { name: "Độ mật" }).click();
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter({ hasText: "Tối mật" }).click();
  await form.getByText("Văn bản trên mức mật được phép").waitFor();
  assert.equal(await form.getByLabel("Trích yếu nội dung").count(), 0);
  await form.getByLabel("Số, ký hiệu").fill("09-BC/TU");
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/documents"));
  await form.getByRole("button", { name: "Lưu" }).click();
  assert.doesNotMatch((await sent).postData(), /Không được gửi đi/);
  await page.getByText("Tối mật · chỉ lưu số, ngày, thời hạn").waitFor();
  assert.equal(await page.getByRole("heading", { name: "Tệp" }).count(), 0);
  await page.accessible();
  await page.done();
});

test("a file of the same name is its next version", async () => {
  const page = await openPage(server, "/documents?q=4127", { as: coordinator });
  await page.getByRole("link", { name: "Công văn 4127/UBND-KGVX" }).click();
  const add = page.locator(".document-file-add input[type=file]");
  await add.setInputFiles({ name: "phu-luc.txt", mimeType: "text/plain", buffer: Buffer.from("Phụ lục thứ nhất\n") });
  await page.getByRole("link", { name: "phu-luc.txt" }).waitFor();
  await add.setInputFiles({ name: "phu-luc.txt", mimeType: "text/plain", buffer: Buffer.from("Phụ lục thứ nhất, đã sửa\n") });
  await page.getByText("1 phiên bản cũ").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Phiên bản 1" }).click()]);
  assert.equal(download.suggestedFilename(), "phu-luc.txt");
  await page.getByRole("button", { name: "Xoá phu-luc.txt, phiên bản 2" }).click();
  const asked = page.getByRole("dialog", { name: "Xoá phu-luc.txt, phiên bản 2" });
  await asked.getByLabel("Lý do").fill("Gửi nhầm");
  await page.accessible();
  await asked.getByRole("button", { name: "Xoá" }).click();
  await page.getByText("1 phiên bản cũ").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "phu-luc.txt" }).waitFor();
  await page.done();
});

test("the incoming register is printed on A4 across", async () => {
  const page = await openPage(server, "/documents?tab=register", { as: coordinator });
  await page.getByRole("cell", { name: /Công văn: rà soát hạ tầng số/ }).waitFor();
  const heads = await page.locator(".register-sheet thead th").allInnerTexts();
  assert.equal(heads.length, 10);
  await page.accessible();
  await page.emulateMedia({ media: "print" });
  await page.getByText("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN").waitFor();
  assert.equal(await page.getByRole("button", { name: "In", exact: true }).isVisible(), false);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const boxes = [...pdf.toString("latin1").matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map(([, w, h]) => [Math.round(w), Math.round(h)]);
  assert.ok(boxes.some(([w, h]) => w === 842 && h === 595), `pages of ${JSON.stringify(boxes)}`);
  await page.done();
});

test("whoever may only read documents is offered nothing else", async () => {
  const page = await openPage(server, "/documents", { as: "dl.lanhdao" });
  await page.getByRole("heading", { name: "Văn bản", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Công văn 4127/UBND-KGVX" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Nhập văn bản" }).count(), 0);
  assert.equal(await page.locator(".reading-drop").count(), 0);
  await page.done();
});

for (const [width, dark] of [[360, false], [1024, true], [1920, false]]) {
  test(`the screens of documents can be read by everybody, ${width} px${dark ? ", dark" : ""}`, async () => {
    const page = await openPage(server, "/documents", { as: coordinator, width, dark });
    const link = page.getByRole("link", { name: "Công văn 4127/UBND-KGVX" });
    await link.waitFor();
    const one = await link.getAttribute("href");
    await page.goto(`${server.url}/documents?tab=readings`);
    const reading = await page.getByRole("link", { name: "them-nhiem-vu.txt" }).getAttribute("href");
    for (const path of ["/documents", "/documents?tab=register", "/documents?tab=readings", one, reading]) {
      await page.goto(server.url + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(500);
      await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"));
      await page.accessible();
      await noSidewaysScroll(page);
      await page.picture(`document-${path.replace(/\d{6,}/g, "one").replace(/\W+/g, "-")}-${width}`, true);
    }
    await page.done();
  });
}

test("a document that becomes secret says what is deleted before it is", async () => {
  const page = await openPage(server, "/documents?q=4127", { as: coordinator });
  await page.getByRole("link", { name: "Công văn 4127/UBND-KGVX" }).click();
  await page.getByRole("button", { name: "Sửa thông tin" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("combobox", { name: "Độ mật" }).click();
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter({ hasText: /^Mật$/ }).click();
  await form.getByText(/Lưu là xoá ngay nội dung, 2 tệp và bản đọc/).waitFor();
  await page.accessible();
  await page.picture("document-withhold-1280");
  await form.getByRole("button", { name: "Lưu và xoá nội dung" }).click();
  await page.getByText("Mật · chỉ lưu số, ngày, thời hạn").waitFor();
  assert.equal(await page.getByRole("heading", { name: "Tệp" }).count(), 0);
  assert.equal(await page.getByText("rà soát hạ tầng số phục vụ").count(), 0);
  await page.done();
});
