// The evening of the 16th: 64 connections submit, the process is killed in their midst. Every submission that was
// answered is there afterwards, whole; the roll-ups and the event log are right.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { runProgram, startServer } from "../api/harness.mjs";
import { program } from "../harness/paths.mjs";
import { freshStore } from "../harness/stores.mjs";

const CONNECTIONS = 64;
const KILL_AFTER = 150; // answers, in each round
const ROUNDS = 2;

// bench/seed.c: 3,831 units with sessions, and their requests as they go over the wire.
async function seededStore(kind) {
  const files = await freshStore({ demo: false, kind });
  await promisify(execFile)(join(dirname(program), "bench_seed"), [files.store, files.data, "20", "1", "1"]);
  return files;
}

async function readRequests(path) {
  const bytes = await readFile(path);
  const requests = [];
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf(10, at);
    const end = line + 1 + Number(bytes.toString("latin1", at, line));
    const [head, body] = bytes.toString("utf8", line + 1, end).split("\r\n\r\n");
    const [first, ...lines] = head.split("\r\n");
    const [method, url] = first.split(" ");
    const headers = Object.fromEntries(lines.map((text) => text.split(/: (.*)/s).slice(0, 2)));
    delete headers.Host;
    delete headers["Accept-Encoding"];
    requests.push({ method, url, headers, body, id: url.split("/")[3] });
    at = end;
  }
  return requests;
}

function send(port, agent, { method, url, headers, body }) {
  return new Promise((resolve) => {
    const request = http.request({ host: "127.0.0.1", port, agent, method, path: url, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece) => (text += piece));
      response.on("end", () => resolve({ status: response.statusCode, text }));
      response.on("error", () => resolve(null));
    });
    request.on("error", () => resolve(null));
    request.end(body);
  });
}

// Submits from the list until it ends or the server is gone; calls `answered` for every answer that says yes.
async function submitAll(port, requests, answered) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const connection = async () => {
    for (let request = requests.shift(); request; request = requests.shift()) {
      const answer = await send(port, agent, request);
      if (!answer) return;
      assert.equal(answer.status, 200, answer.text);
      answered(request);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
}

async function assertKept(port, requests) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const check = async () => {
    for (let request = requests.shift(); request; request = requests.shift()) {
      const { Cookie } = request.headers;
      const answer = await send(port, agent, { method: "GET", url: `/api/submissions/${request.id}`, headers: { Cookie } });
      assert.equal(answer?.status, 200, answer?.text);
      const grid = JSON.parse(answer.text);
      assert.equal(grid.submission.state, "submitted");
      assert.equal(grid.submission.version, 1);
      const sent = new Map(JSON.parse(request.body).cells.map((cell) => [cell.indicator_id, cell]));
      for (const row of grid.rows) {
        const { numerator, denominator, value } = sent.get(row.indicator.id);
        if (numerator) assert.deepEqual([row.last_submitted.numerator, row.last_submitted.denominator], [numerator, denominator]);
        else assert.equal(row.last_submitted.value, value);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, check));
  agent.destroy();
}

for (const kind of ["sqlite", "postgres"]) {
  test(`nothing acknowledged on closing night is lost when the process is killed (${kind})`, async () => {
    const store = await seededStore(kind);
    const requests = await readRequests(join(store.data, "submit-2026-05.req"));
    const server = await startServer({ demo: false, store, args: ["--unlimited"] });
    const kept = [];
    for (let round = 0; round < ROUNDS; round++) {
      const target = kept.length + KILL_AFTER;
      let killing = null;
      await submitAll(server.port, requests, (request) => {
        kept.push(request);
        if (kept.length === target) killing = server.restart({ signal: "SIGKILL" });
      });
      assert.ok(killing, "the server was killed while submissions were under way");
      await killing;
    }
    assert.ok(requests.length > 0, "it was killed before the evening was over");
    const count = kept.length;
    await assertKept(server.port, [...kept]);
    await server.stop();
    const files = ["--store", store.store, "--data", store.data];
    await runProgram(["check", ...files]);
    await runProgram(["audit", "verify", ...files]);
    assert.ok(count >= ROUNDS * KILL_AFTER);
  });
}
