#ifndef SUBMISSION_MATRIX_H
#define SUBMISSION_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "submission/cell_rules.h"
#include "submission/form.h"
#include "submission/people.h"
#include "submission/submission.h"
#include "unit/unit.h"

/*
 * The approval screen: all units of an assignment's period with the cells of
 * their standing versions, read by a fixed number of statements. A unit's draft
 * and what it has taken back do not show.
 */
enum { MATRIX_PERIODS_MAX = 12, MATRIX_CELLS_MAX = 100000 };

struct matrix_cell {
	struct cell cell;
	int64_t change;    /* against the period before */
	bool has_change;
	bool changed;      /* since the version before */
	bool outlier;
};

struct matrix_row {
	struct submission s;
	struct unit unit;
	const struct submission **states; /* one per period shown; NULL: not assigned then */
	struct matrix_cell *cells;        /* in the form's order */
	int64_t files;
};

/* What the units below add up to. */
struct level_figure {
	struct cell cell;
	enum target_state target;
};

struct matrix {
	struct assignment assignment;
	struct assignment_period ap;
	struct unit from;
	const struct report *report;
	struct form form;
	period periods[MATRIX_PERIODS_MAX]; /* oldest first, the last is the one asked for */
	size_t period_count;
	struct matrix_row *rows;            /* by kind and name of the unit */
	size_t row_count;
	struct tally tally;
	struct level_figure *provisional, *approved,
		*previous; /* in the form's order; `previous`: approved, the period before */
	id own_submission_id;
	bool may_receive, may_close, may_except;
	struct people people;
};

struct matrix_query {
	id assignment_id;
	period period;              /* 0: the newest opened */
	int periods;
	const char *q;              /* words of the unit's name or code; NULL: all */
	bool by_state;
	enum submission_state state;
};
/* Fails with matrix_too_large past MATRIX_CELLS_MAX. */
bool matrix_load(struct call *c, const struct matrix_query *query, struct matrix *out);

#endif
