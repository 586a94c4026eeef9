#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/error.h"
#include "base/text.h"

static void test_first_error_stands(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_false(error_set(&err, ERR_field_range, "limit", "1", "200", NULL));
	assert_false(error_set(&err, ERR_internal, "other", NULL));
	assert_false(error_internal(&err, "late %d", 1));
	assert_int_equal(err.code, ERR_field_range);
	assert_string_equal(err.field, "limit");
	assert_string_equal(err.args[0], "1");
	assert_string_equal(err.args[1], "200");
	assert_string_equal(err.args[2], "");
	assert_string_equal(err.trace, "");

	error_clear(&err);
	assert_int_equal(err.code, ERR_none);
	assert_string_equal(err.args[0], "");
	assert_false(error_internal(&err, "disk %d: %s", 3, "full"));
	assert_int_equal(err.code, ERR_internal);
	assert_string_equal(err.trace, "disk 3: full");

	/* Who does not want to know may say so. */
	assert_false(error_set(NULL, ERR_internal, NULL, NULL));
	assert_false(error_internal(NULL, "unheard"));
}

static void test_sentences(void **state)
{
	(void)state;
	static const struct {
		enum error_code code;
		const char *args[3];
		const char *word;
		int status;
		const char *vi, *en;
	} cases[] = {
		{ ERR_not_found, { 0 }, "not_found", 404, "Không tìm thấy nội dung được yêu cầu.",
		  "What you asked for was not found." },
		{ ERR_bad_json, { "3", "14" }, "bad_json", 400,
		  "Dữ liệu gửi lên không phải JSON hợp lệ (dòng 3, cột 14).",
		  "The data sent is not valid JSON (line 3, column 14)." },
		{ ERR_field_range, { "1", "{0}" }, "field_range", 422, "Giá trị phải từ 1 đến {0}.",
		  "The value must be from 1 to {0}." },
		{ ERR_field_too_long, { 0 }, "field_too_long", 422, "Nội dung dài quá  ký tự.",
		  "The text is longer than  characters." },
		{ ERR_none, { 0 }, "none", 500, "", "" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *const *args = cases[i].args;
		struct error err = { 0 };
		error_set(&err, cases[i].code, NULL, args[0], args[1], args[2], NULL);
		char out[300];
		assert_string_equal(error_word(cases[i].code), cases[i].word);
		assert_int_equal(error_status(cases[i].code), cases[i].status);
		assert_string_equal(error_sentence(&err, LANG_VI, out, sizeof(out)), cases[i].vi);
		assert_string_equal(error_sentence(&err, LANG_EN, out, sizeof(out)), cases[i].en);

		struct error_detail detail = { cases[i].code, "rows/1", { args[0], args[1], args[2] } };
		assert_string_equal(error_detail_sentence(&detail, LANG_VI, out, sizeof(out)), cases[i].vi);
		assert_string_equal(error_detail_sentence(&detail, LANG_EN, out, sizeof(out)), cases[i].en);
	}
}

static void test_cut_between_characters(void **state)
{
	(void)state;
	struct error err = { 0 };
	char long_text[2 * 300 + 1];
	for (int i = 0; i < 300; i++)
		memcpy(long_text + 2 * i, "đ", 3);
	error_set(&err, ERR_field_choice, long_text, long_text, NULL);
	/* 94 and 158 bytes fit beside the NUL: even, so one whole character fewer than there is room for. */
	assert_int_equal(strlen(err.field), sizeof(err.field) - 2);
	assert_int_equal(strlen(err.args[0]), sizeof(err.args[0]) - 2);
	assert_true(text_valid(err.field, strlen(err.field)));

	struct error trace = { 0 };
	error_internal(&trace, "%s", long_text);
	assert_true(strlen(trace.trace) >= sizeof(trace.trace) - 2);
	assert_true(text_valid(trace.trace, strlen(trace.trace)));

	/* At every size the sentence is whole characters, ended, and a beginning of the whole. */
	char whole[600], part[600];
	error_sentence(&err, LANG_VI, whole, sizeof(whole));
	for (size_t size = 1; size < sizeof(part); size++) {
		memset(part, 'x', sizeof(part));
		error_sentence(&err, LANG_VI, part, size);
		size_t length = strlen(part);
		assert_true(length < size);
		assert_true(length + 4 >= size || length == strlen(whole));
		assert_memory_equal(part, whole, length);
		assert_true(text_valid(part, length));
	}
	char untouched = 'x';
	error_sentence(&err, LANG_VI, &untouched, 0);
	assert_int_equal(untouched, 'x');
}

/* Every message has both sentences, an HTTP status of errors, and asks for the same arguments in both. */
static void test_catalogue_is_whole(void **state)
{
	(void)state;
	struct error_detail detail = { ERR_none, NULL, { "\x01", "\x02", "\x03" } };
	for (int code = ERR_none + 1; code < ERR_count; code++) {
		detail.code = (enum error_code)code;
		char vi[1000], en[1000];
		error_detail_sentence(&detail, LANG_VI, vi, sizeof(vi));
		error_detail_sentence(&detail, LANG_EN, en, sizeof(en));
		assert_true(*vi && *en);
		assert_null(strchr(vi, '{'));
		assert_null(strchr(en, '{'));
		for (char arg = 1; arg <= 3; arg++)
			if (!strchr(vi, arg) != !strchr(en, arg))
				fail_msg("%s: {%d} is in one language only", error_word(detail.code), arg - 1);
		assert_in_range(error_status(detail.code), 400, 599);
		for (int other = ERR_none; other < code; other++)
			assert_string_not_equal(error_word(detail.code), error_word((enum error_code)other));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_error_stands),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_cut_between_characters),
		cmocka_unit_test(test_catalogue_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
