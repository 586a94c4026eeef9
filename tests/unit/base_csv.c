#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/error.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* Cells joined by '|', rows ended by '/'. */
static const char *shown(struct arena *mem, const struct csv *csv)
{
	struct buf out;
	buf_init(&out, mem, 0);
	for (size_t row = 0; row <= csv->rows; row++) {
		const char **cells = row ? csv->cells[row - 1] : csv->header;
		for (size_t i = 0; i < csv->columns; i++) {
			if (i)
				buf_add_char(&out, '|');
			buf_add_text(&out, cells[i]);
		}
		buf_add_char(&out, '/');
	}
	return out.data;
}

static void test_parse(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *shown; /* NULL: an error */
		enum error_code code;
		const char *field;
	} cases[] = {
		{ "a,b\n1,2\n", "a|b/1|2/", ERR_none, "" },
		{ "a,b\r\n1,2\r\n", "a|b/1|2/", ERR_none, "" },
		{ "a,b\r1,2\r", "a|b/1|2/", ERR_none, "" },
		{ "a,b\n1,2", "a|b/1|2/", ERR_none, "" },
		{ "a,b", "a|b/", ERR_none, "" },
		{ "\xef\xbb\xbf" "a,b\n1,2\n", "a|b/1|2/", ERR_none, "" },
		{ "a,b\n,\n", "a|b/|/", ERR_none, "" },
		{ "a,b\n\n1,2\n\r\n\n", "a|b/1|2/", ERR_none, "" },
		{ "a\n1\n2\n", "a/1/2/", ERR_none, "" },
		{ "a,b\n\"1,2\",\"x \"\"y\"\"\"\n", "a|b/1,2|x \"y\"/", ERR_none, "" },
		{ "a,b\n\"line\nbreak\",\"\"\n", "a|b/line\nbreak|/", ERR_none, "" },
		{ "a,b\n\"\",\"\"\"\"", "a|b/|\"/", ERR_none, "" },
		{ "\"a\",\"b\"\n1,2\n", "a|b/1|2/", ERR_none, "" },
		{ "tên\nHoa\xcc\x80 Bi\xcc\x80nh\n", "tên/Hoà Bình/", ERR_none, "" },
		{ " a , b\n 1 ,2 \n", " a | b/ 1 |2 /", ERR_none, "" },

		{ "", NULL, ERR_field_invalid, "rows/1" },
		{ "\n\n", NULL, ERR_field_invalid, "rows/3" },
		{ "a,b\n1\n", NULL, ERR_field_invalid, "rows/2" },
		{ "a,b\n1,2,3\n", NULL, ERR_field_invalid, "rows/2" },
		{ "a,b\n1,2\n1,2,\n", NULL, ERR_field_invalid, "rows/3" },
		{ "a,b\n1,2\n\n1\n", NULL, ERR_field_invalid, "rows/4" },
		{ "a,b\n\"1,2\n", NULL, ERR_field_invalid, "rows/2" },
		{ "a,b\n\"1\"x,2\n", NULL, ERR_field_invalid, "rows/2" },
		{ "a,b\n1\"x,2\n", NULL, ERR_field_invalid, "rows/2" },
		{ "a,\"b\n", NULL, ERR_field_invalid, "rows/1" },
		{ "a,b\n\"x\ny\",2\n1\n", NULL, ERR_field_invalid, "rows/3" },
		{ "a,b\n\xff,2\n", NULL, ERR_bad_utf8, "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *mem = arena_new(0);
		struct csv csv;
		struct error err = { 0 };
		bool ok = csv_parse(mem, cases[i].text, strlen(cases[i].text), &csv, &err);
		if (ok != (cases[i].shown != NULL) || err.code != cases[i].code ||
		    strcmp(err.field, cases[i].field) != 0 || (ok && strcmp(shown(mem, &csv), cases[i].shown) != 0))
			fail_msg("case %zu: %s at %s", i, error_word(err.code), err.field);
		arena_free(mem);
	}
}

static void test_column(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct csv csv;
	struct error err = { 0 };
	assert_true(csv_parse(mem, "code,name,code\n1,2,3\n", 21, &csv, &err));
	assert_int_equal(csv_column(&csv, "code"), 0);
	assert_int_equal(csv_column(&csv, "name"), 1);
	assert_int_equal(csv_column(&csv, "Name"), -1);
	assert_int_equal(csv_column(&csv, ""), -1);
	arena_free(mem);
}

static bool parse_many(struct arena *mem, size_t columns, size_t rows, struct csv *csv, struct error *err)
{
	struct buf text;
	buf_init(&text, mem, 0);
	for (size_t row = 0; row <= rows; row++) {
		for (size_t i = 1; i < columns; i++)
			buf_add_text(&text, "7,");
		buf_add_text(&text, "7\n");
	}
	return csv_parse(mem, text.data, text.length, csv, err);
}

static void test_limits(void **state)
{
	(void)state;
	static const struct {
		size_t columns, rows;
		const char *limit; /* "": allowed */
	} cases[] = {
		{ CSV_COLUMNS_MAX, 2, "" },
		{ CSV_COLUMNS_MAX + 1, 2, "200" },
		{ 2, CSV_ROWS_MAX, "" },
		{ 2, CSV_ROWS_MAX + 1, "100000" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *mem = arena_new(0);
		struct csv csv;
		struct error err = { 0 };
		bool ok = parse_many(mem, cases[i].columns, cases[i].rows, &csv, &err);
		assert_int_equal(ok, !*cases[i].limit);
		assert_int_equal(err.code, ok ? ERR_none : ERR_too_many_items);
		assert_string_equal(err.args[0], cases[i].limit);
		if (ok) {
			assert_int_equal(csv.columns, cases[i].columns);
			assert_int_equal(csv.rows, cases[i].rows);
			assert_string_equal(csv.cells[csv.rows - 1][csv.columns - 1], "7");
		}
		arena_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_column),
		cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
