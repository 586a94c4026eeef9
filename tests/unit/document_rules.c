#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "document/document_rules.h"

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
		assert_string_equal(document_words(*state, rows[i].texts, 3), rows[i].words);
	/* The composed and the decomposed form are one word. */
	const char *const forms[] = { "ti\xe1\xba\xbf" "ng", "tie\xcc\x82\xcc\x81ng" };

	assert_string_equal(document_words(*state, forms, 2), "tieng");
}

static void a_long_word_is_cut_where_a_character_ends(void **state)
{
	char *long_word = arena_alloc(*state, 201), *wide = arena_alloc(*state, 203);
	const char *texts[1] = { long_word };

	memset(long_word, 'x', 200);
	long_word[200] = '\0';
	assert_int_equal(strlen(document_words(*state, texts, 1)), 60);
	/* A letter of two bytes that folding leaves: 1 + 2 * 100. */
	wide[0] = 'a';
	for (size_t i = 0; i < 100; i++)
		memcpy(wide + 1 + 2 * i, "\xce\xb1", 2);
	wide[201] = '\0';
	texts[0] = wide;
	assert_int_equal(strlen(document_words(*state, texts, 1)), 59);
}

static void words_have_a_maximum(void **state)
{
	enum { MORE = DOCUMENT_WORDS_MAX + 1000, WIDTH = 8 };
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
	for (const char *at = document_words(*state, texts, 1); (at = strchr(at, ' ')); at++)
		words++;
	assert_in_range(words, 10000, DOCUMENT_WORDS_MAX);
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
		const char *sqlite = document_match_sqlite(*state, rows[i].q);
		const char *postgres = document_match_postgres(*state, rows[i].q);

		if (!rows[i].sqlite) {
			assert_null(sqlite);
			assert_null(postgres);
			continue;
		}
		assert_string_equal(sqlite, rows[i].sqlite);
		assert_string_equal(postgres, rows[i].postgres);
	}
	/* Beyond twenty words the rest is not asked for, and the twentieth is whole. */
	const char *many = document_match_sqlite(
		*state, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22");

	assert_non_null(strstr(many, "\"20\""));
	assert_null(strstr(many, "\"21\""));
	assert_null(strchr(many, '*'));
}

static void lists_sort_by_date_month_or_day_of_entry(void **state)
{
	period may;
	instant entered;

	assert_true(period_parse("2026-05", &may));
	assert_true(civil_parse("2026-03-09T23:30:00+07:00", &entered));
	assert_string_equal(document_sort_day(*state, (struct civil_date){ 2026, 4, 30 }, 0, entered), "2026-04-30");
	assert_string_equal(document_sort_day(*state, (struct civil_date){ 2026, 4, 30 }, may, entered), "2026-04-30");
	assert_string_equal(document_sort_day(*state, (struct civil_date){ 0 }, may, entered), "2026-05-01");
	assert_string_equal(document_sort_day(*state, (struct civil_date){ 0 }, 0, entered), "2026-03-09");
}

static void a_letter_means_the_same_number_of_the_same_day(void **state)
{
	static const struct civil_date none = { 0 }, day = { 2026, 3, 1 }, other = { 2026, 3, 2 };
	static const struct {
		const char *said, *has;
		const struct civil_date *said_on, *dated;
		bool meant;
	} rows[] = {
		{ "30-NQ/TU", "30-NQ/TU", &day, &day, true },   { "30-NQ/TU", "30-NQ/TU", &none, &day, true },
		{ "30-NQ/TU", "30-NQ/TU", &day, &none, true },  { "30-NQ/TU", "30-NQ/TU", &none, &none, true },
		{ "30-NQ/TU", "30-NQ/TU", &day, &other, false }, { "30-NQ/TU", "30-NQ/TW", &day, &day, false },
		{ "", "", &day, &day, false },                  { "", "30-NQ/TU", &day, &day, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct document_link link = { .number_normal = rows[i].said, .date = *rows[i].said_on };
		const struct document document = { .number_normal = rows[i].has, .date = *rows[i].dated };

		assert_int_equal(document_is_meant(&link, &document), rows[i].meant);
	}
}

static void a_stub_has_number_dates_and_due_alone(void **state)
{
	static const char *const one[] = { "x" };
	static const struct document_link link = { .number = "1" };
	static const struct {
		struct document_input input;
		const char *excess;
	} rows[] = {
		{ { .number = "1-QĐ/TU", .set_date = true, .date = { 2026, 5, 1 }, .set_due = true, .due = 1,
		    .set_arrival = true, .arrived_on = { 2026, 5, 2 }, .arrival_number = 3 }, NULL },
		{ { .type = "", .issuer = "", .superior = "", .place = "", .subject = "", .signer_name = "" }, NULL },
		{ { .addressees = one, .recipients = one, .links = &link }, NULL },
		{ { .type = "x" }, "type" },
		{ { .issuer = "x" }, "issuer" },
		{ { .superior = "x" }, "superior" },
		{ { .place = "x" }, "place" },
		{ { .subject = "x" }, "subject" },
		{ { .signer_prefix = "x" }, "signer" },
		{ { .signer_position = "x" }, "signer" },
		{ { .signer_name = "x" }, "signer" },
		{ { .set_issuer_unit = true, .issuer_unit_id = 1 }, "issuer_unit_id" },
		{ { .addressees = one, .addressee_count = 1 }, "addressees" },
		{ { .recipients = one, .recipient_count = 1 }, "recipients" },
		{ { .links = &link, .link_count = 1 }, "references" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *excess = document_stub_excess(&rows[i].input);

		assert_true(rows[i].excess ? text_equal(excess, rows[i].excess) : excess == NULL);
	}
}

static void words_of_secrecy_and_links_are_read_back(void **state)
{
	enum document_link_kind kind;
	enum secrecy secrecy;

	(void)state;
	for (int i = SECRECY_NORMAL; i <= SECRECY_TOP_SECRET; i++) {
		assert_true(secrecy_parse(secrecy_word((enum secrecy)i), &secrecy));
		assert_int_equal(secrecy, i);
	}
	for (int i = LINK_BASED_ON; i <= LINK_AMENDS; i++) {
		assert_true(document_link_parse(document_link_word((enum document_link_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	assert_false(secrecy_parse("public", &secrecy));
	assert_false(secrecy_parse(NULL, &secrecy));
	assert_false(document_link_parse("", &kind));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_are_folded_and_stand_once),
		TEST(a_long_word_is_cut_where_a_character_ends),
		TEST(words_have_a_maximum),
		TEST(a_search_asks_for_all_words_the_last_as_it_begins),
		TEST(lists_sort_by_date_month_or_day_of_entry),
		TEST(a_letter_means_the_same_number_of_the_same_day),
		TEST(a_stub_has_number_dates_and_due_alone),
		TEST(words_of_secrecy_and_links_are_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
