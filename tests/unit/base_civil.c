#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "base/civil.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void assert_date(struct civil_date date, int year, int month, int day)
{
	assert_int_equal(date.year, year);
	assert_int_equal(date.month, month);
	assert_int_equal(date.day, day);
}

/* Every day of the years allowed, against the C library's calendar. */
static void test_every_day(void **state)
{
	(void)state;
	struct civil_date date = { 1900, 1, 1 };
	int days = 0;
	while (date.year < 3000) {
		struct tm tm = { .tm_year = date.year - 1900, .tm_mon = date.month - 1, .tm_mday = date.day };
		instant start = (instant)timegm(&tm) * 1000 - CIVIL_OFFSET_MS;
		if (!civil_valid(date) || civil_start(date) != start ||
		    civil_weekday(date) != (tm.tm_wday ? tm.tm_wday : 7) ||
		    civil_compare(civil_date_of(start), date) != 0 ||
		    civil_compare(civil_date_of(start + DAY_MS - 1), date) != 0 ||
		    civil_compare(civil_date_of(start - 1), date) >= 0)
			fail_msg("%d-%d-%d", date.year, date.month, date.day);
		date = civil_add_days(date, 1);
		days++;
	}
	assert_date(date, 3000, 1, 1);
	assert_int_equal(days, 401767);
	assert_date(civil_add_days(date, -days), 1900, 1, 1);
}

static void test_valid(void **state)
{
	(void)state;
	static const struct {
		struct civil_date date;
		bool valid;
	} cases[] = {
		{ { 2026, 5, 16 }, true },  { { 2024, 2, 29 }, true },  { { 2000, 2, 29 }, true },
		{ { 2026, 2, 29 }, false }, { { 2100, 2, 29 }, false }, { { 2026, 4, 31 }, false },
		{ { 2026, 0, 1 }, false },  { { 2026, 13, 1 }, false }, { { 2026, 1, 0 }, false },
		{ { 2026, 1, 32 }, false }, { { 1899, 12, 31 }, false }, { { 1900, 1, 1 }, true },
		{ { 2999, 12, 31 }, true }, { { 3000, 1, 1 }, false },  { { 2026, -1, -1 }, false },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(civil_valid(cases[i].date), cases[i].valid);
	assert_int_equal(civil_month_days(2026, 2), 28);
	assert_int_equal(civil_month_days(2028, 2), 29);
	assert_int_equal(civil_month_days(2026, 12), 31);
}

static void test_compare_and_add(void **state)
{
	(void)state;
	struct civil_date day = { 2026, 5, 16 };
	assert_true(civil_compare(day, (struct civil_date){ 2026, 5, 17 }) < 0);
	assert_true(civil_compare(day, (struct civil_date){ 2026, 4, 30 }) > 0);
	assert_true(civil_compare(day, (struct civil_date){ 2027, 1, 1 }) < 0);
	assert_int_equal(civil_compare(day, day), 0);
	assert_date(civil_add_days(day, 16), 2026, 6, 1);
	assert_date(civil_add_days(day, -16), 2026, 4, 30);
	assert_date(civil_add_days((struct civil_date){ 2027, 12, 31 }, 60), 2028, 2, 29);
	assert_int_equal(civil_weekday(day), 6); /* a Saturday */
}

static void test_instants(void **state)
{
	(void)state;
	static const struct {
		const char *text; /* as it is read */
		instant at;
		const char *written;
	} cases[] = {
		{ "2026-05-16T23:59:59+07:00", INT64_C(1778950799000), "2026-05-16T23:59:59+07:00" },
		{ "2026-05-16T16:59:59Z", INT64_C(1778950799000), "2026-05-16T23:59:59+07:00" },
		{ "2026-05-16t16:59:59z", INT64_C(1778950799000), "2026-05-16T23:59:59+07:00" },
		{ "2026-05-17T00:00:00+07:00", INT64_C(1778950800000), "2026-05-17T00:00:00+07:00" },
		{ "2026-05-16T12:29:59.5-04:30", INT64_C(1778950799500), "2026-05-16T23:59:59.500+07:00" },
		{ "2026-05-16T23:59:59.007999999+07:00", INT64_C(1778950799007), "2026-05-16T23:59:59.007+07:00" },
		{ "2026-05-16T23:59+07:00", INT64_C(1778950740000), "2026-05-16T23:59:00+07:00" },
		{ "1970-01-01T00:00:00Z", 0, "1970-01-01T07:00:00+07:00" },
		{ "1969-12-31T23:59:59.999Z", -1, "1970-01-01T06:59:59.999+07:00" },
		{ "1969-12-31T16:59:59.999Z", -25200001, "1969-12-31T23:59:59.999+07:00" },
		{ "1900-01-01T00:00:00+07:00", INT64_C(-2209014000000), "1900-01-01T00:00:00+07:00" },
		{ "2999-12-31T23:59:59Z", INT64_C(32503679999000), "3000-01-01T06:59:59+07:00" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		instant at = 77;
		char out[CIVIL_TEXT_MAX];
		assert_true(civil_parse(cases[i].text, &at));
		assert_int_equal(at, cases[i].at);
		assert_string_equal(civil_format(at, out), cases[i].written);
	}

	struct civil_time time = civil_time_of(INT64_C(1778950799007));
	assert_date(time.date, 2026, 5, 16);
	assert_int_equal(time.hour, 23);
	assert_int_equal(time.minute, 59);
	assert_int_equal(time.second, 59);
	assert_int_equal(time.millisecond, 7);
	assert_int_equal(time.weekday, 6);
}

static void test_what_is_no_instant(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"",
		"2026-05-16",
		"2026-05-16T23:59:59",
		"2026-05-16 23:59:59Z",
		"2026-05-16T24:00:00Z",
		"2026-05-16T23:60:00Z",
		"2026-05-16T23:59:60Z",
		"2026-05-16T23:59:59.Z",
		"2026-05-16T23:59:59.1234567890Z",
		"2026-05-16T23:59:59+0700",
		"2026-05-16T23:59:59+07",
		"2026-05-16T23:59:59+24:00",
		"2026-05-16T23:59:59+07:60",
		"2026-05-16T23:59:59+07:00 ",
		" 2026-05-16T23:59:59Z",
		"2026-02-29T00:00:00Z",
		"2026-13-01T00:00:00Z",
		"1899-12-31T00:00:00Z",
		"3000-01-01T00:00:00Z",
		"2026-5-16T00:00:00Z",
		"20260516T000000Z",
		"+2026-05-16T00:00:00Z",
		"2026-05-16TZ",
		"2026-05-16T23Z",
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		instant at = 77;
		if (civil_parse(cases[i], &at) || at != 77)
			fail_msg("%s", cases[i]);
	}
}

static void test_dates(void **state)
{
	(void)state;
	struct civil_date date;
	char out[CIVIL_TEXT_MAX];
	assert_true(civil_parse_date("2026-05-06", &date));
	assert_date(date, 2026, 5, 6);
	assert_string_equal(civil_format_date(date, out), "2026-05-06");
	assert_string_equal(civil_format_date_vi(date, out), "6/5/2026");

	static const char *const bad[] = { "", "2026-05-06T", "2026-5-6", "6/5/2026", "2026-02-30",
					   "2026-05-06 ", "-026-05-06", "1899-12-31", "2026-05" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct civil_date untouched = { 1, 2, 3 };
		assert_false(civil_parse_date(bad[i], &untouched));
		assert_date(untouched, 1, 2, 3);
	}
}

/* No instant overflows or writes past the room. */
static void test_ends_of_time(void **state)
{
	(void)state;
	static const instant cases[] = { INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 1 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[CIVIL_TEXT_MAX];
		assert_true(strlen(civil_format(cases[i], out)) < sizeof(out));
		struct civil_time time = civil_time_of(cases[i]);
		assert_in_range(time.hour, 0, 23);
		assert_in_range(time.weekday, 1, 7);
	}
}

static void test_clock(void **state)
{
	(void)state;
	time_t before = time(NULL);
	instant now = clock_now();
	time_t after = time(NULL);
	assert_true(now / 1000 >= before - 1 && now / 1000 <= after + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_compare_and_add),
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_what_is_no_instant),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_ends_of_time),
		cmocka_unit_test(test_clock),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
