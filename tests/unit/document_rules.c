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
		TEST(lists_sort_by_date_month_or_day_of_entry),
		TEST(a_letter_means_the_same_number_of_the_same_day),
		TEST(a_stub_has_number_dates_and_due_alone),
		TEST(words_of_secrecy_and_links_are_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
