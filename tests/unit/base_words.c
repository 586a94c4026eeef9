#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static int setup(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void words_are_folded_and_stand_once(void **state)
{
	static const struct {
		const char *texts[3], *words;
	} rows[] = {
		{ { "", NULL, " " }, "" },
		{ { "2203-CV/VPTW", "2203-CV/VPTW", NULL }, "2203 cv vptw" },
		{ { "Đường sá", "ĐƯỜNG", "đường" }, "duong sa" },
		{ { "b a", "c", "a" }, "a b c" },
		{ { "(Uỷ ban) ủy-ban", NULL, NULL }, "ban uy" },
		{ { "a \"b\" * ' & | !", NULL, NULL }, "a b" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(words_of(*state, rows[i].texts, 3), rows[i].words);
	/* The composed and the decomposed form are one word. */
	const char *const forms[] = { "ti\xe1\xba\xbf" "ng", "tie\xcc\x82\xcc\x81ng" };

	assert_string_equal(words_of(*state, forms, 2), "tieng");
}

static void a_long_word_is_cut_where_a_character_ends(void **state)
{
	char *long_word = arena_alloc(*state, 201), *wide = arena_alloc(*state, 203);
	const char *texts[1] = { long_word };

	memset(long_word, 'x', 200);
	long_word[200] = '\0';
	assert_int_equal(strlen(words_of(*state, texts, 1)), 60);
	/* A letter of two bytes that folding leaves: 1 + 2 * 100. */
	wide[0] = 'a';
	for (size_t i = 0; i < 100; i++)
		memcpy(wide + 1 + 2 * i, "\xce\xb1", 2);
	wide[201] = '\0';
	texts[0] = wide;
	assert_int_equal(strlen(words_of(*state, texts, 1)), 59);
}

static void words_have_a_maximum(void **state)
{
	enum { MORE = WORDS_MAX + 1000, WIDTH = 8 };
	char *text = arena_alloc(*state, (size_t)MORE * WIDTH + 1);
	const char *texts[1] = { text };
	size_t words = 1;

	for (int i = 0, left = 0; i < MORE; i++) {
		left = i;
		for (int k = WIDTH - 2; k >= 0; k--, left /= 10)
			text[(size_t)i * WIDTH + (size_t)k] = (char)('0' + left % 10);
		text[(size_t)i * WIDTH + WIDTH - 1] = ' ';
	}
	text[(size_t)MORE * WIDTH] = '\0';
	for (const char *at = words_of(*state, texts, 1); *at; at++)
		words += *at == ' ';
	assert_in_range(words, 10000, WORDS_MAX);
}

static void a_search_asks_for_all_words_the_last_as_it_begins(void **state)
{
	static const struct {
		const char *q, *sqlite, *postgres;
	} rows[] = {
		{ "", NULL, NULL },
		{ " \"*' & ", NULL, NULL },
		{ "Đường", "\"duong\"*", "'duong':*" },
		{ "2203/CV/VPTW", "\"2203\" \"cv\" \"vptw\"*", "'2203' & 'cv' & 'vptw':*" },
		{ "a OR b", "\"a\" \"or\" \"b\"*", "'a' & 'or' & 'b':*" },
		{ "x' | 'y", "\"x\" \"y\"*", "'x' & 'y':*" },
		{ "x\\ y", "\"x\" \"y\"*", "'x' & 'y':*" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *sqlite = words_match_sqlite(*state, rows[i].q);
		const char *postgres = words_match_postgres(*state, rows[i].q);

		if (!rows[i].sqlite) {
			assert_null(sqlite);
			assert_null(postgres);
			continue;
		}
		assert_string_equal(sqlite, rows[i].sqlite);
		assert_string_equal(postgres, rows[i].postgres);
	}
	/* Beyond twenty words the rest is not asked for, and the twentieth is whole. */
	const char *many = words_match_sqlite(
		*state, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22");

	assert_non_null(strstr(many, "\"20\""));
	assert_null(strstr(many, "\"21\""));
	assert_null(strchr(many, '*'));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_are_folded_and_stand_once),
		TEST(a_long_word_is_cut_where_a_character_ends),
		TEST(words_have_a_maximum),
		TEST(a_search_asks_for_all_words_the_last_as_it_begins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
