#ifndef EVIDENCE_EVIDENCE_H
#define EVIDENCE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "db/call.h"

/*
 * Evidence files (minh chứng): stored once under their SHA-256 below the data
 * folder, linked to what they prove, typed by content, never executed, checked again at
 * download.
 */
struct evidence {
	id id;                    /* of the link */
	id submission_id, indicator_id; /* indicator 0: the whole submission */
	const char *name, *type, *sha256;
	int64_t size;
	id added_by;
	instant added_at;
};

/* Files linked to a submission and not removed, by indicator and time. */
bool evidence_of_submission(struct call *c, id submission_id, struct evidence **out, size_t *count);

/* Where files are kept; set once at start. */
void evidence_folder_set(const char *path);

#endif
