#include "base/csv.h"

#include <string.h>

#include "base/buf.h"

void csv_start(struct buf *out)
{
	buf_add_text(out, "\xef\xbb\xbf");
}

static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t\r\n", *text);
}

static void add_cell(struct buf *out, const char *text)
{
	bool formula = is_formula(text);
	if (!formula && !strpbrk(text, ",\"\r\n")) {
		buf_add_text(out, text);
		return;
	}
	buf_add_char(out, '"');
	if (formula)
		buf_add_char(out, '\'');
	for (; *text; text++) {
		if (*text == '"')
			buf_add_char(out, '"');
		buf_add_char(out, *text);
	}
	buf_add_char(out, '"');
}

void csv_add_row(struct buf *out, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_char(out, ',');
		if (cells[i])
			add_cell(out, cells[i]);
	}
	buf_add_text(out, "\r\n");
}
