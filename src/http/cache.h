#ifndef HTTP_CACHE_H
#define HTTP_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct exchange;
struct store;

/*
 * Replies of ROUTE_SHARED routes, answered again from memory to whoever sees
 * the same data: the key is path, query, language, scope digest and the
 * minute by the product's clock (a deadline passes on a full minute). A reply
 * holds until the store's next commit, and after that for what is left of
 * 250 ms: on a closing night every commit changes every overview, and nobody
 * reads that fast. Before that time is over it is worked out anew (flight.h). Whoever just wrote sees what was written, "Cache-Control:
 * no-cache" asks for the newest, and the web application waits longer than
 * that after a change is told. Memory is bounded.
 */
struct cache;

struct shared_reply {
	const char *etag;
	const char *bytes;
	size_t length;
	const char *gzip; /* NULL: not worth it */
	size_t gzip_length;
};

struct cache *cache_new(const struct store *store);
void cache_free(struct cache *cache);

/* Answers from memory when it can. Needs the session. */
enum cache_outcome {
	CACHE_NOT_SHARED, /* the route's replies are not kept */
	CACHE_ANSWERED,
	CACHE_MISSING,    /* nothing new enough is there: flights_join */
};
enum cache_outcome cache_answer(struct exchange *x);

/* Whether `x` may be answered with what was read at that time, when `commits` were made. */
bool cache_accepts(const struct exchange *x, uint64_t commits, uint64_t taken_us);

/* The name of the reply, equal for all who may have the same one: also of a twin, once it has its session. */
void cache_name(struct exchange *x);

/* The exchange's write is committed: its account is not answered from before. */
void cache_note_write(struct exchange *x);

/* Keeps the reply at hand, and answers with what is kept. False when it is not one to keep. */
bool cache_keep(struct exchange *x);

/* Answers `x` with what `with` was answered with by cache_keep. */
void cache_share(struct exchange *x, const struct exchange *with);

#endif
