// PostgreSQL breaks off: writes wait or answer `unavailable`, nothing confirmed is lost, and service returns by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql, startServer } from "../api/harness.mjs";

const breakOff = (database) =>
  sql(`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${database}'`);

// The program looks at its store every few seconds.
async function healthBecomes(server, status) {
  for (let tries = 0; (await fetch(`${server.url}/healthz`)).status !== status; tries++) {
    assert.ok(tries < 300, `/healthz did not become ${status} within a minute`);
    await sleep(200);
  }
}

test("connections broken off in the midst of writing", async () => {
  const server = await startServer({ kind: "postgres", args: ["--unlimited"] });
  const person = await server.signIn("dl.daumoi");
  let confirmed = 0, broken = 0, refused = 0;
  const writer = (async () => {
    for (let number = 1; number <= 300; number++) {
      const reply = await person.patch("/api/me", { position: `number ${number}` }).catch((error) => {
        if (!/answered 503/.test(error.message)) throw error;
        refused++;
        return null;
      });
      if (reply) confirmed = number;
    }
  })();
  for (let round = 0; round < 5; round++) {
    await sleep(100);
    broken += Number(await breakOff(server.files.database));
  }
  await writer;
  assert.ok(broken > 0, "no connection was broken off");
  assert.ok(confirmed > 250, `${confirmed} of 300 writes got through`);
  assert.ok(refused < 50, `${refused} of 300 writes were refused`);
  const { body } = await person.get("/api/session");
  assert.equal(body.account.position, `number ${confirmed}`);
});

test("the database refuses connections for a while", async () => {
  const server = await startServer({ kind: "postgres", args: ["--unlimited"] });
  const person = await server.signIn("dl.daumoi");
  const { database } = server.files;
  await sql(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
  await breakOff(database);
  await healthBecomes(server, 503);
  await sql(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
  await healthBecomes(server, 200);
  await person.patch("/api/me", { position: "back again" });
  const { body } = await person.get("/api/session");
  assert.equal(body.account.position, "back again");
});
