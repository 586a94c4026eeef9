// Takes docs/screens/*.png of a full demonstration; started by tools/screenshots.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { top } from "../harness/paths.mjs";
import { runProgram } from "../harness/stores.mjs";
import { openPage, startServer } from "./harness.mjs";

const folder = join(top, "docs/screens");
const data = await mkdtemp(join(tmpdir(), "theodoi-screens-"));
const store = `sqlite:${join(data, "theodoi.db")}`;
await mkdir(folder, { recursive: true });
const { stdout } = await runProgram(["demo", "--store", store, "--data", data]);
await writeFile(join(data, "accounts.txt"), stdout);
const server = await startServer({ store: { store, data, remove: () => rm(data, { recursive: true, force: true }) } });

const wanted = process.env.SCREENS?.split(",") ?? null;
const heights = { 360: 780, 1024: 768, 1920: 1080 };
const assignment = await theAssignment();

async function theAssignment() {
  const { body } = await (await server.signIn("dl.daumoi")).get("/api/assignments");
  return body.assignments.find(({ from }) => from.kind === "province");
}

async function card(username, kind) {
  const { body } = await (await server.signIn(username)).get("/api/my-work");
  return body.cards.find((one) => one.kind === kind);
}

async function lateTask() {
  const { body } = await (await server.signIn("dl.daumoi")).get("/api/tasks?timeliness=overdue&limit=1");
  return `/tasks/${body.items[0].id}`;
}

async function chainedDocument() {
  const person = await server.signIn("dl.daumoi");
  const { items } = (await person.get("/api/documents?limit=50")).body;
  const links = await Promise.all(items.map(async ({ id }) => (await person.get(`/api/documents/${id}`)).body.links.length));
  return `/documents/${items[links.indexOf(Math.max(...links))].id}`;
}

/* A letter of the tests, read to its end. */
async function reading() {
  const person = await server.signIn("dl.daumoi");
  const letter = await readFile(new URL("../letters/01-cong-van-ubnd-tinh.txt", import.meta.url));
  const { body } = await person.upload("/api/readings", "cong-van.txt", letter);
  for (;;) {
    const { state } = (await person.get(`/api/readings/${body.id}`)).body;
    if (state === "done") return `/documents/readings/${body.id}`;
    if (state === "failed") throw new Error("the letter could not be read");
    await new Promise((done) => setTimeout(done, 100));
  }
}

const matrix = `/approval?assignment=${assignment.id}`;
const entry = `/entry/${(await card("tuyhoa.nhaplieu", "entry")).submission_id}`;
const click = (role, name) => async (page) => page.getByRole(role, { name }).first().click();

/* name, who, where, widths, further: { dark, act } */
const all = [
  ["sign-in", null, "/", [360, 1024]],
  ["my-work-entry", "tuyhoa.nhaplieu", "/", [360, 1024, 1920]],
  ["my-work-approver", "tuyhoa.pheduyet", "/", [1024]],
  ["my-work-coordinator", "dl.daumoi", "/", [1024]],
  ["my-work-leader", "dl.lanhdao", "/", [360, 1024]],
  ["entry", "tuyhoa.nhaplieu", entry, [360, 1024, 1920], { dark: true }],
  ["entry-cell", "tuyhoa.nhaplieu", entry, [1024], { act: click("button", /^TN01/) }],
  ["approval", "dl.daumoi", matrix, [360, 1024, 1920]],
  ["unit", "dl.daumoi", `${matrix}&state=approved`, [1024], { act: async (page) => page.locator(".matrix-unit button").first().click() }],
  ["close", "dl.daumoi", matrix, [1024], { act: click("button", "Chốt kỳ") }],
  ["overview", "dl.lanhdao", "/overview", [360, 1024, 1920], { dark: true, tall: 1500 }],
  ["overview-national", "tw.lanhdao", "/overview", [360, 1024, 1920], { tall: 1500 }],
  ["figures", "tw.lanhdao", "/figures", [1024], { act: click("button", /^TN01/) }],
  ["tasks", "dl.daumoi", "/tasks?state=unfinished", [360, 1024, 1920], { dark: true }],
  ["tasks-board", "dl.daumoi", "/tasks?view=board", [1024, 1920]],
  ["tasks-timeline", "dl.daumoi", "/tasks?view=timeline", [360, 1024, 1920]],
  ["tasks-month", "dl.daumoi", "/tasks?view=month", [1024]],
  ["tasks-figures", "dl.daumoi", "/tasks?view=figures", [1024]],
  ["task", "dl.daumoi", await lateTask(), [360, 1024, 1920]],
  ["documents", "dl.daumoi", "/documents", [360, 1024]],
  ["document", "dl.daumoi", await chainedDocument(), [360, 1024, 1920]],
  ["reading", "dl.daumoi", await reading(), [360, 1024, 1920], { dark: true }],
  ["register", "dl.daumoi", "/documents?tab=register", [1024]],
  ["indicators", "tw.daumoi", "/indicators", [1024]],
  ["reports", "tw.daumoi", "/indicators?tab=reports", [1024]],
  ["assignments", "dl.daumoi", "/assignments", [1024]],
  ["assignment", "dl.daumoi", `/assignments/${assignment.id}`, [1024]],
  ["units", "dl.quantri", "/units", [1024]],
  ["accounts", "dl.quantri", "/accounts", [1024]],
  ["rights", "dl.quantri", "/rights", [1024]],
  ["calendar", "tw.quantri", "/calendar", [1024]],
  ["events", "tw.kiemtra", "/events", [1024]],
  ["profile", "tuyhoa.nhaplieu", "/profile", [1024]],
];

async function loaded(page) {
  await page.getByRole("heading").first().waitFor();
  await page.waitForTimeout(700);
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"));
}

async function take(name, as, path, width, { dark = false, act, tall } = {}) {
  const file = `${name}-${width}${dark ? "-dark" : ""}.png`;
  const height = tall && width === 1024 ? tall : heights[width];
  const page = await openPage(server, path, { as: as ?? undefined, width, height, dark, allow: [/./] });
  await loaded(page);
  if (act) {
    await act(page);
    await page.waitForTimeout(800);
  }
  await loaded(page);
  await page.screenshot({ path: join(folder, file) });
  await page.context().close();
}

for (const [name, as, path, widths, more = {}] of all) {
  if (wanted && !wanted.includes(name)) continue;
  for (const width of widths) test(`${name} at ${width}`, () => take(name, as, path, width, { ...more, dark: false }));
  if (more.dark) test(`${name} in the dark`, () => take(name, as, path, 1024, { ...more, dark: true }));
}
