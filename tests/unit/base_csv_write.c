#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/error.h"
#include "base/id.h"
#include "base/text.h"

static void rows_are_quoted_where_they_must(void **state)
{
	(void)state;
	static const struct {
		const char *cell, *written;
	} rows[] = {
		{ "plain", "plain\r\n" },
		{ "", "\r\n" },
		{ NULL, "\r\n" },
		{ "a,b", "\"a,b\"\r\n" },
		{ "say \"so\"", "\"say \"\"so\"\"\"\r\n" },
		{ "two\nlines", "\"two\nlines\"\r\n" },
		{ "12.5", "12.5\r\n" },
		{ "=1+1", "\"'=1+1\"\r\n" },
		{ "+84", "\"'+84\"\r\n" },
		{ "-5", "\"'-5\"\r\n" },
		{ "@SUM(A1)", "\"'@SUM(A1)\"\r\n" },
		{ "\t=1", "\"'\t=1\"\r\n" },
		{ "=\"x\"", "\"'=\"\"x\"\"\"\r\n" },
		{ "a=b", "a=b\r\n" },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out;
		buf_init(&out, mem, 0);
		csv_add_row(&out, &rows[i].cell, 1);
		assert_string_equal(out.data, rows[i].written);
	}
	arena_free(mem);
}

static void what_is_written_can_be_read(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct buf out;
	const char *const head[] = { "name", "note" };
	const char *const row[] = { "Phường Tuy Hoà", "a \"b\", c\nd" };
	buf_init(&out, mem, 0);
	csv_start(&out);
	csv_add_row(&out, head, 2);
	csv_add_row(&out, row, 2);
	struct csv csv;
	struct error err = { 0 };
	assert_true(csv_parse(mem, out.data, out.length, &csv, &err));
	assert_int_equal(csv.rows, 1);
	assert_string_equal(csv.header[0], "name");
	assert_string_equal(csv.cells[0][0], row[0]);
	assert_string_equal(csv.cells[0][1], row[1]);
	arena_free(mem);
}

static void sort_keys_sort_as_the_alphabet(void **state)
{
	(void)state;
	/* In order: d before đ, a before ă before â, tones last. */
	static const char *const names[] = { "", "An", "Ấn", "Bình", "Da", "Đa", "Đá", "Hòa Bình", "Hoà Bình 2", "Xã Ea Kao", "Xã Ea Knốp" };
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
			int by_text = text_compare(names[i], names[k]);
			int by_key = strcmp(text_sort_key(mem, names[i]), text_sort_key(mem, names[k]));
			assert_int_equal((by_text > 0) - (by_text < 0), (by_key > 0) - (by_key < 0));
			assert_int_equal((by_text > 0) - (by_text < 0), (i > k) - (i < k));
		}
	}
	arena_free(mem);
}

static void no_id_is_below_its_floor(void **state)
{
	(void)state;
	for (int64_t now = 1778900000000; now < 1778900000050; now++) {
		id made = id_next(now);
		assert_true(made >= id_floor(now));
		assert_true(made < id_floor(now + 1));
	}
	assert_int_equal(id_floor(0), 0);
	assert_true(id_next(5) >= id_floor(5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_quoted_where_they_must),
		cmocka_unit_test(what_is_written_can_be_read),
		cmocka_unit_test(sort_keys_sort_as_the_alphabet),
		cmocka_unit_test(no_id_is_below_its_floor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
