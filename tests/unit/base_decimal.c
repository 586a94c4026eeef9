#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/decimal.h"
#include "base/error.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct parse_case {
	const char *text;
	int decimals;
	enum error_code code;
	int64_t value;
};

static void check_parse(bool (*parse)(const char *, int, int64_t *, const char *, struct error *),
			const struct parse_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct error err = { 0 };
		int64_t value = 77;
		bool ok = parse(cases[i].text, cases[i].decimals, &value, "cells/TN01", &err);
		if (ok != (cases[i].code == ERR_none) || err.code != cases[i].code ||
		    value != (ok ? cases[i].value : 77))
			fail_msg("\"%s\" with %d decimals: %s, %lld", cases[i].text, cases[i].decimals,
				 error_word(err.code), (long long)value);
		if (!ok)
			assert_string_equal(err.field, "cells/TN01");
	}
}

static void test_parse(void **state)
{
	(void)state;
	static const struct parse_case cases[] = {
		{ "0", 0, ERR_none, 0 },
		{ "-0", 2, ERR_none, 0 },
		{ "1234.5", 1, ERR_none, 12345 },
		{ "-1234.5", 1, ERR_none, -12345 },
		{ "1234.5", 3, ERR_none, 1234500 },
		{ "0.000001", 6, ERR_none, 1 },
		{ "12", 0, ERR_none, 12 },
		{ "12.000", 0, ERR_none, 12 },
		{ "12.50000000000000000000000000000", 1, ERR_none, 125 },
		{ "00012", 0, ERR_none, 12 },
		{ "000000000000000000000000000000001", 0, ERR_none, 1 },
		{ "999999999999999999", 0, ERR_none, DECIMAL_MAX },
		{ "-999999999999999999", 0, ERR_none, -DECIMAL_MAX },
		{ "999999999999.999999", 6, ERR_none, DECIMAL_MAX },
		{ "1000000000000000000", 0, ERR_number_too_large, 0 },
		{ "-1000000000000000000", 0, ERR_number_too_large, 0 },
		{ "1000000000000", 6, ERR_number_too_large, 0 },
		{ "99999999999999999999999999999999999999", 0, ERR_number_too_large, 0 },
		{ "9223372036854775808", 0, ERR_number_too_large, 0 },
		{ "18446744073709551617", 0, ERR_number_too_large, 0 },
		{ "1.5", 0, ERR_number_too_precise, 0 },
		{ "1.25", 1, ERR_number_too_precise, 0 },
		{ "0.0000001", 6, ERR_number_too_precise, 0 },
		{ "", 0, ERR_number_invalid, 0 },
		{ "-", 0, ERR_number_invalid, 0 },
		{ "+1", 0, ERR_number_invalid, 0 },
		{ " 1", 0, ERR_number_invalid, 0 },
		{ "1 ", 0, ERR_number_invalid, 0 },
		{ ".5", 1, ERR_number_invalid, 0 },
		{ "5.", 1, ERR_number_invalid, 0 },
		{ "1,5", 1, ERR_number_invalid, 0 },
		{ "1.5.5", 2, ERR_number_invalid, 0 },
		{ "1e5", 0, ERR_number_invalid, 0 },
		{ "0x10", 0, ERR_number_invalid, 0 },
		{ "nan", 0, ERR_number_invalid, 0 },
		{ "--1", 0, ERR_number_invalid, 0 },
	};
	check_parse(decimal_parse, cases, COUNT(cases));

	struct error err = { 0 };
	int64_t value;
	assert_false(decimal_parse("1.2345", 3, &value, "x", &err));
	assert_string_equal(err.args[0], "3");
}

static void test_parse_typed(void **state)
{
	(void)state;
	static const struct parse_case cases[] = {
		/* as in the header */
		{ "1.234,5", 1, ERR_none, 12345 },
		{ "1234,5", 1, ERR_none, 12345 },
		{ "1 234,5", 1, ERR_none, 12345 },
		{ "1234.5", 1, ERR_none, 12345 },
		/* grouping in either style */
		{ "1,234.5", 1, ERR_none, 12345 },
		{ "1.234.567", 0, ERR_none, 1234567 },
		{ "1,234,567", 0, ERR_none, 1234567 },
		{ "1 234 567", 0, ERR_none, 1234567 },
		{ "1.234.567,89", 2, ERR_none, 123456789 },
		{ "1,234,567.89", 2, ERR_none, 123456789 },
		{ "12.345.678,9", 1, ERR_none, 123456789 },
		{ "1 234.5", 1, ERR_none, 12345 },
		/* a single mark before three digits */
		{ "1.234", 0, ERR_none, 1234 },
		{ "1.234", 2, ERR_none, 123400 },
		{ "1.234", 3, ERR_none, 1234000 },
		{ "1,234", 0, ERR_none, 1234 },
		{ "1,234", 3, ERR_none, 1234 },
		{ "1,234", 4, ERR_none, 12340 },
		{ "999,999", 2, ERR_none, 99999900 },
		{ "0,125", 3, ERR_none, 125 },
		{ "0.125", 3, ERR_none, 125 },
		{ "0.125", 2, ERR_number_too_precise, 0 },
		{ "1234.567", 3, ERR_none, 1234567 },
		{ "1234,567", 3, ERR_none, 1234567 },
		{ "1.234,567", 3, ERR_none, 1234567 },
		{ "1 234,567", 3, ERR_none, 1234567 },
		{ "1 234.567", 3, ERR_none, 1234567 },
		/* a single mark before another number of digits */
		{ "12,5", 1, ERR_none, 125 },
		{ "12.50", 1, ERR_none, 125 },
		{ "12,5000", 1, ERR_none, 125 },
		{ "0,1", 1, ERR_none, 1 },
		{ ",5", 1, ERR_none, 5 },
		{ ".25", 2, ERR_none, 25 },
		/* signs and space of all kinds */
		{ "-12,5", 1, ERR_none, -125 },
		{ "- 12,5", 1, ERR_none, -125 },
		{ "+12,5", 1, ERR_none, 125 },
		{ "−12,5", 1, ERR_none, -125 },
		{ "–12,5", 1, ERR_none, -125 },
		{ "  1234\t\n", 0, ERR_none, 1234 },
		{ "1\xc2\xa0" "234,5", 1, ERR_none, 12345 },
		{ "1\xe2\x80\xaf" "234\xe2\x80\xaf" "567", 0, ERR_none, 1234567 },
		{ "\xc2\xa0" "12\xc2\xa0", 0, ERR_none, 12 },
		{ "0", 0, ERR_none, 0 },
		{ "007", 0, ERR_none, 7 },
		{ "-0", 0, ERR_none, 0 },
		/* irregular grouping */
		{ "1.23.456", 0, ERR_number_invalid, 0 },
		{ "12.34.567", 0, ERR_number_invalid, 0 },
		{ "1234.567.890", 0, ERR_number_invalid, 0 },
		{ "1.2345,6", 1, ERR_number_invalid, 0 },
		{ "12 34", 0, ERR_number_invalid, 0 },
		{ "1  234", 0, ERR_number_invalid, 0 },
		{ "1 234.567,8", 1, ERR_number_invalid, 0 },
		{ "0.123.456", 0, ERR_number_invalid, 0 },
		{ "1,5.2", 2, ERR_number_invalid, 0 },
		{ "1,2,3", 2, ERR_number_invalid, 0 },
		{ ".234.567", 0, ERR_number_invalid, 0 },
		{ "1.234,567.8", 1, ERR_number_invalid, 0 },
		{ "1,5 6", 2, ERR_number_invalid, 0 },
		/* no number */
		{ "", 0, ERR_number_invalid, 0 },
		{ "   ", 0, ERR_number_invalid, 0 },
		{ "-", 0, ERR_number_invalid, 0 },
		{ ".", 0, ERR_number_invalid, 0 },
		{ ",", 0, ERR_number_invalid, 0 },
		{ "12,", 1, ERR_number_invalid, 0 },
		{ "12.", 1, ERR_number_invalid, 0 },
		{ "..5", 1, ERR_number_invalid, 0 },
		{ "1.234,", 1, ERR_number_invalid, 0 },
		{ "12 %", 0, ERR_number_invalid, 0 },
		{ "1-2", 0, ERR_number_invalid, 0 },
		{ "--1", 0, ERR_number_invalid, 0 },
		{ "không", 0, ERR_number_invalid, 0 },
		{ "1e3", 0, ERR_number_invalid, 0 },
		{ "\xff", 0, ERR_number_invalid, 0 },
		{ "1\xc2", 0, ERR_number_invalid, 0 },
		/* limits */
		{ "1,25", 1, ERR_number_too_precise, 0 },
		{ "999.999.999.999.999.999", 0, ERR_none, DECIMAL_MAX },
		{ "1.000.000.000.000.000.000", 0, ERR_number_too_large, 0 },
		{ "11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111", 0,
		  ERR_number_invalid, 0 },
	};
	check_parse(decimal_parse_typed, cases, COUNT(cases));
}

static void test_format(void **state)
{
	(void)state;
	static const struct {
		int64_t value;
		int decimals;
		const char *api, *vi;
	} cases[] = {
		{ 0, 0, "0", "0" },
		{ 0, 2, "0.00", "0,00" },
		{ 5, 1, "0.5", "0,5" },
		{ -5, 1, "-0.5", "-0,5" },
		{ 12345, 1, "1234.5", "1.234,5" },
		{ 999, 0, "999", "999" },
		{ 1000, 0, "1000", "1.000" },
		{ -123456, 0, "-123456", "-123.456" },
		{ 123456789, 2, "1234567.89", "1.234.567,89" },
		{ 1, 6, "0.000001", "0,000001" },
		{ DECIMAL_MAX, 0, "999999999999999999", "999.999.999.999.999.999" },
		{ -DECIMAL_MAX, 6, "-999999999999.999999", "-999.999.999.999,999999" },
		{ INT64_MAX, 0, "9223372036854775807", "9.223.372.036.854.775.807" },
		{ INT64_MIN, 0, "-9223372036854775808", "-9.223.372.036.854.775.808" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[DECIMAL_TEXT_MAX];
		assert_string_equal(decimal_format(cases[i].value, cases[i].decimals, out), cases[i].api);
		assert_string_equal(decimal_format_vi(cases[i].value, cases[i].decimals, out), cases[i].vi);
	}
}

/* Numbers that look random and are the same on every run. */
static uint64_t scramble(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void test_what_is_written_reads_back(void **state)
{
	(void)state;
	uint64_t seed = 20260516;
	for (int i = 0; i < 200000; i++) {
		/* Of all lengths. */
		int64_t value = (int64_t)(scramble(&seed) >> (4 + scramble(&seed) % 60)) % DECIMAL_MAX;
		if (scramble(&seed) & 1)
			value = -value;
		int decimals = i % (DECIMAL_PLACES_MAX + 1);
		char text[DECIMAL_TEXT_MAX];
		int64_t back = 0;
		struct error err = { 0 };
		assert_true(decimal_parse(decimal_format(value, decimals, text), decimals, &back, "", &err));
		assert_int_equal(back, value);
		assert_true(decimal_parse_typed(decimal_format_vi(value, decimals, text), decimals, &back, "", &err));
		assert_int_equal(back, value);
	}
}

static void test_add_and_subtract(void **state)
{
	(void)state;
	static const struct {
		int64_t a, b;
		bool add_ok;
		int64_t sum;
		bool subtract_ok;
		int64_t difference;
	} cases[] = {
		{ 1, 2, true, 3, true, -1 },
		{ DECIMAL_MAX, 0, true, DECIMAL_MAX, true, DECIMAL_MAX },
		{ DECIMAL_MAX, 1, false, 0, true, DECIMAL_MAX - 1 },
		{ -DECIMAL_MAX, 1, true, 1 - DECIMAL_MAX, false, 0 },
		{ DECIMAL_MAX, DECIMAL_MAX, false, 0, true, 0 },
		{ INT64_MAX, INT64_MAX, false, 0, true, 0 },
		{ INT64_MIN, INT64_MIN, false, 0, true, 0 },
		{ INT64_MIN, INT64_MAX, true, -1, false, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t out = 77;
		assert_int_equal(decimal_add(cases[i].a, cases[i].b, &out), cases[i].add_ok);
		assert_int_equal(out, cases[i].add_ok ? cases[i].sum : 77);
		out = 77;
		assert_int_equal(decimal_subtract(cases[i].a, cases[i].b, &out), cases[i].subtract_ok);
		assert_int_equal(out, cases[i].subtract_ok ? cases[i].difference : 77);
	}
}

static void test_ratio(void **state)
{
	(void)state;
	static const struct {
		int64_t numerator, denominator, factor;
		int decimals;
		bool ok;
		int64_t value;
	} cases[] = {
		{ 1, 2, 100, 0, true, 50 },
		{ 1, 3, 100, 2, true, 3333 },
		{ 2, 3, 100, 2, true, 6667 },
		{ 1, 8, 100, 1, true, 125 },
		{ 1, 8, 100, 0, true, 13 }, /* 12.5: half away from zero */
		{ -1, 8, 100, 0, true, -13 },
		{ 1, -8, 100, 0, true, -13 },
		{ -1, -8, 100, 0, true, 13 },
		{ 0, 7, 100, 3, true, 0 },
		{ 3321, 3321, 100, 2, true, 10000 },
		{ 1, 0, 100, 2, false, 0 },
		{ 0, 0, 100, 2, false, 0 },
		{ DECIMAL_MAX, DECIMAL_MAX, 100, 6, true, 100000000 },
		{ DECIMAL_MAX, 1, 100, 0, false, 0 },
		{ DECIMAL_MAX, 1, 1, 0, true, DECIMAL_MAX },
		{ 1, DECIMAL_MAX, 100, 6, true, 0 },
		{ DECIMAL_MAX, 3, INT64_MAX, 6, false, 0 },
		{ INT64_MIN, INT64_MIN, 100, 6, true, 100000000 },
		{ INT64_MIN, -1, 1, 0, false, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t out = 77;
		assert_int_equal(decimal_ratio(cases[i].numerator, cases[i].denominator, cases[i].factor,
					       cases[i].decimals, &out),
				 cases[i].ok);
		assert_int_equal(out, cases[i].ok ? cases[i].value : 77);
	}
}

static void test_rescale(void **state)
{
	(void)state;
	static const struct {
		int64_t value;
		int from, to;
		bool ok;
		int64_t result;
	} cases[] = {
		{ 12345, 1, 1, true, 12345 },
		{ 12345, 1, 3, true, 1234500 },
		{ 12345, 1, 0, true, 1235 },
		{ 12344, 1, 0, true, 1234 },
		{ -12345, 1, 0, true, -1235 },
		{ 49, 2, 0, true, 0 },
		{ 50, 2, 0, true, 1 },
		{ -50, 2, 0, true, -1 },
		{ 499999, 6, 0, true, 0 },
		{ DECIMAL_MAX, 6, 0, true, INT64_C(1000000000000) },
		{ DECIMAL_MAX, 0, 1, false, 0 },
		{ INT64_MAX, 0, 6, false, 0 },
		{ INT64_MIN, 6, 5, true, INT64_C(-922337203685477581) },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t out = 77;
		assert_int_equal(decimal_rescale(cases[i].value, cases[i].from, cases[i].to, &out), cases[i].ok);
		assert_int_equal(out, cases[i].ok ? cases[i].result : 77);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_parse_typed),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_what_is_written_reads_back),
		cmocka_unit_test(test_add_and_subtract),
		cmocka_unit_test(test_ratio),
		cmocka_unit_test(test_rescale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
