#include "extract_fixture.h"

#include "base/buf.h"
#include "extract/layout.h"
#include "extract/plain.h"

static struct arena *mem;

static int set_up(void **state)
{
	(void)state;
	mem = arena_new(0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static void encodings(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
		const char *text; /* NULL: none of them */
	} rows[] = {
		{ "Số: 1", 7, "Số: 1" },
		{ "\xef\xbb\xbf" "Việt", 9, "Việt" },
		{ "\xff\xfeV\0\xea\1\0\0", 6, "VǪ" },
		{ "\xff\xfeV\0i\0\xc7\x1et\0", 10, "Việt" },
		{ "\xfe\xff\0V\0i\x1e\xc7\0t", 10, "Việt" },
		{ "V\0i\0e\0t\0", 8, "Viet" },
		{ "\0V\0i\0e\0t", 8, "Viet" },
		/* Windows-1258 writes the tone behind the letter. */
		{ "Vi\xea\xf2t Nam, \xf0\xf4\xf2" "c l\xe2\xf2p", 20, "Việt Nam, độc lập" },
		{ "Vi\xd6t Nam, \xae\xe9" "c l\xcb" "p", 17, "Việt Nam, độc lập" },
		{ "a\0b\1c", 5, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out, tidy;
		bool ok;
		buf_init(&out, mem, 0);
		buf_init(&tidy, mem, 0);
		ok = plain_read(rows[i].bytes, rows[i].size, &out);
		if (ok != (rows[i].text != NULL))
			fail_msg("row %zu: %s", i, ok ? "read" : "refused");
		if (!ok)
			continue;
		plain_tidy(mem, out.data, out.length, &tidy);
		tidy.data[tidy.length - 1] = '\0';
		if (strcmp(tidy.data, rows[i].text) != 0)
			fail_msg("row %zu: '%s'", i, tidy.data);
	}
}

static void tidy_texts(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "\r\n\r\n a  \r\nb\r\r\rc", "a\nb\n\nc\n" },
		{ "a\fb", "a\nb\n" },
		{ "Vie\xcc\xa3\xcc\x82t", "Việt\n" },
		{ "a\xc2\xad" "b\xe2\x80\x8b" "c\xef\xbb\xbf\x01" "d", "abcd\n" },
		{ "a\xc2\xa0" "b", "a b\n" },
		{ "\xef\x82\xb7 m\xe1\xbb\x99t", "- một\n" },
		{ "a\xff" "b", "a\xef\xbf\xbd" "b\n" },
		{ "a\n\n\n\n\nb\n\n\n", "a\n\nb\n" },
		{ "1\ta\tb", "1\ta\tb\n" },
		{ " \n\t\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out;
		buf_init(&out, mem, 0);
		plain_tidy(mem, rows[i].from, strlen(rows[i].from), &out);
		if (strcmp(out.data ? out.data : "", rows[i].to) != 0)
			fail_msg("row %zu: '%s'", i, out.data);
	}
}

/* Lines of writing 13 high, words at places. */
struct word {
	const char *text;
	double x, y;
};

static void lays_out(const struct word *words, const char *expected)
{
	struct layout_piece pieces[64];
	size_t count = 0;
	struct buf out, tidy;

	for (; words->text; words++) {
		size_t length = strlen(words->text);
		for (size_t i = 0; i < length; i++) {
			if (words->text[i] == ' ')
				continue;
			assert_true(count < 64);
			pieces[count++] = (struct layout_piece){
				.text = words->text + i,
				.length = 1,
				.x1 = words->x + 5.0 * (double)i,
				.x2 = words->x + 5.0 * (double)i + 5.0,
				.y1 = words->y,
				.y2 = words->y + 13,
			};
		}
	}
	buf_init(&out, mem, 0);
	buf_init(&tidy, mem, 0);
	layout_text(mem, pieces, count, 2, &out);
	plain_tidy(mem, out.data, out.length, &tidy);
	assert_string_equal(tidy.data, expected);
}

static void layouts(void **state)
{
	static const struct word lines[] = { { "mot hai", 0, 0 }, { "ba", 0, 13 }, { NULL, 0, 0 } };
	static const struct word head[] = { { "UBND", 20, 0 }, { "CONG HOA", 200, 2 }, { "SO", 25, 13 },
					    { "Doc lap", 205, 15 }, { "Than bai", 0, 40 }, { NULL, 0, 0 } };
	/* The left column a little lower, line by line. */
	static const struct word offset[] = { { "TM.", 200, 0 }, { "Noi nhan", 0, 6 }, { "KT.", 200, 13 },
					      { "- So", 0, 19 }, { NULL, 0, 0 } };
	static const struct word table[] = {
		{ "STT", 0, 0 }, { "Viec", 40, 0 }, { "Han", 120, 0 }, { "1", 0, 13 }, { "Ra soat", 40, 13 },
		{ "30/6", 120, 13 }, { "lai", 40, 26 }, { "2", 0, 39 }, { "Hop", 40, 39 }, { "30/7", 120, 39 },
		{ NULL, 0, 0 },
	};
	/* A running number in the middle of its row's height. */
	static const struct word centred[] = {
		{ "a", 40, 0 }, { "x", 120, 0 }, { "1", 0, 13 }, { "b", 40, 13 }, { "c", 40, 26 }, { "d", 40, 39 },
		{ "2", 0, 45 }, { "y", 120, 39 }, { "e", 40, 52 }, { "z", 120, 52 }, { NULL, 0, 0 },
	};
	static const struct word numbered[] = { { "2", 100, 0 }, { "Tiep", 0, 20 }, { NULL, 0, 0 } };
	static const struct word mark[] = { { "1.", 0, 0 }, { "Giao So", 30, 0 }, { NULL, 0, 0 } };

	(void)state;
	lays_out(lines, "mot hai\nba\n");
	lays_out(head, "UBND\nSO\n\nCONG HOA\nDoc lap\n\nThan bai\n");
	lays_out(offset, "Noi nhan\n- So\n\nTM.\nKT.\n");
	lays_out(table, "STT\tViec\tHan\n1\tRa soat lai\t30/6\n2\tHop\t30/7\n");
	lays_out(centred, "1\ta b c\tx\n2\td e\ty z\n");
	lays_out(numbered, "Tiep\n");
	lays_out(mark, "1. Giao So\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encodings),
		cmocka_unit_test(tidy_texts),
		cmocka_unit_test(layouts),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
