#ifndef SUBMISSION_SUBMISSION_H
#define SUBMISSION_SUBMISSION_H

#include <stdbool.h>
#include <stddef.h>

#include "assignment/assignment.h"
#include "base/id.h"
#include "db/call.h"
#include "deadline/deadline.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"

/*
 * A submission (bản trình số liệu): form x unit x period. A submitted version
 * is an immutable snapshot; approval names an exact version. Submitted, on
 * time and approved are three separate facts.
 */
enum submission_state {
	SUBMISSION_DRAFT,     /* nháp */
	SUBMISSION_SUBMITTED, /* đã trình */
	SUBMISSION_APPROVED,  /* đã duyệt, by the unit's own approver */
	SUBMISSION_RECEIVED,  /* đã tiếp nhận, by the level that assigned it */
	SUBMISSION_RETURNED,  /* trả lại, with a reason and marked cells */
};

struct submission {
	id id;
	id assignment_id, report_id, unit_id;
	const char *unit_path;
	id province_id;           /* of the unit */
	period period;
	enum submission_state state;
	int64_t version;          /* standing version of the values; 0: never submitted */
	int64_t revision;         /* of the row: ETag and If-Match */
	instant first_submitted_at, submitted_at; /* 0: never */
	bool on_time;             /* first submitted before the deadline, and again when the unit took it back */
	const char *late_reason;
	bool nil;                 /* the whole form: không phát sinh */
	id entered_by, approved_by, received_by;
	instant approved_at, received_at;
	const char *return_reason;
	instant exception_until;  /* opened again until; 0: none */
};

bool submission_get(struct call *c, id submission_id, struct submission *out);

/* A unit's own submission of an assignment's period; *found false when it has none. */
bool submission_find(struct call *c, id assignment_id, period p, id unit_id, bool *found,
		     struct submission *out);

/* All of an assignment in the periods `first` to `last`, ordered by period, then unit id. */
bool submission_of_assignment(struct call *c, id assignment_id, period first, period last,
			      struct submission **out, size_t *count);

/* All of a unit whose period is `since` or later (0: all), newest period first. */
bool submission_of_unit(struct call *c, id unit_id, period since, struct submission **out, size_t *count);

/*
 * One row per unit for a period that opens; existing rows stay. `opened`, when
 * not NULL, gets how many are new. The counts of the level (tally.assigned) are
 * the caller's.
 */
bool submission_open(struct call *c, const struct assignment_period *ap, const id *unit_ids, size_t count,
		     size_t *opened);

/* Cells of a version, in the form's order. */
bool submission_cells(struct call *c, const struct submission *s, const struct report *report,
		      int64_t version, struct cell **out);

/* What a person may still change: the draft's cells over the standing version's, in the form's order. */
bool submission_working_cells(struct call *c, const struct submission *s, const struct report *report,
			      struct cell **out);

/* How many of the form's cells are filled (nil counts), and of how many. */
bool submission_filled(struct call *c, const struct submission *s, const struct report *report,
		       size_t *filled, size_t *total, instant *last_saved_at);

/* Provisional counts from submitted on, approved from approved on; a draft or returned submission counts in
 * none. */
bool submission_counts(enum submission_state state, enum basis basis);

/* What one submission adds to the tally of its level; `assigned` is 1. */
struct tally submission_tally(const struct submission *s);

const char *submission_state_word(enum submission_state state); /* "draft" */
bool submission_state_parse(const char *word, enum submission_state *out);

/*
 * Reads every submission of an assignment's period with the cells of its
 * standing version, in the order of `report`, the form as that version had it;
 * both NULL when it was never submitted. `s` (without unit_path and texts) and
 * `cells` (without texts and notes) last until `each` returns. For recomputing.
 */
bool submission_each(struct call *c, id assignment_id, period p,
		     bool (*each)(struct call *c, void *arg, const struct submission *s,
				  const struct report *report, const struct cell *cells),
		     void *arg);

/* The figures of one indicator that count in `basis`, ordered by when they were submitted, without texts and
 * notes. */
struct standing_figure {
	id submission_id, unit_id;
	instant submitted_at;
	struct cell cell;
};
bool submission_values_for(struct call *c, id assignment_id, period p, id indicator_id, enum basis basis,
			   struct standing_figure **out, size_t *count);

/*
 * One indicator as it was known at an instant: of each submission of an
 * assignment's period the newest version made until then, ordered by unit id;
 * units that had submitted nothing, or had taken it back, are not listed. An
 * approval after `at`, or undone by then, is not shown.
 */
struct known_figure {
	id submission_id, unit_id;
	int64_t version;
	struct cell cell;
	id entered_by, approved_by;
	instant entered_at, approved_at;
};
bool submission_known_on(struct call *c, id assignment_id, period p, id indicator_id, instant at,
			 struct known_figure **out, size_t *count);

/*
 * For what belongs to the figures (evidence): checks that the caller may
 * change them now, by right, state and window.
 */
bool submission_require_change(struct call *c, id submission_id, struct submission *out);

/* Likewise that the caller may see them: not the draft of another unit, nor what a unit has taken back. */
bool submission_require_sight(struct call *c, id submission_id, struct submission *out);

/* Acts. Each checks the caller's right, the state and the window, and writes its step and event. */

/* One cell to keep in the draft. */
struct cell_change {
	struct cell cell;      /* number of a percentage is worked out */
	int64_t base_revision; /* of the cell the caller saw; -1: whatever is there */
	bool rolled_up;        /* comes from the level below */
	enum error_code unread;/* ERR_none, or why the caller could not read the cell */
	const char *unread_field, *unread_args[2];
};
enum draft_kind { DRAFT_SAVED, DRAFT_CONFLICT, DRAFT_INVALID };
struct draft_outcome {
	enum draft_kind kind;
	int64_t revision;      /* saved: the new one; conflict: theirs */
	struct cell cell;      /* saved: as kept; conflict: theirs */
	id by;                 /* conflict: who and when */
	instant at;
	struct error_detail invalid;
};
struct draft_result {
	struct draft_outcome *outcomes; /* one per change, in order */
	const struct report *report;
	struct cell *cells;             /* the whole form as it stands now, in its order */
};
/* Keeps what is valid and current. */
bool submission_save_draft(struct call *c, id submission_id, const struct cell_change *changes, size_t count,
			   struct draft_result *out);

struct submission_entry {
	id submission_id;
	int64_t revision;            /* -1: whatever it is */
	const struct report
		*report; /* the form `cells` follow: all its items, in order; NULL: the draft is submitted */
	const struct cell *cells;
	bool nil;                    /* the whole form: không phát sinh */
	const char *late_reason;
};
bool submission_submit(struct call *c, const struct submission_entry *entry, struct submission *out);

struct cell_mark {
	id indicator_id;
	const char *comment;
};
struct submission_step {
	id submission_id;
	int64_t revision; /* -1: whatever it is */
	int64_t version;  /* approve and receive: the version that was looked at */
	const char *reason;
	const struct cell_mark *marks;
	size_t mark_count;
};
bool submission_recall(struct call *c, const struct submission_step *step, struct submission *out);
bool submission_approve(struct call *c, const struct submission_step *step, struct submission *out);
bool submission_return(struct call *c, const struct submission_step *step, struct submission *out);
bool submission_receive(struct call *c, const struct submission_step *step, struct submission *out);

/*
 * A recorded exception: entry is open for the unit until `until`, whatever the
 * deadline. What was approved or received goes back to the unit as returned.
 * The caller has checked the right (assignment room).
 */
bool submission_except(struct call *c, const struct assignment_period *ap, id unit_id, instant until,
		       const char *reason);

/*
 * Fills the draft of the assigner's own submission to `parent_assignment` with what
 * the level below gave (approved figures), for each indicator
 * that rolls up; marks the cells as rolled up. Used when a period is closed.
 * `filled` gets the submission's id, 0 when the unit has none there or has
 * submitted it already.
 */
bool submission_fill_from_rollup(struct call *c, const struct assignment_period *below,
				 id parent_assignment_id, id *filled);

/* A unit whose figures are neither approved nor received when the level above closes: listed by name. */
struct missing_unit {
	id unit_id;
	const char *code, *name;
	enum submission_state state;
};
bool submission_missing(struct call *c, const struct assignment_period *ap, struct missing_unit **out,
			size_t *count);

#endif
