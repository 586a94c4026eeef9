import assert from "node:assert/strict";
import { test } from "node:test";
import { mentionsIn } from "./mention-rules.ts";

const lan = { id: "1", name: "Nguyễn Thị Lan" };
const minh = { id: "2", name: "Trần Minh" };

test("only who still stands in the text is told, and once", () => {
  assert.deepEqual(mentionsIn("@Nguyễn Thị Lan xem giúp, @Nguyễn Thị Lan", [lan, lan, minh]), ["1"]);
  assert.deepEqual(mentionsIn("Trần Minh đã xem", [minh]), [], "a name without @ is no mention");
});
