// What holds for every route there is, read from the server's own API document.
import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { startServer } from "./harness.mjs";

const server = await startServer({ args: ["--unlimited"] });
const api = server.document;
const operations = api.operations();
const isPublic = (operation) => operation.security?.length === 0;
const writes = operations.filter(({ method }) => method !== "GET");
const withJson = writes.filter(({ operation }) => operation.requestBody?.content["application/json"]);
const uploads = writes.filter(({ operation }) => operation.requestBody?.content["application/octet-stream"]);
const name = ({ method, template }) => `${method} ${template}`;

// The address of a route with something in the place of each parameter.
function address({ template }) {
  return template.replaceAll(/{([^}]+)}/g, (_, parameter) => {
    if (parameter.includes("period")) return "2026-05";
    if (parameter.includes("date")) return "2026-05-19";
    if (parameter.includes("province") || parameter === "code") return "66";
    return "1";
  });
}

// A session that every route lets in as far as the check of its body.
const person = await server.signIn("dl.daumoi");
await person.post("/api/session/sudo", { password: "Theodoi-demo-2026" });

test("the document is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(api.document));
  assert.equal(result.valid, true, JSON.stringify(result.errors?.slice?.(0, 5) ?? result.errors));
  assert.equal(api.document.openapi.split(".").slice(0, 2).join("."), "3.1");
});

test("every operation has a name of its own, a summary and a tag", () => {
  const names = new Map();
  for (const { method, template, operation } of operations) {
    const what = `${method} ${template}`;
    assert.ok(!names.has(operation.operationId), `${what} is named as ${names.get(operation.operationId)}`);
    names.set(operation.operationId, what);
    assert.ok(operation.summary, `${what} has no summary`);
    assert.equal(operation.tags?.length, 1, `${what} has no tag`);
  }
});

test("every schema can be compiled", () => {
  for (const schema of Object.keys(api.document.components.schemas)) {
    assert.ok(api.ajv.compile({ $ref: `api#/components/schemas/${schema}` }), schema);
  }
});

test("the page of the API names every route", async () => {
  const { bytes, headers } = await server.client().get("/api/docs");
  const page = bytes.toString();
  assert.match(headers.get("content-type"), /^text\/html/);
  for (const { template } of operations) assert.ok(page.includes(template), `${template} is not on the page`);
});

test("an address that is not there and a method that is not taken", async () => {
  await person.get("/api/nothing-of-the-kind", { status: 404, code: "not_found" });
  const { headers } = await person.delete("/api/openapi.json", { status: 405, code: "method_not_allowed" });
  assert.match(headers.get("allow") ?? "", /GET/);
});

for (const route of operations.filter(({ operation }) => !isPublic(operation))) {
  test(`${name(route)} wants a session`, async () => {
    const stranger = server.client();
    await stranger.request(route.method, address(route), { status: 401, code: "not_signed_in" });
    const forged = server.client({ bearer: "theodoi_0000000000000000000000000000000000000000000" });
    await forged.request(route.method, address(route), { status: 401, code: "not_signed_in" });
  });
}

for (const route of writes.filter(({ operation }) => !isPublic(operation))) {
  test(`${name(route)} by cookie wants the CSRF token`, async () => {
    for (const token of [null, "", "x".repeat(43)]) {
      await person.request(route.method, address(route), {
        status: 403,
        code: "csrf_failed",
        match: 1,
        headers: { "X-CSRF-Token": token },
      });
    }
    await person.request(route.method, address(route), {
      status: 403,
      code: "csrf_failed",
      match: 1,
      headers: { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" },
    });
  });
}

// A value that the field cannot take.
function wrongValue(schema) {
  const types = new Set([schema?.type ?? []].flat());
  for (const part of schema?.anyOf ?? []) [api.resolve(part).type].flat().forEach((type) => types.add(type));
  if (types.size === 0) return undefined; // any JSON goes
  if (!types.has("object")) return { wrong: true };
  if (!types.has("array")) return ["wrong"];
  return 1;
}

for (const route of withJson) {
  const send = (options) => person.request(route.method, address(route), { match: 1, ...options });
  const json = { "Content-Type": "application/json" };

  test(`${name(route)} refuses what is no JSON`, async () => {
    for (const raw of ['{"', "", "nothing", '{"a":1} {"b":2}', '{"a":1,"a":2}', "[".repeat(3000)]) {
      await send({ raw, headers: json, status: 400, code: "bad_json" });
    }
    await send({ raw: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), headers: json, status: 400, code: "bad_utf8" });
    await send({ raw: "a=1", headers: { "Content-Type": "application/x-www-form-urlencoded" }, status: 415, code: "unsupported_media" });
  });

  test(`${name(route)} refuses values of a wrong type`, async () => {
    await send({ body: [1], status: 422, code: "field_type" });
    const schema = api.resolve(route.operation.requestBody.content["application/json"].schema);
    for (const [field, described] of Object.entries(schema.properties)) {
      const value = wrongValue(api.resolve(described));
      if (value === undefined) continue;
      const { body } = await send({ body: { [field]: value }, status: 422 });
      const said = body.errors?.find((error) => error.field === field) ?? (body.field === field ? body : null);
      assert.equal(said?.code, "field_type", `${field}: ${JSON.stringify(body)}`);
    }
    const { body } = await send({ body: { no_such_field: 1 }, status: 422 });
    const unknown = [body, ...(body.errors ?? [])].find((error) => error.field === "no_such_field");
    assert.equal(unknown?.code, "field_unknown", JSON.stringify(body));
  });
}

// Announces a body far too large and waits for the answer without sending it.
function announce(route, bytes) {
  return new Promise((done, fail) => {
    const request = http.request(server.url + address(route), {
      method: route.method,
      headers: {
        "Content-Type": "application/json",
        "Content-Length": bytes,
        "X-CSRF-Token": person.csrf,
        "If-Match": '"1"',
        Cookie: [...person.cookies].map(([key, value]) => `${key}=${value}`).join("; "),
      },
    });
    request.on("error", fail);
    request.on("response", async (reply) => {
      let text = "";
      for await (const piece of reply) text += piece;
      request.destroy();
      done({ status: reply.statusCode, body: JSON.parse(text) });
    });
    request.flushHeaders();
  });
}

for (const route of [...withJson, ...uploads]) {
  test(`${name(route)} refuses a body that is too large before it is sent`, async () => {
    const { status, body } = await announce(route, 2 ** 30);
    assert.equal(status, 413);
    assert.equal(body.code, "body_too_large");
  });
}
