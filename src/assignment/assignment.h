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
	const char *document;      /* the letter that orders it, as written; NULL: none */
	int64_t unit_count;        /* units that have it now */
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

/* Fails with assignment_unknown. No right is checked. */
bool assignment_get(struct call *c, id assignment_id, struct assignment *out);

/*
 * One statement (document and unit_count are not filled). Fails with
 * assignment_unknown or, when it was never opened, period_not_opened.
 */
bool assignment_period_get(struct call *c, id assignment_id, period p, struct assignment_period *out);

struct assignment_draft {
	id report_id, from_unit_id, parent_id;
	struct deadline_rule rule;
	period first, last;
	const id *unit_ids;
	size_t unit_count;
	const char *document; /* the letter that orders it, as written, number and date or not; may be NULL */
};
/*
 * Units must lie below from_unit, at most ROLLUP_UNITS_MAX, none twice, and none that has
 * the same report from the same unit already. A parent must have been assigned to
 * from_unit. Right: ASSIGNMENT_MANAGE of from_unit, as for everything below unless it says
 * otherwise.
 */
bool assignment_create(struct call *c, const struct assignment_draft *draft, id *out);

/*
 * What may change later; fails with stale_version. Units added get their rows in the open periods
 * at once; removed ones keep theirs.
 */
struct assignment_change {
	const struct deadline_rule *rule; /* NULL: stays. Holds for periods opened from now on */
	bool set_last;
	period last;                      /* 0: goes on */
	const id *add_unit_ids, *remove_unit_ids;
	size_t add_count, remove_count;
};
bool assignment_change(struct call *c, id assignment_id, int64_t version,
		       const struct assignment_change *change);

/*
 * Opens a period: one submission row per assigned unit; entry is open from the rule's day
 * on, or from now when that lies ahead. Opening again adds only units assigned since.
 * Fails with period_outside or period_closed.
 */
bool assignment_open(struct call *c, id assignment_id, period p);

/*
 * Opens what the rules say is due by call.now: run at start, every minute, and when the
 * clock is moved. Count of periods opened. For the system alone (no actor). assignment_due
 * tells, for a reader, whether there is anything to open.
 */
bool assignment_open_due(struct call *c, size_t *opened);
bool assignment_due(struct call *c, bool *due);
bool assignment_duty(struct call *c, void *arg); /* assignment_open_due as a background duty */

/*
 * Closes a period. Units whose figures are neither approved nor received are missing:
 * without `accept_missing` that is units_missing, naming each; with it they are recorded.
 * The roll-up of approved figures fills the draft of the assigner's own submission to the
 * parent assignment. Right: FIGURE_RECEIVE of the assigner. Opening again asks for a
 * reason.
 */
struct assignment_closed {
	struct missing_unit *missing;
	size_t missing_count;
	id filled_submission_id;  /* 0: none */
};
struct missing_unit;
bool assignment_close(struct call *c, id assignment_id, period p, bool accept_missing, const char *note,
		      struct assignment_closed *out);
bool assignment_reopen(struct call *c, id assignment_id, period p, const char *reason);

/* Opens entry for one unit until then, whatever the deadline. Right: ASSIGNMENT_MANAGE of the assigner. */
bool assignment_except(struct call *c, id assignment_id, period p, id unit_id, instant until,
		       const char *reason);

/* The rule in words: "trước 24h00 ngày 18 hằng tháng (bắt đầu từ tháng 5/2026)". */
char *assignment_rule_wording(struct arena *mem, const struct deadline_rule *rule, period first,
			      enum language lang);

/*
 * Pure: whether entry is open for a unit now: open, late (allowed with a reason), or
 * locked; an exception recorded for the unit opens it until its end. A closed period is
 * locked whatever else holds.
 */
enum entry_window { ENTRY_NOT_YET, ENTRY_OPEN, ENTRY_LATE, ENTRY_LOCKED };
enum entry_window assignment_window(const struct assignment_period *ap, instant now, instant exception_until);

/* Assignments that a unit received or gave, newest first, without unit_count; ended ones are left out unless `ended`. */
bool assignment_to_unit(struct call *c, id unit_id, bool ended, struct assignment **out, size_t *count);
bool assignment_from_unit(struct call *c, id unit_id, bool ended, struct assignment **out, size_t *count);

/* How the units of an assignment passed it on: the assignments whose parent it is, without unit_count. */
bool assignment_passed_on(struct call *c, id parent_id, struct assignment **out, size_t *count);

/* The units that have the assignment now, ordered by path. */
bool assignment_units(struct call *c, id assignment_id, id **unit_ids, size_t *count);

/* Its opened periods, newest first, at most `limit`. */
bool assignment_periods(struct call *c, id assignment_id, int limit, struct assignment_period **out,
			size_t *count);

/* Every opened period of every assignment, without documents and counts: for checks of the whole store. */
bool assignment_all_periods(struct call *c, struct assignment_period **out, size_t *count);

#endif
