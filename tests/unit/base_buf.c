#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void test_grows_and_stays_terminated(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct buf buf;
	buf_init(&buf, mem, 0);
	assert_string_equal(buf.data, "");
	assert_int_equal(buf.length, 0);
	for (size_t i = 0; i < 20000; i++) {
		buf_add_char(&buf, (char)('a' + i % 26));
		assert_int_equal(buf.length, i + 1);
		assert_int_equal(buf.data[buf.length], '\0');
	}
	for (size_t i = 0; i < buf.length; i++)
		assert_int_equal(buf.data[i], 'a' + (int)(i % 26));
	assert_false(buf.overflow);
	arena_free(mem);
}

static void test_ways_to_add(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct buf buf;
	buf_init(&buf, mem, 0);
	buf_add(&buf, NULL, 0);
	buf_add(&buf, "a\0b", 3);
	buf_add_text(&buf, "");
	buf_add_text(&buf, "cd");
	buf_add_char(&buf, 'e');
	buf_add_format(&buf, "%d-%s", 12, "f");
	assert_int_equal(buf.length, 10);
	assert_memory_equal(buf.data, "a\0bcde12-f", 11);

	char *at = buf_reserve(&buf, 1000);
	memcpy(at, "xyz", 3);
	buf_wrote(&buf, 3);
	assert_memory_equal(buf.data, "a\0bcde12-fxyz", 14);

	buf_clear(&buf);
	assert_string_equal(buf.data, "");
	/* Longer than what a format is first tried in. */
	buf_add_format(&buf, "%0*d", 700, 7);
	assert_int_equal(buf.length, 700);
	assert_int_equal(strspn(buf.data, "0"), 699);
	assert_int_equal(buf.data[699], '7');
	arena_free(mem);
}

static void test_overflow(void **state)
{
	(void)state;
	/* The limit of the buf, and of an arena with less. */
	static const struct {
		size_t arena, max, fits, refused;
	} cases[] = {
		{ 0, 1, 1, 1 },
		{ 0, 100, 100, 1 },
		{ 0, 255, 255, 1 },
		{ 0, 256, 256, 1 },
		{ 0, 257, 257, 1 },
		{ 0, 5000, 5000, 1 },
		{ 0, 5000, 0, 5001 },
		{ 0, 5000, 4000, SIZE_MAX },
		{ 5000, 0, 2000, 4999 },
		{ 5000, 0, 0, 5000 },
		{ 100000, 0, 60000, 60000 },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena *mem = arena_new(cases[i].arena);
		struct buf buf;
		buf_init(&buf, mem, cases[i].max);
		for (size_t j = 0; j < cases[i].fits; j++)
			buf_add_char(&buf, 'x');
		assert_false(buf.overflow);
		assert_int_equal(buf.length, cases[i].fits);
		assert_null(buf_reserve(&buf, cases[i].refused));
		assert_true(buf.overflow);

		/* What comes after an overflow is dropped too, so that no hole is left in the middle. */
		buf_add_char(&buf, 'y');
		buf_add_text(&buf, "y");
		buf_add_format(&buf, "%d", 1);
		assert_int_equal(buf.length, cases[i].fits);
		assert_int_equal(strlen(buf.data), cases[i].fits);

		buf_clear(&buf);
		assert_false(buf.overflow);
		buf_add_char(&buf, 'z');
		assert_string_equal(buf.data, "z");
		arena_free(mem);
	}
}

static void test_room_is_kept(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct buf buf;
	buf_init(&buf, mem, 0);
	buf_clear(&buf);
	for (int round = 0; round < 10; round++) {
		for (int i = 0; i < 3000; i++)
			buf_add_char(&buf, 'x');
		if (round == 0)
			arena_alloc(mem, 1);
		assert_true(arena_used(mem) < 10000);
		buf_clear(&buf);
	}
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grows_and_stays_terminated),
		cmocka_unit_test(test_ways_to_add),
		cmocka_unit_test(test_overflow),
		cmocka_unit_test(test_room_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
