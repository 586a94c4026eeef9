#ifndef HTTP_IDEMPOTENCY_H
#define HTTP_IDEMPOTENCY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/civil.h"
#include "db/call.h"

struct exchange;
struct store;

/*
 * Idempotency-Key on routes that create: the reply is kept for 24 h per
 * account and key, in the transaction of the action itself, so that a client
 * that never saw its answer can ask again and gets just that.
 */

/* Reads and checks the header, and takes the digest of what was sent. */
bool idempotency_prepare(struct exchange *x);

/* Runs the route's action, or answers from an earlier run of it. In the writer's transaction. */
bool idempotency_act(struct exchange *x, bool (*act)(struct exchange *x));

/* Forgets replies older than 24 h. */
bool idempotency_sweep(struct call *c);

#endif
