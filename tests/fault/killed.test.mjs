// The process is killed in the midst of writing: what was answered is there after the next start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runProgram, startServer } from "../api/harness.mjs";

const people = ["dl.nhaplieu", "dl.pheduyet", "dl.daumoi", "tuyhoa.nhaplieu", "tuyhoa.pheduyet"];

// Writes 1, 2, 3, ... as the person's position until the server is gone. Answers the last number confirmed.
async function count(person, from, tally) {
  for (let number = from; ; number++) {
    tally.sent = number;
    try {
      await person.patch("/api/me", { position: `number ${number}` });
    } catch (error) {
      if (error.cause || error.message === "fetch failed" || error.name === "SyntaxError") return;
      throw error;
    }
    tally.confirmed = number;
  }
}

for (const kind of ["sqlite", "postgres"]) {
  test(`a killed process loses nothing that it confirmed (${kind})`, async () => {
    const server = await startServer({ kind, args: ["--unlimited"] });
    let from = 1;
    for (let round = 0; round < 3; round++) {
      const signedIn = await Promise.all(people.map((name) => server.signIn(name)));
      const tallies = people.map(() => ({ sent: 0, confirmed: 0 }));
      const writers = signedIn.map((person, i) => count(person, from, tallies[i]));
      while (tallies.some(({ confirmed }) => confirmed < from + 10)) await sleep(5);
      await server.restart({ signal: "SIGKILL" });
      await Promise.all(writers);
      for (const [i, name] of people.entries()) {
        const person = await server.signIn(name);
        const number = Number(person.session.account.position.split(" ")[1]);
        const { sent, confirmed } = tallies[i];
        assert.ok(number >= confirmed && number <= sent, `${name}: ${confirmed} confirmed, ${sent} sent, ${number} kept`);
      }
      from += 1000;
    }
    await server.stop();
    const files = ["--store", server.files.store, "--data", server.files.data];
    await runProgram(["check", "--store", server.files.store]);
    await runProgram(["audit", "verify", ...files]);
  });
}
