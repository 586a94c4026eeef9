#include "http/live_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define HASH_START UINT64_C(14695981039346656037)
#define HASH_STEP UINT64_C(1099511628211)

static uint64_t hash(const char *path)
{
	uint64_t value = HASH_START;

	for (; *path; path++)
		value = (value ^ (unsigned char)*path) * HASH_STEP;
	return value;
}

/* The group of the first `length` bytes of the path; NULL when nobody watches there. */
static struct watch_group *find(const struct live_index *index, const char *path, size_t length, uint64_t value)
{
	struct watch_group *group = index->buckets[value % INDEX_BUCKETS];

	while (group && (group->hash != value || strncmp(group->path, path, length) || group->path[length]))
		group = group->next;
	return group;
}

static struct watch_group *group_new(struct live_index *index, const char *path, uint64_t value)
{
	size_t length = strlen(path);
	struct watch_group *group = calloc(1, sizeof(*group) + length + 1);
	struct watch_group **bucket = &index->buckets[value % INDEX_BUCKETS];

	if (!group)
		die("no memory");
	memcpy(group->path, path, length + 1);
	group->hash = value;
	group->next = *bucket;
	*bucket = group;
	return group;
}

void index_add(struct live_index *index, struct watch *watch, struct stream *stream)
{
	uint64_t value = hash(watch->path);
	struct watch_group *group = find(index, watch->path, strlen(watch->path), value);

	if (!group)
		group = group_new(index, watch->path, value);
	watch->stream = stream;
	watch->group = group;
	watch->next = group->watches;
	watch->at = &group->watches;
	if (watch->next)
		watch->next->at = &watch->next;
	group->watches = watch;
}

void index_remove(struct live_index *index, struct watch *watch)
{
	struct watch_group *group = watch->group;
	struct watch_group **at = &index->buckets[group->hash % INDEX_BUCKETS];

	*watch->at = watch->next;
	if (watch->next)
		watch->next->at = watch->at;
	if (group->watches)
		return;
	while (*at != group)
		at = &(*at)->next;
	*at = group->next;
	free(group);
}

static void note(struct live_index *index, struct watch_group *group, struct ring_event *event)
{
	if (!group)
		return;
	if (group->count == 0) {
		group->next_touched = index->touched;
		index->touched = group;
	}
	if (group->count < GROUP_EVENTS_MAX)
		group->events[group->count] = event;
	if (group->count <= GROUP_EVENTS_MAX)
		group->count++;
}

/* Prefixes end with a '/', or are empty: the root above all units. */
void index_note(struct live_index *index, struct ring_event *event, const char *path)
{
	uint64_t value = HASH_START;

	note(index, find(index, path, 0, value), event);
	for (size_t i = 0; path[i]; i++) {
		value = (value ^ (unsigned char)path[i]) * HASH_STEP;
		if (path[i] == '/')
			note(index, find(index, path, i + 1, value), event);
	}
}

struct watch_group *index_take(struct live_index *index)
{
	struct watch_group *touched = index->touched;

	index->touched = NULL;
	return touched;
}

void index_done(struct watch_group *group)
{
	group->count = 0;
	group->next_touched = NULL;
}
