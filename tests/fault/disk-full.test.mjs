// The disk fills up: writes answer `unavailable`, reading goes on, and writing works again when there is room.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { freshStore, startServer } from "../api/harness.mjs";

const folder = mkdtempSync(join(tmpdir(), "theodoi-disk-"));
const ballast = join(folder, "ballast");

// A small disk of its own, which only root can mount.
function mount() {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], { stdio: "pipe" });
    after(() => {
      execFileSync("umount", ["--lazy", folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    return true;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

const mounted = mount();

function fill() {
  const piece = Buffer.alloc(64 << 10, 1);
  for (let left = true; left; ) {
    const { bavail, bsize } = statfsSync(folder);
    left = bavail > 0;
    try {
      writeFileSync(ballast, piece.subarray(0, Math.min(piece.length, bavail * bsize)), { flag: "a" });
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
      left = false;
    }
  }
}

test("a full disk stops writing only, and only while it is full", { skip: mounted ? false : "only root can mount a small disk" }, async () => {
  const store = await freshStore({ kind: "sqlite", data: folder });
  const server = await startServer({ kind: "sqlite", store: { ...store, remove: () => {} }, args: ["--unlimited"] });
  const person = await server.signIn("dl.daumoi");
  await person.patch("/api/me", { position: "before" });
  fill();
  let refused = 0;
  for (let number = 0; refused < 3; number++) {
    assert.ok(number < 5000, "the disk does not fill up");
    const reply = await person.patch("/api/me", { position: `number ${number} ${"x".repeat(100)}` }).catch((error) => error);
    if (!(reply instanceof Error)) continue;
    assert.match(reply.message, /answered 503 .*unavailable/);
    refused++;
  }
  const { body } = await person.get("/api/session");
  assert.match(body.account.position, /^(before|number )/);
  await person.get("/api/units?limit=5");
  rmSync(ballast);
  await person.patch("/api/me", { position: "after" });
  const again = await person.get("/api/session");
  assert.equal(again.body.account.position, "after");
  await server.restart();
  const later = await server.signIn("dl.daumoi");
  assert.equal(later.session.account.position, "after");
});
