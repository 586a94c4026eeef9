#ifndef SUBMISSION_BULK_H
#define SUBMISSION_BULK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "submission/submission.h"

/*
 * The same act on several submissions in one transaction. What is refused
 * changes nothing and is told; a failure halfway through one takes all back.
 */
enum { BULK_MAX = 500 };
enum bulk_action { BULK_APPROVE, BULK_RECEIVE, BULK_RETURN };

struct bulk_outcome {
	bool done;
	const struct error *err; /* when it was refused */
};

/* A return names the version that was looked at as well. */
bool submission_bulk(struct call *c, enum bulk_action action, const struct submission_step *steps,
		     size_t count, struct bulk_outcome **out);

#endif
