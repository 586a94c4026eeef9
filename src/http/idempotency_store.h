#ifndef HTTP_IDEMPOTENCY_STORE_H
#define HTTP_IDEMPOTENCY_STORE_H

#include <stdbool.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"

/* The SQL of http: kept replies. */
struct kept_reply {
	const char *route;       /* "POST /api/units" */
	const char *body_digest; /* hex */
	int status;
	const char *reply;       /* JSON; NULL: none */
	instant at;
};

/* *found tells whether there is one. */
bool kept_reply_read(struct call *c, id account, const char *key, struct kept_reply *out, bool *found);
bool kept_reply_write(struct call *c, id account, const char *key, const struct kept_reply *reply);
bool kept_reply_sweep(struct call *c, instant before);

#endif
