#ifndef TASK_ICAL_H
#define TASK_ICAL_H

#include <stddef.h>

#include "base/civil.h"

struct buf;

/*
 * A calendar as RFC 5545 has it: all-day events, one per deadline. A deadline
 * stands on the last day on which it can be kept, which is the day before its
 * exclusive instant when that is a midnight.
 */
struct ical_event {
	const char *uid;         /* the same for the same deadline for ever: "task-123@theodoi" */
	const char *summary;
	const char *description; /* NULL: none */
	const char *url;         /* NULL: none; an absolute address */
	instant before;          /* exclusive */
	instant changed;         /* when what it says was last changed */
};

/* The last day on which `before` can be kept. */
struct civil_date ical_day(instant before);

/* The whole calendar. Any text may be handed in: it is escaped and folded here. */
void ical_write(struct buf *out, const char *name, const struct ical_event *events, size_t count);

#endif
