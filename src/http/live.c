#include "http/live.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "db/store.h"
#include "db/writer.h"
#include "http/exchange.h"
#include "http/guard.h"
#include "http/live_index.h"
#include "http/live_ring.h"
#include "http/live_stream.h"
#include "http/stream.h"

enum {
	ROUND_MS = 50,          /* bursts of commits within it are told in one go */
	READ_LIMIT = 512,       /* events in one read of the log */
	OTHER_NODES_MS = 1000,  /* how often the log is read without a commit of our own */
	OVERLAP_MS = 5000,      /* another node's event may become visible that much after a younger one */
	STREAMS_MAX = 20000,
	EPOLL_BATCH = 256,
};

struct live {
	struct server *server;
	pthread_t thread;
	int wake;
	atomic_bool ending;
	atomic_bool committed;          /* something was written since the log was last read */
	atomic_size_t streams;
	struct stream_home home;
	pthread_mutex_t lock;
	struct stream *arrived;         /* opened by workers, not yet held by the thread */
	/* The thread's own: */
	struct ring ring;
	struct live_index index;
	struct stream *all;
	struct stream *told;            /* with something new to send in this round */
	uint64_t round_us, beat_us, poll_us;
	bool other_nodes;
	bool rights; /* somebody's may have changed since the last beat */
};

/* Process-wide: set once before the server starts. */
static const struct live_source *source;

void live_source_set(const struct live_source *given)
{
	source = given;
}

/* FNV-1a; the end of each path counts. */
uint64_t live_scope_hash(const char *const *scope)
{
	uint64_t value = UINT64_C(14695981039346656037);

	for (; scope && *scope; scope++) {
		for (const char *at = *scope; *at; at++)
			value = (value ^ (unsigned char)*at) * UINT64_C(1099511628211);
		value *= UINT64_C(1099511628211);
	}
	return value;
}

static void wake(void *arg)
{
	struct live *live = arg;
	uint64_t one = 1;

	if (write(live->wake, &one, sizeof(one)) < 0 && errno != EAGAIN)
		LOG(LOG_WARN, "live_wake_failed", LOG_INT("errno", errno));
}

static void committed(void *arg)
{
	struct live *live = arg;

	if (!atomic_exchange(&live->committed, true))
		wake(live);
}

static void forget(struct live *live, struct stream *stream)
{
	for (size_t i = 0; i < stream->watch_count; i++)
		index_remove(&live->index, &stream->watches[i]);
	if (stream->next)
		stream->next->at = stream->at;
	*stream->at = stream->next;
	guard_release(live->server->guard, stream->held);
	atomic_fetch_sub(&live->streams, 1);
	stream_free(stream);
}

/* Streams that failed while a list was walked go when the walk is over. */
static void forget_failed(struct live *live)
{
	struct stream *next;

	if (live->home.failed == 0)
		return;
	live->home.failed = 0;
	for (struct stream *stream = live->all; stream; stream = next) {
		next = stream->next;
		if (stream->failed)
			forget(live, stream);
	}
}

/* What the stream missed since it was last here, or word that it cannot be told. */
static void catch_up(struct live *live, struct stream *stream)
{
	bool watched;

	if (!stream->resumes)
		return;
	if (!ring_reaches(&live->ring, stream->resume_after)) {
		stream->lost = true;
		return;
	}
	for (size_t i = 0; i < live->ring.count; i++) {
		struct ring_event *event = ring_at(&live->ring, i);

		watched = false;
		for (size_t k = 0; k < stream->watch_count && !watched; k++)
			watched = text_starts(event->path, stream->watches[k].path);
		if (watched && event->id > stream->resume_after)
			stream_add(stream, event);
	}
}

static void adopt(struct live *live, struct stream *stream)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = stream };

	stream->home = &live->home;
	stream->next = live->all;
	stream->at = &live->all;
	if (stream->next)
		stream->next->at = &stream->next;
	live->all = stream;
	for (size_t i = 0; i < stream->watch_count; i++)
		index_add(&live->index, &stream->watches[i], stream);
	if (epoll_ctl(live->home.epoll, EPOLL_CTL_ADD, stream->fd, &event)) {
		stream_fail(stream);
		return;
	}
	catch_up(live, stream);
	stream_greet(stream);
	stream_flush(stream);
}

static void adopt_arrived(struct live *live)
{
	struct stream *stream, *next;

	pthread_mutex_lock(&live->lock);
	stream = live->arrived;
	live->arrived = NULL;
	pthread_mutex_unlock(&live->lock);
	for (; stream; stream = next) {
		next = stream->next;
		adopt(live, stream);
	}
}

struct reading {
	struct live *live;
	int count;
	id last;
};

static void take_event(void *arg, const struct live_event *event)
{
	struct reading *reading = arg;
	struct ring_event *kept = ring_add(&reading->live->ring, event);

	reading->live->rights = reading->live->rights || event->rights;
	reading->count++;
	reading->last = event->id;
	if (kept)
		index_note(&reading->live->index, kept, kept->path);
}

static void tell_stream(struct live *live, struct stream *stream, const struct watch_group *group)
{
	if (group->count > GROUP_EVENTS_MAX)
		stream->lost = true;
	for (size_t i = 0; i < group->count && !stream->lost; i++)
		stream_add(stream, group->events[i]);
	if (stream->is_told)
		return;
	stream->is_told = true;
	stream->next_told = live->told;
	live->told = stream;
}

/* A stream that watches several units may be told by several groups, and is sent to once. */
static void tell_all(struct live *live)
{
	struct watch_group *group = index_take(&live->index), *next_group;
	struct stream *stream, *next;

	for (; group; group = next_group) {
		next_group = group->next_touched;
		for (struct watch *watch = group->watches; watch; watch = watch->next)
			tell_stream(live, watch->stream, group);
		index_done(group);
	}
	stream = live->told;
	live->told = NULL;
	for (; stream; stream = next) {
		next = stream->next_told;
		stream->is_told = false;
		stream_flush(stream);
	}
}

/* Reads the log behind `after` and tells whom it concerns. A ring's worth at a time, so that none is overwritten unsent. */
static void read_log(struct live *live, id after)
{
	struct reading reading = { .live = live, .last = after };

	do {
		reading.count = 0;
		if (!source->read(live->server->store, reading.last, READ_LIMIT, take_event, &reading))
			LOG(LOG_WARN, "live_read_failed", LOG_INT("after", reading.last));
		live->home.newest = live->ring.newest;
		tell_all(live);
	} while (reading.count == READ_LIMIT && !atomic_load(&live->ending));
}

/* Ids carry their milliseconds from bit 22 up (base/id.h). */
static id overlap_before(id newest)
{
	id overlap = (id)OVERLAP_MS << 22;

	return newest > overlap ? newest - overlap : 0;
}

static void read_when_due(struct live *live, uint64_t now)
{
	if (live->other_nodes && now >= live->poll_us) {
		live->poll_us = now + (uint64_t)OTHER_NODES_MS * 1000;
		read_log(live, overlap_before(live->ring.newest));
	}
	if (now < live->round_us || !atomic_exchange(&live->committed, false))
		return;
	read_log(live, live->ring.newest);
	live->round_us = monotonic_us() + (uint64_t)ROUND_MS * 1000;
}

/* Once a second: signs of life, sessions that ended, readers that stay behind. */
static void beat(struct live *live, uint64_t now)
{
	if (now < live->beat_us)
		return;
	live->beat_us = now + 1000000;
	for (struct stream *stream = live->all; stream; stream = stream->next) {
		if (now >= stream->check_us || live->rights) {
			stream->check_us = now + STREAM_CHECK_US;
			if (!source->still_valid(live->server->store, stream->digest, stream->scope_hash))
				stream_fail(stream);
		}
		stream_beat(stream, now);
	}
	live->rights = false;
}

static void take_socket_event(struct live *live, const struct epoll_event *event)
{
	struct stream *stream = event->data.ptr;
	uint64_t count;

	if (!stream) {
		if (read(live->wake, &count, sizeof(count)) < 0 && errno != EAGAIN)
			LOG(LOG_WARN, "live_wake_failed", LOG_INT("errno", errno));
		return;
	}
	if (event->events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
		stream_read(stream);
	if (event->events & EPOLLOUT)
		stream_flush(stream);
}

static int wait_ms(const struct live *live, uint64_t now)
{
	if (!atomic_load(&live->committed))
		return live->all ? 500 : 1000;
	return live->round_us > now ? (int)((live->round_us - now) / 1000) + 1 : 0;
}

static void *run(void *arg)
{
	struct live *live = arg;
	struct epoll_event events[EPOLL_BATCH];
	uint64_t now;
	int count;

	while (!atomic_load(&live->ending)) {
		count = epoll_wait(live->home.epoll, events, EPOLL_BATCH, wait_ms(live, monotonic_us()));
		for (int i = 0; i < count; i++)
			take_socket_event(live, &events[i]);
		adopt_arrived(live);
		now = monotonic_us();
		read_when_due(live, now);
		beat(live, now);
		forget_failed(live);
	}
	adopt_arrived(live);
	while (live->all)
		forget(live, live->all);
	ring_clear(&live->ring);
	return NULL;
}

struct live *live_start(struct server *server)
{
	struct live *live = calloc(1, sizeof(*live));
	struct epoll_event event = { .events = EPOLLIN };

	if (!live)
		die("no memory");
	live->server = server;
	live->home.epoll = epoll_create1(EPOLL_CLOEXEC);
	live->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (live->home.epoll < 0 || live->wake < 0 || epoll_ctl(live->home.epoll, EPOLL_CTL_ADD, live->wake, &event))
		die("no descriptors for the live stream: errno %d", errno);
	pthread_mutex_init(&live->lock, NULL);
	live->other_nodes = text_equal(store_kind(server->store), "postgres");
	if (!source)
		return live;
	ring_init(&live->ring, source->newest(server->store));
	live->home.newest = live->ring.newest;
	if (pthread_create(&live->thread, NULL, run, live))
		die("no thread for the live stream");
	writer_committed_set(server->store, committed, live);
	return live;
}

void live_stop(struct live *live)
{
	if (!live)
		return;
	if (source) {
		writer_committed_set(live->server->store, NULL, NULL);
		atomic_store(&live->ending, true);
		wake(live);
		pthread_join(live->thread, NULL);
	}
	pthread_mutex_destroy(&live->lock);
	close(live->home.epoll);
	close(live->wake);
	free(live);
}

size_t live_streams(const struct server *server)
{
	return atomic_load(&server->live->streams);
}

uint64_t live_events_sent(const struct server *server)
{
	return atomic_load(&server->live->home.sent);
}

uint64_t live_dropped(const struct server *server)
{
	return atomic_load(&server->live->home.dropped);
}

static bool refuse_full(struct exchange *x)
{
	LOG(LOG_WARN, "live_full", LOG_INT("streams", (int64_t)atomic_load(&x->server->live->streams)));
	return error_set(&x->err, ERR_unavailable, NULL, NULL);
}

bool live_open(struct exchange *x)
{
	struct live *live = x->server->live;
	struct stream *stream;
	const char *const *scope;

	if (!source)
		return error_set(&x->err, ERR_not_found, NULL, NULL);
	if (x->head) {
		reply_content(&x->request, "text/event-stream", "", 0);
		return true;
	}
	scope = source->scope(&x->request);
	if (x->err.code != ERR_none)
		return false;
	if (atomic_fetch_add(&live->streams, 1) >= STREAMS_MAX) {
		atomic_fetch_sub(&live->streams, 1);
		return refuse_full(x);
	}
	stream = stream_new(x, scope);
	stream->fd = wire_take_socket(x, &stream->held);
	if (stream->fd < 0) {
		atomic_fetch_sub(&live->streams, 1);
		stream_free(stream);
		return error_internal(&x->err, "the socket could not be taken: errno %d", errno);
	}
	x->phase = PHASE_TAKEN;
	pthread_mutex_lock(&live->lock);
	stream->next = live->arrived;
	live->arrived = stream;
	pthread_mutex_unlock(&live->lock);
	wake(live);
	return true;
}
