// Where the tests find the program and keep what they make.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

export const top = fileURLToPath(new URL("../..", import.meta.url));
export const logs = join(top, "build/test-logs/servers");

mkdirSync(logs, { recursive: true });

export const program =
  process.env.THEODOI_BIN ??
  ["build/asan/theodoi", "build/release/theodoi"].map((path) => join(top, path)).find(existsSync) ??
  join(top, "build/release/theodoi");

// "sqlite" or "postgres"; the latter needs TEST_POSTGRES_URL (tests/postgres.sh start).
export const storeKind = process.env.THEODOI_TEST_STORE ?? "sqlite";
