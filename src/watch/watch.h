#ifndef WATCH_WATCH_H
#define WATCH_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "assignment/assignment.h"
#include "base/id.h"
#include "db/call.h"
#include "deadline/deadline.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"
#include "submission/submission.h"
#include "task/task.h"
#include "unit/unit.h"

/*
 * Watching: what waits for me, how a level stands, and one step of the way
 * from a figure down to the commune's cell. Reads what other rooms keep and
 * owns no table.
 */

enum { WATCH_PERIODS = 12 };

/* How a unit stands with one period: the colour of a cell of the heat map. */
enum standing { STANDING_NONE, STANDING_OPEN, STANDING_ON_TIME, STANDING_LATE, STANDING_MISSING };

/* Pure. `s` NULL: the unit had no submission to make. On time and late are facts of the first submission. */
enum standing standing_of(const struct submission *s, instant deadline, instant now);
const char *standing_word(enum standing standing);
struct child;
enum standing standing_at(const struct child *child, size_t at, instant now); /* with the period at that place */

/* The level whose roll-up an assignment's figures make. */
struct rollup_key watch_key(const struct assignment *a, period p);

/*
 * One assignment of the report by the unit in view. It may have given several, each with a deadline of its own
 * (departments by the 14th, communes by the 16th): the level is all of them together.
 */
struct part {
	struct assignment_period now;     /* in the period in view; period 0: not opened in it */
	instant deadlines[WATCH_PERIODS]; /* 0: not opened */
};

/* One unit that the level in view assigned the report to. */
struct child {
	struct unit unit;
	const struct submission *periods[WATCH_PERIODS]; /* its submissions, oldest first; NULL where there is none */
	instant deadlines[WATCH_PERIODS];                /* of those */
	const struct submission *now;                    /* of the period in view */
	const struct assignment *passed_on;              /* its own assignment of the report to units below; NULL */
	struct tally tally;                              /* of that */
};

/* A figure of the level for one indicator. Targets are judged on the sums: of yes/no every unit has to say yes. */
struct level_figure {
	const struct indicator *indicator;
	struct cell provisional, approved;
	enum target_state provisional_target, approved_target;
	int64_t trend[WATCH_PERIODS];
	bool has_trend[WATCH_PERIODS];
};

/* Everything the overview shows. Lives in call.mem. */
struct overview {
	struct unit unit;
	const struct report *reports;           /* that this unit gives or receives */
	size_t report_count;
	const struct report *report;            /* in view; NULL: there is none yet */
	struct part *parts;                     /* given by this unit, oldest first */
	size_t part_count;                      /* 0: it gives none */
	instant deadline;                       /* the last one in the period in view; 0: none is open in it */
	struct assignment_period received;      /* by this unit, for its own figure; assignment.id 0: none */
	struct submission own;                  /* its own submission; id 0: none */
	period periods[WATCH_PERIODS];          /* oldest first */
	size_t period_count, at;                /* `at`: the one in view */
	struct tally tally, below;              /* of the parts; of those that pass it on, summed */
	bool has_below;
	struct child *children;
	size_t child_count;
	struct level_figure *figures;
	size_t figure_count;
	bool answered_for;                      /* the figures are approved: by the unit itself, at the top by all below */
};

/* Right: OVERVIEW_READ of the unit. unit_id 0: the caller's own; report_id 0: the first; p 0: the newest opened. */
bool watch_overview(struct call *c, id unit_id, id report_id, period p, struct overview *out);

/* One step of the drill-down. Right: FIGURE_READ of the unit. `as_of` 0: now. */
struct figure_row {
	struct unit unit;
	struct submission submission; /* id 0: none */
	bool has_cell, approved, has_children;
	struct cell cell;
	id entered_by, approved_by;
	instant entered_at, approved_at;
};
struct figure_view {
	struct unit unit;
	const struct report *report;
	const struct indicator *indicator;
	period period;
	struct figure_row own;         /* the unit's own submission */
	struct cell provisional, approved; /* rolled up from below */
	enum target_state provisional_target, approved_target;
	struct figure_row *children;
	size_t child_count;
	id *part_ids;                  /* the unit's assignments of the report in the period */
	size_t part_count;             /* 0: it gives none */
};
struct figure_query {
	id unit_id, report_id, indicator_id;
	period period;
	instant as_of;
};
bool watch_figures(struct call *c, const struct figure_query *query, struct figure_view *out);

/* A card of the first screen. */
enum card_kind { CARD_ENTRY, CARD_APPROVE, CARD_COLLECT };
struct card {
	enum card_kind kind;
	struct unit unit;
	const struct report *report;
	struct assignment_period ap;
	struct submission submission;  /* entry and approve */
	enum entry_window window;
	size_t filled, total;
	instant last_saved_at;
	struct tally tally;            /* collect */
	int64_t waiting, missing;      /* collect: approved and not received; not approved */
};
struct my_work {
	struct card *cards;
	size_t card_count;
	bool leads;                    /* has a leader's, inspector's or administrator's view: the overview of `overview.unit` */
	struct overview overview;
	struct task_waiting *tasks;    /* that wait for the caller */
	size_t task_count;
};
bool watch_my_work(struct call *c, struct my_work *out);

#endif
