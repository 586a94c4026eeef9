#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "http/compress.h"
#include "http/exchange.h"
#include "http/live_index.h"
#include "http/router.h"
#include "http/shape.h"
#include "http/upload.h"

/* The parts of http that need no server: shapes, routes, names, negotiation. */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct field cell_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = 8 },
	{ .name = "value", .type = FIELD_DECIMAL, .flags = FIELD_NULLABLE },
	{ .name = NULL },
};
static const struct shape cell = { "cell", cell_fields };

static const struct field all_fields[] = {
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 2, .max = 5 },
	{ .name = "unit_id", .type = FIELD_ID },
	{ .name = "count", .type = FIELD_INT, .min = 1, .max = 10 },
	{ .name = "any_count", .type = FIELD_INT },
	{ .name = "open", .type = FIELD_BOOL },
	{ .name = "amount", .type = FIELD_DECIMAL },
	{ .name = "day", .type = FIELD_DATE },
	{ .name = "at", .type = FIELD_TIME },
	{ .name = "period", .type = FIELD_PERIOD },
	{ .name = "kind", .type = FIELD_CHOICE, .choices = "one|two" },
	{ .name = "cell", .type = FIELD_OBJECT, .of = &cell },
	{ .name = "cells", .type = FIELD_ARRAY, .of = &cell, .max = 3 },
	{ .name = "ids", .type = FIELD_ARRAY, .item = FIELD_ID, .min = 1 },
	{ .name = "kinds", .type = FIELD_ARRAY, .item = FIELD_CHOICE, .choices = "one|two" },
	{ .name = "map", .type = FIELD_MAP, .of = &cell },
	{ .name = "texts", .type = FIELD_MAP, .item = FIELD_TEXT },
	{ .name = "password", .type = FIELD_TEXT, .flags = FIELD_SECRET | FIELD_NULLABLE },
	{ .name = "extra", .type = FIELD_ANY },
	{ .name = NULL },
};
static const struct shape all = { "all", all_fields };

static void bodies_are_checked(void **state)
{
	static const struct {
		const char *json;
		enum error_code code;
		const char *field, *arg;
	} cases[] = {
		{ "{\"name\":\"abc\"}", ERR_none, "", "" },
		{ "[]", ERR_field_type, "", "object" },
		{ "3", ERR_field_type, "", "object" },
		{ "{}", ERR_field_required, "name", "" },
		{ "{\"name\":null}", ERR_field_required, "name", "" },
		{ "{\"name\":\"a\"}", ERR_field_too_short, "name", "2" },
		{ "{\"name\":\"abcdef\"}", ERR_field_too_long, "name", "5" },
		{ "{\"name\":\"Hu\xe1\xba\xbf\"}", ERR_none, "", "" },
		{ "{\"name\":\"Hu\xc3\xaa\xcc\x81\xc3\xaa\xcc\x81\xc3\xaa\xcc\x81\"}", ERR_none, "", "" },
		{ "{\"name\":\"a\\u0001b\"}", ERR_field_invalid, "name", "" },
		{ "{\"name\":3}", ERR_field_type, "name", "string" },
		{ "{\"name\":\"abc\",\"other\":1}", ERR_field_unknown, "other", "" },
		{ "{\"name\":\"abc\",\"unit_id\":\"12\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"unit_id\":\"x\"}", ERR_field_invalid, "unit_id", "" },
		{ "{\"name\":\"abc\",\"unit_id\":12}", ERR_field_type, "unit_id", "string" },
		{ "{\"name\":\"abc\",\"unit_id\":null}", ERR_field_type, "unit_id", "not null" },
		{ "{\"name\":\"abc\",\"count\":1}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"count\":0}", ERR_field_range, "count", "1" },
		{ "{\"name\":\"abc\",\"count\":11}", ERR_field_range, "count", "1" },
		{ "{\"name\":\"abc\",\"count\":1.5}", ERR_field_type, "count", "integer" },
		{ "{\"name\":\"abc\",\"count\":\"1\"}", ERR_field_type, "count", "integer" },
		{ "{\"name\":\"abc\",\"any_count\":-99}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"open\":true}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"open\":1}", ERR_field_type, "open", "boolean" },
		{ "{\"name\":\"abc\",\"amount\":\"-12.5\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"amount\":\"1,5\"}", ERR_number_invalid, "amount", "" },
		{ "{\"name\":\"abc\",\"amount\":\"1.1234567\"}", ERR_number_too_precise, "amount", "6" },
		{ "{\"name\":\"abc\",\"amount\":12}", ERR_field_type, "amount", "string" },
		{ "{\"name\":\"abc\",\"day\":\"2024-02-29\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"day\":\"2026-02-29\"}", ERR_date_invalid, "day", "" },
		{ "{\"name\":\"abc\",\"at\":\"2026-05-16T23:59:59+07:00\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"at\":\"2026-05-16\"}", ERR_field_invalid, "at", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026-05\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026-Q4\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026-H2\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026-13\"}", ERR_field_invalid, "period", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026-Q5\"}", ERR_field_invalid, "period", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026-H3\"}", ERR_field_invalid, "period", "" },
		{ "{\"name\":\"abc\",\"period\":\"20\"}", ERR_field_invalid, "period", "" },
		{ "{\"name\":\"abc\",\"period\":\"2026-0\"}", ERR_field_invalid, "period", "" },
		{ "{\"name\":\"abc\",\"kind\":\"two\"}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"kind\":\"tw\"}", ERR_field_choice, "kind", "one|two" },
		{ "{\"name\":\"abc\",\"kind\":\"one|two\"}", ERR_field_choice, "kind", "one|two" },
		{ "{\"name\":\"abc\",\"kind\":\"\"}", ERR_field_choice, "kind", "one|two" },
		{ "{\"name\":\"abc\",\"cell\":{\"code\":\"A\"}}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"cell\":{}}", ERR_field_required, "cell/code", "" },
		{ "{\"name\":\"abc\",\"cell\":[]}", ERR_field_type, "cell", "object" },
		{ "{\"name\":\"abc\",\"cells\":[]}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"cells\":{}}", ERR_field_type, "cells", "array" },
		{ "{\"name\":\"abc\",\"cells\":[{\"code\":\"A\",\"value\":null},{\"code\":\"B\",\"value\":\"x\"}]}",
		  ERR_number_invalid, "cells/1/value", "" },
		{ "{\"name\":\"abc\",\"cells\":[1]}", ERR_field_type, "cells/0", "object" },
		{ "{\"name\":\"abc\",\"cells\":[{},{},{},{}]}", ERR_too_many_items, "cells", "3" },
		{ "{\"name\":\"abc\",\"ids\":[\"5\",\"z\"]}", ERR_field_invalid, "ids/1", "" },
		{ "{\"name\":\"abc\",\"ids\":[]}", ERR_field_range, "ids", "1" },
		{ "{\"name\":\"abc\",\"kinds\":[\"one\",\"three\"]}", ERR_field_choice, "kinds/1", "one|two" },
		{ "{\"name\":\"abc\",\"map\":{\"TN01\":{\"code\":\"A\"}}}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"map\":{\"TN01\":{\"code\":5}}}", ERR_field_type, "map/TN01/code", "string" },
		{ "{\"name\":\"abc\",\"texts\":{\"a\":\"x\",\"b\":5}}", ERR_field_type, "texts/b", "string" },
		{ "{\"name\":\"abc\",\"password\":null}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"extra\":{\"a\":[1,null,{\"b\":true}]}}", ERR_none, "", "" },
		{ "{\"name\":\"abc\",\"extra\":{\"a\":[\"\\u0000x\"]}}", ERR_bad_json, "", "1" },
		{ "{\"name\":\"abc\",\"extra\":{\"a\":[\"\\u0007x\"]}}", ERR_field_invalid, "extra/a/0", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *mem = arena_new(0);
		struct error err = { .code = ERR_none };
		json_t *body = json_parse(mem, cases[i].json, strlen(cases[i].json), &err);
		bool ok = body && shape_check_body(mem, &all, body, &err);

		if (ok != (cases[i].code == ERR_none) || err.code != cases[i].code)
			fail_msg("%s: %s", cases[i].json, error_word(err.code));
		assert_string_equal(err.field, cases[i].field);
		assert_string_equal(err.args[0], cases[i].arg);
		arena_free(mem);
	}
}

static void texts_are_composed(void **state)
{
	static const char text[] = "{\"name\":\"Hue\xcc\x82\xcc\x81\",\"texts\":{\"k\":\"e\xcc\x82\"}}";
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	json_t *body = json_parse(mem, text, strlen(text), &err);

	(void)state;
	assert_true(shape_check_body(mem, &all, body, &err));
	assert_string_equal(json_get_text(body, "name"), "Hu\xe1\xba\xbf");
	assert_string_equal(json_get_text(json_object_get(body, "texts"), "k"), "\xc3\xaa");
	arena_free(mem);
}

static void every_fault_is_told_up_to_a_limit(void **state)
{
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	struct buf text;
	json_t *body;

	(void)state;
	buf_init(&text, mem, 0);
	buf_add_text(&text, "{\"name\":5,\"unit_id\":5,\"open\":5}");
	body = json_parse(mem, text.data, text.length, &err);
	assert_false(shape_check_body(mem, &all, body, &err));
	assert_int_equal(err.detail_count, 3);
	assert_string_equal(err.details[2].field, "open");

	buf_clear(&text);
	buf_add_text(&text, "{\"name\":\"abc\",\"kinds\":[1");
	for (int i = 0; i < 500; i++)
		buf_add_text(&text, ",1");
	buf_add_text(&text, "]}");
	error_clear(&err);
	body = json_parse(mem, text.data, text.length, &err);
	assert_false(shape_check_body(mem, &all, body, &err));
	assert_int_equal(err.detail_count, ERROR_DETAILS_MAX);
	arena_free(mem);
}

static void paths_stay_within_bounds(void **state)
{
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	struct buf text;
	json_t *body;

	(void)state;
	buf_init(&text, mem, 0);
	buf_add_text(&text, "{\"name\":\"abc\",\"extra\":");
	for (int i = 0; i < 20; i++)
		buf_add_text(&text, "{\"abcdefghijklmnopqrstuvwxyz\":");
	buf_add_text(&text, "\"\\u0001\"");
	for (int i = 0; i < 20; i++)
		buf_add_text(&text, "}");
	buf_add_text(&text, "}");
	body = json_parse(mem, text.data, text.length, &err);
	assert_non_null(body);
	assert_false(shape_check_body(mem, &all, body, &err));
	assert_int_equal(err.detail_count, 1);
	assert_true(strlen(err.details[0].field) < FIELD_PATH_MAX);
	arena_free(mem);
}

static const struct field query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = 100 },
	{ .name = "open", .type = FIELD_BOOL },
	{ .name = "q", .type = FIELD_TEXT, .max = 10 },
	{ .name = NULL },
};
static const struct shape query = { NULL, query_fields };

static void queries_are_checked(void **state)
{
	static const struct {
		struct pair pairs[3];
		size_t count, kept;
		enum error_code code;
		const char *field;
	} cases[] = {
		{ { { "unit_id", "5" } }, 1, 1, ERR_none, "" },
		{ { { "unit_id", "5" }, { "lang", "en" } }, 2, 2, ERR_none, "" },
		{ { { "unit_id", "5" }, { "q", "" } }, 2, 1, ERR_none, "" },
		{ { { "unit_id", "" } }, 1, 0, ERR_field_required, "unit_id" },
		{ { { "q", "abc" } }, 1, 1, ERR_field_required, "unit_id" },
		{ { { "unit_id", "abc" } }, 1, 1, ERR_field_invalid, "unit_id" },
		{ { { "unit_id", "5" }, { "limit", "101" } }, 2, 2, ERR_field_range, "limit" },
		{ { { "unit_id", "5" }, { "limit", "x" } }, 2, 2, ERR_field_type, "limit" },
		{ { { "unit_id", "5" }, { "open", "true" } }, 2, 2, ERR_none, "" },
		{ { { "unit_id", "5" }, { "open", "1" } }, 2, 2, ERR_field_type, "open" },
		{ { { "unit_id", "5" }, { "x", "1" } }, 2, 1, ERR_field_unknown, "x" },
		{ { { "unit_id", "5" }, { "unit_id", "6" } }, 2, 1, ERR_field_invalid, "unit_id" },
		{ { { "unit_id", "5" }, { "q", NULL } }, 2, 1, ERR_field_invalid, "q" },
		{ { { "unit_id", "5" }, { "q", "12345678901" } }, 2, 2, ERR_field_too_long, "q" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *mem = arena_new(0);
		struct error err = { .code = ERR_none };
		struct pair pairs[3];
		size_t count = cases[i].count;

		memcpy(pairs, cases[i].pairs, sizeof(pairs));
		assert_int_equal(shape_check_query(mem, &query, pairs, &count, &err), cases[i].code == ERR_none);
		if (err.code != cases[i].code)
			fail_msg("case %zu: %s", i, error_word(err.code));
		assert_string_equal(err.field, cases[i].field);
		assert_int_equal(count, cases[i].kept);
		arena_free(mem);
	}
}

static const struct field tree_fields[3];
static const struct shape tree = { "tree", tree_fields };
static const struct field tree_fields[3] = {
	{ .name = "below", .type = FIELD_ARRAY, .of = &tree },
	{ .name = "name", .type = FIELD_TEXT },
	{ .name = NULL },
};

static const struct field holder_fields[] = {
	{ .name = "accounts", .type = FIELD_ARRAY, .of = &all },
	{ .name = NULL },
};
static const struct shape holder = { NULL, holder_fields };

static void secrets_are_taken_out(void **state)
{
	static const char text[] = "{\"accounts\":[{\"name\":\"a\",\"password\":\"hunter2\"},{\"name\":\"b\"}]}";
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	json_t *value = json_parse(mem, text, strlen(text), &err);
	char *dumped;

	(void)state;
	assert_true(shape_has_secret(&all));
	assert_true(shape_has_secret(&holder));
	assert_false(shape_has_secret(&tree));
	assert_false(shape_has_secret(NULL));
	shape_redact(&holder, value);
	dumped = json_dumps(value, JSON_COMPACT);
	assert_string_equal(dumped, "{\"accounts\":[{\"name\":\"a\",\"password\":null},{\"name\":\"b\"}]}");
	free(dumped);
	arena_free(mem);
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/units" },
	{ .method = "POST", .path = "/api/units" },
	{ .method = "GET", .path = "/api/units/{id}" },
	{ .method = "PATCH", .path = "/api/units/{unit_id}" },
	{ .method = "GET", .path = "/api/units/tree" },
	{ .method = "POST", .path = "/api/units/{id}/merge" },
	{ .method = "GET", .path = "/api/reports/{id}/units/{unit_id}" },
	{ .method = "GET", .path = "/api/openapi.json" },
};
static const struct route_table table = { "test", routes, COUNT(routes) };

static void routes_are_found(void **state)
{
	static const struct {
		const char *method, *path;
		int index;
		const char *allowed, *name, *value;
	} cases[] = {
		{ "GET", "/api/units", 0, "POST, GET, HEAD, OPTIONS", NULL, NULL },
		{ "HEAD", "/api/units", 0, "POST, GET, HEAD, OPTIONS", NULL, NULL },
		{ "POST", "/api/units", 1, "POST, GET, HEAD, OPTIONS", NULL, NULL },
		{ "DELETE", "/api/units", -1, "POST, GET, HEAD, OPTIONS", NULL, NULL },
		{ "GET", "/api/units/5", 2, "PATCH, GET, HEAD, OPTIONS", "id", "5" },
		{ "PATCH", "/api/units/5", 3, "PATCH, GET, HEAD, OPTIONS", "unit_id", "5" },
		{ "GET", "/api/units/tree", 4, "GET, HEAD, OPTIONS", NULL, NULL },
		{ "PATCH", "/api/units/tree", -1, "GET, HEAD, OPTIONS", NULL, NULL },
		{ "POST", "/api/units/5/merge", 5, "POST, OPTIONS", "id", "5" },
		{ "POST", "/api/units/tree/merge", 5, "POST, OPTIONS", "id", "tree" },
		{ "GET", "/api/reports/7/units/9", 6, "GET, HEAD, OPTIONS", "unit_id", "9" },
		{ "GET", "/api/openapi.json", 7, "GET, HEAD, OPTIONS", NULL, NULL },
		{ "GET", "/api/units/", -1, NULL, NULL, NULL },
		{ "GET", "/api/units//merge", -1, NULL, NULL, NULL },
		{ "GET", "/api", -1, NULL, NULL, NULL },
		{ "GET", "/", -1, NULL, NULL, NULL },
		{ "GET", "", -1, NULL, NULL, NULL },
		{ "GET", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s", -1, NULL, NULL, NULL },
	};
	const struct route_table *tables[] = { &table };
	struct arena *mem = arena_new(0);
	struct router *router = router_new(mem, tables, 1);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct route_match match;

		router_match(router, arena_strdup(mem, cases[i].path), cases[i].method, &match);
		if (match.index != cases[i].index)
			fail_msg("%s %s: %d", cases[i].method, cases[i].path, match.index);
		assert_ptr_equal(match.route, match.index < 0 ? NULL : &routes[match.index]);
		if (cases[i].allowed)
			assert_string_equal(match.allowed, cases[i].allowed);
		else
			assert_null(match.allowed);
		if (cases[i].name) {
			assert_string_equal(match.names[match.count - 1], cases[i].name);
			assert_string_equal(match.values[match.count - 1], cases[i].value);
		}
	}
	arena_free(mem);
}

static void file_names_are_cleaned(void **state)
{
	static const struct {
		const char *header, *disposition, *name;
	} cases[] = {
		{ "bao%20cao.xlsx", NULL, "bao cao.xlsx" },
		{ "b%C3%A1o%20c%C3%A1o.pdf", NULL, "b\xc3\xa1o c\xc3\xa1o.pdf" },
		{ "ba%CC%81o.pdf", NULL, "b\xc3\xa1o.pdf" },
		{ "..%2F..%2Fetc%2Fpasswd", NULL, "passwd" },
		{ "C:\\Users\\x\\a.txt", NULL, "a.txt" },
		{ "..", NULL, "" },
		{ "a%00b", NULL, "" },
		{ "a%0d%0ab", NULL, "" },
		{ "%ff%fe", NULL, "" },
		{ "100%", NULL, "100%" },
		{ "100%4", NULL, "100%4" },
		{ "%41", NULL, "A" },
		{ NULL, "attachment; filename=\"a b.txt\"", "a b.txt" },
		{ NULL, "attachment; filename=\"x\"; filename*=UTF-8''b%C3%A1o.txt", "b\xc3\xa1o.txt" },
		{ NULL, "attachment; filename=\"open", "" },
		{ NULL, NULL, "" },
	};
	struct arena *mem = arena_new(0);
	char name[256], small[5];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		upload_name(mem, cases[i].header, cases[i].disposition, name, sizeof(name));
		assert_string_equal(name, cases[i].name);
	}
	upload_name(mem, "ab%C3%A1%C3%A1", NULL, small, sizeof(small));
	assert_string_equal(small, "ab\xc3\xa1");
	arena_free(mem);
}

static void codings_are_accepted(void **state)
{
	static const struct {
		const char *header, *coding;
		bool accepted;
	} cases[] = {
		{ NULL, "gzip", false },
		{ "", "gzip", false },
		{ "gzip", "gzip", true },
		{ "br, GZIP;q=0.5", "gzip", true },
		{ "gzip;q=0", "gzip", false },
		{ "gzip; q=0.0, br", "gzip", false },
		{ "gzip;q=0.01", "gzip", true },
		{ "x-gzip", "gzip", false },
		{ "gzipped", "gzip", false },
		{ "deflate, br;q=1", "br", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (compress_accepted(cases[i].header, cases[i].coding) != cases[i].accepted)
			fail_msg("%s", cases[i].header);
}

static int groups_touched(struct live_index *index, const char *path)
{
	struct watch_group *next;
	int count = 0;

	index_note(index, NULL, path);
	for (struct watch_group *group = index_take(index); group; group = next) {
		next = group->next_touched;
		assert_int_equal(group->count, 1);
		for (struct watch *watch = group->watches; watch; watch = watch->next)
			count++;
		index_done(group);
	}
	return count;
}

static void watchers_are_found_by_path(void **state)
{
	static const char *const watched[] = { "TW/", "TW/66/", "TW/66/", "TW/66/22015/", "TW/6/", "" };
	static const struct {
		const char *path;
		int count;
	} cases[] = {
		{ "TW/66/22015/", 5 }, { "TW/66/", 4 }, { "TW/", 2 }, { "", 1 },
		{ "TW/67/", 2 },       { "TW/6/1/", 3 }, { "XX/", 1 }, { "TW", 1 },
	};
	struct live_index *index = calloc(1, sizeof(*index));
	struct watch watches[COUNT(watched)];

	(void)state;
	for (size_t i = 0; i < COUNT(watched); i++) {
		watches[i].path = watched[i];
		index_add(index, &watches[i], NULL);
	}
	for (size_t i = 0; i < COUNT(cases); i++)
		if (groups_touched(index, cases[i].path) != cases[i].count)
			fail_msg("%s", cases[i].path);
	for (size_t i = 0; i < COUNT(watched); i++)
		index_remove(index, &watches[i]);
	for (size_t i = 0; i < INDEX_BUCKETS; i++)
		assert_null(index->buckets[i]);
	free(index);
}

static void a_group_keeps_so_many_events_and_counts_one_more(void **state)
{
	struct live_index *index = calloc(1, sizeof(*index));
	struct watch watch = { .path = "TW/" };
	struct watch_group *group;

	(void)state;
	index_add(index, &watch, NULL);
	for (int i = 0; i < 3 * GROUP_EVENTS_MAX; i++)
		index_note(index, NULL, "TW/66/");
	group = index_take(index);
	assert_int_equal(group->count, GROUP_EVENTS_MAX + 1);
	assert_null(group->next_touched);
	index_done(group);
	index_remove(index, &watch);
	free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies_are_checked),
		cmocka_unit_test(texts_are_composed),
		cmocka_unit_test(every_fault_is_told_up_to_a_limit),
		cmocka_unit_test(paths_stay_within_bounds),
		cmocka_unit_test(queries_are_checked),
		cmocka_unit_test(secrets_are_taken_out),
		cmocka_unit_test(routes_are_found),
		cmocka_unit_test(file_names_are_cleaned),
		cmocka_unit_test(codings_are_accepted),
		cmocka_unit_test(watchers_are_found_by_path),
		cmocka_unit_test(a_group_keeps_so_many_events_and_counts_one_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
