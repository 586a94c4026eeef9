#ifndef ASSIGNMENT_ASSIGNMENT_H
#define ASSIGNMENT_ASSIGNMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "db/call.h"
#include "deadline/deadline.h"

/*
 * A report assigned by one unit to units below it, with a deadline rule; a
 * province's assignment names the centre's as its parent, and its roll-up
 * becomes the draft of the province's own submission to the parent.
 */
struct assignment {
	id id;
	id report_id;
	id from_unit_id;
	const char *from_path;
	id province_id;            /* of from_unit */
	id parent_id;              /* 0: none */
	struct deadline_rule rule;
	period first, last;        /* last 0: goes on */
	int64_t version;
};

enum period_state { PERIOD_OPEN, PERIOD_CLOSED };

/* One assignment in one period. */
struct assignment_period {
	struct assignment assignment;
	period period;
	instant opens, deadline;   /* deadline exclusive */
	enum period_state state;
	instant closed_at;
};

bool assignment_get(struct call *c, id assignment_id, struct assignment *out);
bool assignment_period_get(struct call *c, id assignment_id, period p, struct assignment_period *out);

struct assignment_draft {
	id report_id, from_unit_id, parent_id;
	struct deadline_rule rule;
	period first, last;
	const id *unit_ids;
	size_t unit_count;
	const char *document; /* the letter that orders it, as written: "Công văn /UBND-KGVX ngày .../5/2026"; may be NULL */
};
bool assignment_create(struct call *c, const struct assignment_draft *draft, id *out);

/* Opens a period: one submission row per assigned unit. Opening again adds only units assigned since. */
bool assignment_open(struct call *c, id assignment_id, period p);

/* Opens what the rules say is due by call.now; run at start, every minute, and when the clock is moved. Count of periods opened. */
bool assignment_open_due(struct call *c, size_t *opened);

/*
 * Whether entry is open for a unit now: open, late (allowed with a reason), or
 * locked; an exception recorded for the unit reopens until its end.
 */
enum entry_window { ENTRY_NOT_YET, ENTRY_OPEN, ENTRY_LATE, ENTRY_LOCKED };
enum entry_window assignment_window(const struct assignment_period *ap, instant now, instant exception_until);

/* Assignments that a unit received or gave, newest first; ended ones are left out unless `ended`. */
bool assignment_to_unit(struct call *c, id unit_id, bool ended, struct assignment **out, size_t *count);
bool assignment_from_unit(struct call *c, id unit_id, bool ended, struct assignment **out, size_t *count);

/* How the units of an assignment passed it on: the assignments whose parent it is. */
bool assignment_passed_on(struct call *c, id parent_id, struct assignment **out, size_t *count);

/* The units that have the assignment now, ordered by path. */
bool assignment_units(struct call *c, id assignment_id, id **unit_ids, size_t *count);

/* Its opened periods, newest first, at most `limit`. */
bool assignment_periods(struct call *c, id assignment_id, int limit, struct assignment_period **out, size_t *count);

#endif
