#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct writing {
	struct arena *mem;
	struct buf out;
	struct json json;
};

static void writing_start(struct writing *w)
{
	w->mem = arena_new(0);
	buf_init(&w->out, w->mem, 0);
	json_start(&w->json, &w->out);
}

static void test_every_kind_of_value(void **state)
{
	(void)state;
	struct writing w;
	writing_start(&w);
	struct json *j = &w.json;
	json_object(j, NULL);
	json_text(j, "text", "Đắk Lắk");
	json_text(j, "no_text", NULL);
	json_text_n(j, "part", "abcdef", 3);
	json_int(j, "int", -42);
	json_int(j, "least", INT64_MIN);
	json_bool(j, "yes", true);
	json_bool(j, "no", false);
	json_null(j, "null");
	json_id(j, "id", INT64_C(7312000000000000123));
	json_id(j, "no_id", 0);
	json_instant(j, "at", INT64_C(1778950799000));
	json_instant(j, "never", 0);
	json_decimal(j, "amount", -12345, 1);
	json_raw(j, "raw", "[1, 2]");
	json_raw(j, "no_raw", NULL);
	json_copy(j, "no_copy", NULL);
	json_array(j, "list");
	json_int(j, NULL, 1);
	json_object(j, NULL);
	json_end(j);
	json_array(j, NULL);
	json_end(j);
	json_text(j, NULL, "x");
	json_end(j);
	json_object(j, "last");
	json_int(j, "a\"b", 1);
	json_end(j);
	assert_false(json_finish(j));
	json_end(j);
	assert_true(json_finish(j));
	assert_string_equal(w.out.data,
			    "{\"text\":\"Đắk Lắk\",\"no_text\":null,\"part\":\"abc\",\"int\":-42,"
			    "\"least\":-9223372036854775808,\"yes\":true,\"no\":false,\"null\":null,"
			    "\"id\":\"7312000000000000123\",\"no_id\":null,\"at\":\"2026-05-16T23:59:59+07:00\","
			    "\"never\":null,\"amount\":\"-1234.5\",\"raw\":[1, 2],\"no_raw\":null,\"no_copy\":null,"
			    "\"list\":[1,{},[],\"x\"],\"last\":{\"a\\\"b\":1}}");
	arena_free(w.mem);
}

static void test_escapes(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length; /* 0: to the NUL */
		const char *written;
	} cases[] = {
		{ "", 0, "\"\"" },
		{ "a\"b\\c/", 0, "\"a\\\"b\\\\c/\"" },
		{ "\b\t\n\f\r", 0, "\"\\b\\t\\n\\f\\r\"" },
		{ "\x01\x1f\x7f", 0, "\"\\u0001\\u001f\\u007f\"" },
		{ "a\0b", 3, "\"a\\u0000b\"" },
		{ "đ\xf0\x9f\x98\x80", 0, "\"đ\xf0\x9f\x98\x80\"" },
		{ "a\xff" "b", 0, "\"a\xef\xbf\xbd" "b\"" },
		{ "\xc3", 0, "\"\xef\xbf\xbd\"" },
		{ "\xe1\xba", 0, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xed\xa0\x80x", 0, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx\"" },
		{ "\xc0\x22", 0, "\"\xef\xbf\xbd\\\"\"" },
		{ "</script>", 0, "\"</script>\"" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct writing w;
		writing_start(&w);
		size_t length = cases[i].length ? cases[i].length : strlen(cases[i].text);
		/* From the heap, so that AddressSanitizer sees a read past the end. */
		char *copy = malloc(length + !length);
		memcpy(copy, cases[i].text, length);
		json_text_n(&w.json, NULL, copy, length);
		free(copy);
		assert_true(json_finish(&w.json));
		assert_string_equal(w.out.data, cases[i].written);
		arena_free(w.mem);
	}
}

/* Whatever the bytes, what comes out is JSON that jansson reads, and the same text when they were valid. */
static void test_any_bytes_come_out_as_json(void **state)
{
	(void)state;
	uint64_t seed = 57;
	for (int round = 0; round < 20000; round++) {
		char bytes[24];
		size_t length = seed % sizeof(bytes);
		for (size_t i = 0; i < length; i++) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			bytes[i] = (char)(seed >> 56);
		}
		seed++;
		struct writing w;
		writing_start(&w);
		json_text_n(&w.json, NULL, bytes, length);
		assert_true(json_finish(&w.json));
		json_t *back = json_loadb(w.out.data, w.out.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		assert_non_null(back);
		if (text_valid(bytes, length)) {
			assert_int_equal(json_string_length(back), length);
			assert_memory_equal(json_string_value(back), bytes, length);
		}
		json_decref(back);
		arena_free(w.mem);
	}
}

static void key_in_array(struct json *j)
{
	json_array(j, NULL);
	json_int(j, "key", 1);
	json_end(j);
}

static void no_key_in_object(struct json *j)
{
	json_object(j, NULL);
	json_int(j, NULL, 1);
	json_end(j);
}

static void one_end_too_many(struct json *j)
{
	json_object(j, NULL);
	json_end(j);
	json_end(j);
}

static void end_alone(struct json *j)
{
	json_end(j);
	json_object(j, NULL);
	json_end(j);
}

static void two_values(struct json *j)
{
	json_int(j, NULL, 1);
	json_int(j, NULL, 2);
}

static void key_at_the_top(struct json *j)
{
	json_int(j, "key", 1);
}

static void nothing_at_all(struct json *j)
{
	(void)j;
}

static void left_open(struct json *j)
{
	json_array(j, NULL);
}

static void too_deep(struct json *j)
{
	for (int i = 0; i < 33; i++)
		json_array(j, NULL);
	for (int i = 0; i < 33; i++)
		json_end(j);
}

static void test_wrong_calls_are_found(void **state)
{
	(void)state;
	void (*const cases[])(struct json *) = {
		key_in_array, no_key_in_object, one_end_too_many, end_alone, two_values,
		key_at_the_top, nothing_at_all, left_open, too_deep,
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct writing w;
		writing_start(&w);
		cases[i](&w.json);
		if (json_finish(&w.json))
			fail_msg("case %zu: %s", i, w.out.data);
		arena_free(w.mem);
	}

	struct writing w;
	writing_start(&w);
	for (int i = 0; i < 32; i++)
		json_array(&w.json, NULL);
	for (int i = 0; i < 32; i++)
		json_end(&w.json);
	assert_true(json_finish(&w.json));
	arena_free(w.mem);
}

static void test_an_overflow_is_no_success(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct buf out;
	struct json json;
	buf_init(&out, mem, 20);
	json_start(&json, &out);
	json_text(&json, NULL, "longer than what fits");
	assert_false(json_finish(&json));
	arena_free(mem);
}

static void test_copy(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"{\"a\":[1,-2,{\"b\":null}],\"c\":\"đ\\n\",\"d\":true,\"e\":false,\"f\":{},\"g\":[]}",
		"[0.1,1.5,-2.25,1e+100,123456789.125]",
		"9223372036854775807",
		"\"x\"",
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		json_t *value = json_parse(mem, cases[i], strlen(cases[i]), &err);
		assert_non_null(value);
		struct writing w;
		writing_start(&w);
		/* Within a reply: what is copied may be as deep as what is read. */
		json_object(&w.json, NULL);
		json_copy(&w.json, "was", value);
		json_int(&w.json, "next", 1);
		json_end(&w.json);
		assert_true(json_finish(&w.json));
		assert_string_equal(w.out.data, arena_printf(mem, "{\"was\":%s,\"next\":1}", cases[i]));
		arena_free(w.mem);
	}
	arena_free(mem);
}

static void test_parse_errors(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length; /* 0: to the NUL */
		enum error_code code;
		const char *line, *column;
	} cases[] = {
		{ "{}", 0, ERR_none, "", "" },
		{ " [1, 2.5, \"x\", null] ", 0, ERR_none, "", "" },
		{ "5", 0, ERR_none, "", "" },
		{ "{\"a\": 1,\n \"b\": }", 0, ERR_bad_json, "2", "7" },
		{ "{\"a\": 1, \"a\": 2}", 0, ERR_bad_json, "1", "12" },
		{ "{\"a\": 1} x", 0, ERR_bad_json, "1", "10" },
		{ "{a: 1}", 0, ERR_bad_json, "1", "2" },
		{ "[1,]", 0, ERR_bad_json, "1", "4" },
		{ "[01]", 0, ERR_bad_json, "1", "2" },
		{ "[9223372036854775808]", 0, ERR_bad_json, "1", "20" },
		{ "[1e999]", 0, ERR_bad_json, "1", "6" },
		{ "[\"\\u0000\"]", 0, ERR_bad_json, "1", "9" },
		{ "[\"\\ud800\"]", 0, ERR_bad_json, "1", "9" },
		{ "[\"a\tb\"]", 0, ERR_bad_json, "1", "3" },
		{ "[1]\0", 4, ERR_bad_json, "1", "4" },
		{ "\"\xff\"", 0, ERR_bad_utf8, "", "" },
		{ "\"\xed\xa0\x80\"", 0, ERR_bad_utf8, "", "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *mem = arena_new(0);
		struct error err = { 0 };
		size_t length = cases[i].length ? cases[i].length : strlen(cases[i].text);
		char *copy = malloc(length);
		memcpy(copy, cases[i].text, length);
		json_t *value = json_parse(mem, copy, length, &err);
		free(copy);
		if (err.code != cases[i].code || !value != (err.code != ERR_none) ||
		    strcmp(err.args[0], cases[i].line) != 0 || strcmp(err.args[1], cases[i].column) != 0)
			fail_msg("%s: %s, line %s, column %s", cases[i].text, error_word(err.code), err.args[0],
				 err.args[1]);
		arena_free(mem);
	}

	struct arena *mem = arena_new(0);
	struct error err = { 0 };
	assert_null(json_parse(mem, "", 0, &err));
	assert_int_equal(err.code, ERR_bad_json);
	arena_free(mem);
}

static json_t *parse_nested(struct arena *mem, int depth, const char *inside, struct error *err)
{
	struct buf text;
	buf_init(&text, mem, 0);
	for (int i = 0; i < depth; i++)
		buf_add_text(&text, i % 2 ? "[" : "{\"k\":\n");
	buf_add_text(&text, inside);
	for (int i = depth; i-- > 0;)
		buf_add_text(&text, i % 2 ? "]" : "}");
	return json_parse(mem, text.data, text.length, err);
}

static void test_depth(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct error err = { 0 };
	assert_non_null(parse_nested(mem, JSON_DEPTH_MAX, "1", &err));
	/* Brackets in strings are text, behind escaped quotes too. */
	assert_non_null(parse_nested(mem, JSON_DEPTH_MAX, "\"[[{{\\\"[[\\\\\"", &err));
	assert_int_equal(err.code, ERR_none);

	assert_null(parse_nested(mem, JSON_DEPTH_MAX + 1, "1", &err));
	assert_int_equal(err.code, ERR_bad_json);
	assert_string_equal(err.args[0], "17");
	assert_string_equal(err.args[1], "2");

	error_clear(&err);
	char *many = arena_alloc(mem, 1000001);
	memset(many, '[', 1000000);
	assert_null(json_parse(mem, many, 1000000, &err));
	assert_int_equal(err.code, ERR_bad_json);
	arena_free(mem);
}

static void test_members(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct error err = { 0 };
	static const char text[] = "{\"t\":\"x\",\"i\":12,\"y\":true,\"n\":null,\"id\":\"73\",\"bad\":\"-1\",\"f\":false}";
	json_t *object = json_parse(mem, text, strlen(text), &err);
	assert_string_equal(json_get_text(object, "t"), "x");
	assert_null(json_get_text(object, "n"));
	assert_null(json_get_text(object, "absent"));
	assert_null(json_get_text(object, "i"));
	assert_int_equal(json_get_int(object, "i", 5), 12);
	assert_int_equal(json_get_int(object, "n", 5), 5);
	assert_int_equal(json_get_int(object, "absent", 5), 5);
	assert_true(json_get_bool(object, "y", false));
	assert_false(json_get_bool(object, "f", true));
	assert_true(json_get_bool(object, "n", true));
	assert_false(json_get_bool(object, "absent", false));
	assert_int_equal(json_get_id(object, "id"), 73);
	assert_int_equal(json_get_id(object, "bad"), 0);
	assert_int_equal(json_get_id(object, "i"), 0);
	assert_int_equal(json_get_id(object, "absent"), 0);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_kind_of_value),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_any_bytes_come_out_as_json),
		cmocka_unit_test(test_wrong_calls_are_found),
		cmocka_unit_test(test_an_overflow_is_no_success),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_parse_errors),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_members),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
