// The work of administrators and coordinators in a real browser, on the small demonstration.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram, freshStore } from "../harness/stores.mjs";
import { demoPassword, openPage, startServer, totp } from "./harness.mjs";

const server = await startServer();
const administrator = "tw.quantri";
const coordinator = "dl.daumoi";

/** Chooses an option of a select by the label of its field. */
async function choose(page, label, option) {
  await page.getByRole("combobox", { name: label }).last().click();
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option, .ant-select-dropdown:visible .ant-select-tree-treenode")
    .filter({ hasText: option }).first().click();
}

/** Chooses a unit in the picker at `place` by searching for it without tone marks. */
async function chooseUnit(page, place, q, name) {
  await place.click();
  await place.fill(q);
  await page.locator(".ant-select-dropdown:visible .ant-select-tree-title").filter({ hasText: name }).first().click();
}

test("an administrator signs in with password and authenticator", async () => {
  const page = await openPage(server, "/", { allow: [/401|404/] });
  await page.getByLabel("Tên đăng nhập").fill("dl.quantri");
  await page.getByLabel("Mật khẩu", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("heading", { name: "Xác thực bước hai" }).waitFor();
  await page.accessible();
  await page.getByLabel("Mã 6 số").fill(totp(await server.totpSecret("dl.quantri")));
  await page.getByRole("button", { name: "Xác nhận" }).click();
  await page.getByRole("navigation").getByText("Tài khoản").waitFor();
  await page.done();
});

test("a wrong password says so beside the form", async () => {
  const page = await openPage(server, "/", { allow: [/401/] });
  await page.getByLabel("Tên đăng nhập").fill("tuyhoa.nhaplieu");
  await page.getByLabel("Mật khẩu", { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByText("Tên đăng nhập hoặc mật khẩu không đúng.").waitFor();
  await page.done();
});

test("an account is made, its first password shown once, a role given and taken away", async () => {
  const page = await openPage(server, "/accounts", { as: administrator, allow: [/422/] });
  await page.getByRole("button", { name: "Tạo tài khoản" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Tên đăng nhập").fill("tuyhoa.moi");
  await form.getByLabel("Họ và tên").fill("Trần Thị Mới");
  await chooseUnit(page, form.getByRole("combobox", { name: "Đơn vị công tác" }), "tuy hoa", "Phường Tuy Hoà");
  await form.getByLabel("Số định danh cá nhân").fill("12345");
  await choose(page, "Vai trò", "Nhập liệu");
  await chooseUnit(page, form.getByRole("combobox", { name: "Phạm vi" }), "tuy hoa", "Phường Tuy Hoà");
  await form.getByRole("button", { name: "Tạo tài khoản" }).click();
  await form.getByText("Số định danh cá nhân phải gồm đúng 12 chữ số.").waitFor();
  await form.getByLabel("Số định danh cá nhân").fill("066123456789");
  await form.getByRole("button", { name: "Tạo tài khoản" }).click();
  await page.getByText("Mật khẩu này chỉ hiện một lần.").waitFor();
  const password = await page.locator(".once-secret code").innerText();
  assert.match(password, /^\S{16,20}$/);
  await page.accessible();
  await page.getByRole("button", { name: "Tôi đã lưu" }).click();

  const drawer = page.getByRole("dialog");
  await drawer.getByRole("heading", { name: "Trần Thị Mới" }).waitFor();
  await drawer.getByText("••• 789").waitFor();
  await drawer.getByRole("button", { name: "Thêm vai trò" }).click();
  await choose(page, "Vai trò", "Kiểm tra");
  await page.getByRole("button", { name: "Giao vai trò" }).click();
  await drawer.getByRole("rowheader", { name: "Kiểm tra" }).waitFor();
  await drawer.getByRole("row", { name: /Kiểm tra/ }).getByRole("button", { name: "Thu hồi" }).click();
  await page.getByText("Thu hồi vai trò Kiểm tra tại Phường Tuy Hoà của Trần Thị Mới?").last().waitFor();
  await page.getByRole("dialog").last().getByRole("button", { name: "Thu hồi" }).click();
  await drawer.getByRole("rowheader", { name: "Kiểm tra" }).waitFor({ state: "detached" });
  await page.done();

  const newcomer = server.client();
  const session = await newcomer.startSession("tuyhoa.moi", password);
  assert.equal(session.state, "password_required");
});

test("what matters most asks for the password again, and then happens", async () => {
  const other = await startServer();
  const page = await openPage(other, "/accounts?q=tuyhoa.nhaplieu", { as: administrator, allow: [/403/] });
  await page.getByRole("button", { name: "Phạm Thanh Hải" }).waitFor();
  for (const now of ["20:03", "20:06", "20:09", "20:12"]) {
    await other.setClock(`2026-05-16T${now}:00+07:00`);
    assert.equal(await page.evaluate(async () => (await fetch("/api/session")).status), 200);
    /* That the session was used is written down after the answer; the clock must not run ahead of it. */
    await page.waitForFunction(async (time) => {
      const { sessions } = await (await fetch("/api/me/sessions")).json();
      return sessions.find((session) => session.current).seen_at.includes(`T${time}:`);
    }, now);
  }
  await page.getByRole("button", { name: "Phạm Thanh Hải" }).click();
  await page.getByRole("button", { name: "Thêm vai trò" }).click();
  await choose(page, "Vai trò", "Kiểm tra");
  await page.getByRole("button", { name: "Giao vai trò" }).click();
  const ask = page.getByRole("dialog", { name: "Xác nhận mật khẩu" });
  await ask.waitFor();
  await ask.getByLabel("Mật khẩu").fill("wrong-password-1");
  await ask.getByRole("button", { name: "Xác nhận" }).click();
  await ask.getByRole("alert").waitFor();
  await page.waitForTimeout(1500);
  await ask.getByLabel("Mật khẩu").fill(demoPassword);
  await other.setClock("2026-05-16T20:13:00+07:00");
  await ask.getByRole("button", { name: "Xác nhận" }).click();
  await page.getByRole("rowheader", { name: "Kiểm tra", exact: true }).waitFor();
  await page.context().close();
});

test("a unit is found without tone marks and merged into another", async () => {
  const page = await openPage(server, "/units", { as: administrator });
  await page.getByRole("searchbox", { name: /Tìm đơn vị/ }).or(page.getByPlaceholder("Tìm đơn vị (không cần dấu)")).first().fill("song cau");
  await page.getByRole("button", { name: /Phường Sông Cầu/ }).click();
  await page.getByRole("button", { name: "Sáp nhập" }).click();
  const dialog = page.getByRole("dialog", { name: "Sáp nhập Phường Sông Cầu" });
  await chooseUnit(page, dialog.getByRole("combobox", { name: "Đơn vị kế thừa" }), "binh kien", "Phường Bình Kiến");
  await dialog.getByLabel("Kết thúc từ ngày").fill("1/7/2026");
  await dialog.getByLabel("Kết thúc từ ngày").press("Enter");
  await dialog.getByRole("button", { name: "Sáp nhập" }).click();
  await page.getByText("Kết thúc ngày 1/7/2026").waitFor();
  await page.getByText(/Đơn vị Phường Sông Cầu.* được sáp nhập/).waitFor();
  await page.done();
});

test("a day off is taken away and put back", async () => {
  const page = await openPage(server, "/calendar", { as: administrator });
  const row = page.getByRole("row", { name: /2\/9\/2026/ });
  await row.getByRole("button", { name: "Xoá" }).click();
  await row.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Hoàn tác" }).click();
  await row.waitFor();
  await page.getByText("trước 24h00 ngày 16 hằng tháng (bắt đầu từ tháng 5/2026)").waitFor();
  await page.getByText("24h00 ngày 16/5/2026").first().waitFor();
  await page.getByLabel("Lùi sang ngày làm việc kế tiếp nếu trùng ngày nghỉ").check();
  await page.getByText("24h00 ngày 18/5/2026").waitFor();
  await page.done();
});

test("a definition is changed with its reason, and the version before stays", async () => {
  const page = await openPage(server, "/indicators", { as: "tw.daumoi" });
  await page.locator(".indicator-code a").first().click();
  await page.getByRole("button", { name: "Sửa định nghĩa" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Nguồn số liệu").fill("Hệ thống thống kê của ngành");
  await form.getByRole("button", { name: "Lưu" }).click();
  await form.getByText("Thông tin bắt buộc").waitFor();
  await form.getByLabel("Lý do sửa").fill("Nêu rõ nguồn số liệu");
  await form.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("cell", { name: "Nêu rõ nguồn số liệu" }).waitFor();
  assert.ok((await page.getByText("Hệ thống thống kê của ngành").count()) > 0);
  await page.done();
});

test("a report form is built by keyboard and assigned to departments", async () => {
  const page = await openPage(server, "/indicators?tab=reports", { as: coordinator });
  await page.getByRole("button", { name: "Lập biểu báo cáo" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Mã biểu").fill("DL-THU");
  await form.getByLabel("Tên báo cáo").fill("Báo cáo thử của tỉnh");
  await form.getByRole("combobox", { name: "Thêm chỉ số vào biểu" }).fill("TN01");
  await page.keyboard.press("Enter");
  await form.getByRole("combobox", { name: "Thêm chỉ số vào biểu" }).fill("TN02");
  await page.keyboard.press("Enter");
  await form.getByRole("row", { name: /TN02/ }).getByRole("textbox").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await form.getByText("TN02 ở vị trí 1.").waitFor();
  await form.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("heading", { name: "DL-THU · Báo cáo thử của tỉnh" }).waitFor();
  const codes = await page.getByRole("region", { name: "Các chỉ số trong biểu" }).locator("tbody tr:not(.group-row) th").allInnerTexts();
  assert.deepEqual(codes, ["TN02", "TN01"]);

  await page.goto(`${server.url}/assignments`);
  await page.getByRole("button", { name: "Giao báo cáo" }).first().click();
  await choose(page, "Báo cáo", "DL-THU");
  await page.getByRole("checkbox", { name: "Sở, ban, ngành" }).check();
  await page.getByLabel("Trước 24h00 ngày").fill("20");
  await page.getByText("trước 24h00 ngày 20 hằng tháng (bắt đầu từ tháng 5/2026)").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Giao báo cáo" }).click();
  await page.getByRole("heading", { name: "Báo cáo thử của tỉnh" }).waitFor();
  await page.getByText("Đơn vị nhận báo cáo").waitFor();
  await page.accessible();
  await page.done();
});

test("the event log shows what changed, and its seals are checked", async () => {
  const page = await openPage(server, "/events?kind=account", { as: administrator });
  await page.getByRole("button", { name: /được tạo/ }).first().click();
  await page.getByRole("dialog").getByRole("heading", { name: "Thay đổi" }).waitFor();
  await page.accessible();
  await page.getByRole("button", { name: "Close" }).or(page.getByRole("button", { name: "Đóng" })).first().click();
  await page.getByRole("tab", { name: "Niêm phong" }).click();
  await page.getByRole("button", { name: "Kiểm tra niêm phong" }).click();
  await page.getByText("Niêm phong nguyên vẹn.").waitFor();
  await page.done();
});

test("language and colours change at once and stay", async () => {
  const page = await openPage(server, "/profile?tab=looks", { as: coordinator });
  await page.getByRole("radio", { name: "English" }).click();
  await page.getByRole("heading", { name: "My account", level: 1 }).waitFor();
  await page.getByRole("radio", { name: "Dark" }).check();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.reload();
  await page.getByRole("radio", { name: "Dark", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.accessible();
  await page.getByRole("radio", { name: "Tiếng Việt" }).check();
  await page.done();
});

test("a token is shown once and can be revoked", async () => {
  const page = await openPage(server, "/profile?tab=tokens", { as: coordinator });
  await page.getByRole("button", { name: "Tạo mã truy cập" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Tên mã").fill("Đồng bộ số liệu");
  await dialog.getByRole("checkbox", { name: "Xem số liệu, minh chứng" }).check();
  await dialog.getByLabel("Hết hạn sau ngày").fill("31/12/2026");
  await dialog.getByLabel("Hết hạn sau ngày").press("Enter");
  await dialog.getByRole("button", { name: "Tạo mã" }).click();
  const token = await page.locator(".once-secret code").innerText();
  const reply = await fetch(`${server.url}/api/assignments`, { headers: { Authorization: `Bearer ${token}` } });
  assert.ok([200, 403].includes(reply.status), `a token that is known, not ${reply.status}`);
  await page.getByRole("button", { name: "Tôi đã lưu" }).click();
  await page.getByRole("row", { name: /Đồng bộ số liệu/ }).getByRole("button", { name: "Thu hồi" }).click();
  await page.getByRole("dialog").last().getByRole("button", { name: "Thu hồi" }).click();
  await page.getByRole("row", { name: /Đồng bộ số liệu/ }).waitFor({ state: "detached" });
  const after = await fetch(`${server.url}/api/session`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(after.status, 401);
  await page.done();
});

test("Ctrl K finds units, definitions and screens", async () => {
  const page = await openPage(server, "/rights", { as: administrator });
  await page.getByRole("heading", { name: "Phân quyền" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").last().fill("nhat ky");
  await page.getByRole("option", { name: "Nhật ký" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Nhật ký hệ thống" }).waitFor();
  await page.done();
});

test("a session that nobody uses warns, and ends without an error", async () => {
  const other = await startServer();
  const page = await openPage(other, "/rights", { as: administrator, allow: [/401/] });
  await page.getByRole("heading", { name: "Phân quyền" }).waitFor();
  await page.clock.install();
  await page.reload();
  await page.getByRole("heading", { name: "Phân quyền" }).waitFor();
  await page.clock.runFor(250_000);
  await page.getByRole("dialog", { name: "Bạn còn ở đây không?" }).waitFor();
  await page.getByRole("button", { name: "Tiếp tục làm việc" }).click();
  await page.clock.runFor(2_000);
  await page.getByRole("dialog", { name: "Bạn còn ở đây không?" }).waitFor({ state: "hidden" });
  await other.setClock("2026-05-16T20:30:00+07:00");
  await page.clock.runFor(302_000);
  await page.getByLabel("Tên đăng nhập").waitFor();
  await page.done();
});

test("the first administrator is made by the link of init", async () => {
  const store = await freshStore({ demo: false });
  const { stdout } = await runProgram(["init", "--store", store.store, "--data", store.data]);
  const token = /setup\?token=(\S+)/.exec(stdout)?.[1];
  assert.ok(token, stdout);
  const fresh = await startServer({ demo: false, now: null, store });
  const page = await openPage(fresh, `/setup?token=${token}`, { allow: [/401/] });
  await page.getByRole("heading", { name: "Tạo tài khoản quản trị đầu tiên" }).waitFor();
  await page.accessible();
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Quản Trị");
  await page.getByLabel("Tên đăng nhập").fill("quantri");
  await page.getByLabel("Mật khẩu").fill("Mot-mat-khau-dai-2026");
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await page.getByRole("heading", { name: "Thiết lập xác thực bước hai" }).waitFor();
  const secret = (await page.locator("code").first().innerText()).trim();
  await page.getByLabel("Mã 6 số").fill(totp(secret));
  await page.getByRole("button", { name: "Xác nhận" }).click();
  await page.getByRole("heading", { name: "Mã dự phòng" }).waitFor();
  await page.getByRole("button", { name: "Tôi đã lưu các mã" }).click();
  await page.getByRole("navigation").getByText("Tài khoản").waitFor();
  await page.done();
});

const screens = [
  [administrator, "/accounts", "Tài khoản"],
  [administrator, "/accounts?tab=settings", "Tài khoản"],
  [administrator, "/rights", "Phân quyền"],
  [administrator, "/profile", "Tài khoản của tôi"],
  [administrator, "/profile?tab=security", "Tài khoản của tôi"],
  [administrator, "/profile?tab=sessions", "Tài khoản của tôi"],
  [administrator, "/calendar", "Lịch nghỉ và thời hạn"],
  [administrator, "/events", "Nhật ký hệ thống"],
  [administrator, "/events?tab=blocks", "Nhật ký hệ thống"],
  [administrator, "/units", "Đơn vị"],
  [coordinator, "/indicators", "Chỉ số"],
  [coordinator, "/indicators?tab=reports", "Chỉ số"],
  [coordinator, "/assignments", "Giao báo cáo"],
];

const people = {};
const signedIn = async (name) => (people[name] ??= await server.signIn(name));

for (const [width, dark] of [[360, false], [1024, true], [1920, false]]) {
  test(`every screen of administration can be read by everybody, ${width} px${dark ? ", dark" : ""}`, async () => {
    let as = null;
    let page = null;
    for (const [person, path, heading] of screens) {
      if (person !== as) {
        await page?.done();
        page = await openPage(server, path, { as: await signedIn(person), width, dark });
        as = person;
      } else {
        await page.goto(server.url + path);
      }
      await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
      await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"));
      await page.accessible();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} scrolls sideways by ${over} at ${width} px`);
      await page.picture(`admin-${path.replace(/\W+/g, "-")}-${width}`);
    }
    await page.done();
  });
}
