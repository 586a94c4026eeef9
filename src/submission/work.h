#ifndef SUBMISSION_WORK_H
#define SUBMISSION_WORK_H

#include <stdbool.h>

#include "submission/submission.h"
#include "submission/submission_rules.h"
#include "unit/unit.h"

/* A submission with what is needed to judge an act on it. Private to the room. */
struct work {
	struct submission s;
	struct assignment_period ap;
	struct unit unit;
	enum entry_window window;
	bool began; /* the act was allowed and has written something */
};

/* Reads the row, its unit and its assignment's period; fails with not_found. Checks no right. */
bool work_load(struct call *c, id submission_id, struct work *out);

/* The facts that every act shares. */
struct deed_facts work_facts(const struct work *work);

/* Fills the error of a refused act with its arguments; returns false. */
bool work_refuse(struct call *c, const struct work *work, enum error_code refusal, int64_t version);

/* True when `revision` is the row's or -1; otherwise stale_version. */
bool work_check_revision(struct call *c, const struct work *work, int64_t revision);

/* The level that assigned it: whose roll-up and tally it counts in. */
struct rollup_key work_key(const struct work *work);

/* The form as the standing version had it. */
bool work_standing_report(struct call *c, const struct work *work, const struct report **out);

/* Who acts; 0 for the system itself. */
id work_account(const struct call *c);

/*
 * Everything that must be right in the figures before they are submitted:
 * cells, rules between them, evidence. False only when the store fails; faults are in `faults`.
 */
struct faults;
bool submission_check(struct call *c, id submission_id, const struct report *report, unsigned level,
		      struct cell *cells, struct faults *faults);

/* The acts of submission.h; `work` tells how far one came. */
bool act_approve(struct call *c, const struct submission_step *step, struct work *work,
		 struct submission *out);
bool act_receive(struct call *c, const struct submission_step *step, struct work *work,
		 struct submission *out);
bool act_return(struct call *c, const struct submission_step *step, bool exact, struct work *work,
		struct submission *out);

/* Event "submission.<what>" with the state before and after. */
bool work_event(struct call *c, const struct work *before, const struct submission *after, const char *kind);

#endif
