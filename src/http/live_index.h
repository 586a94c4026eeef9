#ifndef HTTP_LIVE_INDEX_H
#define HTTP_LIVE_INDEX_H

#include <stddef.h>
#include <stdint.h>

/*
 * Which streams watch which unit: a table of paths, so that an event finds
 * the streams in whose scope it falls by the few prefixes of its own path and
 * not by asking each of ten thousand.
 */
struct stream;

enum { INDEX_BUCKETS = 4096 };

struct watch {
	struct stream *stream;
	struct watch *next, **at;
	uint64_t hash;
	const char *path;
};

struct live_index {
	struct watch *buckets[INDEX_BUCKETS];
};

void index_add(struct live_index *index, struct watch *watch, struct stream *stream, const char *path);
void index_remove(struct watch *watch);

/* Calls `each` for every watch of `path`, or of a unit above it. */
void index_find(const struct live_index *index, const char *path, void (*each)(void *arg, struct stream *stream),
		void *arg);

#endif
