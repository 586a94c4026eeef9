import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { api, lastAnswerAt } from "./client.ts";
import { HAND_MS, isBackground, watchPresence } from "./presence.ts";

test("a request is a person's own shortly after a key, and the screen's later", async () => {
  mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const sent: (string | undefined)[] = [];
  mock.method(globalThis, "fetch", (_: string, { headers }: { headers: Record<string, string> }) => {
    sent.push(headers["X-Background"]);
    return Promise.resolve(new Response("{}"));
  });
  const page = new EventTarget();
  watchPresence(page);

  page.dispatchEvent(new Event("keydown"));
  await api.get("/api/session");
  const used = Date.now();
  assert.equal(lastAnswerAt(), used);

  mock.timers.tick(HAND_MS + 1);
  assert.equal(isBackground(), true);
  await api.get("/api/session");
  assert.equal(lastAnswerAt(), used);

  page.dispatchEvent(new Event("pointerdown"));
  await api.get("/api/session");
  assert.equal(lastAnswerAt(), Date.now());
  assert.deepEqual(sent, [undefined, "1", undefined]);
});
