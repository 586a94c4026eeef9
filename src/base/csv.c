#include "base/csv.h"

#include <string.h>

#include "base/arena.h"
#include "base/digits.h"
#include "base/error.h"
#include "base/text.h"

/* Reads a text in place: cells end where their comma, quote or line end was. */
struct reader {
	char *at;
	char *end;
	size_t row; /* as a spreadsheet counts */
	struct error *err;
};

static bool bad_row(const struct reader *in)
{
	char field[sizeof("rows/") + DIGITS_MAX] = "rows/";
	*digits_put(field + strlen(field), in->row) = '\0';
	return error_set(in->err, ERR_field_invalid, field, NULL);
}

static bool too_many(struct error *err, uint64_t limit)
{
	char text[DIGITS_MAX + 1];
	*digits_put(text, limit) = '\0';
	return error_set(err, ERR_too_many_items, NULL, text, NULL);
}

/* Moves what is within quotes together, behind the opening one; a doubled quote stands for one. */
static bool read_quoted(struct reader *in, const char **out)
{
	char *start = ++in->at;
	char *to = start;
	for (;;) {
		char *quote = memchr(in->at, '"', (size_t)(in->end - in->at));
		if (!quote)
			return bad_row(in);
		size_t run = (size_t)(quote - in->at);
		memmove(to, in->at, run);
		to += run;
		in->at = quote + 1;
		if (in->at == in->end || *in->at != '"')
			break;
		*to++ = '"';
		in->at++;
	}
	*to = '\0'; /* the closing quote's place at the latest */
	*out = start;
	return true;
}

static bool read_plain(struct reader *in, const char **out)
{
	*out = in->at;
	while (in->at < in->end && *in->at != ',' && *in->at != '\n' && *in->at != '\r') {
		if (*in->at == '"')
			return bad_row(in);
		in->at++;
	}
	return true;
}

/* After a cell: over the comma (*more true), the line end or the end of the text. The cell is ended there. */
static bool end_cell(struct reader *in, bool *more)
{
	char *stop = in->at;
	*more = false;
	if (in->at == in->end)
		return true;
	if (*in->at == ',') {
		in->at++;
		*more = true;
	} else {
		if (*in->at == '\r')
			in->at++;
		if (in->at < in->end && *in->at == '\n')
			in->at++;
		else if (*stop != '\r')
			return bad_row(in);
	}
	*stop = '\0';
	return true;
}

/* Up to `room` cells; *count tells how many the row has, one past `room` at most. */
static bool read_row(struct reader *in, const char **cells, size_t room, size_t *count)
{
	bool more = true;
	for (*count = 0; more; ++*count) {
		const char *cell = NULL;
		bool quoted = in->at < in->end && *in->at == '"';
		if (*count > room)
			return true;
		if (!(quoted ? read_quoted(in, &cell) : read_plain(in, &cell)) || !end_cell(in, &more))
			return false;
		if (*count < room)
			cells[*count] = cell;
	}
	return true;
}

static bool at_empty_line(const struct reader *in)
{
	return *in->at == '\n' || *in->at == '\r';
}

static void skip_empty_lines(struct reader *in)
{
	while (in->at < in->end && at_empty_line(in)) {
		in->at += in->at[0] == '\r' && in->at[1] == '\n' ? 2 : 1;
		in->row++;
	}
}

static size_t count_lines(const char *text)
{
	size_t lines = 1;
	for (; *text; text++)
		lines += *text == '\n' || *text == '\r';
	return lines;
}

static bool read_header(struct reader *in, struct arena *mem, struct csv *out)
{
	const char *header[CSV_COLUMNS_MAX];
	size_t columns;
	skip_empty_lines(in);
	if (in->at == in->end)
		return bad_row(in);
	if (!read_row(in, header, CSV_COLUMNS_MAX, &columns))
		return false;
	if (columns > CSV_COLUMNS_MAX)
		return too_many(in->err, CSV_COLUMNS_MAX);
	out->columns = columns;
	out->header = ARENA_ARRAY(mem, const char *, columns);
	memcpy(out->header, header, columns * sizeof(*header));
	in->row++;
	return true;
}

bool csv_parse(struct arena *mem, const char *text, size_t length, struct csv *out, struct error *err)
{
	*out = (struct csv){ 0 };
	if (!text_valid(text, length))
		return error_set(err, ERR_bad_utf8, NULL, NULL);
	char *content = text_nfc(mem, arena_strndup(mem, text, length));
	if (text_starts(content, "\xef\xbb\xbf"))
		content += 3;

	struct reader in = { .at = content, .end = content + strlen(content), .row = 1, .err = err };
	size_t lines = count_lines(content);
	if (!read_header(&in, mem, out))
		return false;

	/* One row more than allowed is never stored. */
	out->cells = ARENA_ARRAY(mem, const char **, lines < CSV_ROWS_MAX ? lines : CSV_ROWS_MAX);
	for (skip_empty_lines(&in); in.at < in.end; in.row++, skip_empty_lines(&in)) {
		size_t count;
		if (out->rows == CSV_ROWS_MAX)
			return too_many(err, CSV_ROWS_MAX);
		const char **row = ARENA_ARRAY(mem, const char *, out->columns);
		if (!read_row(&in, row, out->columns, &count))
			return false;
		if (count != out->columns)
			return bad_row(&in);
		out->cells[out->rows++] = row;
	}
	return true;
}

int csv_column(const struct csv *csv, const char *name)
{
	for (size_t i = 0; i < csv->columns; i++)
		if (text_equal(csv->header[i], name))
			return (int)i;
	return -1;
}
