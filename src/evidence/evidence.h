#ifndef EVIDENCE_EVIDENCE_H
#define EVIDENCE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "db/call.h"

/* Evidence (minh chứng): files (file/file.h) linked to the figures they prove. */
struct evidence {
	id id;                    /* of the link */
	id submission_id, indicator_id; /* indicator 0: the whole submission */
	const char *name, *type, *sha256;
	int64_t size;
	id added_by;
	instant added_at;
};

enum { EVIDENCE_MAX = 20 << 20 };

/* Files linked to a submission and not removed, by indicator and time. */
bool evidence_of_submission(struct call *c, id submission_id, struct evidence **out, size_t *count);

/* The same for all submissions of an assignment's period; indicator_id 0: of all indicators. */
bool evidence_of_period(struct call *c, id assignment_id, int64_t period, id indicator_id,
			struct evidence **out, size_t *count);

/* How many files each submission of an assignment's period has, ordered by submission id; none: not listed.
 */
struct evidence_count {
	id submission_id;
	int64_t files;
};
bool evidence_counts(struct call *c, id assignment_id, int64_t period, struct evidence_count **out,
		     size_t *count);

/*
 * Links a file to a submission, for demonstration and tests; people come by
 * POST /api/submissions/{id}/evidence. Works in a write; the file stays when
 * the write is taken back, and file_check names it.
 */
bool evidence_add_bytes(struct call *c, id submission_id, id indicator_id, const char *name,
			const void *bytes, size_t size, struct evidence *out);

/*
 * Writes to the event log which files were found damaged at a download since
 * the last call: a duty of serve, every minute. A write action.
 */
bool evidence_tell_damage(struct call *c);

/* Whether a content proves a figure; for file_linked_set. */
bool evidence_file_linked(struct call *c, const char *sha256, bool *out);

#endif
