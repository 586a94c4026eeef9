import { test } from "node:test";
import assert from "node:assert/strict";
import { problemAt, problemsBeside } from "./refusal.ts";

test("what is said of a field stands at it, all else beside", () => {
  const refusals = [
    { field: "deadline", title: "Quá hạn của việc cha" },
    { field: "", title: "Không rõ" },
    { field: "weight", title: "Quá lớn" },
  ];
  assert.equal(problemAt(refusals, "title"), undefined);
  assert.equal(problemAt(refusals, "deadline", "before"), "Quá hạn của việc cha");
  assert.deepEqual(problemsBeside(refusals, ["title", "deadline"]).map(({ title }) => title), ["Không rõ", "Quá lớn"]);
});
