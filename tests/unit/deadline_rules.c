#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "deadline/deadline.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static period p_of(const char *text)
{
	period p = 0;
	assert_true(period_parse(text, &p));
	return p;
}

static const char *date_of(struct civil_date date)
{
	static char text[CIVIL_TEXT_MAX];
	return civil_format_date(date, text);
}

static void periods_are_written_and_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		period value;
		const char *first, *end;
	} rows[] = {
		{ "2026-05", 2026105, "2026-05-01", "2026-06-01" },
		{ "2026-12", 2026112, "2026-12-01", "2027-01-01" },
		{ "2024-02", 2024102, "2024-02-01", "2024-03-01" },
		{ "2026-Q1", 2026201, "2026-01-01", "2026-04-01" },
		{ "2026-Q2", 2026202, "2026-04-01", "2026-07-01" },
		{ "2026-Q4", 2026204, "2026-10-01", "2027-01-01" },
		{ "2026-H1", 2026301, "2026-01-01", "2026-07-01" },
		{ "2026-H2", 2026302, "2026-07-01", "2027-01-01" },
		{ "2026", 2026401, "2026-01-01", "2027-01-01" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[PERIOD_TEXT_MAX];
		assert_int_equal(p_of(rows[i].text), rows[i].value);
		assert_string_equal(period_format(rows[i].value, text), rows[i].text);
		assert_true(period_valid(rows[i].value));
		assert_string_equal(date_of(period_first_day(rows[i].value)), rows[i].first);
		assert_string_equal(date_of(period_end_day(rows[i].value)), rows[i].end);
	}
}

static void periods_are_worded(void **state)
{
	(void)state;
	static const struct {
		const char *text, *vi, *en;
	} rows[] = {
		{ "2026-05", "tháng 5/2026", "5/2026" },
		{ "2026-12", "tháng 12/2026", "12/2026" },
		{ "2026-Q2", "quý II/2026", "quarter II/2026" },
		{ "2026-Q4", "quý IV/2026", "quarter IV/2026" },
		{ "2026-H1", "6 tháng đầu năm 2026", "first half of 2026" },
		{ "2026-H2", "6 tháng cuối năm 2026", "second half of 2026" },
		{ "2026", "năm 2026", "2026" },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_string_equal(period_wording(mem, p_of(rows[i].text), LANG_VI), rows[i].vi);
		assert_string_equal(period_wording(mem, p_of(rows[i].text), LANG_EN), rows[i].en);
	}
	arena_free(mem);
}

static void what_is_no_period_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"", "2026-", "2026-0", "2026-00", "2026-13", "2026-5", "2026-005", "2026-Q0", "2026-Q5", "2026-H3", "2026-H0",
		"2026-q1", "20x6-05", "202605", "26-05", "2026-05-01", "1899", "3000", "-026", "2026-Qx", "2026/05",
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		period p = 1;
		if (period_parse(texts[i], &p))
			fail_msg("\"%s\" was read as a period", texts[i]);
	}
	period p;
	assert_false(period_parse(NULL, &p));
	static const period values[] = { 0, -1, 2026, 2026000, 2026100, 2026113, 2026205, 2026303, 2026402, 2026501, 99999101 };
	for (size_t i = 0; i < COUNT(values); i++)
		assert_false(period_valid(values[i]));
	assert_int_equal(period_make(FREQUENCY_MONTH, 2026, 0), 0);
	assert_int_equal(period_make((enum frequency)9, 2026, 1), 0);
}

static void periods_are_counted_on_and_back(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int count;
		const char *to;
	} rows[] = {
		{ "2026-05", 1, "2026-06" },   { "2026-12", 1, "2027-01" },   { "2026-01", -1, "2025-12" },
		{ "2026-05", -12, "2025-05" }, { "2026-05", 20, "2028-01" },  { "2026-Q4", 1, "2027-Q1" },
		{ "2026-Q1", -1, "2025-Q4" },  { "2026-Q2", -9, "2024-Q1" },  { "2026-H2", 1, "2027-H1" },
		{ "2026-H1", -1, "2025-H2" },  { "2026", 4, "2030" },         { "2026", -1, "2025" },
		{ "2026-05", 0, "2026-05" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(period_add(p_of(rows[i].from), rows[i].count), p_of(rows[i].to));
		assert_int_equal(period_add(p_of(rows[i].to), -rows[i].count), p_of(rows[i].from));
	}
	assert_int_equal(period_add(p_of("2999-12"), 1), 0);
	assert_int_equal(period_add(p_of("1900"), -1), 0);
}

static void a_day_lies_in_its_period(void **state)
{
	(void)state;
	static const struct {
		struct civil_date day;
		const char *month, *quarter, *half, *year;
	} rows[] = {
		{ { 2026, 1, 1 }, "2026-01", "2026-Q1", "2026-H1", "2026" },
		{ { 2026, 3, 31 }, "2026-03", "2026-Q1", "2026-H1", "2026" },
		{ { 2026, 4, 1 }, "2026-04", "2026-Q2", "2026-H1", "2026" },
		{ { 2026, 6, 30 }, "2026-06", "2026-Q2", "2026-H1", "2026" },
		{ { 2026, 7, 1 }, "2026-07", "2026-Q3", "2026-H2", "2026" },
		{ { 2026, 12, 31 }, "2026-12", "2026-Q4", "2026-H2", "2026" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(period_of(FREQUENCY_MONTH, rows[i].day), p_of(rows[i].month));
		assert_int_equal(period_of(FREQUENCY_QUARTER, rows[i].day), p_of(rows[i].quarter));
		assert_int_equal(period_of(FREQUENCY_HALF_YEAR, rows[i].day), p_of(rows[i].half));
		assert_int_equal(period_of(FREQUENCY_YEAR, rows[i].day), p_of(rows[i].year));
	}
}

static void figures_are_counted_in_their_window(void **state)
{
	(void)state;
	static const struct {
		const char *period;
		int cut_day;
		const char *first, *end;
	} rows[] = {
		/* Nghi dinh 09/2019 article 12: to the 14th, so the 15th is the exclusive end. */
		{ "2026-05", 15, "2026-04-15", "2026-05-15" },
		{ "2026-01", 15, "2025-12-15", "2026-01-15" },
		{ "2026-Q1", 15, "2025-12-15", "2026-03-15" },
		{ "2026-Q2", 15, "2026-03-15", "2026-06-15" },
		{ "2026-Q4", 15, "2026-09-15", "2026-12-15" },
		{ "2026-H1", 15, "2025-12-15", "2026-06-15" },
		{ "2026-H2", 15, "2026-06-15", "2026-12-15" },
		{ "2026", 15, "2025-12-15", "2026-12-15" },
		{ "2026-05", 0, "2026-05-01", "2026-06-01" },
		{ "2026-05", 1, "2026-05-01", "2026-06-01" },
		{ "2026-Q2", 0, "2026-04-01", "2026-07-01" },
		{ "2026", 1, "2026-01-01", "2027-01-01" },
		{ "2026-03", 31, "2026-02-28", "2026-03-31" },
		{ "2026-02", 31, "2026-01-31", "2026-02-28" },
		{ "2024-02", 30, "2024-01-30", "2024-02-29" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct civil_date first, end;
		period_window(p_of(rows[i].period), rows[i].cut_day, &first, &end);
		assert_string_equal(date_of(first), rows[i].first);
		assert_string_equal(date_of(end), rows[i].end);
	}
}

static void windows_leave_no_gap(void **state)
{
	(void)state;
	static const char *const starts[] = { "2023-01", "2023-Q1", "2023-H1", "2023" };
	for (size_t i = 0; i < COUNT(starts); i++) {
		for (int cut = 0; cut <= 31; cut++) {
			period p = p_of(starts[i]);
			for (int n = 0; n < 30; n++, p = period_add(p, 1)) {
				struct civil_date first, end, next, next_end;
				period_window(p, cut, &first, &end);
				period_window(period_add(p, 1), cut, &next, &next_end);
				assert_int_equal(civil_compare(end, next), 0);
				assert_true(civil_compare(first, end) < 0);
			}
		}
	}
}

/* Saturday 2 and Sunday 3 May 2026 follow the holidays of 30 April and 1 May. */
static const struct civil_date off_days[] = {
	{ 2026, 2, 16 }, { 2026, 2, 17 }, { 2026, 2, 18 }, { 2026, 2, 19 }, { 2026, 2, 20 },
	{ 2026, 4, 30 }, { 2026, 5, 1 },  { 2026, 9, 1 },  { 2026, 9, 2 },
};
static const struct holidays off = { off_days, COUNT(off_days) };

static void deadlines_fall_where_the_letter_says(void **state)
{
	(void)state;
	static const struct {
		const char *period;
		struct deadline_rule rule;
		const char *before;
	} rows[] = {
		/* Before 24h00 on the 16th is before the 17th begins. */
		{ "2026-05", { .day = 16 }, "2026-05-17T00:00:00+07:00" },
		{ "2026-05", { .day = 18 }, "2026-05-19T00:00:00+07:00" },
		{ "2026-12", { .day = 31 }, "2027-01-01T00:00:00+07:00" },
		{ "2026-12", { .day = 5, .month_offset = 1 }, "2027-01-06T00:00:00+07:00" },
		{ "2026-02", { .day = 31 }, "2026-03-01T00:00:00+07:00" },
		{ "2024-02", { .day = 31 }, "2024-03-01T00:00:00+07:00" },
		{ "2024-02", { .day = 29 }, "2024-03-01T00:00:00+07:00" },
		{ "2026-04", { .day = 31 }, "2026-05-01T00:00:00+07:00" },
		{ "2026-01", { .day = 30, .month_offset = 1 }, "2026-03-01T00:00:00+07:00" },
		{ "2026-Q2", { .day = 16 }, "2026-06-17T00:00:00+07:00" },
		{ "2026-Q4", { .day = 10, .month_offset = 1 }, "2027-01-11T00:00:00+07:00" },
		{ "2026-H1", { .day = 16 }, "2026-06-17T00:00:00+07:00" },
		{ "2026", { .day = 20 }, "2026-12-21T00:00:00+07:00" },
		{ "2026", { .day = 20, .month_offset = 12 }, "2027-12-21T00:00:00+07:00" },
		/* 16 May 2026 is a Saturday. */
		{ "2026-05", { .day = 16, .roll = true }, "2026-05-19T00:00:00+07:00" },
		{ "2026-05", { .day = 17, .roll = true }, "2026-05-19T00:00:00+07:00" },
		{ "2026-05", { .day = 18, .roll = true }, "2026-05-19T00:00:00+07:00" },
		/* Holidays, then the weekend behind them. */
		{ "2026-04", { .day = 30, .roll = true }, "2026-05-05T00:00:00+07:00" },
		{ "2026-02", { .day = 14, .roll = true }, "2026-02-24T00:00:00+07:00" },
		{ "2026-09", { .day = 1, .roll = true }, "2026-09-04T00:00:00+07:00" },
		{ "2026-04", { .day = 30 }, "2026-05-01T00:00:00+07:00" },
		{ "2026-02", { .day = 31, .roll = true }, "2026-03-03T00:00:00+07:00" },
		{ "2026-05", { .day = 31, .roll = true }, "2026-06-02T00:00:00+07:00" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[CIVIL_TEXT_MAX];
		instant before = deadline_of(&rows[i].rule, p_of(rows[i].period), &off);
		if (strcmp(civil_format(before, text), rows[i].before) != 0)
			fail_msg("row %zu: %s, expected %s", i, text, rows[i].before);
	}
	struct deadline_rule rule = { .day = 16, .roll = true };
	char text[CIVIL_TEXT_MAX];
	assert_string_equal(civil_format(deadline_of(&rule, p_of("2026-05"), NULL), text), "2026-05-19T00:00:00+07:00");
}

static void the_last_second_is_in_time(void **state)
{
	(void)state;
	struct deadline_rule rule = { .day = 16 };
	instant before = deadline_of(&rule, p_of("2026-05"), NULL);
	instant at;
	assert_true(civil_parse("2026-05-16T23:59:59.999+07:00", &at));
	assert_true(at < before);
	assert_true(civil_parse("2026-05-16T16:59:59Z", &at));
	assert_true(at < before);
	assert_true(civil_parse("2026-05-17T00:00:00+07:00", &at));
	assert_false(at < before);
	assert_true(civil_parse("2026-05-17T00:00:01+07:00", &at));
	assert_false(at < before);
}

static void entry_opens_in_the_month_of_the_deadline(void **state)
{
	(void)state;
	static const struct {
		const char *period;
		struct deadline_rule rule;
		const char *opens;
	} rows[] = {
		{ "2026-05", { .day = 16 }, "2026-05-01T00:00:00+07:00" },
		{ "2026-05", { .day = 16, .opens_day = 10 }, "2026-05-10T00:00:00+07:00" },
		{ "2026-05", { .day = 5, .month_offset = 1 }, "2026-06-01T00:00:00+07:00" },
		{ "2026-02", { .day = 31, .opens_day = 30 }, "2026-02-28T00:00:00+07:00" },
		{ "2026-Q2", { .day = 16 }, "2026-06-01T00:00:00+07:00" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[CIVIL_TEXT_MAX];
		assert_string_equal(civil_format(deadline_opens(&rows[i].rule, p_of(rows[i].period)), text), rows[i].opens);
		assert_true(deadline_opens(&rows[i].rule, p_of(rows[i].period)) <
			    deadline_of(&rows[i].rule, p_of(rows[i].period), NULL));
	}
}

static void rules_out_of_range_are_refused(void **state)
{
	(void)state;
	static const struct {
		struct deadline_rule rule;
		const char *field;
	} rows[] = {
		{ { .day = 0 }, "rule/day" },
		{ { .day = 32 }, "rule/day" },
		{ { .day = -1 }, "rule/day" },
		{ { .day = 16, .month_offset = -1 }, "rule/month_offset" },
		{ { .day = 16, .month_offset = 13 }, "rule/month_offset" },
		{ { .day = 16, .opens_day = 17 }, "rule/opens_day" },
		{ { .day = 16, .opens_day = -1 }, "rule/opens_day" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		assert_false(deadline_rule_check(&rows[i].rule, "rule", &err));
		assert_int_equal(err.code, ERR_field_range);
		assert_string_equal(err.field, rows[i].field);
	}
	struct error err = { 0 };
	struct deadline_rule good = { .day = 31, .month_offset = 12, .opens_day = 31 };
	assert_true(deadline_rule_check(&good, NULL, &err));
	good.day = 0;
	assert_false(deadline_rule_check(&good, NULL, &err));
	assert_string_equal(err.field, "day");
}

static void deadlines_are_worded_as_letters_do(void **state)
{
	(void)state;
	static const struct {
		const char *before, *vi, *en;
	} rows[] = {
		{ "2026-05-17T00:00:00+07:00", "24h00 ngày 16/5/2026", "24:00 on 16/5/2026" },
		{ "2027-01-01T00:00:00+07:00", "24h00 ngày 31/12/2026", "24:00 on 31/12/2026" },
		{ "2026-05-16T17:00:00Z", "24h00 ngày 16/5/2026", "24:00 on 16/5/2026" },
		{ "2026-05-18T17:30:00+07:00", "17h30 ngày 18/5/2026", "17:30 on 18/5/2026" },
		{ "2026-05-18T00:05:00+07:00", "0h05 ngày 18/5/2026", "0:05 on 18/5/2026" },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		instant before;
		assert_true(civil_parse(rows[i].before, &before));
		assert_string_equal(deadline_wording(mem, before, LANG_VI), rows[i].vi);
		assert_string_equal(deadline_wording(mem, before, LANG_EN), rows[i].en);
	}
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_are_written_and_read),
		cmocka_unit_test(periods_are_worded),
		cmocka_unit_test(what_is_no_period_is_refused),
		cmocka_unit_test(periods_are_counted_on_and_back),
		cmocka_unit_test(a_day_lies_in_its_period),
		cmocka_unit_test(figures_are_counted_in_their_window),
		cmocka_unit_test(windows_leave_no_gap),
		cmocka_unit_test(deadlines_fall_where_the_letter_says),
		cmocka_unit_test(the_last_second_is_in_time),
		cmocka_unit_test(entry_opens_in_the_month_of_the_deadline),
		cmocka_unit_test(rules_out_of_range_are_refused),
		cmocka_unit_test(deadlines_are_worded_as_letters_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
