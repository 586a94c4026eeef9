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
	bool on_time;             /* the first submission was before the deadline */
	const char *late_reason;
	bool nil;                 /* the whole form: không phát sinh */
	id entered_by, approved_by, received_by;
	instant approved_at, received_at;
	const char *return_reason;
	instant exception_until;  /* opened again until; 0: none */
};

bool submission_get(struct call *c, id submission_id, struct submission *out);

/* One row per unit for a period that opens; existing rows stay. */
bool submission_open(struct call *c, const struct assignment_period *ap, const id *unit_ids, size_t count);

/* Cells of a version, in the form's order. */
bool submission_cells(struct call *c, const struct submission *s, const struct report *report, int64_t version,
		      struct cell **out);

/*
 * Fills the draft of `unit`'s own submission to `parent_assignment` with what
 * the level below gave (approved figures where `approved_only`), for each indicator
 * that rolls up; marks the cells as rolled up. Used when a period is closed.
 */
bool submission_fill_from_rollup(struct call *c, const struct assignment_period *below, id parent_assignment_id);

/* A unit that has not handed its figures up when the level above closes: listed by name. */
struct missing_unit {
	id unit_id;
	const char *code, *name;
	enum submission_state state;
};
bool submission_missing(struct call *c, const struct assignment_period *ap, struct missing_unit **out, size_t *count);

#endif
