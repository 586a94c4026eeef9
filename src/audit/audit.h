#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <stdbool.h>

#include "base/id.h"
#include "db/call.h"

struct unit;

/*
 * The event log: append-only, written in the transaction of the change it
 * tells of, read by cursor by everything that fans out (live screens, notices,
 * webhooks, exchange), sealed in blocks.
 */
struct event {
	const char *kind;      /* "submission.approved": <room>.<past tense> */
	id unit_id;            /* the unit concerned; 0 for the whole instance */
	const char *unit_path; /* its path; "" for the whole instance */
	const char *subject_kind; /* "submission", "account"... */
	id subject_id;
	const char *before;    /* JSON object or NULL; never personal data in clear */
	const char *after;     /* JSON object or NULL */
};

/* Writes the event with the call's actor, address and time. `out` may be NULL. */
bool event_write(struct call *c, const struct event *event, id *out);

#endif
