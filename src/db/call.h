#ifndef DB_CALL_H
#define DB_CALL_H

#include <stdbool.h>

#include "base/civil.h"

struct actor;
struct arena;
struct db;
struct error;
struct event_origin;

/*
 * What every action is handed: its memory, its view of the store, the time it
 * is, who asks, and where to say what went wrong. An action reads time from
 * here and from nowhere else. Inside a write it may be run twice, and does
 * nothing outside the store.
 */
struct call {
	struct arena *mem;
	struct db *db;             /* a reader's snapshot, or the writer's transaction */
	instant now;
	const struct actor *actor; /* NULL for nobody (sign-in, public pages) and the system itself */
	const char *address;       /* where from, for the event log; NULL for the system */
	struct error *err;
	bool right_checked;        /* set by account_require; http sends no answer without it */
};

#endif
