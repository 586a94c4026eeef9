#ifndef ASSIGNMENT_ASSIGNMENT_STORE_H
#define ASSIGNMENT_ASSIGNMENT_STORE_H

#include "assignment/assignment.h"
#include "submission/submission.h"

/* Rows of assignments. from_path and province_id are the unit room's and not filled here. */

bool assignment_insert(struct call *c, const struct assignment *assignment);

/* Rule and last period; *changed false when `version` is not the row's. */
bool assignment_update(struct call *c, const struct assignment *assignment, int64_t version, bool *changed);

/* *found false when there is none. */
bool assignment_row(struct call *c, id assignment_id, bool *found, struct assignment *out);
bool assignment_period_row(struct call *c, id assignment_id, period p, bool *found,
			   struct assignment_period *out);

/* Which assignments: those of the first filter that is not 0; all of them without any. Newest first. */
struct assignment_query {
	id from_unit_id, to_unit_id, parent_id;
	bool ended;             /* those whose last period is closed too */
	bool counted;           /* with unit_count; else it is 0 */
	id before;              /* only older ones than this; 0: all */
	int limit;
};
bool assignment_rows(struct call *c, const struct assignment_query *query, struct assignment **out,
		     size_t *count);

/* Units: `since` and `until` are periods. A unit that had it before has it again. */
bool assignment_units_add(struct call *c, id assignment_id, const id *unit_ids, size_t count, period since);
bool assignment_unit_end(struct call *c, id assignment_id, id unit_id, period until, bool *had);
bool assignment_unit_rows(struct call *c, id assignment_id, period p, id **out, size_t *count);

/* A unit that has this report from this unit in a period from `first` on, other than by `except`; 0: none. */
bool assignment_overlap(struct call *c, id from_unit_id, id report_id, id unit_id, period first, period last,
			id except, bool *out);
bool assignment_has_unit(struct call *c, id assignment_id, id unit_id, bool *out);

bool assignment_period_insert(struct call *c, const struct assignment_period *ap, bool *there);
bool assignment_period_state(struct call *c, const struct assignment_period *ap, enum period_state state,
			     const char *note);
bool assignment_period_rows(struct call *c, id assignment_id, int limit, struct assignment_period **out,
			    size_t *count);
bool assignment_period_rows_all(struct call *c, struct assignment_period **out, size_t *count);
bool assignment_periods_open(struct call *c, id assignment_id, period **out, size_t *count);
bool assignment_newest_period(struct call *c, id assignment_id, period *out);

/* Every assignment with its newest opened period (0: none). */
struct assignment_newest {
	struct assignment assignment;
	period newest;
};
bool assignment_newest_rows(struct call *c, struct assignment_newest **out, size_t *count);

bool assignment_gaps_insert(struct call *c, const struct assignment_period *ap,
			    const struct missing_unit *units, size_t count);
bool assignment_gaps_remove(struct call *c, const struct assignment_period *ap);

#endif
