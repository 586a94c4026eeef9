#ifndef ROLLUP_ROLLUP_H
#define ROLLUP_ROLLUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "db/call.h"
#include "db/writer.h"
#include "deadline/deadline.h"
#include "indicator/indicator.h"

/*
 * Figures of a level from the figures of the units it assigned the report to:
 * kept by differences in the write transaction, in two bases at once. Also the counts of
 * submissions by state. No rebuild job; rollup_check recomputes all.
 *
 * Which figures count is the submission room's rule (submission_counts): the standing
 * version counts as provisional when it is submitted, approved or received, as approved
 * when it is approved or received; a draft or a returned submission counts in neither.
 *
 * Actions only stage differences; the writer's hooks (rollup_batch) write each
 * touched row once before the commit. A store opened for writing must have
 * them: writer_batch_set(store, &rollup_batch).
 */
enum basis {
	BASIS_PROVISIONAL, /* submitted or further */
	BASIS_APPROVED,    /* approved by the unit or further */
	BASIS_COUNT
};

/* One unit's value of one indicator, as a standing version has it. */
struct cell {
	id indicator_id;
	bool present;               /* a figure is there */
	bool nil;                   /* không phát sinh: reported, without a figure */
	int64_t number;             /* scaled by the indicator's decimals; 0/1 for yes/no */
	int64_t numerator, denominator;
	const char *text;
	const char *note;
};

/*
 * The largest size of a number, numerator or denominator that can be added up: checked
 * where figures are entered. With at most ROLLUP_UNITS_MAX units below one level (checked
 * where a report is assigned) no sum can overflow.
 */
#define ROLLUP_VALUE_MAX INT64_C(1000000000000000)
enum { ROLLUP_UNITS_MAX = 5000 };

/* What a submission adds to the level that assigned it, before or after a change. `cells` NULL: nothing. */
struct contribution {
	const struct cell *cells;   /* in the form's order */
	size_t count;
};

/* The counts of one assignment in one period. */
struct tally {
	int64_t assigned, submitted, on_time, late, approved, received, returned, nil;
};

struct rollup_key {
	id province_id;             /* of the assigner */
	id assignment_id;
	period period;
};

/*
 * Stages the change from `before` to `after` for one basis; written with the
 * batch. `unit_id` whose figure it is. Cells are matched by indicator, and may differ in their
 * number (forms of different versions). Fails with number_too_large past ROLLUP_VALUE_MAX.
 */
bool rollup_change(struct call *c, const struct rollup_key *key, const struct report *report,
		   enum basis basis, id unit_id, struct contribution before, struct contribution after);
bool rollup_tally(struct call *c, const struct rollup_key *key, const struct tally *difference);

/* Writes what is staged now, so that a read in the same transaction sees it (closing a period). */
bool rollup_flush(struct call *c);

/*
 * Sums of one indicator.
 *
 * Không phát sinh is the "-" of the statistical yearbook (hiện tượng không phát sinh), which is not the number 0. Of
 * what is counted over a time (a number in the period or since 1 January) nothing having arisen is a count of 0: it
 * takes part in the average, the largest and the smallest. Of what is found at a moment, of a rank and of an answer
 * there was nothing to measure: the unit has reported and is left out. The sum, the parts of a percentage and the
 * last figure are the same either way.
 */
struct rollup {
	id indicator_id;
	int64_t units;              /* with a figure, nil included */
	int64_t nil;                /* of them */
	int64_t sum, numerator, denominator, yes;
	bool extremes;              /* max, min and last are there: for such rules alone */
	int64_t max, min, last;
};
/* All indicators of an assignment's period in one query, in the form's order (rows absent are zero). */
bool rollup_read(struct call *c, const struct rollup_key *key, const struct report *report, enum basis basis,
		 struct rollup **out);
bool rollup_tally_read(struct call *c, const struct rollup_key *key, struct tally *out);

/*
 * The same for the assignments that pass one report on (34 provinces), in one
 * query each: tallies[i] and rollups[i] (in the form's order) belong to keys[i]; all
 * keys have one period.
 */
bool rollup_tally_read_many(struct call *c, const struct rollup_key *keys, size_t count,
			    struct tally *tallies);
bool rollup_read_many(struct call *c, const struct rollup_key *keys, size_t count,
		      const struct report *report, enum basis basis, struct rollup **rollups);

/* And added up: of a level that assigned one report in parts, `last` is that of the last key that has one. */
bool rollup_read_together(struct call *c, const struct rollup_key *keys, size_t count, const struct report *report,
			  enum basis basis, struct rollup **out);

/* The counts of all periods of an assignment from `first` to `last`, oldest first. */
struct period_tally {
	period period;
	struct tally tally;
};
bool rollup_tallies(struct call *c, id province_id, id assignment_id, period first, period last,
		    struct period_tally **out, size_t *count);

/*
 * All indicators (form's order) in each of those periods that has any, oldest first: the trends of
 * a form in one query.
 */
struct period_rollups {
	period period;
	struct rollup *sums;
};
bool rollup_read_periods(struct call *c, id province_id, id assignment_id, const struct report *report,
			 enum basis basis, period first, period last, struct period_rollups **out,
			 size_t *count);

/*
 * Pure: the level's figure by the indicator's rule; false when there is none (no unit, Σ
 * denominator 0, rule none). Of COUNT_YES it is how many said yes: not a figure of the
 * indicator's own type.
 */
bool rollup_figure(const struct indicator *indicator, const struct rollup *sums, struct cell *out);

/*
 * Pure: whether that figure can be the level's own, handed further up: there is a rule, and it is
 * not COUNT_YES.
 */
bool rollup_fills(const struct indicator *indicator);

/*
 * Pure: whether the level's figure reaches the target of the year. A yes/no
 * indicator has reached it when every unit has.
 */
enum target_state rollup_target(const struct indicator *indicator, int year, const struct rollup *sums,
				const struct target **used);

/* Adds `b` into `a` (the nation from 34 provinces); false on overflow. `last` of `b` stands. */
bool rollup_add(struct rollup *a, const struct rollup *b);
bool tally_add(struct tally *a, const struct tally *b);

/* Hooks for the writer. */
extern const struct writer_batch rollup_batch;

/*
 * Recomputes every roll-up and tally from standing versions and calls `each` for each
 * difference, named; total in *differences. One assignment's period at a time, so it can
 * run on any store.
 */
bool rollup_check(struct call *c, void (*each)(void *arg, const char *line), void *arg, size_t *differences);

#endif
