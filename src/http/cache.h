#ifndef HTTP_CACHE_H
#define HTTP_CACHE_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;
struct store;

/*
 * Replies of ROUTE_SHARED routes, answered again from memory to whoever sees
 * the same data: the key is path, query, language, scope digest and the
 * minute by the product's clock (a deadline passes on a full minute). A reply
 * holds until the store's next commit, and after that for what is left of
 * 250 ms: on a closing night every commit changes every overview, and nobody
 * reads that fast. Whoever just wrote sees what was written, "Cache-Control:
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
bool cache_answer(struct exchange *x);

/* The exchange's write is committed: its account is not answered from before. */
void cache_note_write(struct exchange *x);

/* Keeps the reply at hand, and answers with what is kept. */
void cache_keep(struct exchange *x);

#endif
