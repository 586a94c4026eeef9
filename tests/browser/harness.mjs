/*
 * What a browser test stands on: a server with the small demonstration, Chromium, and pages in which a defect
 * that a person might not see (an exception, a refused request, a breach of the content policy) fails the test.
 *
 *   import { test } from "node:test";
 *   import { openPage, startServer } from "./harness.mjs";
 *
 *   const server = await startServer();
 *
 *   test("the entry officer sees what waits", async () => {
 *     const page = await openPage(server, "/", { as: "tuyhoa.nhaplieu" });
 *     await page.getByRole("heading", { name: "Việc của tôi" }).waitFor();
 *     await page.accessible();
 *     await page.done();
 *   });
 */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { top } from "../harness/paths.mjs";

export { startServer, demoNow, demoPassword } from "../harness/server.mjs";
export { totp } from "../harness/totp.mjs";

const screens = join(top, "build/test-logs/screens");
mkdirSync(screens, { recursive: true });

let browser; // one for all tests of a file
after(() => browser?.close());

async function theBrowser() {
  if (browser) return browser;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
    ],
  });
  return browser;
}

/*
 * A page in a window of its own, at `path`, signed in as `as` (by API; the sign-in form has tests of its own):
 * a name, or whom server.signIn gave, so that an administrator's next code need not be waited for.
 *   width, height   of the window: 360, 1024 and 1920 are the widths of the design
 *   dark            the dark colours
 *   scale           200 % zoom is scale 2 at half the width
 *   slow            how many times slower the processor is
 *   allow           patterns of console messages that this test brings about itself
 * Besides Playwright's page: page.done(), page.accessible(), page.picture(name).
 */
export async function openPage(server, path = "/", options = {}) {
  const { as, password, width = 1280, height = 800, dark = false, scale = 1, slow = 1, allow = [] } = options;
  const context = await (await theBrowser()).newContext({
    viewport: { width: Math.round(width / scale), height: Math.round(height / scale) },
    deviceScaleFactor: scale,
    colorScheme: dark ? "dark" : "light",
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    acceptDownloads: true,
    reducedMotion: "reduce",
  });
  if (as) {
    const person = typeof as === "string" ? await server.signIn(as, password) : as;
    await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: server.url, httpOnly: true, sameSite: "Strict" })));
  }
  const page = await context.newPage();
  const defects = watch(page, server, allow);
  if (slow > 1) {
    const line = await context.newCDPSession(page);
    await line.send("Emulation.setCPUThrottlingRate", { rate: slow });
  }
  page.setDefaultTimeout(20_000);

  // Ends the window; what went wrong behind the scenes fails the test.
  page.done = async () => {
    await context.close();
    assert.deepEqual(defects, [], "the page had defects");
  };

  // Fails on what axe-core finds (WCAG 2.1 A and AA).
  page.accessible = async (within = "body") => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(
      (root) => globalThis.axe.run(root, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }),
      within,
    );
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
    assert.deepEqual(found, [], `axe-core at ${page.url()}`);
  };

  // A picture for people to look at, in build/test-logs/screens.
  page.picture = (name, fullPage = false) => page.screenshot({ path: join(screens, `${name}.png`), fullPage });

  await page.goto(server.url + path);
  return page;
}

function watch(page, server, allow) {
  const defects = [];
  const note = (text) => {
    if (!allow.some((pattern) => pattern.test(text))) defects.push(text);
  };
  page.on("pageerror", (error) => note(`exception: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") note(`console: ${message.text()} ${message.location().url ?? ""}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.url) && !/^(data|blob|about):/.test(url)) note(`a request to another host: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) note(`${response.request().method()} ${response.url()} answered ${response.status()}`);
  });
  return defects;
}
