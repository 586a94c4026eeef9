// Every main screen: nothing that axe-core calls serious, light and dark, and no sideways scrolling on a phone.
import { test } from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { noSidewaysScroll } from "./steps.mjs";

const server = await startServer();
const { cards } = (await (await server.signIn("tuyhoa.nhaplieu")).get("/api/my-work")).body;

const screens = [
  ["sign-in", null, "/"],
  ["my work of an officer", "tuyhoa.nhaplieu", "/"],
  ["my work of a coordinator", "dl.daumoi", "/"],
  ["my work of a leader", "dl.lanhdao", "/"],
  ["the entry grid", "tuyhoa.nhaplieu", `/entry/${cards.find((card) => card.kind === "entry").submission_id}`],
  ["the approval matrix", "dl.daumoi", "/approval"],
  ["the province's overview", "dl.lanhdao", "/overview"],
  ["the national overview", "tw.lanhdao", "/overview"],
  ["figures", "dl.lanhdao", "/figures"],
  ["indicators", "tw.daumoi", "/indicators"],
  ["assignments", "dl.daumoi", "/assignments"],
  ["units", "dl.quantri", "/units"],
  ["accounts", "dl.quantri", "/accounts"],
  ["rights", "dl.quantri", "/rights"],
  ["the calendar", "tw.quantri", "/calendar"],
  ["events", "tw.kiemtra", "/events"],
  ["the profile", "tuyhoa.nhaplieu", "/profile"],
];

async function ready(page) {
  await page.getByRole("heading").first().waitFor();
  await page.waitForTimeout(400);
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"));
}

for (const [name, as, path] of screens) {
  test(`${name}: accessible in light and dark, and fits a phone`, async () => {
    const page = await openPage(server, path, { as: as ?? undefined, width: 1280, allow: [/401 \(Unauthorized\)/] });
    await ready(page);
    await page.accessible();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForTimeout(300);
    await page.accessible();
    await page.setViewportSize({ width: 360, height: 780 });
    await ready(page);
    await noSidewaysScroll(page);
    await page.done();
  });
}
