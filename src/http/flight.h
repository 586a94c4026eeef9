#ifndef HTTP_FLIGHT_H
#define HTTP_FLIGHT_H

#include <stddef.h>

struct exchange;
struct server;

/*
 * Shared replies are worked out here, once for all who ask for the same, on
 * threads of their own: a worker that answers from memory is never held up.
 * Whoever finds nothing new enough is suspended until the reply is there.
 */
struct flights;

struct flights *flights_new(int threads);
void flights_free(struct flights *flights); /* finishes what is under way first */

/* Has the reply that answered `x` worked out anew, unless that is under way. */
void flights_renew(struct exchange *x);

/* Answers `x`, which is suspended and not touched by the caller any more. */
void flights_join(struct exchange *x);

#endif
