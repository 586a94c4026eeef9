/*
 * What an API test stands on. A test file starts a server of its own and talks to it as people do:
 *
 *   import { test } from "node:test";
 *   import assert from "node:assert/strict";
 *   import { startServer } from "./harness.mjs";
 *
 *   const server = await startServer();
 *   const entry = await server.signIn("tuyhoa.nhaplieu");
 *
 *   test("another commune's report is not found", async () => {
 *     await entry.get("/api/submissions/1", { status: 404, code: "not_found" });
 *   });
 *
 * Replies that are not as the server's own API document says fail the test by themselves.
 */
export { startServer, demoNow, demoPassword } from "../harness/server.mjs";
export { Client } from "../harness/client.mjs";
export { freshStore, runProgram, sql } from "../harness/stores.mjs";
export { totp } from "../harness/totp.mjs";
export { program, storeKind, top } from "../harness/paths.mjs";
