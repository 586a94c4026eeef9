#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/id.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define NOW INT64_C(1778950800000)
#define EPOCH INT64_C(1704067200000)

static void test_layout(void **state)
{
	(void)state;
	id_init(5, 0);
	id first = id_next(NOW);
	assert_int_equal(first >> 22, NOW - EPOCH);
	assert_int_equal((first >> 12) & 1023, 5);
	assert_int_equal(first & 4095, 0);
	assert_int_equal(id_next(NOW), first + 1);
}

static void test_grows_whatever_the_clock_does(void **state)
{
	(void)state;
	static const int64_t clock[] = { NOW + 10, NOW + 10, NOW + 5, NOW - 1000000, 0, -1, INT64_MIN, NOW + 11 };
	id last = 0;
	for (size_t i = 0; i < COUNT(clock); i++) {
		id next = id_next(clock[i]);
		assert_true(next > last);
		last = next;
	}

	/* More than a millisecond's 4,096 run over into the next. */
	for (int i = 0; i < 10000; i++) {
		id next = id_next(NOW + 20);
		assert_true(next > last);
		assert_int_equal((next >> 12) & 1023, 5);
		last = next;
	}
	assert_true(last >> 22 > NOW + 20 - EPOCH);
}

static void test_stays_above(void **state)
{
	(void)state;
	/* Another instance's id of a time that our clock has not reached. */
	id above = (NOW + 5000 - EPOCH) << 22 | INT64_C(1023) << 12 | 4095;
	id_init(0, above);
	id next = id_next(NOW);
	assert_true(next > above);
	assert_int_equal((next >> 12) & 1023, 0);

	id_init(7, 1); /* an older one changes nothing */
	assert_true(id_next(NOW) > next);
}

enum { THREADS = 4, EACH = 20000 };

static void *take_ids(void *arg)
{
	id *ids = arg;
	for (int i = 0; i < EACH; i++)
		ids[i] = id_next(NOW + 10000 + i / 1000);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	id x = *(const id *)a, y = *(const id *)b;
	return (x > y) - (x < y);
}

static void test_unique_over_threads(void **state)
{
	(void)state;
	static id ids[THREADS * EACH];
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, take_ids, ids + (size_t)i * EACH), 0);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	for (int i = 0; i < THREADS; i++)
		for (int j = 1; j < EACH; j++)
			assert_true(ids[i * EACH + j] > ids[i * EACH + j - 1]);
	qsort(ids, COUNT(ids), sizeof(*ids), by_value);
	for (size_t i = 1; i < COUNT(ids); i++)
		assert_true(ids[i] > ids[i - 1]);
}

static void test_text(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		id value; /* 0: no id */
	} cases[] = {
		{ "1", 1 },
		{ "7312000000000000123", INT64_C(7312000000000000123) },
		{ "9223372036854775807", INT64_MAX },
		{ "9223372036854775808", 0 },
		{ "18446744073709551617", 0 },
		{ "0", 0 },
		{ "01", 0 },
		{ "-1", 0 },
		{ "+1", 0 },
		{ "", 0 },
		{ "1 ", 0 },
		{ "1a", 0 },
		{ NULL, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		id value = 77;
		char out[ID_TEXT_MAX];
		assert_int_equal(id_parse(cases[i].text, &value), cases[i].value != 0);
		assert_int_equal(value, cases[i].value ? cases[i].value : 77);
		if (cases[i].value)
			assert_string_equal(id_format(value, out), cases[i].text);
	}
	char out[ID_TEXT_MAX];
	assert_string_equal(id_format(0, out), "0");
	assert_string_equal(id_format(INT64_MIN, out), "-9223372036854775808");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_grows_whatever_the_clock_does),
		cmocka_unit_test(test_stays_above),
		cmocka_unit_test(test_unique_over_threads),
		cmocka_unit_test(test_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
