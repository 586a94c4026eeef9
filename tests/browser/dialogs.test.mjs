// Every drawer and dialog: opened by keyboard, accessible in light and dark, closed by Escape, the focus back where it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, startServer } from "./harness.mjs";

const server = await startServer();
const officer = await server.signIn("tuyhoa.nhaplieu");
const entry = (await officer.get("/api/my-work")).body.cards.find((card) => card.kind === "entry");
const given = (await (await server.signIn("dl.daumoi")).get("/api/assignments")).body.assignments.find(({ from }) => from.code === "66");

const people = {};
const signedIn = async (name) => (people[name] ??= await server.signIn(name));

// How an opener is found: on the screen, or in the layer that was opened before it.
const button = (name) => ({ name, of: (page) => page.getByRole("button", { name, exact: true }).first() });
const inside = (name) => ({ name, of: (page) => page.getByRole("dialog").last().getByRole("button", { name, exact: true }).first() });

// [who, where, what is opened one inside the other]
const ways = [
  ["dl.quantri", "/accounts", [button("Tạo tài khoản")]],
  ["dl.quantri", "/accounts?q=tuyhoa.nhaplieu", [button("Phạm Thanh Hải"), inside("Sửa")]],
  ["dl.quantri", "/accounts?q=tuyhoa.nhaplieu", [button("Phạm Thanh Hải"), inside("Thêm vai trò")]],
  ["dl.quantri", "/accounts?q=tuyhoa.nhaplieu", [button("Phạm Thanh Hải"), inside("Thu hồi")]],
  ["dl.quantri", "/accounts?q=tuyhoa.nhaplieu", [button("Phạm Thanh Hải"), inside("Đặt lại mật khẩu")]],
  ["dl.quantri", "/accounts?q=tuyhoa.nhaplieu", [button("Phạm Thanh Hải"), inside("Kết thúc các phiên")]],
  ["dl.quantri", "/accounts?q=tuyhoa.nhaplieu", [button("Phạm Thanh Hải"), inside("Ngừng sử dụng")]],
  ["dl.quantri", `/units?unit=${given.from.id}`, [button("Thêm đơn vị trực thuộc")]],
  ["dl.quantri", `/units?unit=${given.from.id}`, [button("Sửa")]],
  ["tw.quantri", `/units?unit=${given.from.id}`, [button("Sáp nhập")]],
  ["dl.quantri", "/events", [{ name: "an event", of: (page) => page.locator(".event-sentence button").first() }]],
  ["tw.quantri", "/calendar", [button("Thêm ngày nghỉ")]],
  ["tw.quantri", "/calendar", [button("Sửa")]],
  ["tw.daumoi", "/indicators", [button("Thêm chỉ số")]],
  ["tw.daumoi", "/indicators?tab=reports", [button("Lập biểu báo cáo")]],
  ["dl.daumoi", "/assignments", [button("Giao báo cáo")]],
  ["dl.daumoi", `/assignments/${given.id}`, [button("Điều chỉnh")]],
  ["dl.daumoi", `/assignments/${given.id}`, [button("Mở kỳ")]],
  ["dl.daumoi", `/assignments/${given.id}`, [button("Cho nhập thêm")]],
  ["dl.daumoi", "/profile?tab=tokens", [button("Tạo mã truy cập")]],
  ["dl.daumoi", "/profile?tab=security", [button("Bật xác thực hai bước")]],
  ["dl.daumoi", "/approval", [button("Chốt kỳ")]],
  ["dl.daumoi", "/approval?state=approved", [{ name: "a unit", of: (page) => page.getByRole("table").getByRole("button", { name: /^(Xã|Phường|Sở) / }).first() }, inside("Trả lại")]],
  ["dl.daumoi", "/", [{ name: "search", of: (page) => page.getByRole("button", { name: /Ctrl K/ }) }]],
  ["tuyhoa.nhaplieu", `/entry/${entry.submission_id}`, [button("Trình")]],
];

async function focused(page, opener) {
  await page.waitForFunction((element) => document.activeElement === element, await opener.elementHandle()).catch(async () => {
    const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    assert.fail(`the focus is not back at ${await opener.evaluate((element) => element.outerHTML.slice(0, 120))}, but at ${at}`);
  });
}

// Lets the movement of opening and closing end: colours that are half there have no contrast.
const still = (page) =>
  page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running" || one.effect?.getTiming().iterations === Infinity));

for (const [as, path, steps] of ways) {
  test(`${path.split("?")[0].replace(/\d{6,}/, "…")}, ${steps.map(({ name }) => name).join(", ")}: accessible, and gives the focus back`, async () => {
    const page = await openPage(server, path, { as: await signedIn(as) });
    await page.getByRole("heading").first().waitFor();
    const openers = [];
    for (const step of steps) {
      const opener = step.of(page);
      await opener.waitFor();
      await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"));
      openers.push(opener);
      const layers = page.getByRole("dialog");
      const before = await layers.count();
      await opener.focus();
      await page.keyboard.press("Enter");
      await layers.nth(before).waitFor();
      await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"));
    }
    await still(page);
    await page.accessible();
    await page.emulateMedia({ colorScheme: "dark" });
    await still(page);
    await page.accessible();
    for (const opener of openers.reverse()) {
      const left = (await page.getByRole("dialog").count()) - 1;
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").nth(left).waitFor({ state: "hidden" });
      await focused(page, opener);
    }
    await page.done();
  });
}
