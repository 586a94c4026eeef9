/*
 * A store with the official units and just the people a test names, for rooms that need no figures:
 *
 *   const { server, people } = await startWithPeople({ admin: ["TW", "administrator"], entry: ["22015", "data_entry"] });
 *   await people.admin.get("/api/units");
 */
import { freshStore, runProgram, startServer, totp } from "./harness.mjs";

const password = "Cong-tac-So-2026!";

export async function makeAccount(files, username, [unit, role]) {
  const args = ["account", "create", "--store", files.store, "--username", username, "--name", `Name of ${username}`];
  const { stdout } = await runProgram([...args, "--unit", unit, "--role", role]);
  return /first password: (\S+)/.exec(stdout)[1];
}

// Through everything that a first sign-in asks for.
export async function signInFirst(server, username, first) {
  const client = server.client();
  let session = await client.startSession(username, first);
  if (session.state === "password_required") {
    session = (await client.post("/api/me/password", { current_password: first, new_password: password })).body;
    client.csrf = session.csrf_token;
  }
  if (session.state === "totp_enroll_required") {
    const { secret } = (await client.post("/api/me/totp", {})).body;
    await client.post("/api/me/totp/confirm", { code: totp(secret, new Date().toISOString()) });
    session = (await client.get("/api/session")).body;
  }
  if (session.state !== "open") throw new Error(`${username} is signed in but ${session.state}`);
  client.session = session;
  client.csrf = session.csrf_token;
  return client;
}

export async function startWithPeople(who, options = {}) {
  const files = await freshStore({ demo: false });
  await runProgram(["init", "--store", files.store, "--data", files.data]);
  const passwords = {};
  for (const [name, what] of Object.entries(who)) passwords[name] = await makeAccount(files, name, what);
  const server = await startServer({ demo: false, now: null, store: files, ...options });
  const people = {};
  for (const name of Object.keys(who)) people[name] = await signInFirst(server, name, passwords[name]);
  return { server, people, files };
}
