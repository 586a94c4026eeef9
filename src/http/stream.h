#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/id.h"
#include "http/live_index.h"

/*
 * One live stream: its socket, what it watches, and what waits to be sent.
 * Held by the live thread alone.
 */
struct exchange;
struct ring_event;

#define STREAM_BEAT_US UINT64_C(20000000)
#define STREAM_CHECK_US UINT64_C(60000000)
#define STREAM_SLOW_US UINT64_C(30000000)
#define STREAM_RESET_US UINT64_C(2000000)

enum { STREAM_FRESH_MAX = 32 };

/* What all streams share. */
struct stream_home {
	int epoll;
	id newest;               /* event of the log */
	size_t failed;           /* streams that are to be ended */
	atomic_ullong sent, dropped;
};

struct stream {
	struct stream_home *home;
	int fd;
	bool failed;             /* to be ended */
	bool lost;               /* missed events: is told so, at most every 2 s */
	bool is_told;
	bool waits_for_room;     /* asked epoll to say when the socket takes more */
	bool resumes;
	id resume_after;         /* Last-Event-ID */
	struct stream *next, **at;
	struct stream *next_told;
	uint32_t held;           /* in the count of its address */
	uint64_t beat_us, check_us, reset_us;
	char digest[SHA256_HEX_MAX]; /* of the session */
	uint64_t scope_hash;

	struct ring_event *fresh[STREAM_FRESH_MAX];
	size_t fresh_count;
	char *pending;           /* what the socket did not take; NULL: nothing */
	size_t pending_length, pending_at;
	uint64_t pending_since_us;

	size_t watch_count;
	struct watch watches[];
};

/* `scope` ended by NULL, or NULL for none. Dies without memory. */
struct stream *stream_new(const struct exchange *x, const char *const *scope);
void stream_free(struct stream *stream); /* closes the socket */

/* The head of the answer, and the id to resume from. */
void stream_greet(struct stream *stream);

/* Notes an event to send with the next flush. */
void stream_add(struct stream *stream, struct ring_event *event);

/* Sends what waits, as far as the socket takes it. */
void stream_flush(struct stream *stream);

/* A sign of life when it is time; gives up a reader that took nothing for 30 s. */
void stream_beat(struct stream *stream, uint64_t now);

/* Marks it to be ended; it goes when no list is being walked. */
void stream_fail(struct stream *stream);

/* The client has nothing to say: bytes are dropped, an end ends the stream. */
void stream_read(struct stream *stream);

#endif
