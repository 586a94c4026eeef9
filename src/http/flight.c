#include "http/flight.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/store.h"
#include "http/cache.h"
#include "http/exchange.h"
#include "http/slow.h"

enum { SLOTS = 256 };

/* One reply that is being worked out, or waits to be. Lives in its twin's memory. */
struct flight {
	struct flight *next;              /* of the same slot, the newest first */
	uint64_t key;                     /* of the reply, and its name */
	const char *name;
	struct exchange *twin;            /* the request, made once more by the server itself */
	struct exchange *first, **last;   /* who waits */
	bool begun;                       /* its snapshot is taken: */
	uint64_t commits, taken_us;
};

struct flights {
	pthread_mutex_t lock;
	struct flight *slots[SLOTS];
	struct slow_queue *queue;
};


/* One whose reply `x` may have: what is not begun will be newer than the request. */
static struct flight *find(struct flights *flights, const struct exchange *x)
{
	for (struct flight *flight = flights->slots[x->shared_key % SLOTS]; flight; flight = flight->next)
		if (flight->key == x->shared_key && !strcmp(flight->name, x->shared_name) &&
		    (!flight->begun || cache_accepts(x, flight->commits, flight->taken_us)))
			return flight;
	return NULL;
}

/* NULL when too many wait. Under the lock. */
static struct flight *start(struct flights *flights, struct exchange *x)
{
	struct exchange *twin = dispatch_twin(x);
	struct flight *flight = ARENA_NEW(twin->request.call.mem, struct flight);
	struct flight **slot = &flights->slots[x->shared_key % SLOTS];

	flight->key = x->shared_key;
	flight->name = twin->shared_name;
	flight->twin = twin;
	flight->last = &flight->first;
	twin->flight = flight;
	if (!slow_push(flights->queue, twin)) {
		arena_free(twin->request.call.mem);
		return NULL;
	}
	flight->next = *slot;
	*slot = flight;
	return flight;
}

void flights_renew(struct exchange *x)
{
	struct flights *flights = x->server->flights;

	pthread_mutex_lock(&flights->lock);
	if (!find(flights, x))
		start(flights, x);
	pthread_mutex_unlock(&flights->lock);
}

void flights_join(struct exchange *x)
{
	struct flights *flights = x->server->flights;
	struct flight *flight;

	x->next = NULL;
	pthread_mutex_lock(&flights->lock);
	flight = find(flights, x);
	if (!flight)
		flight = start(flights, x);
	if (flight) {
		*flight->last = x;
		flight->last = &x->next;
	}
	pthread_mutex_unlock(&flights->lock);
	if (!flight)
		dispatch_slow(x);
}

static void begin(struct flights *flights, struct flight *flight)
{
	struct exchange *twin = flight->twin;

	pthread_mutex_lock(&flights->lock);
	twin->shared_commits = flight->commits = store_commits(twin->server->store);
	twin->shared_taken_us = flight->taken_us = monotonic_us();
	flight->begun = true;
	pthread_mutex_unlock(&flights->lock);
}

/* Nobody can join after this: who waits. */
static struct exchange *end(struct flights *flights, struct flight *flight)
{
	struct flight **at = &flights->slots[flight->key % SLOTS];

	pthread_mutex_lock(&flights->lock);
	while (*at != flight)
		at = &(*at)->next;
	*at = flight->next;
	pthread_mutex_unlock(&flights->lock);
	return flight->first;
}

/* What nobody can be answered with (a refusal, a reply too large to keep) each works out by himself. */
static void fly(struct exchange *twin)
{
	struct flights *flights = twin->server->flights;
	struct flight *flight = twin->flight;
	struct exchange *waiting, *next;
	bool kept;

	begin(flights, flight);
	kept = dispatch_shared(twin);
	waiting = end(flights, flight);
	for (; waiting; waiting = next) {
		next = waiting->next;
		if (!kept) {
			dispatch_slow(waiting);
			continue;
		}
		cache_share(waiting, twin);
		dispatch_answered(waiting);
	}
	arena_free(twin->request.call.mem);
}

struct flights *flights_new(int threads)
{
	struct flights *flights = calloc(1, sizeof(*flights));

	if (!flights)
		die("no memory");
	pthread_mutex_init(&flights->lock, NULL);
	flights->queue = slow_new(threads, fly);
	return flights;
}

void flights_free(struct flights *flights)
{
	if (!flights)
		return;
	slow_free(flights->queue);
	pthread_mutex_destroy(&flights->lock);
	free(flights);
}
