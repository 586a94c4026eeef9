#ifndef HTTP_LIVE_INDEX_H
#define HTTP_LIVE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which streams watch which unit. Streams of one scope stand together under
 * its path: an event is noted there by the few prefixes of its own path, and
 * each stream is visited once in a round, however many events it brought.
 */
struct ring_event;
struct stream;

enum { INDEX_BUCKETS = 4096, GROUP_EVENTS_MAX = 32 };

struct watch {
	struct stream *stream;
	struct watch *next, **at;
	struct watch_group *group;
	const char *path;
};

struct watch_group {
	struct watch_group *next;   /* in the bucket */
	uint64_t hash;
	struct watch *watches;
	struct ring_event *events[GROUP_EVENTS_MAX]; /* of this round */
	size_t count;               /* of them; more than fit: all are told to load again */
	struct watch_group *next_touched;
	char path[];
};

struct live_index {
	struct watch_group *buckets[INDEX_BUCKETS];
	struct watch_group *touched;
};

/* watch->path is set and stays. Dies without memory. */
void index_add(struct live_index *index, struct watch *watch, struct stream *stream);

/* Not between index_note and index_take. */
void index_remove(struct live_index *index, struct watch *watch);

/* Notes the event for all who watch its unit or one above it. */
void index_note(struct live_index *index, struct ring_event *event, const char *path);

/* The groups that got events since the last time, by next_touched; index_done forgets a group's events. */
struct watch_group *index_take(struct live_index *index);
void index_done(struct watch_group *group);

#endif
