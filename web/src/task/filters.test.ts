import assert from "node:assert/strict";
import { test } from "node:test";
import { changesTo, filterCount, filterNames, filterText, queryOf, viewOf } from "./filters.ts";

const place = (text: string) => new URLSearchParams(text);

test("an address asks the server for what it names, and for nothing it does not know", () => {
  const query = queryOf(place("view=board&q=%20số%20hoá%20&part=lead&state=paused&timeliness=nonsense&from=2026-05-01"));
  assert.equal(query.q, "số hoá");
  assert.equal(query.part, "lead");
  assert.equal(query.state, "paused");
  assert.equal(query.timeliness, undefined);
  assert.equal(query.due_from, "2026-05-01");
  assert.equal(query.unit_id, undefined);
});

test("the list is what one sees when the address says nothing, or nonsense", () => {
  assert.equal(viewOf(place("")), "list");
  assert.equal(viewOf(place("view=pie")), "list");
  assert.equal(viewOf(place("view=timeline")), "timeline");
});

test("a saved filter keeps the filters alone, in one order, and brings exactly them back", () => {
  const text = filterText(place("view=month&timeliness=overdue&month=2026-05&q=báo cáo"));
  assert.equal(text, filterText(place("q=báo cáo&timeliness=overdue")));
  const changes = changesTo(text);
  assert.deepEqual(Object.keys(changes), [...filterNames]);
  assert.equal(changes.timeliness, "overdue");
  assert.equal(changes.q, "báo cáo");
  assert.equal(changes.state, null, "a filter that was not saved is taken away");
});

test("the order of the lines is no filter", () => {
  assert.equal(filterCount(place("sort=-due&q=")), 0);
  assert.equal(filterCount(place("sort=-due&state=paused&unit=7")), 2);
});
