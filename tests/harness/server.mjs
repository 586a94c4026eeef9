// The program under test as a process, on a port of its own, with a store of its own.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "node:test";
import { logs, program, storeKind, top } from "./paths.mjs";
import { demoAccounts, freshStore } from "./stores.mjs";
import { ApiDocument } from "./document.mjs";
import { Client } from "./client.mjs";
import { totp } from "./totp.mjs";

// The evening of 16 May 2026, four hours before the deadline of the 16th.
export const demoNow = "2026-05-16T20:00:00+07:00";
export const demoPassword = "Theodoi-demo-2026";

const defects = /ERROR: (Address|Leak|Thread)Sanitizer|runtime error:|SUMMARY: /;
let started = 0;

// A test process that breaks down takes its servers with it.
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/*
 * startServer({ demo, now, args, env, store }): starts the program and stops it after the test (or file) that asked.
 *   demo   true: with the small demonstration (default); false: an empty store
 *   now    where the program's clock starts; null: the real time
 *   args   further options of `serve`
 *   env    further environment
 *   kind   "sqlite" or "postgres", for a test that is about one of them
 *   store  { store, data }: one that a test made itself
 *   wrap   command and arguments that the program is started through
 */
export async function startServer(options = {}) {
  const server = new Server(options);
  await server.start();
  after(() => server.close());
  return server;
}

class Server {
  constructor({ demo = true, now = demoNow, args = [], env = {}, kind, store = null, wrap = [] }) {
    Object.assign(this, { demo, now, args, env, kind, wrap });
    this.files = store;
    this.steps = new Map();
  }

  async start() {
    this.files ??= await freshStore({ demo: this.demo, kind: this.kind });
    const test = basename(process.argv[1] ?? "test", ".test.mjs");
    this.log = join(logs, `${test}-${this.kind ?? storeKind}-${process.pid}-${++started}.log`);
    const args = ["serve", "--store", this.files.store, "--data", this.files.data, "--listen", "127.0.0.1:0"];
    if (this.demo) args.push("--demo");
    if (this.now) args.push("--now", this.now);
    const [command, ...rest] = [...this.wrap, program, ...args, ...this.args];
    this.process = spawn(command, rest, {
      cwd: top,
      env: { ...process.env, ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(this.process);
    const out = createWriteStream(this.log);
    this.written = new Promise((done) => out.on("finish", done));
    this.process.stderr.pipe(out, { end: false });
    this.process.stdout.pipe(out, { end: false });
    const child = this.process;
    this.ended = new Promise((done) => {
      child.on("close", (code, signal) => {
        running.delete(child);
        out.end();
        done(signal ?? code);
      });
      child.on("error", (error) => {
        running.delete(child);
        out.end();
        done(error.message);
      });
    });
    this.url = await this.#listening();
    this.port = Number(new URL(this.url).port);
    this.document ??= await ApiDocument.fetch(this.url);
  }

  // The address from the line `listening http://127.0.0.1:PORT`.
  #listening() {
    return new Promise((done, fail) => {
      let said = "";
      this.process.stdout.on("data", (piece) => {
        said += piece;
        const line = /^listening (http:\S+)/m.exec(said);
        if (line) done(line[1]);
      });
      this.ended.then(async (how) => {
        await this.written;
        fail(new Error(`${program} ended (${how}) before it listened:\n${await readFile(this.log, "utf8")}`));
      });
    });
  }

  // Somebody who is not signed in.
  client(options) {
    return new Client(this, options);
  }

  // Somebody signed in with a password and, when asked, the second factor.
  async signIn(username, password = demoPassword, options = {}) {
    const client = this.client(options);
    let session = await client.startSession(username, password);
    if (session.state === "totp_required") {
      const secret = await this.totpSecret(username);
      const code = totp(secret, null, await this.#nextStep(username));
      session = (await client.post("/api/session/totp", { code })).body;
    }
    if (session.state !== "open") throw new Error(`${username} is signed in but ${session.state}`);
    client.session = session;
    client.csrf = session.csrf_token;
    return client;
  }

  // Authenticators follow the world's clock. A code is good once, and half a minute early or late: the next unused one.
  async #nextStep(username) {
    const half = () => Math.floor(Date.now() / 30_000);
    const step = Math.max((this.steps.get(username) ?? 0) + 1, half() - 1);
    this.steps.set(username, step);
    while (step > half() + 1) await sleep(500);
    return step - half();
  }

  // The base32 secret that stands on the account's line (or the lines below it) in what `theodoi demo` wrote.
  async totpSecret(username) {
    const text = await demoAccounts(this.files.data);
    const from = text.indexOf(username);
    const secret = from < 0 ? null : /secret=([A-Z2-7]{16,})/.exec(text.slice(from));
    if (!secret) throw new Error(`no second factor of ${username} in the demonstration's accounts:\n${text}`);
    return secret[1];
  }

  // Moves the program's clock (only with --demo or --test-clock).
  async setClock(now) {
    await this.client().post("/api/test/clock", { now });
  }

  // Ends it as a service manager does. Anything but a clean end, or a finding of a sanitizer, is a failure.
  async stop(signal = "SIGTERM") {
    if (!this.process) return;
    this.process.kill(signal);
    const killer = setTimeout(() => this.process.kill("SIGKILL"), 30_000);
    const how = await this.ended;
    clearTimeout(killer);
    await this.written;
    this.process = null;
    const text = await readFile(this.log, "utf8");
    if (defects.test(text)) throw new Error(`the server's log holds a finding (${this.log}):\n${text.slice(text.search(defects)).slice(0, 6000)}`);
    if (signal === "SIGTERM" && how !== 0) throw new Error(`the server ended with ${how}, see ${this.log}:\n${text.slice(-2000)}`);
  }

  // The same store served again, as after a restart of the machine.
  async restart({ signal = "SIGTERM", now = this.now } = {}) {
    await this.stop(signal);
    this.now = now;
    await this.start();
  }

  async close() {
    try {
      await this.stop();
    } finally {
      await this.files.remove?.();
    }
  }
}
