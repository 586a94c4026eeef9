#ifndef LETTER_LETTER_ORDERS_TABLE_H
#define LETTER_LETTER_ORDERS_TABLE_H

#include "letter/letter_orders.h"

/* Private to the room: tables of tasks, and which column each of their cells stands in. */

enum {
	ORDERS_COLUMNS_MAX = 12,
	ORDERS_CELL_MAX = 4096,    /* bytes */
	ORDERS_ROW_LINES_MAX = 40, /* lines of one row */
};

enum orders_column {
	COLUMN_OTHER, COLUMN_NUMBER, COLUMN_TASK, COLUMN_LEAD, COLUMN_COOPERATING, COLUMN_PRODUCT, COLUMN_DEADLINE,
};

struct orders_table {
	enum orders_column columns[ORDERS_COLUMNS_MAX];
	size_t width;
};

/* A cell, or a line of one: bytes of a text. */
struct orders_cell {
	const struct letter_clean *clean; /* NULL: empty */
	size_t start, end;
};

void orders_cell_words(struct orders *orders, const struct orders_cell *cell, struct words *words);

/* Where a line stands. */
struct orders_place {
	size_t column;
	bool begins_row; /* another row than that of the line before */
};

/* Puts a line behind what the cell holds. */
void orders_cell_append(struct orders *orders, struct orders_cell *cell, const struct orders_cell *line);

/* "1", "2.1.", "IV", "A": what stands in the column of numbers. */
bool orders_cell_is_number(const struct orders_cell *cell);

/* Whether a line can only go on a cell: it begins in the middle of a sentence. */
bool orders_cell_goes_on(const struct orders_cell *line);

/*
 * letter_orders_fit.c: the column of each of the lines, by what stands in them:
 * names of offices, times, numbers. Columns may be empty and cells may have
 * several lines when there are more lines than columns; then rows follow one
 * another too. `above`: the cells of the row that the lines, one of each cell, go
 * on with; NULL: they begin a row.
 */
void orders_fit(struct orders *orders, const struct orders_table *table, const struct orders_cell *lines, size_t count,
		const struct orders_cell *above, struct orders_place *places);

#endif
