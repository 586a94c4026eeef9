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

static void a_letter_means_the_one_that_most_agrees_with(void **state)
{
	enum { KNOWN = 3, NONE = -1 };
	static const struct civil_date none = { 0 }, day = { 2026, 3, 1 }, other = { 2026, 3, 2 };
	static const struct {
		const char *number, *issuer;
		const struct civil_date *date;
		struct {
			const char *number, *issuer, *superior;
			const struct civil_date *date;
		} known[KNOWN];
		int meant;
	} rows[] = {
		/* the number and the day */
		{ "30-NQ/TU", "", &day, { { "30-NQ/TU", "", "", &day } }, 0 },
		{ "30-NQ/TU", "", &none, { { "30-NQ/TU", "", "", &day } }, 0 },
		{ "30-NQ/TU", "", &day, { { "30-NQ/TU", "", "", &none } }, 0 },
		{ "30-NQ/TU", "", &day, { { "30-NQ/TU", "", "", &other } }, NONE },
		{ "30-NQ/TU", "", &day, { { "30-NQ/TW", "", "", &day } }, NONE },
		{ "", "", &day, { { "", "", "", &day } }, NONE },
		{ "30-NQ/TU", "", &day, { { "30-NQ/TU", "", "", &other }, { "30-NQ/TU", "", "", &day } }, 1 },
		{ "30-NQ/TU", "", &none, { { "30-NQ/TU", "", "", &other }, { "30-NQ/TU", "", "", &day } }, NONE },
		/* two communes number alike */
		{ "12/CV-UBND", "UBND xã Hòa Phú", &day,
		  { { "12/CV-UBND", "Ủy ban nhân dân xã Hoà Xuân", "", &day }, { "12/CV-UBND", "UỶ BAN NHÂN DÂN XÃ HOÀ PHÚ", "", &day } },
		  1 },
		{ "12/CV-UBND", "UBND xã Hòa Phú", &day, { { "12/CV-UBND", "UBND xã Hòa Xuân", "", &day } }, NONE },
		{ "12/CV-UBND", "", &day,
		  { { "12/CV-UBND", "UBND xã Hòa Xuân", "", &day }, { "12/CV-UBND", "UBND xã Hòa Phú", "", &day } }, NONE },
		{ "12/CV-UBND", "UBND xã", &day,
		  { { "12/CV-UBND", "UBND xã Hòa Xuân", "", &day }, { "12/CV-UBND", "UBND xã Hòa Phú", "", &day } }, NONE },
		{ "12/CV-UBND", "UBND xã Hòa Phú", &day,
		  { { "12/CV-UBND", "", "", &day }, { "12/CV-UBND", "UBND xã Hòa Phú", "", &day } }, 1 },
		/* shorter and longer names of one office */
		{ "5/KH-UBND", "UBND tỉnh", &none, { { "5/KH-UBND", "Ủy ban nhân dân", "Tỉnh Đắk Lắk", &day } }, 0 },
		{ "5/KH-UBND", "Ủy ban nhân dân tỉnh Đắk Lắk", &none, { { "5/KH-UBND", "UBND", "", &day } }, 0 },
		{ "5/KH-SYT", "Sở Y tế tỉnh Đắk Lắk", &none, { { "5/KH-SYT", "SỞ Y TẾ", "UBND TỈNH ĐẮK LẮK", &day } }, 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct document_link link = { .from_id = 9, .number_normal = rows[i].number, .issuer = rows[i].issuer,
						    .date = *rows[i].date };
		struct document known[KNOWN + 1] = { { .id = 9, .number_normal = rows[i].number, .issuer = "", .superior = "" } };
		const struct document *meant;
		size_t count = 1;

		for (; count <= KNOWN && rows[i].known[count - 1].number; count++)
			known[count] = (struct document){ .id = (id)count, .number_normal = rows[i].known[count - 1].number,
							  .issuer = rows[i].known[count - 1].issuer,
							  .superior = rows[i].known[count - 1].superior,
							  .date = *rows[i].known[count - 1].date };
		meant = document_meant(*state, &link, known, count);
		if (meant != (rows[i].meant == NONE ? NULL : &known[rows[i].meant + 1]))
			fail_msg("row %zu means %d", i, meant ? (int)(meant - known) - 1 : NONE);
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
		TEST(a_letter_means_the_one_that_most_agrees_with),
		TEST(a_stub_has_number_dates_and_due_alone),
		TEST(words_of_secrecy_and_links_are_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
