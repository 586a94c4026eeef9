#ifndef HTTP_LIVE_RING_H
#define HTTP_LIVE_RING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"

struct live_event;

/* The newest events, ready to send, oldest first; what is older was dropped. One thread's. */
enum { RING_SIZE = 4096 };

struct ring_event {
	id id;
	char *frame;   /* "id: ...\nevent: change\ndata: ...\n\n" */
	size_t length;
	const char *path; /* behind the frame */
};

struct ring {
	struct ring_event events[RING_SIZE];
	size_t first, count;
	id through;    /* events up to this one are no longer here (or were before the start) */
	id newest;
};

void ring_init(struct ring *ring, id newest);
void ring_clear(struct ring *ring);

/* NULL when it is there already, or is from before the ring. */
struct ring_event *ring_add(struct ring *ring, const struct live_event *event);

struct ring_event *ring_at(struct ring *ring, size_t index);

/* Whether everything behind `after` is still here. */
bool ring_reaches(const struct ring *ring, id after);

#endif
