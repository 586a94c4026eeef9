// Accounts over HTTP: the first set-up, signing in, administration, tokens, settings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { freshStore, runProgram, startServer, totp } from "./harness.mjs";

const password = "Ngan-Ha-9-Tang-May";
const files = await freshStore({ demo: false });
const at = ["--store", files.store];
const { stdout: said } = await runProgram(["init", ...at, "--data", files.data]);
const setupToken = /setup\?token=(\S+)/.exec(said)[1];

// The operator's way to an account: answers its first password.
async function makeAccount(username, unit, role) {
  const args = ["account", "create", ...at, "--username", username, "--name", `Người ${username}`, "--unit", unit, "--role", role];
  const { stdout } = await runProgram(args);
  return /first password: (\S+)/.exec(stdout)[1];
}

const first = {
  "dl.quantri": await makeAccount("dl.quantri", "66", "administrator"),
  "dl.lanhdao": await makeAccount("dl.lanhdao", "66", "leader"),
  "tuyhoa.daumoi": await makeAccount("tuyhoa.daumoi", "22015", "coordinator"),
  "tuyhoa.nhaplieu": await makeAccount("tuyhoa.nhaplieu", "22015", "data_entry"),
  "tw.kiemtra": await makeAccount("tw.kiemtra", "TW", "inspector"),
};
// The one administrator of the province is there: the set-up is closed, so its test has a store of its own.
const server = await startServer({ demo: false, now: null, store: files, args: ["--test-clock", "--unlimited"] });

// Changes the first password, and enrols where the rules ask for it.
async function enter(username) {
  const client = server.client();
  let session = await client.startSession(username, first[username]);
  assert.equal(session.state, "password_required");
  session = (await client.post("/api/me/password", { current_password: first[username], new_password: password })).body;
  if (session.state === "totp_enroll_required") {
    const { body } = await client.post("/api/me/totp");
    client.secret = body.secret;
    await client.post("/api/me/totp/confirm", { code: totp(body.secret) });
    session = (await client.get("/api/session")).body;
  }
  assert.equal(session.state, "open");
  client.session = session;
  return client;
}

const administrator = await enter("dl.quantri");
const coordinator = await enter("tuyhoa.daumoi");
const entry = await enter("tuyhoa.nhaplieu");
const inspector = await enter("tw.kiemtra");
const province = administrator.session.account.unit;
const commune = entry.session.account.unit;
const idOf = async (username) => (await administrator.get(`/api/accounts?q=${username}`)).body.accounts[0].id;

const form = (more) => ({
  username: "tuyhoa.pheduyet",
  full_name: "Trần Thị Bưởi",
  position: "Chủ tịch",
  email: "buoi@daklak.gov.vn",
  mobile: "0912345678",
  citizen_number: "066123456789",
  unit_id: commune.id,
  grants: [{ role: "approver", unit_id: commune.id }],
  ...more,
});

test("the first administrator is made once, with the token of the command line", async () => {
  const own = await freshStore({ demo: false });
  const init = await runProgram(["init", "--store", own.store, "--data", own.data]);
  const fresh = await startServer({ demo: false, now: null, store: own });
  const stranger = fresh.client();
  const wanted = { token: /setup\?token=(\S+)/.exec(init.stdout)[1], username: "tw.quantri", password, full_name: "Lê Văn Cam" };
  await stranger.post("/api/setup", { ...wanted, token: "guess" }, { status: 403, code: "setup_token_wrong" });
  await stranger.post("/api/setup", { ...wanted, token: setupToken }, { status: 403, code: "setup_token_wrong" });
  await stranger.post("/api/setup", { ...wanted, password: "Quantri@2026" }, { status: 422, code: "password_too_short" });
  await stranger.post("/api/setup", { ...wanted, password: "Administrator!2026" }, { status: 422, code: "password_common" });
  await stranger.post("/api/setup", { ...wanted, username: "Quản trị" }, { status: 422, code: "username_invalid" });
  const { body } = await stranger.post("/api/setup", wanted, { status: 201 });
  assert.equal(body.username, "tw.quantri");
  await stranger.post("/api/setup", wanted, { status: 409, code: "setup_closed" });
  const session = await stranger.startSession("tw.quantri", password);
  assert.equal(session.state, "totp_enroll_required");
  assert.equal(session.account.unit.code, "TW");
  await stranger.get("/api/accounts", { status: 403, code: "totp_enroll_required" });
  const again = await runProgram(["init", "--store", own.store, "--data", own.data]);
  assert.match(again.stdout, /There is an administrator already/);
});

test("a session tells who is signed in and what they may use", async () => {
  const { body } = await entry.get("/api/session");
  assert.equal(body.account.username, "tuyhoa.nhaplieu");
  assert.equal(body.idle_seconds, 900);
  assert.deepEqual(body.grants.map(({ role, unit }) => [role, unit.code]), [["data_entry", "22015"]]);
  assert.ok(body.rights.includes("figure.enter"));
  assert.ok(!body.rights.includes("account.read"));
  assert.deepEqual(body.screens, ["my-work", "overview", "entry", "figures", "tasks", "documents", "indicators"]);
  const own = (await administrator.get("/api/session")).body;
  assert.equal(own.idle_seconds, 300);
  assert.ok(own.screens.includes("accounts"));
});

test("nobody is let in without a session, and a session ends when signed out", async () => {
  await server.client().get("/api/session", { status: 401, code: "not_signed_in" });
  const client = server.client();
  await client.startSession("tuyhoa.nhaplieu", password);
  const copy = new Map(client.cookies);
  await client.delete("/api/session", { status: 204 });
  assert.equal(client.cookies.size, 0);
  client.cookies = copy;
  await client.get("/api/session", { status: 401, code: "not_signed_in" });
});

test("what a screen asks by itself does not keep a session from ending", async () => {
  const own = await startServer();
  const [watched, used] = [await own.signIn("tuyhoa.nhaplieu"), await own.signIn("tuyhoa.nhaplieu")];
  await own.setClock("2026-05-16T20:10:00+07:00");
  await watched.get("/api/my-work", { headers: { "X-Background": "1" } });
  const stream = await fetch(`${own.url}/api/events`, { headers: { Cookie: [...watched.cookies].map((one) => one.join("=")).join("; ") } });
  assert.equal(stream.status, 200);
  await stream.body.cancel();
  await used.get("/api/my-work");
  await used.patch("/api/me", { language: "vi" }); // behind what was noted of use
  await own.setClock("2026-05-16T20:16:00+07:00");
  await watched.get("/api/session", { status: 401, code: "not_signed_in" });
  await used.get("/api/session");
});

test("the session's cookie is out of reach of scripts and other sites", async () => {
  const { headers } = await server.client().post("/api/session", { username: "tw.kiemtra", password });
  const [cookie] = headers.getSetCookie();
  assert.match(cookie, /; HttpOnly/);
  assert.match(cookie, /; SameSite=Strict/);
});

test("a write by cookie needs the CSRF token of its own session", async () => {
  await entry.patch("/api/me", { language: "vi" }, { headers: { "X-CSRF-Token": null }, status: 403, code: "csrf_failed" });
  await entry.patch("/api/me", { language: "vi" }, { headers: { "X-CSRF-Token": inspector.csrf }, status: 403, code: "csrf_failed" });
});

test("sign-in refuses what is wrong, slows down and locks, for known and unknown names alike", async () => {
  const names = ["dl.lanhdao", "nobody.at.all"];
  const answers = [];
  for (const username of names) {
    const stranger = server.client();
    const seen = [];
    for (let i = 0; i < 7; i++) {
      const { status, body, headers } = await stranger.post("/api/session", { username, password: "wrong" }, { any: true });
      seen.push([status, body.code, headers.has("retry-after")]);
    }
    answers.push(seen);
  }
  assert.deepEqual(answers[0], answers[1]);
});

test("each wrong try is answered by its own rule", async () => {
  const stranger = server.client();
  const wrong = (options) => stranger.post("/api/session", { username: "an.other", password: "wrong" }, options);
  const real = Date.now();
  const clock = (ms) => server.setClock(new Date(real + ms).toISOString());
  try {
    await wrong({ status: 401, code: "bad_credentials" });
    await wrong({ status: 401, code: "bad_credentials" });
    const { headers } = await wrong({ status: 429, code: "sign_in_wait" });
    assert.ok(Number(headers.get("retry-after")) >= 1);
    for (const [ms, code] of [[10_000, "bad_credentials"], [20_000, "bad_credentials"], [31_000, "account_locked"]]) {
      await clock(ms);
      await wrong({ code });
    }
    await clock(60_000);
    const locked = await wrong({ status: 403, code: "account_locked" });
    assert.ok(Number(locked.headers.get("retry-after")) > 11 * 3600);
  } finally {
    await clock(60_000);
  }
});

test("sign-in refuses broken input", async () => {
  const stranger = server.client();
  await stranger.post("/api/session", { username: "a" }, { status: 422, code: "field_required" });
  await stranger.post("/api/session", { username: "a", password: "b", more: 1 }, { status: 422, code: "field_unknown" });
  await stranger.post("/api/session", { username: 1, password: "b" }, { status: 422, code: "field_type" });
});

test("half a sign-in gives nothing but the way to the other half", async () => {
  const client = server.client();
  const session = await client.startSession("dl.quantri", password);
  assert.equal(session.state, "totp_required");
  await client.get("/api/accounts", { status: 403, code: "totp_required" });
  await client.post("/api/me/totp", undefined, { status: 403, code: "totp_required" });
  await client.post("/api/me/password", { current_password: password, new_password: "Con-Tr4u-Di-Truoc" }, { status: 403, code: "totp_required" });
  await client.post("/api/session/totp", { code: "000000" }, { status: 422, code: "totp_code_wrong" });
  await client.post("/api/session/totp", {}, { status: 422, code: "field_required" });
  const { body } = await client.post("/api/session/totp", { code: totp(administrator.secret, null, 1) });
  assert.equal(body.state, "open");
  // The same code again.
  const second = server.client();
  await second.startSession("dl.quantri", password);
  await second.post("/api/session/totp", { code: totp(administrator.secret, null, 1) }, { status: 422, code: "totp_code_wrong" });
});

test("an authenticator that the rules ask for cannot be removed", async () => {
  await administrator.delete("/api/me/totp", { body: { password }, status: 409, code: "totp_policy" });
  await entry.delete("/api/me/totp", { body: { password }, status: 409, code: "totp_not_enabled" });
});

test("an authenticator of one's own choice comes and goes; a recovery code opens once", async () => {
  const { body: start } = await inspector.post("/api/me/totp");
  assert.match(start.uri, /^otpauth:\/\/totp\//);
  assert.match(start.qr_svg, /^<svg /);
  const { body } = await inspector.post("/api/me/totp/confirm", { code: totp(start.secret) });
  assert.equal(body.recovery_codes.length, 10);
  const client = server.client();
  assert.equal((await client.startSession("tw.kiemtra", password)).state, "totp_required");
  const recovery = { recovery_code: body.recovery_codes[0].toLowerCase() };
  assert.equal((await client.post("/api/session/totp", recovery)).body.state, "open");
  await client.post("/api/session/totp", recovery, { status: 422, code: "recovery_code_wrong" });
  await client.delete("/api/me/totp", { body: { password: "wrong" }, status: 422, code: "password_wrong" });
  await sleep(2100); // the second wrong secret in a row
  await client.delete("/api/me/totp", { body: { password }, status: 204 });
  assert.equal((await server.client().startSession("tw.kiemtra", password)).state, "open");
});

test("the own profile can be changed", async () => {
  const { body } = await entry.patch("/api/me", { language: "en", email: "a@b.vn", position: "Công chức" });
  assert.deepEqual([body.language, body.email, body.position], ["en", "a@b.vn", "Công chức"]);
  assert.equal((await entry.patch("/api/me", { email: "" })).body.email, null);
  await entry.patch("/api/me", { email: "nonsense" }, { status: 422, code: "email_invalid" });
  await entry.patch("/api/me", { language: "fr" }, { status: 422, code: "field_choice" });
});

test("the own password changes, and other sessions end with it", async () => {
  const client = server.client();
  const other = server.client();
  await client.startSession("tuyhoa.nhaplieu", password);
  await other.startSession("tuyhoa.nhaplieu", password);
  const change = (current_password, new_password, options) =>
    client.post("/api/me/password", { current_password, new_password }, options);
  await change("wrong", "Con-Tr4u-Di-Truoc", { status: 422, code: "password_wrong" });
  await change(password, "Tuyhoa.Nhaplieu-1", { status: 422, code: "password_has_name" });
  await change(password, password, { status: 422, code: "password_reused" });
  assert.equal((await change(password, "Con-Tr4u-Di-Truoc")).body.state, "open");
  await other.get("/api/session", { status: 401 });
  await entry.get("/api/session", { status: 401 });
  await entry.startSession("tuyhoa.nhaplieu", "Con-Tr4u-Di-Truoc");
});

test("open sessions are listed and ended", async () => {
  const one = server.client();
  const two = server.client();
  await one.startSession("tuyhoa.daumoi", password);
  await two.startSession("tuyhoa.daumoi", password);
  const { body } = await one.get("/api/me/sessions");
  assert.ok(body.sessions.length >= 3);
  assert.equal(body.sessions.filter(({ current }) => current).length, 1);
  assert.equal(body.sessions[0].address, "127.0.0.1");
  const other = body.sessions.find(({ current }) => !current);
  await entry.delete(`/api/me/sessions/${other.id}`, { status: 404, code: "not_found" });
  await one.delete(`/api/me/sessions/${other.id}`, { status: 204 });
  await one.delete("/api/me/sessions", { status: 204 });
  await two.get("/api/session", { status: 401 });
  assert.equal((await one.get("/api/me/sessions")).body.sessions.length, 1);
  await coordinator.startSession("tuyhoa.daumoi", password);
});

test("a personal token does part of what its owner may", async () => {
  const expires_on = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const wanted = { name: "báo cáo", rights: ["figure.read"], unit_id: commune.id, expires_on };
  const { body: made } = await coordinator.post("/api/me/tokens", wanted, { status: 201 });
  assert.deepEqual(made.rights, ["figure.read"]);
  assert.equal(made.expires_on, expires_on);
  await coordinator.post("/api/me/tokens", { ...wanted, rights: ["system.manage"] }, { status: 422, code: "token_rights_wider" });
  await coordinator.post("/api/me/tokens", { ...wanted, rights: ["fly"] }, { status: 422, code: "field_invalid" });
  await coordinator.post("/api/me/tokens", { ...wanted, unit_id: province.id }, { status: 422, code: "token_rights_wider" });
  await coordinator.post("/api/me/tokens", { ...wanted, expires_on: "2036-01-01" }, { status: 422, code: "token_expiry" });
  const program = server.client({ bearer: made.token });
  await program.get("/api/rights");
  await program.get("/api/session", { status: 403, code: "token_refused" });
  await program.patch("/api/me", { position: "x" }, { status: 403, code: "token_refused" });
  const { body: listed } = await program.get("/api/accounts");
  assert.deepEqual(listed.accounts, []);
  assert.ok(!JSON.stringify((await coordinator.get("/api/me/tokens")).body).includes(made.token));
  await entry.delete(`/api/me/tokens/${made.id}`, { status: 404, code: "not_found" });
  await coordinator.delete(`/api/me/tokens/${made.id}`, { status: 204 });
  await program.get("/api/rights", { status: 401, code: "not_signed_in" });
});

test("a unit proposes, the level above approves, and the person enters", async () => {
  const { body: proposed } = await coordinator.post("/api/accounts", form(), { status: 201 });
  assert.equal(proposed.state, "proposed");
  assert.equal(proposed.initial_password, undefined);
  assert.equal(proposed.citizen_number_tail, "789");
  assert.equal(proposed.mobile_tail, "678");
  await coordinator.post(`/api/accounts/${proposed.id}/approve`, undefined, { status: 403, code: "forbidden" });
  await entry.post(`/api/accounts/${proposed.id}/approve`, undefined, { status: 404, code: "not_found" });
  const { body } = await administrator.post(`/api/accounts/${proposed.id}/approve`);
  const person = server.client();
  assert.equal((await person.startSession("tuyhoa.pheduyet", body.initial_password)).state, "password_required");
  await person.get("/api/rights", { status: 403, code: "password_required" });
  await administrator.post(`/api/accounts/${proposed.id}/approve`, undefined, { status: 409, code: "account_not_proposed" });
  const { body: refused } = await coordinator.post("/api/accounts", form({ username: "tuyhoa.khac", citizen_number: null }));
  const after = await administrator.post(`/api/accounts/${refused.id}/refuse`, { reason: "đã đủ người" });
  assert.equal(after.body.state, "refused");
  assert.equal(after.body.state_reason, "đã đủ người");
});

test("an administrator makes accounts inside the own subtree only, and forms are checked", async () => {
  const make = (more, options) => administrator.post("/api/accounts", form({ username: "dl.moi", citizen_number: "066000000001", ...more }), options);
  const centre = inspector.session.account.unit.id;
  await make({ unit_id: centre }, { status: 403, code: "forbidden" });
  await make({ grants: [{ role: "leader", unit_id: centre }] }, { status: 403, code: "forbidden" });
  await make({ unit_id: "1" }, { status: 422, code: "unit_unknown" });
  await make({ citizen_number: "066123456789" }, { status: 409, code: "citizen_number_taken" });
  await make({ citizen_number: "123" }, { status: 422, code: "citizen_number_invalid" });
  await make({ mobile: "123" }, { status: 422, code: "mobile_invalid" });
  await make({ leader_category: 13 }, { status: 422, code: "leader_category_unknown" });
  await make({ username: "tuyhoa.nhaplieu" }, { status: 409, code: "username_taken" });
  await make({ grants: [{ role: "king", unit_id: commune.id }] }, { status: 422, code: "field_choice" });
  const { body } = await make({ leader_category: 11 }, { status: 201, headers: { "Idempotency-Key": "one" } });
  assert.equal(body.state, "active");
  assert.match(body.initial_password, /^.{19}$/);
  const again = await make({ leader_category: 11 }, { status: 201, headers: { "Idempotency-Key": "one" } });
  assert.equal(again.body.id, body.id);
  assert.equal(again.body.initial_password, null);
});

test("accounts are listed within reach", async () => {
  const { body } = await administrator.get("/api/accounts?limit=2");
  assert.equal(body.accounts.length, 2);
  const { body: next } = await administrator.get(`/api/accounts?limit=200&after=${body.next}`);
  const names = [...body.accounts, ...next.accounts].map(({ username }) => username);
  assert.deepEqual(names, [...names].sort());
  assert.ok(names.includes("dl.quantri") && !names.includes("tw.kiemtra"));
  assert.equal(next.next, null);
  const { body: found } = await administrator.get(`/api/accounts?q=${encodeURIComponent("bưởi")}&role=approver&state=active&unit_id=${commune.id}`);
  assert.deepEqual(found.accounts.map(({ username }) => username), ["dl.moi", "tuyhoa.pheduyet"]);
  assert.deepEqual(found.accounts[1].roles, ["approver"]);
  assert.deepEqual((await entry.get("/api/accounts")).body.accounts, []);
  await administrator.get("/api/accounts?limit=0", { status: 422 });
  await administrator.get("/api/accounts?state=asleep", { status: 422, code: "field_choice" });
});

test("an account changes by its version", async () => {
  const id = await idOf("tuyhoa.pheduyet");
  const { body: now, headers } = await administrator.get(`/api/accounts/${id}`);
  assert.equal(headers.get("etag"), `"${now.version}"`);
  await administrator.patch(`/api/accounts/${id}`, { position: "x" }, { status: 428, code: "precondition_required" });
  const { body } = await administrator.patch(`/api/accounts/${id}`, { position: "Phó Chủ tịch", mobile: null }, { match: now.version });
  assert.deepEqual([body.position, body.mobile_tail], ["Phó Chủ tịch", null]);
  await administrator.patch(`/api/accounts/${id}`, { position: "x" }, { match: now.version, status: 412, code: "stale_version" });
  await inspector.patch(`/api/accounts/${id}`, { position: "x" }, { match: body.version, status: 403, code: "forbidden" });
  await entry.get(`/api/accounts/${id}`, { status: 404, code: "not_found" });
  await administrator.get("/api/accounts/1", { status: 404, code: "not_found" });
});

test("roles are given and taken; entry and approval in one hand is pointed out", async () => {
  const id = await idOf("tuyhoa.pheduyet");
  const grant = { role: "data_entry", unit_id: commune.id };
  await inspector.post(`/api/accounts/${id}/grants`, grant, { status: 403, code: "forbidden" });
  const { body } = await administrator.post(`/api/accounts/${id}/grants`, grant, { status: 201 });
  assert.deepEqual(body.warnings.map(({ code }) => code), ["entry_and_approval"]);
  await administrator.post(`/api/accounts/${id}/grants`, grant, { status: 409, code: "grant_taken" });
  await administrator.post(`/api/accounts/${id}/grants`, { role: "leader", unit_id: inspector.session.account.unit.id }, { status: 403, code: "forbidden" });
  await administrator.delete(`/api/accounts/${id}/grants/${body.id}`, { status: 204 });
  await administrator.delete(`/api/accounts/${id}/grants/${body.id}`, { status: 404, code: "not_found" });
});

test("nobody gives a role to oneself", async () => {
  const { account, grants } = administrator.session;
  const path = `/api/accounts/${account.id}/grants`;
  for (const role of ["data_entry", "approver", "administrator"])
    await administrator.post(path, { role, unit_id: commune.id }, { status: 409, code: "own_account" });
  assert.deepEqual((await administrator.get(`/api/accounts/${account.id}`)).body.grants.length, grants.length);
});

test("the last administrator cannot give the role away or be disabled by mistake", async () => {
  const own = administrator.session;
  await administrator.delete(`/api/accounts/${own.account.id}/grants/${own.grants[0].id}`, { status: 409, code: "last_administrator" });
  await administrator.post(`/api/accounts/${own.account.id}/disable`, { reason: "nghỉ việc" }, { status: 409, code: "own_account" });
});

test("citizen number and mobile are shown in full only on purpose", async () => {
  const id = await idOf("dl.moi");
  await inspector.post(`/api/accounts/${id}/reveal`, { reason: "đối chiếu" }, { status: 403, code: "forbidden" });
  await administrator.post(`/api/accounts/${id}/reveal`, {}, { status: 422, code: "field_required" });
  const { body } = await administrator.post(`/api/accounts/${id}/reveal`, { reason: "đối chiếu" });
  assert.deepEqual(body, { citizen_number: "066000000001", mobile: "0912345678" });
});

test("disabling ends everything at once; enabling and a new first password open again", async () => {
  const id = await idOf("tuyhoa.nhaplieu");
  await coordinator.post(`/api/accounts/${id}/disable`, { reason: "chuyển công tác" }, { status: 403, code: "forbidden" });
  await administrator.post(`/api/accounts/${id}/disable`, { reason: "" }, { status: 422, code: "field_too_short" });
  const { body } = await administrator.post(`/api/accounts/${id}/disable`, { reason: "chuyển công tác" });
  assert.equal(body.state, "disabled");
  await entry.get("/api/session", { status: 401, code: "not_signed_in" });
  const stranger = server.client();
  await stranger.post("/api/session", { username: "tuyhoa.nhaplieu", password: "Con-Tr4u-Di-Truoc" }, { status: 403, code: "account_disabled" });
  await administrator.post(`/api/accounts/${id}/reset-password`, {}, { status: 409, code: "account_not_active" });
  await administrator.post(`/api/accounts/${id}/enable`);
  await administrator.post(`/api/accounts/${id}/enable`, undefined, { status: 409, code: "account_not_disabled" });
  const { body: reset } = await administrator.post(`/api/accounts/${id}/reset-password`, {});
  first["tuyhoa.nhaplieu"] = reset.initial_password;
  const client = server.client();
  assert.equal((await client.startSession("tuyhoa.nhaplieu", reset.initial_password)).state, "password_required");
  await administrator.delete(`/api/accounts/${id}/sessions`, { status: 204 });
  await client.get("/api/session", { status: 401 });
  await inspector.delete(`/api/accounts/${id}/sessions`, { status: 403, code: "forbidden" });
  await inspector.post(`/api/accounts/${id}/enable`, undefined, { status: 403, code: "forbidden" });
  await inspector.post(`/api/accounts/${id}/refuse`, { reason: "không" }, { status: 403, code: "forbidden" });
});

test("a person who left can be erased; the account's id stays", async () => {
  const id = await idOf("dl.moi");
  await administrator.post(`/api/accounts/${id}/erase`, { reason: "theo yêu cầu" }, { status: 409, code: "account_not_disabled" });
  await administrator.post(`/api/accounts/${id}/disable`, { reason: "nghỉ hưu" });
  await inspector.post(`/api/accounts/${id}/erase`, { reason: "theo yêu cầu" }, { status: 403 });
  const { body } = await administrator.post(`/api/accounts/${id}/erase`, { reason: "theo yêu cầu" });
  assert.deepEqual([body.id, body.full_name, body.email, body.citizen_number_tail], [id, "—", null, null]);
  assert.deepEqual((await administrator.get("/api/accounts?q=dl.moi")).body.accounts, []);
  // The same person may come again.
  await administrator.post("/api/accounts", form({ username: "dl.moi", citizen_number: "066000000001" }), { status: 201 });
});

test("a locked account is shown, and unlocked by its administrator", async () => {
  const id = await idOf("dl.lanhdao");
  const stranger = server.client();
  const base = Date.now() + 60_000;
  for (let i = 0; i < 6; i++) {
    await server.setClock(new Date(base + i * 12_000).toISOString());
    await stranger.request("POST", "/api/session", { body: { username: "dl.lanhdao", password: "wrong" }, any: true });
  }
  await server.setClock(new Date().toISOString());
  const { body } = await administrator.get(`/api/accounts/${id}`);
  assert.ok(Date.parse(body.locked_until) > Date.now());
  await inspector.post(`/api/accounts/${id}/unlock`, undefined, { status: 403, code: "forbidden" });
  const { body: open } = await administrator.post(`/api/accounts/${id}/unlock`);
  assert.equal(open.locked_until, null);
});

test("what matters most asks for the password again", async () => {
  const id = await idOf("dl.moi");
  await server.setClock(new Date(Date.now() + 4 * 60_000).toISOString());
  await administrator.get("/api/session");
  await sleep(200);
  await server.setClock(new Date(Date.now() + 8 * 60_000).toISOString());
  await administrator.get("/api/session");
  await sleep(200);
  await server.setClock(new Date(Date.now() + 11 * 60_000).toISOString());
  await administrator.post(`/api/accounts/${id}/reveal`, { reason: "đối chiếu" }, { status: 403, code: "sudo_required" });
  await administrator.post("/api/session/sudo", { password: "wrong" }, { status: 422, code: "password_wrong" });
  await sleep(2100); // the second wrong secret in a row
  await administrator.post("/api/session/sudo", { password }, { status: 204 });
  await administrator.post(`/api/accounts/${id}/reveal`, { reason: "đối chiếu" });
  await server.setClock(new Date(Date.now() + 17 * 60_000).toISOString());
  await administrator.get("/api/session", { status: 401, code: "not_signed_in" });
  await server.setClock(new Date().toISOString());
});

test("the table of rights and the categories of leaders are pages of the product", async () => {
  const { body } = await inspector.get("/api/rights");
  assert.equal(body.cells.length, body.roles.length * body.rights.length);
  const cell = body.cells.find(({ role, right }) => role === "approver" && right === "figure.approve");
  assert.deepEqual(cell.relations, ["own"]);
  const { body: leaders } = await inspector.get("/api/leader-categories");
  assert.equal(leaders.categories.length, 12);
  assert.equal(leaders.categories[0].no, 1);
});

test("settings are the instance administrator's", async () => {
  await inspector.get("/api/settings", { status: 403, code: "forbidden" });
  await administrator.get("/api/settings", { status: 403, code: "forbidden" });
  await runProgram(["init", ...at, "--data", files.data, "--unit", "66"]);
  await sleep(2100);
  const { body } = await administrator.get("/api/settings");
  const by = (list, key) => list.settings.find((setting) => setting.key === key);
  assert.equal(by(body, "instance_unit").value, "66");
  assert.equal(by(body, "lock_tries").value, "5");
  assert.equal(by(body, "lock_tries").changed_at, null);
  const put = (settings, options) => administrator.put("/api/settings", { settings }, options);
  await administrator.post("/api/session/sudo", { password });
  await put([{ key: "lock_tries", value: "6" }], { status: 422, code: "setting_floor" });
  await put([{ key: "totp_required_roles", value: "leader" }], { status: 422, code: "setting_roles" });
  await put([{ key: "office_networks", value: "everywhere" }], { status: 422, code: "networks_invalid" });
  // All or nothing.
  await put([{ key: "lock_tries", value: "4" }, { key: "lock_hours", value: "1" }], { status: 422, code: "setting_floor" });
  assert.equal(by((await administrator.get("/api/settings")).body, "lock_tries").value, "5");
  const { body: after } = await put([{ key: "lock_tries", value: "4" }]);
  assert.equal(by(after, "lock_tries").value, "4");
  assert.equal(by(after, "lock_tries").default, "5");
});
