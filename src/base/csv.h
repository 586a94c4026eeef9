#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct error;

/* A whole CSV text (RFC 4180, UTF-8, first line the header) in an arena. */
struct csv {
	size_t columns;
	const char **header;
	size_t rows;
	const char ***cells; /* cells[row][column], never NULL */
};

enum { CSV_ROWS_MAX = 100000, CSV_COLUMNS_MAX = 200 };

/*
 * Fails with field_invalid on "rows/N" when a row is malformed or has another
 * number of columns; N counts as a spreadsheet shows it, the header being row
 * 1. Fails with bad_utf8, and with too_many_items past the limits above. Empty
 * lines are skipped; a byte order mark is; text comes out in NFC.
 */
bool csv_parse(struct arena *mem, const char *text, size_t length, struct csv *out, struct error *err);

/* Index of a column by its header; -1 when absent. */
int csv_column(const struct csv *csv, const char *name);

/*
 * Writing, for people's spreadsheets: the byte order mark, then rows of cells.
 * A text that a spreadsheet would take for a formula (first character = + - @
 * or a tab) is led by an apostrophe; NULL is an empty cell.
 */
void csv_start(struct buf *out);
void csv_add_row(struct buf *out, const char *const *cells, size_t count);

#endif
