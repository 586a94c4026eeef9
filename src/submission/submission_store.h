#ifndef SUBMISSION_STORE_H
#define SUBMISSION_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "submission/submission.h"

/* The rows of submissions and of what happened to them. `unit_path` is left NULL here. */

bool store_submission_get(struct call *c, id submission_id, bool *found, struct submission *out);
bool store_submission_find(struct call *c, id assignment_id, period p, id unit_id, bool *found,
			   struct submission *out);
bool store_submissions_of_assignment(struct call *c, id assignment_id, period first, period last,
				     struct submission **out, size_t *count);
bool store_submissions_of_unit(struct call *c, id unit_id, period since, struct submission **out,
			       size_t *count);

/* New rows in state draft. */
bool store_submissions_insert(struct call *c, const struct submission *rows, size_t count);

/* Writes everything that changes; false with stale_version when `s->revision` is not the row's. Raises
 * s->revision. */
bool store_submission_update(struct call *c, struct submission *s);
bool store_exception_reason(struct call *c, id submission_id, const char *reason);

struct step_row {
	const char *step;
	int64_t version;
	id by;
	instant at;
	const char *reason;
};
bool store_step_insert(struct call *c, id submission_id, const struct step_row *step);
bool store_steps(struct call *c, id submission_id, struct step_row **out, size_t *count);

struct version_row {
	int64_t version, report_version;
	instant at;
	id by, approved_by;
	instant approved_at;
	const char *late_reason;
};
bool store_version_insert(struct call *c, id submission_id, const struct version_row *row);
bool store_version_approve(struct call *c, id submission_id, int64_t version, id by, instant at);
bool store_versions(struct call *c, id submission_id, struct version_row **out,
		    size_t *count); /* newest first */

bool store_version_report(struct call *c, id submission_id, int64_t version, int64_t *report_version);

/* Who entered cells: drafts here, submitted versions by their account. */
bool store_author_add(struct call *c, id submission_id, id account_id, bool *added);
bool store_is_author(struct call *c, id submission_id, id account_id, bool *out);

struct mark_row {
	int64_t version;
	id indicator_id;
	const char *comment;
	id by;
	instant at;
};
bool store_marks_insert(struct call *c, id submission_id, const struct mark_row *rows, size_t count);
bool store_marks(struct call *c, id submission_id, struct mark_row **out,
		 size_t *count); /* newest version first */

#endif
