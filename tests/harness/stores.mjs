// Fresh stores for servers under test. The demonstration is made once per program and kind of store, and copied.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createHash, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { program, storeKind, top } from "./paths.mjs";

const exec = promisify(execFile);

export async function runProgram(args, options = {}) {
  try {
    return await exec(program, args, { timeout: 300_000, maxBuffer: 64 << 20, ...options });
  } catch (error) {
    error.message += `\n${error.stdout ?? ""}${error.stderr ?? ""}`;
    throw error;
  }
}

function serverUrl() {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error("THEODOI_TEST_STORE=postgres needs TEST_POSTGRES_URL: start one with tests/postgres.sh start");
  return new URL(url);
}

// One statement as the superuser of the tests' PostgreSQL; answers what psql prints.
export async function sql(statement, url = serverUrl().href) {
  const options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"];
  const { stdout } = await exec("psql", [...options, "--command", statement, url]);
  return stdout.trim();
}

function databaseUrl(name) {
  const url = serverUrl();
  url.pathname = `/${name}`;
  return url.href;
}

// One process at a time makes what `key` names; the others wait for it.
async function once(folder, make) {
  await mkdir(join(top, "build/test-stores"), { recursive: true });
  const lock = `${folder}.lock`;
  const ready = `${folder}.ready`;
  for (;;) {
    if (await stat(ready).catch(() => null)) return;
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const made = await stat(lock).catch(() => null);
      if (made && Date.now() - made.mtimeMs > 300_000) await rm(lock, { recursive: true, force: true });
      await sleep(100);
    }
  }
  try {
    if (!(await stat(ready).catch(() => null))) {
      await make();
      await writeFile(ready, "");
    }
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

// The small demonstration as a folder (and on PostgreSQL a database) to copy from.
async function template(kind) {
  const { mtimeMs, size } = await stat(program);
  const cluster = kind === "postgres" ? process.env.TEST_POSTGRES_URL : "";
  const key = createHash("sha256").update(`${program} ${mtimeMs} ${size} ${kind} ${cluster}`).digest("hex").slice(0, 12);
  const folder = join(top, "build/test-stores", key);
  const database = `theodoi_template_${key}`;
  await once(folder, async () => {
    const fresh = `${folder}.new`;
    await rm(fresh, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    let store = `sqlite:${join(fresh, "theodoi.db")}`;
    if (kind === "postgres") {
      await sql(`DROP DATABASE IF EXISTS ${database}`);
      await sql(`CREATE DATABASE ${database}`);
      store = databaseUrl(database);
    }
    const { stdout } = await runProgram(["demo", "--small", "--store", store, "--data", fresh]);
    await writeFile(join(fresh, "demo.out"), stdout);
    await rename(fresh, folder);
  });
  return { folder, database };
}

/*
 * A store of its own for one server: { store, data, remove }.
 *   demo   true: holds the small demonstration; false: empty
 *   kind   "sqlite" or "postgres"; by default what the run asks for
 *   data   an empty folder to use, instead of one of its own
 */
export async function freshStore({ demo = true, kind = storeKind, data } = {}) {
  data ??= await mkdtemp(join(tmpdir(), "theodoi-test-"));
  const from = demo ? await template(kind) : null;
  if (from) await cp(from.folder, data, { recursive: true });
  if (kind !== "postgres") {
    return {
      store: `sqlite:${join(data, "theodoi.db")}`,
      data,
      remove: () => rm(data, { recursive: true, force: true }),
    };
  }
  const database = `theodoi_test_${randomBytes(6).toString("hex")}`;
  await sql(`CREATE DATABASE ${database}${from ? ` TEMPLATE ${from.database}` : ""}`);
  return {
    store: databaseUrl(database),
    database,
    data,
    async remove() {
      await rm(data, { recursive: true, force: true });
      await sql(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    },
  };
}

// What `theodoi demo` printed: the accounts with their passwords and the secrets of their second factors.
export async function demoAccounts(data) {
  return readFile(join(data, "accounts.txt"), "utf8").catch(() => readFile(join(data, "demo.out"), "utf8"));
}
