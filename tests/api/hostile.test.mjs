// Requests made from the API document, and then spoilt: whatever comes, the answer is a good one or a refusal with its
// reason, never a failure of the server, and nothing of it breaks the books. THEODOI_SEED repeats or changes the dice.
import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { runProgram, startServer } from "./harness.mjs";

const seed = Number(process.env.THEODOI_SEED ?? 20260516);
const seconds = Number(process.env.THEODOI_HOSTILE_SECONDS ?? 10);

// mulberry32
let state = seed >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];
const chance = (p) => random() < p;

const server = await startServer({ args: ["--unlimited"] });
const api = server.document;
const people = [];
for (const name of ["tw.daumoi", "dl.daumoi", "tuyhoa.nhaplieu", "tuyhoa.pheduyet", "dl.quantri", "tw.quantri"]) {
  const person = await server.signIn(name);
  await person.post("/api/session/sudo", { password: "Theodoi-demo-2026" });
  people.push(person);
}
const [centre, province, entry] = people;

// What exists, so that some requests get past the first question.
const { units } = (await centre.get("/api/units?q=66")).body;
const { assignments } = (await province.get("/api/assignments")).body;
const matrix = (await province.get(`/api/matrix?assignment_id=${assignments.find((a) => a.from.code === "66").id}`)).body;
const { reports } = (await centre.get("/api/reports")).body;
const { indicators } = (await centre.get("/api/indicators")).body;
const { accounts } = (await people[4].get("/api/accounts")).body;
const ids = [
  units[0].id,
  ...assignments.map((a) => a.id),
  ...matrix.rows.slice(0, 4).map((row) => row.submission_id),
  ...matrix.rows.slice(0, 2).map((row) => row.unit.id),
  matrix.own_submission_id,
  reports[0].id,
  ...indicators.slice(0, 3).map((i) => i.id),
  entry.session.account.id,
  ...accounts.slice(0, 2).map((a) => a.id),
];

const oddIds = ["0", "-1", "1", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "00012", "1e3", "x", " 7", "٣"];
const oddPeriods = ["2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-H3", "0000-01", "9999-12", "1", "2026-5", "10000-01", "2026-05-01", "-2026"];
const oddDates = ["2026-02-30", "0000-00-00", "9999-12-31", "2026-5-1", "1582-10-10", "2026-13-01", "0001-01-01"];
const oddTimes = ["2026-05-16T24:00:00+07:00", "2026-05-16T23:59:60Z", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-12:00", "2026-05-16", "T"];
const oddDecimals = ["1,5", "1.", ".5", "-0", "1e9", "NaN", "Infinity", "9".repeat(40), `0.${"0".repeat(40)}1`, "-9223372036854775808", "9223372036854775.807", "922337203685477580799", "--1", "1 000", "０"];
const oddTexts = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\u202e\u2066đảo",
  "e\u0301".repeat(60),
  "\ud83c\udfef".repeat(300),
  "\ufffe\uffff",
  "'; DROP TABLE submission; --",
  "%s%n%x",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "x".repeat(9000),
  "ơ".repeat(3000),
  "\r\nX-Injected: 1",
  "$1",
];
const oddNumbers = [0, -1, 1, 2 ** 31, 2 ** 53, -(2 ** 53), 1.5, 1e308, -1e308, 5e-324];
const anything = (depth = 0) =>
  one([
    () => null,
    () => chance(0.5),
    () => one(oddNumbers),
    () => one(oddTexts),
    () => one(oddIds),
    () => (depth > 2 ? [] : Array.from({ length: below(5) }, () => anything(depth + 1))),
    () => (depth > 2 ? {} : Object.fromEntries(Array.from({ length: below(4) }, () => [one(["id", "unit_id", "cells", "x", "", "__proto__", "đ"]), anything(depth + 1)]))),
  ])();

// A text that the schema describes, or (`wild`) one just beside it.
function text(schema, name, wild) {
  if (schema.enum) return wild ? one([...oddTexts, "DRAFT"]) : one(schema.enum);
  const about = `${name} ${schema.format ?? ""} ${schema.pattern ?? ""}`;
  if (/period/.test(name)) return wild ? one(oddPeriods) : one(["2026-05", "2026-04", "2026-06", "2026-Q2", "2026"]);
  if (schema.format === "date-time") return wild ? one(oddTimes) : one(["2026-05-17T12:00:00+07:00", "2026-06-01T00:00:00Z"]);
  if (schema.format === "date") return wild ? one(oddDates) : one(["2026-05-19", "2026-12-31"]);
  if (/(^|_)id$|_ids|^after$|^id /.test(about) || /\^\[1-9\]/.test(schema.pattern ?? "")) return wild ? one(oddIds) : one(ids);
  if (/value|numerator|denominator|decimal|amount/.test(about)) return wild ? one(oddDecimals) : one(["1", "12.50", "0", "-3"]);
  if (wild) return one([...oddTexts, ...oddDates, ...oddDecimals]);
  return one(["Lý do", "2026-05-19", "TN01", "abc", "12", "Tuy Hoà"]);
}

function made(schema, name = "", depth = 0) {
  schema = api.resolve(schema) ?? {};
  if (schema.anyOf || schema.oneOf) return made(one(schema.anyOf ?? schema.oneOf), name, depth);
  const wild = chance(0.12);
  if (chance(0.04)) return anything();
  const types = [schema.type ?? []].flat();
  if (types.includes("null") && chance(0.1)) return null;
  const type = types.find((t) => t !== "null");
  if (type === "object") {
    const value = {};
    for (const [field, described] of Object.entries(schema.properties ?? {}))
      if (schema.required?.includes(field) ? !chance(0.03) : chance(0.5)) value[field] = made(described, field, depth + 1);
    if (schema.additionalProperties && typeof schema.additionalProperties === "object")
      for (let i = below(4); i > 0; i--) value[one(ids)] = made(schema.additionalProperties, "", depth + 1);
    if (wild && chance(0.2)) value[one(["x", "id", "constructor", "\u0000"])] = anything();
    return value;
  }
  if (type === "array") {
    const length = wild ? one([0, 1, 40, 600]) : 1 + below(3);
    const item = made(schema.items ?? {}, name, depth + 1);
    return Array.from({ length: depth > 3 ? 1 : length }, () => (length > 10 ? item : made(schema.items ?? {}, name, depth + 1)));
  }
  if (type === "integer" || type === "number") return wild ? one(oddNumbers) : (schema.minimum ?? 0) + below(4);
  if (type === "boolean") return chance(0.5);
  if (type === "string") return text(schema, name, wild);
  return anything();
}

function address({ template, operation }) {
  const path = template.replaceAll(/{([^}]+)}/g, (_, name) => {
    if (chance(0.15)) return encodeURIComponent(one([...oddIds, ...oddTexts.slice(0, 8), ...oddPeriods]));
    if (name === "period") return one(["2026-05", "2026-04", ...oddPeriods]);
    if (name === "date") return one(["2026-05-19", ...oddDates]);
    if (name === "code") return one(["66", "provinces", "..", "0", "6a"]);
    return one(ids);
  });
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in !== "query" || !chance(parameter.required ? 0.95 : 0.4)) continue;
    query.append(parameter.name, String(made(parameter.schema, parameter.name)).slice(0, 300));
    if (chance(0.02)) query.append(parameter.name, "2");
  }
  if (chance(0.02)) query.append("no_such", "1");
  return query.size ? `${path}?${query}` : path;
}

// JSON that JSON.stringify would not write.
const spoilt = [
  (json) => json.slice(0, below(json.length)),
  (json) => json.replace("{", '{"a":1,"a":2,'),
  (json) => json.replace(/"[^"]*"/, `"\\u0000"`),
  (json) => json.replace(/"[^"]*"(?=[,}\]])/, `"\\ud800"`),
  (json) => json.replace(/:[^,}\]]+/, `:${"9".repeat(400)}`),
  (json) => json.replace(/:[^,}\]]+/, ":1e99999"),
  (json) => json.replace(/:[^,}\]]+/, `:${"[".repeat(1200)}${"]".repeat(1200)}`),
  (json) => json.replace(/:[^,}\]]+/, `:${'{"a":'.repeat(1200)}1${"}".repeat(1200)}`),
  (json) => `\ufeff${json}`,
  (json) => `${json}\u0000`,
  () => "null",
  () => "[]",
  () => Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
];
const wrongTypes = ["text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data", "application/json,application/json", ""];

// These end the sessions that ask, or never end themselves.
const left = new Set(["DELETE /api/session", "DELETE /api/me/sessions", "POST /api/me/password", "GET /api/events", "POST /api/test/clock"]);
const operations = api.operations().filter(({ method, template }) => !left.has(`${method} ${template}`));
const ownSession = /^DELETE \/api\/(me\/sessions\/|accounts\/[^/]+\/sessions)|^POST \/api\/(session|accounts)|^POST \/api\/me\/totp|totp$/;

async function attack(route, person) {
  const options = { any: true, headers: {} };
  const content = route.operation.requestBody?.content;
  if (route.method !== "GET") {
    if (chance(0.95)) options.headers["If-Match"] = one(['"1"', '"2"', '"0"', "*", '"-1"', '"99999999999999999999"', 'W/"1"', "x"]);
    if (chance(0.05)) options.headers["Idempotency-Key"] = one(["a".repeat(8), "b".repeat(300), "k-1", " "]);
    if (chance(0.02)) options.headers["Content-Type"] = one(wrongTypes);
  }
  if (content?.["application/json"]) {
    const json = JSON.stringify(made(content["application/json"].schema));
    options.raw = chance(0.1) ? one(spoilt)(json) : json;
    options.headers["Content-Type"] ??= "application/json";
  } else if (content) {
    options.raw = one([Buffer.alloc(0), Buffer.alloc(70000, 7), Buffer.from("PK\u0003\u0004rubbish"), Buffer.from("%PDF-1.4 x")]);
    options.headers["Content-Type"] ??= "application/octet-stream";
    options.headers["X-File-Name"] = one(["a.pdf", "a.xlsx", encodeURIComponent("../../x"), "%00.pdf", "%ff%fe", "x".repeat(900), "", "%"]);
  }
  const path = address(route);
  const what = () => `seed ${seed}: ${route.method} ${path} ${JSON.stringify(options.headers)} ${String(options.raw ?? "").slice(0, 600)}`;
  let reply;
  try {
    reply = await person.request(route.method, path, options);
  } catch (error) {
    error.message = `${what()}\n${error.message.slice(0, 1500)}`;
    throw error;
  }
  assert.ok(reply.status < 500 || reply.status === 503, `${what()}\nanswered ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.status;
}

test("requests made up from the API document get an answer or a reason", { timeout: 120_000 }, async () => {
  const counts = new Map();
  const faults = [];
  const until = Date.now() + seconds * 1000;
  let sent = 0;
  for (let round = 0; Date.now() < until && faults.length < 12; round++) {
    for (const route of operations) {
      if (Date.now() > until) break;
      if (ownSession.test(`${route.method} ${route.template}`) && round % 8) continue;
      const person = one(people);
      try {
        const status = await attack(route, person);
        sent++;
        counts.set(status, (counts.get(status) ?? 0) + 1);
      } catch (error) {
        faults.push(error);
      }
    }
  }
  if (process.env.THEODOI_HOSTILE_SECONDS) console.log(sent, Object.fromEntries(counts));
  assert.deepEqual(faults.map((fault) => fault.message), []);
  // The dice must get somewhere: both answers and refusals.
  assert.ok(sent > 60 && counts.get(200) > 5 && counts.get(422) > 5, JSON.stringify([...counts]));
});

// Bytes as they are, without a client that knows how to behave.
function raw(bytes) {
  return new Promise((done) => {
    const request = new (class {
      async run() {
        const { connect } = await import("node:net");
        const socket = connect(server.port, "127.0.0.1");
        let text = "";
        socket.on("data", (piece) => (text += piece));
        socket.on("error", () => done(text));
        socket.on("close", () => done(text));
        socket.setTimeout(4000, () => socket.destroy());
        socket.end(bytes);
      }
    })();
    request.run();
  });
}

test("requests that are no HTTP end the connection, not the server", async () => {
  const lines = [
    "GET /api/units HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "GET /api/units HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{",
    "GET /api/units?%00=%ff&limit=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /api/%c0%ae%c0%ae/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    `GET /api/units HTTP/1.1\r\nHost: x\r\nCookie: ${"a=b; ".repeat(5000)}\r\n\r\n`,
    `GET /${"a/".repeat(3000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    "\u0000\u0001\u0002\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
  ];
  for (const line of lines) {
    const answer = await raw(Buffer.from(line, "latin1"));
    assert.doesNotMatch(answer, /^HTTP\/1\.1 500/, line.slice(0, 200));
  }
  await server.client().get("/healthz", { status: 200 });
});

test("afterwards the books are right", async () => {
  await server.stop();
  await runProgram(["check", "--store", server.files.store, "--data", server.files.data]);
  await runProgram(["audit", "verify", "--store", server.files.store, "--data", server.files.data]);
});
