#ifndef SUBMISSION_VALUE_STORE_H
#define SUBMISSION_VALUE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "submission/form.h"
#include "submission/submission.h"

/* The cells: immutable versions, and drafts. */

/* Cells that hold nothing, not even a note, get no row. */
bool store_values_insert(struct call *c, const struct submission *s, int64_t version,
			 const struct cell *cells, size_t count);

/* The cells of one version, in the form's order; indicators that left the form are passed over. */
bool store_values(struct call *c, const struct submission *s, const struct form *form, int64_t version,
		  struct cell **out);

struct draft_row {
	bool there;
	struct cell cell;
	int64_t revision;
	bool rolled_up;
	id by;
	instant at;
};
/* One entry per item of the form, `there` when the draft has the cell. */
bool store_drafts(struct call *c, id submission_id, const struct form *form, struct draft_row **out);
bool store_drafts_save(struct call *c, id submission_id, const struct draft_row *rows, size_t count);
bool store_drafts_delete(struct call *c, id submission_id);

/* The figures of a unit on a form in the periods from `first` to before `end` that count. Texts and notes
 * left out. */
struct past_row {
	period period;
	enum submission_state state;
	struct cell cell;
};
bool store_past(struct call *c, id unit_id, id report_id, period first, period end, struct past_row **out,
		size_t *count);

/* The same for one indicator, newest first, at most `limit`. */
bool store_past_of(struct call *c, id unit_id, id report_id, id indicator_id, period end, int limit,
		   struct past_row **out, size_t *count);

/*
 * The figures of an assignment in the periods `first` to `last` in one scan,
 * ordered by period, unit, indicator: those that count, and in `last` those
 * that were returned as well. Notes are left out.
 */
struct scan {
	void (*row)(void *arg, period p, id unit_id, const struct cell *cell);
	void *arg;
};
bool store_scan(struct call *c, id assignment_id, period first, period last, const struct scan *scan);

/* The same of one period for the versions before the standing ones. */
bool store_scan_before(struct call *c, id assignment_id, period p, const struct scan *scan);

/* A row of the scan behind submission_each: `cell` NULL when the submission has none. */
struct each_row {
	struct submission submission;
	int64_t report_version; /* 0: never submitted */
	const struct cell *cell;
};
bool store_each(struct call *c, id assignment_id, period p,
		bool (*each)(struct call *c, void *arg, const struct each_row *row), void *arg);

bool store_standing_figures(struct call *c, id assignment_id, period p, id indicator_id, enum basis basis,
			    struct standing_figure **out, size_t *count);

/* One cell in all versions of its submission, newest first; `version` of each in *versions. */
bool store_cell_versions(struct call *c, const struct submission *s, id indicator_id, int64_t **versions,
			 struct cell **out, size_t *count);

#endif
