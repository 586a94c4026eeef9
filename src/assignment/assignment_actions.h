#ifndef ASSIGNMENT_ASSIGNMENT_ACTIONS_H
#define ASSIGNMENT_ASSIGNMENT_ACTIONS_H

#include "assignment/assignment.h"

/* Private to the room: what its actions share. */

/* Fills from_path and province_id. */
bool assignment_fill_unit(struct call *c, struct assignment *assignment);

/*
 * Writes an event of the assignment's; `period` 0 and `more` (a JSON member list's text, or NULL)
 * may be left out.
 */
struct assignment_event {
	const char *kind;
	period period;
	const char *reason;
	int64_t units;   /* -1: not told */
	int64_t missing; /* -1: not told */
};
bool assignment_tell(struct call *c, const struct assignment *assignment,
		     const struct assignment_event *event);

/* Opens the rows of a period for these units and counts them as assigned. */
bool assignment_open_units(struct call *c, const struct assignment_period *ap, const id *unit_ids,
			   size_t count);

/* An assignment the caller may manage. */
bool assignment_managed(struct call *c, id assignment_id, struct assignment *out);

#endif
