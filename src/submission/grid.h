#ifndef SUBMISSION_GRID_H
#define SUBMISSION_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/evidence.h"
#include "submission/cell_rules.h"
#include "submission/draft.h"
#include "submission/form.h"
#include "submission/people.h"
#include "submission/submission_store.h"
#include "submission/work.h"

/* The entry screen of one submission, read in about ten statements whatever the form's size. */

/* What the caller may do with it now. */
struct grid_may {
	bool enter, submit, recall, approve, give_back, receive, attach;
};
bool grid_may(struct call *c, const struct work *work, struct grid_may *out);

/* The unit's figures in the 12 periods before, oldest first. */
struct past {
	period periods[PAST_PERIODS];
	struct past_figure *figures; /* PAST_PERIODS per item, in the form's order */
	struct cell *previous;       /* of the period before, in the form's order */
	bool *has_previous;
};
bool past_load(struct call *c, const struct submission *s, const struct form *form, struct past *out);
const struct past_figure *past_of(const struct past *past, size_t position);

struct grid {
	struct work work;
	struct unit from;
	const struct report *report;
	struct form form;
	unsigned level;
	bool drafts;              /* the caller sees cells that are not submitted */
	struct working working;   /* as the caller sees it */
	struct past past;
	struct grid_may may;
	struct mark_row *marks;
	size_t mark_count;
	struct evidence *evidence;
	size_t evidence_count;
	struct step_row *steps;
	size_t step_count;
	struct people people;
};
bool grid_load(struct call *c, id submission_id, struct grid *out);

/* The caller belongs to those who work on the unit's figures before they are submitted. */
bool sees_drafts(const struct call *c, const struct submission *s);

/* Whether figures of the standing version show to the levels above: not while the unit has taken them back.
 */
bool standing_shows(const struct submission *s);

#endif
