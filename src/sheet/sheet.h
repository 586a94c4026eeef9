#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;

/*
 * Excel files (XLSX): the first worksheet read into rows of cells, and one
 * worksheet written. A file from outside is read in a child process without
 * network, files or rights (sheet_read); its size, its parts and its rows are limited.
 */
enum {
	SHEET_FILE_MAX = 4 << 20,
	SHEET_UNPACKED_MAX = 32 << 20, /* of all parts that are read */
	SHEET_PARTS_MAX = 2000,
	SHEET_ROWS_MAX = 5000,
	SHEET_COLUMNS_MAX = 64,        /* cells further right are passed over */
	SHEET_STRINGS_MAX = 200000,
	SHEET_TEXT_MAX = 16 << 10,     /* bytes of one cell */
	SHEET_TEXTS_MAX = 8 << 20,     /* of all cells */
};

enum sheet_kind { SHEET_BLANK, SHEET_TEXT, SHEET_NUMBER };

struct sheet_cell {
	enum sheet_kind kind;
	const char *text; /* a number as a plain decimal "-1234.5"; never NULL */
};

struct sheet_row {
	int line;         /* as the spreadsheet numbers it, from 1 */
	size_t count;     /* cells up to the last one filled */
	const struct sheet_cell *cells;
};

struct sheet {
	const struct sheet_row *rows; /* those with something in them */
	size_t row_count;
};

/*
 * Reads an uploaded file. Fails with sheet_unreadable (no XLSX, damaged, or
 * encrypted), sheet_too_large (a limit above), or `unavailable`.
 */
bool sheet_read(struct arena *mem, const char *path, struct sheet *out, struct error *err);

/* The reading itself, in this process: what the child does. */
bool sheet_read_bytes(struct arena *mem, const void *bytes, size_t size, struct sheet *out,
		      struct error *err);

/*
 * What the child of sheet_read runs: the file on descriptor 0, rows as JSON to
 * 1; ends the process. sheet_read starts this program again with the command as
 * its only argument.
 */
#define SHEET_CHILD_COMMAND "internal-read-sheet"
void sheet_child_run(void) __attribute__((noreturn));

/* "A" for 0, "AB" for 27. `out` needs 4 bytes. */
char *sheet_column_name(size_t column, char *out);

/*
 * Writing. Texts are written as texts whatever they begin with: nothing that a
 * person typed ever becomes a formula. Cells are locked but those to fill in (LOOK_INPUT).
 */
enum { SHEET_TEXT_CELL = -1 };
enum sheet_look { LOOK_PLAIN, LOOK_TITLE, LOOK_HINT, LOOK_HEADING, LOOK_SECTION, LOOK_INPUT, LOOK_MUTED };

struct sheet_value {
	enum sheet_kind kind;
	enum sheet_look look;
	const char *text;
	int64_t number;   /* of SHEET_NUMBER, scaled by `decimals` */
	int decimals;     /* also how a blank input cell takes what is typed; SHEET_TEXT_CELL: as a text */
	bool spans;       /* over all columns: titles and sections */
};

struct sheet_page {
	const char *name;            /* of the worksheet */
	const double *widths;        /* in characters, one per column */
	size_t columns;
	const struct sheet_value *values; /* rows * columns */
	size_t rows;
	size_t heading;              /* row that stays in sight, with all above it */
};

/* The file's bytes in `mem`. */
bool sheet_write(struct arena *mem, const struct sheet_page *page, const char **bytes, size_t *size,
		 struct error *err);

#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#endif
