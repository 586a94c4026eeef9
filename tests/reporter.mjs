// Prints one line per test and, last, the counts that ./test reads. Failures also go to the file REPORT.
import { appendFileSync } from "node:fs";
import { relative } from "node:path";

const report = process.env.REPORT;
const ansi = /\u001b\[[0-9;]*m/g;

function explain(error) {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause ?? "no reason given").replace(ansi, "");
}

export default async function* reporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type === "test:stdout" || type === "test:stderr") {
      yield data.message;
      continue;
    }
    if ((type !== "test:pass" && type !== "test:fail") || data.details?.type === "suite") continue;
    const where = data.file ? relative(process.cwd(), data.file) : "";
    const time = `(${Math.round(data.details?.duration_ms ?? 0)} ms)`;
    if (data.skip !== undefined || data.todo !== undefined) {
      counts.skipped++;
      yield `SKIP ${where}: ${data.name} ${data.skip ?? data.todo}\n`;
    } else if (type === "test:pass") {
      counts.passed++;
      yield `ok ${where}: ${data.name} ${time}\n`;
    } else {
      // A test that failed only because of a subtest adds no news of its own.
      if (data.details?.error?.failureType === "subtestsFailed") {
        yield `not ok ${where}: ${data.name}\n`;
        continue;
      }
      counts.failed++;
      const text = `not ok ${where}: ${data.name} ${time}\n${explain(data.details?.error)}\n`;
      if (report) appendFileSync(report, text);
      yield text;
    }
  }
  if (counts.passed + counts.failed === 0) {
    counts.failed = 1;
    yield "not ok: no test ran\n";
  }
  yield `counts: ${counts.passed} ${counts.failed} ${counts.skipped}\n`;
}
