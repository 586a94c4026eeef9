#ifndef HTTP_LIVE_H
#define HTTP_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"

struct request;
struct server;
struct store;

/*
 * The live stream, GET /api/events: Server-Sent Events, one per browser tab.
 * After each commit one thread reads the events behind its cursor from the
 * event log, keeps the newest in a ring, and wakes the streams in whose scope
 * they fall. A stream that comes back with Last-Event-ID gets what it missed
 * from the ring, or `event: reset` when that is gone: the page then reloads
 * its data. Every 20 s a comment keeps proxies from closing the line.
 *
 * What goes out is small: id, kind, unit path, subject, at; screens fetch the rest.
 */
struct live_event {
	id id;
	const char *path;   /* path of the unit concerned, "TW/66/22015/" */
	const char *kind;   /* "submission.approved" */
	const char *json;   /* one line, ready to send */
	bool rights;        /* it may have ended sessions or changed what somebody may watch */
};

/* Where the live stream reads: given by the audit room. Calls `each` for events behind `after`, oldest first, at most `limit`. */
struct live_source {
	bool (*read)(struct store *store, id after, int limit,
		     void (*each)(void *arg, const struct live_event *event), void *arg);
	id (*newest)(struct store *store);
	/* The unit paths a signed-in request may watch, ended by NULL, in call.mem; NULL when none. */
	const char *const *(*scope)(struct request *r);
	/*
	 * Whether the stream's session still stands and `scope` would give the
	 * same; asked every minute, and after an event about rights. A stream
	 * that may not go on ends, and its page comes back for another.
	 */
	bool (*still_valid)(struct store *store, const char *session_digest, uint64_t scope_hash);
};
void live_source_set(const struct live_source *source);

/* Of the paths of a scope, in their order. */
uint64_t live_scope_hash(const char *const *scope);

/* Open streams and events sent, for /metrics. */
size_t live_streams(const struct server *server);

#endif
