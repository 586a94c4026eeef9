#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H

#include <stdbool.h>

#include "base/id.h"

struct arena;
struct exchange;

/*
 * Rate limits per account and per address, by class of route, and shedding.
 * An address may be a whole office behind one line, so that its limits are
 * wide; the loopback itself has none. Refusals are too_many_requests with
 * Retry-After, and for shedding unavailable.
 *
 * One word per key (the generic cell rate algorithm) in a table of fixed
 * size, changed by compare-and-swap: nobody waits, and memory cannot grow.
 */
struct limits;

struct limits *limits_new(struct arena *mem);
bool limits_address(struct exchange *x);
bool limits_account(struct exchange *x, id account);

/* While too much waits for the writer, reading and exports give way to entry, approval and sign-in. */
bool limits_shed(struct exchange *x);

#endif
