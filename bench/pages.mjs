// Started by bench/pages: the small demonstration in Chromium, every screen in a browser that has kept nothing.
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openPage, startServer } from "../tests/browser/harness.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const server = await startServer();
const say = (name, value, unit) => process.stdout.write(`${name} ${value} ${unit}\n`);
const kilobytes = (bytes) => (bytes / 1024).toFixed(1);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/* name, who, where, what shows that its data is there */
const first = [
  ["entry", "tuyhoa.nhaplieu", "/", ".work-card .figure"],
  ["approver", "tuyhoa.pheduyet", "/", "main h2"],
  ["coordinator", "dl.daumoi", "/", ".work-card .figure"],
  ["leader", "dl.lanhdao", "/", ".leader-value"],
];
const further = [
  ["overview", "dl.lanhdao", "/overview"],
  ["entry", "tuyhoa.nhaplieu", "/entry"],
  ["approval", "dl.daumoi", "/approval"],
  ["figures", "dl.lanhdao", "/figures"],
  ["tasks", "dl.daumoi", "/tasks?state=unfinished"],
  ["documents", "dl.daumoi", "/documents"],
  ["indicators", "dl.daumoi", "/indicators"],
  ["assignments", "dl.daumoi", "/assignments"],
  ["units", "tw.quantri", "/units"],
  ["accounts", "tw.quantri", "/accounts"],
  ["calendar", "tw.quantri", "/calendar"],
  ["events", "tw.quantri", "/events"],
  ["rights", "tw.quantri", "/rights"],
];
const people = new Map();
for (const [, who] of [...first, ...further]) if (!people.has(who)) people.set(who, await server.signIn(who));

/* Counts what comes over the wire, compressed, heads left out; the live stream never ends and is left out too. */
async function open(who, path, { slow = 1 } = {}) {
  const page = await openPage(server, "/favicon.svg", { as: people.get(who), slow, width: 1280 });
  const line = await page.context().newCDPSession(page);
  const loaded = { requests: 0, code: 0, data: 0 };
  const kinds = new Map();
  await line.send("Network.enable");
  line.on("Network.responseReceived", ({ requestId, response }) => kinds.set(requestId, new URL(response.url).pathname));
  line.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const path = kinds.get(requestId) ?? "";
    if (path === "/api/events") return;
    loaded[path.startsWith("/api/") ? "data" : "code"] += encodedDataLength;
  });
  line.on("Network.loadingFinished", ({ requestId }) => kinds.get(requestId) !== "/api/events" && loaded.requests++);
  await page.goto(server.url + path, { waitUntil: "commit" });
  return { page, loaded };
}

/* Until nothing more came for half a second. */
async function settle(loaded) {
  for (let seen = -1; seen !== loaded.code + loaded.data; ) {
    seen = loaded.code + loaded.data;
    await sleep(500);
  }
}

test("pages", { timeout: 600_000 }, async () => {
  for (const [name, who, path, figure] of first) {
    const { page, loaded } = await open(who, path);
    await page.locator(figure).first().waitFor();
    await settle(loaded);
    await page.done();
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { page } = await open(who, path, { slow: 4 });
      await page.locator(figure).first().waitFor();
      times.push(await page.evaluate(() => performance.now()));
      await page.done();
    }
    say(`first_${name}`, kilobytes(loaded.code + loaded.data), "KB");
    say(`first_${name}_data`, kilobytes(loaded.data), "KB");
    say(`first_${name}_requests`, loaded.requests, "requests");
    say(`first_${name}_figure`, Math.round(median(times)), "ms");
  }
  for (const [name, who, path] of further) {
    const { page, loaded } = await open(who, path);
    await page.locator("main h1").first().waitFor();
    await settle(loaded);
    await page.done();
    say(`route_${name}`, kilobytes(loaded.code + loaded.data), "KB");
    say(`route_${name}_requests`, loaded.requests, "requests");
  }
});
