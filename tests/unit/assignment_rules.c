#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "assignment/assignment_rules.h"
#include "base/arena.h"
#include "base/civil.h"

static instant at(const char *text)
{
	instant out;

	if (!civil_parse(text, &out))
		fail_msg("%s", text);
	return out;
}

static period period_named(const char *text)
{
	period p;

	if (!period_parse(text, &p))
		fail_msg("%s", text);
	return p;
}

/* The rule of the letter: day 16, entry open from the first of the month. */
static void windows(void **state)
{
	static const struct {
		const char *now;
		bool locks;
		enum period_state state;
		const char *exception;
		enum entry_window window;
	} rows[] = {
		{ "2026-04-30T23:59:59+07:00", false, PERIOD_OPEN, NULL, ENTRY_NOT_YET },
		{ "2026-05-01T00:00:00+07:00", false, PERIOD_OPEN, NULL, ENTRY_OPEN },
		{ "2026-05-16T23:59:59+07:00", false, PERIOD_OPEN, NULL, ENTRY_OPEN },
		{ "2026-05-16T23:59:59.999+07:00", true, PERIOD_OPEN, NULL, ENTRY_OPEN },
		{ "2026-05-17T00:00:00+07:00", false, PERIOD_OPEN, NULL, ENTRY_LATE },
		{ "2026-05-17T00:00:00+07:00", true, PERIOD_OPEN, NULL, ENTRY_LOCKED },
		{ "2026-05-17T00:00:00+07:00", true, PERIOD_OPEN, "2026-05-18T00:00:00+07:00", ENTRY_OPEN },
		{ "2026-05-18T00:00:00+07:00", true, PERIOD_OPEN, "2026-05-18T00:00:00+07:00", ENTRY_LOCKED },
		{ "2026-04-30T12:00:00+07:00", true, PERIOD_OPEN, "2026-05-18T00:00:00+07:00", ENTRY_OPEN },
		{ "2026-05-10T00:00:00+07:00", false, PERIOD_CLOSED, NULL, ENTRY_LOCKED },
		{ "2026-05-10T00:00:00+07:00", false, PERIOD_CLOSED, "2026-05-18T00:00:00+07:00",
		  ENTRY_LOCKED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct assignment_period ap = {
			.assignment = { .rule = { .day = 16, .locks = rows[i].locks } },
			.opens = at("2026-05-01T00:00:00+07:00"),
			.deadline = at("2026-05-17T00:00:00+07:00"),
			.state = rows[i].state,
		};
		instant until = rows[i].exception ? at(rows[i].exception) : 0;

		if (assignment_window(&ap, at(rows[i].now), until) != rows[i].window)
			fail_msg("row %zu", i);
	}
}

static void periods_that_are_due(void **state)
{
	static const struct {
		const char *first, *last, *now, *due;
		int month_offset, opens_day;
	} rows[] = {
		{ "2026-05", NULL, "2026-05-01T00:00:00+07:00", "2026-05", 0, 0 },
		{ "2026-05", NULL, "2026-04-30T23:59:59+07:00", NULL, 0, 0 },
		{ "2025-05", NULL, "2026-05-16T20:00:00+07:00", "2026-05", 0, 0 },
		{ "2025-05", NULL, "2026-05-09T23:59:59+07:00", "2026-04", 0, 10 },
		{ "2025-05", NULL, "2026-05-10T00:00:00+07:00", "2026-05", 0, 10 },
		{ "2025-05", "2026-02", "2026-05-10T00:00:00+07:00", "2026-02", 0, 0 },
		{ "2026-05", NULL, "2026-05-31T12:00:00+07:00", NULL, 1, 0 },
		{ "2026-05", NULL, "2026-06-01T00:00:00+07:00", "2026-05", 1, 0 },
		{ "2026-Q2", NULL, "2026-05-31T00:00:00+07:00", NULL, 0, 0 },
		{ "2026-Q2", NULL, "2026-06-01T00:00:00+07:00", "2026-Q2", 0, 0 },
		{ "2026", NULL, "2026-12-01T00:00:00+07:00", "2026", 0, 0 },
		{ "2026", NULL, "2026-11-30T00:00:00+07:00", NULL, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct assignment assignment = {
			.rule = { .day = 16, .month_offset = rows[i].month_offset,
				  .opens_day = rows[i].opens_day },
			.first = period_named(rows[i].first),
			.last = rows[i].last ? period_named(rows[i].last) : 0,
		};
		period due = assignment_newest_due(&assignment, at(rows[i].now));

		if (due != (rows[i].due ? period_named(rows[i].due) : 0))
			fail_msg("row %zu gives %lld", i, (long long)due);
	}
}

static void periods_of_an_assignment(void **state)
{
	struct assignment assignment = { .first = period_named("2026-05"), .last = period_named("2026-12") };

	(void)state;
	assert_true(assignment_has_period(&assignment, FREQUENCY_MONTH, period_named("2026-05")));
	assert_true(assignment_has_period(&assignment, FREQUENCY_MONTH, period_named("2026-12")));
	assert_false(assignment_has_period(&assignment, FREQUENCY_MONTH, period_named("2026-04")));
	assert_false(assignment_has_period(&assignment, FREQUENCY_MONTH, period_named("2027-01")));
	assert_false(assignment_has_period(&assignment, FREQUENCY_MONTH, period_named("2026-Q3")));
	assert_false(assignment_has_period(&assignment, FREQUENCY_MONTH, 2026113));
	assignment.last = 0;
	assert_true(assignment_has_period(&assignment, FREQUENCY_MONTH, period_named("2030-01")));
}

static void rules_in_words(void **state)
{
	static const struct {
		int day, month_offset;
		bool roll;
		const char *first, *vi, *en;
	} rows[] = {
		{ 18, 0, false, "2026-05", "trước 24h00 ngày 18 hằng tháng (bắt đầu từ tháng 5/2026)",
		  "before 24:00 on day 18 of every month (from 5/2026 on)" },
		{ 5, 1, false, "2026-05", "trước 24h00 ngày 5 của tháng sau tháng báo cáo (bắt đầu từ tháng 5/2026)",
		  "before 24:00 on day 5 of the month after the one reported (from 5/2026 on)" },
		{ 15, 0, true, "2026-Q2",
		  "trước 24h00 ngày 15 của tháng cuối quý, lùi sang ngày làm việc kế tiếp nếu trùng ngày nghỉ "
		  "(bắt đầu từ quý II/2026)",
		  "before 24:00 on day 15 of the last month of every quarter, moved to the next working day when it "
		  "falls on a day off (from quarter 2 of 2026 on)" },
		{ 20, 0, false, "2026-H2", "trước 24h00 ngày 20 của tháng cuối kỳ 6 tháng (bắt đầu từ 6 tháng cuối năm 2026)",
		  "before 24:00 on day 20 of the last month of every half-year (from half-year 2 of 2026 on)" },
		{ 20, 0, false, "2026", "trước 24h00 ngày 20/12 hằng năm (bắt đầu từ năm 2026)",
		  "before 24:00 on 20 December of every year (from 2026 on)" },
	};
	struct arena *mem = arena_new(0);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct deadline_rule rule = { .day = rows[i].day, .month_offset = rows[i].month_offset,
					      .roll = rows[i].roll };
		period first = period_named(rows[i].first);

		assert_string_equal(assignment_rule_wording(mem, &rule, first, LANG_VI), rows[i].vi);
		assert_string_equal(assignment_rule_wording(mem, &rule, first, LANG_EN), rows[i].en);
	}
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows),
		cmocka_unit_test(periods_that_are_due),
		cmocka_unit_test(periods_of_an_assignment),
		cmocka_unit_test(rules_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
