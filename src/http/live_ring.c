#include "http/live_ring.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "http/live.h"

void ring_init(struct ring *ring, id newest)
{
	memset(ring, 0, sizeof(*ring));
	ring->through = newest;
	ring->newest = newest;
}

void ring_clear(struct ring *ring)
{
	for (size_t i = 0; i < ring->count; i++)
		free(ring_at(ring, i)->frame);
	ring->count = 0;
}

struct ring_event *ring_at(struct ring *ring, size_t index)
{
	return &ring->events[(ring->first + index) % RING_SIZE];
}

/* Other nodes' events may come a little out of order, so the search goes from the newest back. */
static bool holds(struct ring *ring, id wanted)
{
	for (size_t i = ring->count; i > 0; i--)
		if (ring_at(ring, i - 1)->id == wanted)
			return true;
	return false;
}

static void drop_oldest(struct ring *ring)
{
	struct ring_event *oldest = ring_at(ring, 0);

	if (oldest->id > ring->through)
		ring->through = oldest->id;
	free(oldest->frame);
	ring->first = (ring->first + 1) % RING_SIZE;
	ring->count--;
}

static char *put(char *at, const char *text, size_t length)
{
	memcpy(at, text, length);
	return at + length;
}

static void make_frame(struct ring_event *kept, const struct live_event *event)
{
	static const char before_kind[] = "\nevent: change\ndata: ";
	char number[ID_TEXT_MAX];
	size_t digits, json = strlen(event->json), path = strlen(event->path) + 1;
	char *at;

	id_format(event->id, number);
	digits = strlen(number);
	kept->length = 4 + digits + sizeof(before_kind) - 1 + json + 2;
	kept->frame = malloc(kept->length + path);
	if (!kept->frame)
		die("no memory");
	at = put(kept->frame, "id: ", 4);
	at = put(at, number, digits);
	at = put(at, before_kind, sizeof(before_kind) - 1);
	at = put(at, event->json, json);
	at = put(at, "\n\n", 2);
	kept->path = at;
	put(at, event->path, path);
}

struct ring_event *ring_add(struct ring *ring, const struct live_event *event)
{
	struct ring_event *kept;

	if (event->id <= ring->newest && (event->id <= ring->through || holds(ring, event->id)))
		return NULL;
	if (event->id > ring->newest)
		ring->newest = event->id;
	if (strpbrk(event->json, "\r\n")) {
		LOG(LOG_WARN, "live_event_unfit", LOG_INT("event", event->id));
		return NULL;
	}
	if (ring->count == RING_SIZE)
		drop_oldest(ring);
	kept = ring_at(ring, ring->count++);
	kept->id = event->id;
	make_frame(kept, event);
	return kept;
}

bool ring_reaches(const struct ring *ring, id after)
{
	return after >= ring->through;
}
