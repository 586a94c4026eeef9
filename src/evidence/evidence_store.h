#ifndef EVIDENCE_STORE_H
#define EVIDENCE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/evidence.h"

struct evidence_row {
	struct evidence evidence;
	id assignment_id;
	int64_t period;
	id removed_by;
	instant removed_at;
};

bool store_evidence_get(struct call *c, id evidence_id, bool *found, struct evidence_row *out);

/* The link; its file has its row already. */
bool store_evidence_insert(struct call *c, const struct evidence_row *row);
bool store_evidence_remove(struct call *c, id evidence_id, id by, instant at); /* by 0, at 0: puts it back */
bool store_evidence_of_submission(struct call *c, id submission_id, struct evidence **out, size_t *count);
bool store_evidence_of_period(struct call *c, id assignment_id, int64_t period, id indicator_id,
			      struct evidence **out, size_t *count);
bool store_evidence_counts(struct call *c, id assignment_id, int64_t period, struct evidence_count **out,
			   size_t *count);
bool store_evidence_count(struct call *c, id submission_id, int64_t *out);
bool store_evidence_links(struct call *c, const char *sha256, bool *out);

#endif
