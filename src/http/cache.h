#ifndef HTTP_CACHE_H
#define HTTP_CACHE_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;
struct store;

/*
 * Replies of ROUTE_SHARED routes, answered again from memory to whoever sees
 * the same data: the key is path, query, language, scope digest and the
 * minute by the product's clock (a deadline passes on a full minute), and a
 * reply holds until the store's next commit. Memory is bounded.
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

/* Keeps the reply at hand, and answers with what is kept. */
void cache_keep(struct exchange *x);

#endif
