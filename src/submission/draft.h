#ifndef SUBMISSION_DRAFT_H
#define SUBMISSION_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "submission/submission.h"
#include "submission/value_store.h"

/* The draft of a submission: cells over those of the standing version. */

/*
 * The revision a cell has while the draft does not hold it. It grows with the
 * submitted version, so that nobody who saw the cell before a submit
 * overwrites what came after.
 */
enum { CELL_REVISIONS = 1000000 };
int64_t cell_base_revision(const struct submission *s);

struct working {
	struct cell *cells;      /* in the form's order */
	struct draft_row *rows;  /* likewise */
	struct cell *standing;   /* of the standing version; empty cells when there is none */
};
bool working_load(struct call *c, const struct submission *s, const struct form *form, struct working *out);

/* Stock figures and running totals of the newest earlier period go into empty cells; out->outcomes has *count
 * of them. */
bool draft_copy_last(struct call *c, id submission_id, struct draft_result *out, size_t *count);

#endif
