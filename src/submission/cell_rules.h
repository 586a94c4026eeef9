#ifndef SUBMISSION_CELL_RULES_H
#define SUBMISSION_CELL_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"

/*
 * What a cell may hold: reading, checking, warnings. Pure. Faults are gathered,
 * all of them up to ERROR_DETAILS_MAX, with the field "cells/<code>/<part>".
 */
struct arena;

struct faults {
	struct arena *mem;
	struct error_detail *rows;
	size_t count, room;
	size_t total; /* with those that found no room */
};

/* `arg0` and `arg1` may be NULL; they are copied. */
void fault_add(struct faults *faults, enum error_code code, const char *field, const char *arg0,
	       const char *arg1);
void fault_cell(struct faults *faults, enum error_code code, const struct indicator *indicator,
		const char *part, const char *arg0, const char *arg1);

/* True when there are none; otherwise false with them all in the error, under submission_invalid. */
bool faults_none(const struct faults *faults, struct error *err);

enum { CELL_TEXT_MAX = 2000, CELL_NOTE_MAX = 2000 };

/* A cell as someone wrote it. NULL and "" are the same: nothing there. */
struct cell_words {
	const char *value, *numerator, *denominator, *text, *note;
	bool nil;
	bool typed; /* by hand in a sheet, "1.234,5", not the API's form */
};

/*
 * Reads the words of one cell and checks it by itself; false when it has a
 * fault. A cell without any figure is fine here and not `present`.
 */
bool cell_read(const struct indicator *indicator, const struct cell_words *words, struct cell *out,
	       struct faults *faults);

/* Checks one cell by itself and works out the number of a percentage; false when it has a fault. */
bool cell_check(const struct indicator *indicator, struct cell *cell, struct faults *faults);

/*
 * Checks a whole form before it is submitted: `cells` in the form's order.
 * Required cells of those that apply to the unit's `level` (LEVEL_*), each by
 * itself, the form's blocking rules between indicators.
 */
bool cells_check(const struct report *report, unsigned level, struct cell *cells, struct faults *faults);

/* Items with a figure that needs evidence: `has_file(arg, indicator_id)` says whether there is some. */
bool cells_check_evidence(const struct report *report, const struct cell *cells,
			  bool (*has_file)(void *arg, id indicator_id), void *arg, struct faults *faults);

bool cell_equal(const struct cell *a, const struct cell *b);

/* One earlier figure of the same unit. */
struct past_figure {
	bool present;
	int64_t number;
};

/* Lower median of those present; false when there are none. */
bool past_median(const struct past_figure *past, size_t count, int64_t *out);

enum { PAST_PERIODS = 12, PAST_NEEDED = 3, CELL_WARNINGS_MAX = 4 };

struct cell_warnings {
	size_t count;
	struct error_detail rows[CELL_WARNINGS_MAX]; /* field NULL */
};

/* Far from the unit's own median of the last 12 periods, three at least. */
bool cell_outlier(const struct indicator *indicator, const struct cell *cell, const struct past_figure *past,
		  size_t count, int64_t *median);

/* Whether a rule between indicators is kept by `cells` (form's order); one that cannot be judged is. */
bool check_kept(const struct report *report, const struct report_check *check, const struct cell *cells);

/*
 * Everything worth a second look in the cell at `position` of `cells` (form's
 * order). `past` are the periods before `p`, oldest first.
 */
void cell_warn(struct arena *mem, const struct report *report, const struct cell *cells, size_t position,
	       period p, const struct past_figure *past, size_t count, struct cell_warnings *out);

#endif
