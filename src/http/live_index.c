#include "http/live_index.h"

#include <string.h>

#define HASH_START UINT64_C(14695981039346656037)
#define HASH_STEP UINT64_C(1099511628211)

static uint64_t hash(const char *path)
{
	uint64_t value = HASH_START;

	for (; *path; path++)
		value = (value ^ (unsigned char)*path) * HASH_STEP;
	return value;
}

void index_add(struct live_index *index, struct watch *watch, struct stream *stream, const char *path)
{
	struct watch **bucket;

	watch->stream = stream;
	watch->path = path;
	watch->hash = hash(path);
	bucket = &index->buckets[watch->hash % INDEX_BUCKETS];
	watch->next = *bucket;
	watch->at = bucket;
	if (watch->next)
		watch->next->at = &watch->next;
	*bucket = watch;
}

void index_remove(struct watch *watch)
{
	*watch->at = watch->next;
	if (watch->next)
		watch->next->at = watch->at;
}

/* `length` of the path ends with a '/', or is 0: the root above all units. */
static void find_prefix(const struct live_index *index, const char *path, size_t length, uint64_t value,
			void (*each)(void *arg, struct stream *stream), void *arg)
{
	struct watch *watch = index->buckets[value % INDEX_BUCKETS];

	for (; watch; watch = watch->next)
		if (watch->hash == value && !strncmp(watch->path, path, length) && watch->path[length] == '\0')
			each(arg, watch->stream);
}

void index_find(const struct live_index *index, const char *path, void (*each)(void *arg, struct stream *stream),
		void *arg)
{
	uint64_t value = HASH_START;

	find_prefix(index, path, 0, value, each, arg);
	for (size_t i = 0; path[i]; i++) {
		value = (value ^ (unsigned char)path[i]) * HASH_STEP;
		if (path[i] == '/')
			find_prefix(index, path, i + 1, value, each, arg);
	}
}
