#ifndef DEMO_DEMO_TASKS_H
#define DEMO_DEMO_TASKS_H

#include <stddef.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"

struct demo_story;

/*
 * The tasks of the demonstration and what was done with them in the spring of 2026: passed
 * down in parts, completed, late with and without a cause, waiting for a decision, recurring.
 */
enum { DEMO_TASKS = 11 };
struct demo_tasks {
	size_t next; /* what happens next */
	id tasks[DEMO_TASKS], requests[DEMO_TASKS];
};

/* Lives on up to, not including, `until`: the log then stands in the order in which things happened. */
bool demo_tasks_until(struct call *c, struct demo_story *story, instant until);

#endif
