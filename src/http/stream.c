#include "http/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "http/exchange.h"
#include "http/live.h"
#include "http/live_ring.h"

enum { HEAD_MAX = 2048, FRAME_MAX = 128 };

/* One block: the stream, its watches, their paths. */
struct stream *stream_new(const struct exchange *x, const char *const *scope)
{
	const char *resume = wire_header(x, "Last-Event-ID");
	const char *token = wire_cookie(x, SESSION_COOKIE);
	const char *authorization = wire_header(x, "Authorization");
	size_t count = 0, bytes = 0;
	struct stream *stream;
	char *paths;

	while (scope && scope[count])
		bytes += strlen(scope[count++]) + 1;
	stream = calloc(1, sizeof(*stream) + count * sizeof(struct watch) + bytes);
	if (!stream)
		die("no memory");
	paths = (char *)&stream->watches[count];
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(scope[i]) + 1;

		memcpy(paths, scope[i], length);
		stream->watches[i].path = paths;
		paths += length;
	}
	stream->watch_count = count;
	stream->fd = -1;
	stream->resumes = resume && text_to_int(resume, 0, INT64_MAX, &stream->resume_after);
	if (authorization && strlen(authorization) > strlen("Bearer "))
		token = authorization + strlen("Bearer ");
	token_digest(token ? token : "", stream->digest);
	stream->scope_hash = live_scope_hash(scope);
	stream->beat_us = x->started_us + STREAM_BEAT_US;
	stream->check_us = x->started_us + STREAM_CHECK_US;
	return stream;
}

void stream_free(struct stream *stream)
{
	if (stream->fd >= 0)
		close(stream->fd);
	free(stream->pending);
	free(stream);
}

void stream_fail(struct stream *stream)
{
	if (!stream->failed)
		stream->home->failed++;
	stream->failed = true;
}

void stream_add(struct stream *stream, struct ring_event *event)
{
	if (stream->lost)
		return;
	if (stream->pending || stream->fresh_count == STREAM_FRESH_MAX) {
		stream->lost = true;
		stream->fresh_count = 0;
		return;
	}
	stream->fresh[stream->fresh_count++] = event;
}

static void watch_room(struct stream *stream, bool wanted)
{
	struct epoll_event event = {
		.events = EPOLLIN | EPOLLRDHUP | (wanted ? EPOLLOUT : 0),
		.data.ptr = stream,
	};

	if (wanted == stream->waits_for_room)
		return;
	stream->waits_for_room = wanted;
	if (epoll_ctl(stream->home->epoll, EPOLL_CTL_MOD, stream->fd, &event))
		stream_fail(stream);
}

static void keep_pending(struct stream *stream, const struct iovec *parts, size_t count, size_t sent)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += parts[i].iov_len;
	stream->pending = malloc(total - sent);
	if (!stream->pending)
		die("no memory");
	stream->pending_length = 0;
	stream->pending_at = 0;
	stream->pending_since_us = monotonic_us();
	for (size_t i = 0; i < count; i++) {
		size_t skip = sent < parts[i].iov_len ? sent : parts[i].iov_len;

		memcpy(stream->pending + stream->pending_length, (const char *)parts[i].iov_base + skip,
		       parts[i].iov_len - skip);
		stream->pending_length += parts[i].iov_len - skip;
		sent -= skip;
	}
}

/* Sends, and keeps what the socket does not take. Nothing is pending before. */
static void send_parts(struct stream *stream, struct iovec *parts, size_t count)
{
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = count };
	size_t total = 0;
	ssize_t sent;

	for (size_t i = 0; i < count; i++)
		total += parts[i].iov_len;
	sent = sendmsg(stream->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (sent < 0 && errno != EAGAIN && errno != EINTR) {
		stream_fail(stream);
		return;
	}
	if (sent < 0)
		sent = 0;
	if ((size_t)sent < total) {
		keep_pending(stream, parts, count, (size_t)sent);
		watch_room(stream, true);
	}
}

static void send_pending(struct stream *stream)
{
	ssize_t sent = send(stream->fd, stream->pending + stream->pending_at,
			    stream->pending_length - stream->pending_at, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (sent < 0) {
		if (errno != EAGAIN && errno != EINTR)
			stream_fail(stream);
		return;
	}
	stream->pending_at += (size_t)sent;
	if (sent > 0)
		stream->pending_since_us = monotonic_us();
	if (stream->pending_at < stream->pending_length)
		return;
	free(stream->pending);
	stream->pending = NULL;
	watch_room(stream, false);
}

static size_t put(char *out, size_t at, const char *text)
{
	size_t length = strlen(text);

	memcpy(out + at, text, length);
	return at + length;
}

static void send_reset(struct stream *stream)
{
	char frame[FRAME_MAX], number[ID_TEXT_MAX];
	struct iovec part = { .iov_base = frame };
	size_t length = put(frame, 0, "id: ");

	length = put(frame, length, id_format(stream->home->newest, number));
	part.iov_len = put(frame, length, "\nevent: reset\ndata: {}\n\n");
	stream->lost = false;
	stream->fresh_count = 0;
	stream->reset_us = monotonic_us() + STREAM_RESET_US;
	send_parts(stream, &part, 1);
}

static void send_fresh(struct stream *stream)
{
	struct iovec parts[STREAM_FRESH_MAX];
	size_t count = stream->fresh_count;

	for (size_t i = 0; i < count; i++)
		parts[i] = (struct iovec){ .iov_base = stream->fresh[i]->frame, .iov_len = stream->fresh[i]->length };
	stream->fresh_count = 0;
	atomic_fetch_add_explicit(&stream->home->sent, count, memory_order_relaxed);
	send_parts(stream, parts, count);
}

void stream_flush(struct stream *stream)
{
	if (stream->failed)
		return;
	if (stream->pending)
		send_pending(stream);
	if (stream->pending || stream->failed) {
		stream->lost |= stream->fresh_count > 0;
		stream->fresh_count = 0;
		return;
	}
	if (stream->lost && monotonic_us() >= stream->reset_us)
		send_reset(stream);
	else if (!stream->lost && stream->fresh_count > 0)
		send_fresh(stream);
}

void stream_beat(struct stream *stream, uint64_t now)
{
	static char comment[] = ":\n\n";
	struct iovec part = { .iov_base = comment, .iov_len = sizeof(comment) - 1 };

	if (stream->failed)
		return;
	if (stream->pending && now > stream->pending_since_us + STREAM_SLOW_US) {
		atomic_fetch_add(&stream->home->dropped, 1);
		stream_fail(stream);
		return;
	}
	stream_flush(stream);
	if (now < stream->beat_us || stream->pending || stream->failed)
		return;
	stream->beat_us = now + STREAM_BEAT_US;
	send_parts(stream, &part, 1);
}

void stream_read(struct stream *stream)
{
	char bytes[512];
	ssize_t length = recv(stream->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

	if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR))
		stream_fail(stream);
}

/* RFC 9110 wants a date on every answer. */
static size_t put_date(char *out, size_t at)
{
	time_t now = time(NULL);
	struct tm parts;
	char text[64] = "";

	if (gmtime_r(&now, &parts))
		strftime(text, sizeof(text), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
	return put(out, at, text);
}

void stream_greet(struct stream *stream)
{
	char head[HEAD_MAX], number[ID_TEXT_MAX];
	size_t length = put(head, 0, "HTTP/1.1 200 OK\r\n"
				     "Content-Type: text/event-stream\r\n"
				     "Cache-Control: no-store\r\n"
				     "Connection: close\r\n"
				     "X-Accel-Buffering: no\r\n"
				     "Content-Security-Policy: ");

	length = put(head, length, reply_policy(NULL, NULL));
	length = put(head, length, "\r\n");
	length = put_date(head, length);
	for (const struct pair *header = reply_fixed_headers; header->name; header++) {
		length = put(head, length, header->name);
		length = put(head, length, ": ");
		length = put(head, length, header->value);
		length = put(head, length, "\r\n");
	}
	length = put(head, length, "\r\nretry: 3000\n\n");
	/* An id alone tells no event, but is what the browser resumes from. */
	if (!stream->resumes) {
		length = put(head, length, "id: ");
		length = put(head, length, id_format(stream->home->newest, number));
		length = put(head, length, "\n\n");
	}
	if (send(stream->fd, head, length, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)length)
		stream_fail(stream);
}
