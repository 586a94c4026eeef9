#ifndef SUBMISSION_SHEET_FORM_H
#define SUBMISSION_SHEET_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "sheet/sheet.h"
#include "submission/cell_rules.h"
#include "submission/form.h"
#include "submission/grid.h"

/* The entry grid as an Excel sheet, out and in. */

enum sheet_field {
	SHEET_CODE,
	SHEET_NAME,
	SHEET_MEASURE,
	SHEET_PREVIOUS,
	SHEET_NUMERATOR,
	SHEET_DENOMINATOR,
	SHEET_VALUE,
	SHEET_NIL,
	SHEET_NOTE,
	SHEET_FIELDS
};

/* The page of a grid, with headings in that language. */
struct sheet_page sheet_page_of(struct arena *mem, const struct grid *grid, enum language lang);

/* A line of the file that says something: what was read, or what is wrong. */
struct sheet_entry {
	int line;
	const struct indicator *indicator; /* NULL: no such code on the form */
	const char *code;
	struct cell cell;                  /* good when there is no fault */
	struct cell_words words;           /* as written */
	struct sheet_fault {
		size_t column;
		struct error_detail detail;
	} *faults;
	size_t fault_count;
};

/*
 * Matches the lines behind the heading row by the indicator's code. Lines
 * without anything to enter are passed over. Pure; fails with sheet_no_heading.
 */
bool sheet_entries_read(struct arena *mem, const struct sheet *sheet, const struct form *form, unsigned level,
			struct sheet_entry **out, size_t *count, struct error *err);

#endif
