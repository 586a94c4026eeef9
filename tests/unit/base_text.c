#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "base/arena.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void test_valid(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t length; /* 0: to the NUL */
		bool valid;
	} cases[] = {
		{ "", 0, true },
		{ "Ủy ban nhân dân xã Ea Kar", 0, true },
		{ "tab\tline\r\nend", 0, true },
		{ "\xc2\xa0", 0, true },
		{ "\xed\x9f\xbf", 0, true },         /* U+D7FF */
		{ "\xee\x80\x80", 0, true },         /* U+E000 */
		{ "\xf4\x8f\xbf\xbf", 0, true },     /* U+10FFFF */
		{ "a\0b", 3, false },                /* NUL */
		{ "\x01", 0, false },                /* control characters */
		{ "\x1b[0m", 0, false },
		{ "\x7f", 0, false },
		{ "\xc2\x80", 0, false },            /* U+0080 */
		{ "\xc2\x9f", 0, false },            /* U+009F */
		{ "\x80", 0, false },                /* continuation alone */
		{ "\xc3", 0, false },                /* cut off */
		{ "\xc3(", 0, false },
		{ "\xe1\xba", 0, false },
		{ "\xf0\x9f\x98", 0, false },
		{ "\xc0\xaf", 0, false },            /* overlong */
		{ "\xc1\xbf", 0, false },
		{ "\xe0\x9f\xbf", 0, false },
		{ "\xf0\x8f\xbf\xbf", 0, false },
		{ "\xed\xa0\x80", 0, false },        /* surrogate */
		{ "\xf4\x90\x80\x80", 0, false },    /* past the end */
		{ "\xf5\x80\x80\x80", 0, false },
		{ "\xff", 0, false },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t length = cases[i].length ? cases[i].length : strlen(cases[i].bytes);
		/* From the heap, so that AddressSanitizer sees a read past the end. */
		char *copy = malloc(length + !length);
		memcpy(copy, cases[i].bytes, length);
		if (text_valid(copy, length) != cases[i].valid)
			fail_msg("case %zu", i);
		free(copy);
	}
}

/* Every code point alone and behind a letter, against ICU. */
static void test_nfc_agrees_with_icu(void **state)
{
	(void)state;
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	struct arena *mem = arena_new(0);
	for (UChar32 c = 1; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		char text[8] = "e";
		int32_t length = 1;
		U8_APPEND_UNSAFE(text, length, c);
		text[length] = '\0';

		UChar wide[16], composed[32];
		char expected[64];
		int32_t wide_length, composed_length;
		u_strFromUTF8(wide, 16, &wide_length, text, length, &status);
		composed_length = unorm2_normalize(nfc, wide, wide_length, composed, 32, &status);
		u_strToUTF8(expected, sizeof(expected), NULL, composed, composed_length, &status);
		assert_true(U_SUCCESS(status));
		if (strcmp(text_nfc(mem, text), expected) != 0)
			fail_msg("U+%04X", (unsigned)c);
		if (c % 4096 == 0)
			arena_reset(mem);
	}
	arena_free(mem);
}

static void test_nfc(void **state)
{
	(void)state;
	static const struct {
		const char *text, *nfc;
	} cases[] = {
		{ "", "" },
		{ "Hoà Bình", "Hoà Bình" },
		{ "Hoa\xcc\x80 Bi\xcc\x80nh", "Hoà Bình" },
		{ "Vie\xcc\xa3\xcc\x82t", "Việt" }, /* dot below before circumflex */
		{ "Vie\xcc\x82\xcc\xa3t", "Việt" },
		{ "u\xcc\x9b\xcc\x81", "ứ" },
		{ "\xe2\x84\xab", "Å" },            /* the Ångström sign */
		{ "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(text_nfc(mem, cases[i].text), cases[i].nfc);

	/* Longer decomposed than composed, over many characters. */
	char *decomposed = arena_alloc(mem, 5 * 10000 + 1);
	for (int i = 0; i < 10000; i++)
		memcpy(decomposed + (size_t)5 * (size_t)i, "e\xcc\x82\xcc\xa3", 5);
	char *composed = text_nfc(mem, decomposed);
	assert_int_equal(strlen(composed), 3 * 10000);
	assert_memory_equal(composed + 3 * 9999, "ệ", 4);
	/* Longer composed than as it came: U+1D160 has no composed form and becomes three characters. */
	assert_int_equal(text_length(text_nfc(mem, "\xf0\x9d\x85\xa0\xf0\x9d\x85\xa0\xf0\x9d\x85\xa0")), 9);
	arena_free(mem);
}

static void test_fold(void **state)
{
	(void)state;
	static const struct {
		const char *text, *folded;
	} cases[] = {
		{ "", "" },
		{ "Hoà Bình", "hoa binh" },
		{ "HÒA  BÌNH", "hoa binh" },
		{ "hoa binh", "hoa binh" },
		{ "Hoa\xcc\x80 Bi\xcc\x80nh", "hoa binh" },
		{ "ĐẮK LẮK", "dak lak" },
		{ "đắk-lắk", "dak lak" },
		{ "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ",
		  "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd" },
		{ "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
		  "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd" },
		{ "  Số: 15/QĐ-BNV.  ", "so 15 qd bnv" },
		{ "2203-CV/VPTW", "2203 cv vptw" },
		{ "2203/CV/VPTW", "2203 cv vptw" },
		{ "“Ngày — 16/5”…", "ngay 16 5" },
		{ "a\xc2\xa0 \xe3\x80\x80 b", "a b" },
		{ "ti\xc2\xad" "nh", "tinh" },         /* soft hyphen */
		{ "50 % + 3 ₫", "50 3" },
		{ "!!!", "" },
		{ "…", "" },
		{ "Ê", "e" },
		{ "Россия", "россия" },
		{ "\xc8\xba", "\xe2\xb1\xa5" },        /* lower case is longer than upper */
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *folded = text_fold(mem, cases[i].text);
		assert_string_equal(folded, cases[i].folded);
		assert_string_equal(text_fold(mem, folded), folded);
	}
	arena_free(mem);
}

static void test_ascii_folds_alike_both_ways(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	for (char c = 1; c < 0x7f; c++) {
		/* The letter behind makes the second go through ICU. */
		char ascii[] = { 'x', c, 'y', '\0' };
		char mixed[] = { 'x', c, 'y', '\xc3', '\xa0', '\0' };
		size_t length = strlen(text_fold(mem, ascii));
		char *folded = text_fold(mem, mixed);
		assert_memory_equal(folded, text_fold(mem, ascii), length);
		assert_string_equal(folded + length, "a");
	}
	arena_free(mem);
}

static int by_text(const void *a, const void *b)
{
	return text_compare(*(const char *const *)a, *(const char *const *)b);
}

static void test_compare(void **state)
{
	(void)state;
	/* Vietnamese order: a ă â ... d đ e ê ... o ô ơ ... u ư; tones weigh less than letters. */
	static const char *const ordered[] = {
		"An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Du", "Đà Nẵng", "Đắk Lắk",
		"Điện Biên", "Đồng Nai", "Đồng Tháp", "Em", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng",
		"Huế", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng",
	};
	const char *names[COUNT(ordered)];
	for (size_t i = 0; i < COUNT(ordered); i++)
		names[(i * 7) % COUNT(ordered)] = ordered[i];
	qsort(names, COUNT(ordered), sizeof(*names), by_text);
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(ordered); i++) {
		assert_string_equal(names[i], ordered[i]);
		if (i)
			assert_true(strcmp(text_sort_key(mem, names[i - 1]), text_sort_key(mem, names[i])) < 0);
	}
	/* A text before every longer one that begins with it. */
	assert_true(strcmp(text_sort_key(mem, "An"), text_sort_key(mem, "An Giang")) < 0);
	assert_true(strcmp(text_sort_key(mem, ""), text_sort_key(mem, "a")) < 0);
	assert_string_equal(text_sort_key(mem, "xã"), text_sort_key(mem, "xã"));
	arena_free(mem);

	assert_int_equal(text_compare("xã", "xã"), 0);
	assert_true(text_compare("", "a") < 0);
	/* What weighs nothing in the alphabet still has one order. */
	assert_true(text_compare("a\xe2\x80\x8d", "a") > 0);
	assert_true(text_compare("a", "a\xe2\x80\x8d") < 0);
}

static void test_length_and_trim(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length;
		const char *trimmed;
	} cases[] = {
		{ "", 0, "" },
		{ "abc", 3, "abc" },
		{ "Đắk Lắk", 7, "Đắk Lắk" },
		{ "\xf0\x9f\x98\x80", 1, "\xf0\x9f\x98\x80" },
		{ "  a b\t\r\n", 8, "a b" },
		{ " \t ", 3, "" },
		{ "\xc2\xa0\xe3\x80\x80x\xe2\x80\xaf", 4, "x" },
		{ "\xef\xbb\xbfx\xe2\x80\x8b", 3, "x" },
		{ "\xe3\x80\x80", 1, "" },
		{ "à ", 2, "à" },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(text_length(cases[i].text), cases[i].length);
		assert_string_equal(text_trim(mem, cases[i].text), cases[i].trimmed);
	}
	arena_free(mem);
}

static void test_equal_starts_ends(void **state)
{
	(void)state;
	assert_true(text_equal("a", "a"));
	assert_false(text_equal("a", "b"));
	assert_true(text_equal(NULL, NULL));
	assert_false(text_equal(NULL, ""));
	assert_false(text_equal("", NULL));
	assert_true(text_starts("TW/66/", "TW/"));
	assert_true(text_starts("TW/", ""));
	assert_false(text_starts("TW", "TW/"));
	assert_true(text_ends("a.xlsx", ".xlsx"));
	assert_true(text_ends("a", ""));
	assert_false(text_ends("xlsx", ".xlsx"));
	assert_false(text_ends("a.xlsx ", ".xlsx"));
}

static void test_to_int(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t low, high;
		bool ok;
		int64_t value;
	} cases[] = {
		{ "0", 0, 0, true, 0 },
		{ "-0", 0, 0, true, 0 },
		{ "12", 1, 200, true, 12 },
		{ "007", 0, 10, true, 7 },
		{ "9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX },
		{ "-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN },
		{ "9223372036854775808", INT64_MIN, INT64_MAX, false, 0 },
		{ "-9223372036854775809", INT64_MIN, INT64_MAX, false, 0 },
		{ "99999999999999999999999", INT64_MIN, INT64_MAX, false, 0 },
		{ "201", 1, 200, false, 0 },
		{ "0", 1, 200, false, 0 },
		{ "-1", 0, 200, false, 0 },
		{ "", 0, 9, false, 0 },
		{ "-", -9, 9, false, 0 },
		{ "+1", 0, 9, false, 0 },
		{ " 1", 0, 9, false, 0 },
		{ "1 ", 0, 9, false, 0 },
		{ "1.0", 0, 9, false, 0 },
		{ "--1", -9, 9, false, 0 },
		{ "0x1", 0, 9, false, 0 },
		{ "١", 0, 9, false, 0 },
		{ NULL, 0, 9, false, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t value = 77;
		assert_int_equal(text_to_int(cases[i].text, cases[i].low, cases[i].high, &value), cases[i].ok);
		assert_int_equal(value, cases[i].ok ? cases[i].value : 77);
	}
}

static void *fold_often(void *arg)
{
	(void)arg;
	struct arena *mem = arena_new(0);
	for (int i = 0; i < 2000; i++) {
		if (strcmp(text_fold(mem, "ĐẮK LẮK"), "dak lak") != 0 || text_compare("đ", "d") <= 0 ||
		    strcmp(text_nfc(mem, "e\xcc\x82"), "ê") != 0)
			abort();
		arena_reset(mem);
	}
	arena_free(mem);
	return NULL;
}

static void test_from_many_threads(void **state)
{
	(void)state;
	pthread_t threads[4];
	for (size_t i = 0; i < COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, fold_often, NULL), 0);
	for (size_t i = 0; i < COUNT(threads); i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
}

static void a_sentence_is_filled_in(void **state)
{
	static const char *const args[] = { "16/5/2026", "{0}" };
	const struct {
		const char *sentence, *wanted;
	} rows[] = {
		{ "trước {0}", "trước 16/5/2026" },
		{ "{1} {0}{0}", "{0} 16/5/202616/5/2026" },
		{ "{2} {x} {", "{2} {x} {" },
		{ "", "" },
	};
	struct arena *mem = arena_new(0);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(text_fill(mem, rows[i].sentence, args, 2), rows[i].wanted);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence_is_filled_in),
		cmocka_unit_test(test_from_many_threads), /* first: it meets ICU unopened */
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_nfc),
		cmocka_unit_test(test_nfc_agrees_with_icu),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_ascii_folds_alike_both_ways),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_length_and_trim),
		cmocka_unit_test(test_equal_starts_ends),
		cmocka_unit_test(test_to_int),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
