/*
 * Holds many live streams open and tells how long a change takes to reach them.
 *
 *	streams PORT COUNT COOKIES REQUESTS CHANGES PID
 *
 * COOKIES: a file of cookie lines, used in turn; every one of them must have
 * the changes in its scope. REQUESTS as in load.c: each makes one change and
 * is sent 250 ms after the one before. PID: the server, for its memory before and with
 * the streams. Prints `name value unit` lines.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STREAMS_MAX = 20000, CHANGES_MAX = 200, COOKIES_MAX = 4096, TAIL = 16 };

static const char marker[] = "\nevent: change";

struct stream {
	int fd;
	size_t matched; /* of the marker, over the ends of reads */
	int changes;
};

static struct stream streams[STREAMS_MAX];
static int64_t sent_at[CHANGES_MAX];
static uint32_t *latencies;
static size_t latency_count, early;

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void fail(const char *what)
{
	perror(what);
	exit(2);
}

static long resident_kb(const char *pid)
{
	char path[64], line[256];
	long kb = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%s/status", pid);
	file = fopen(path, "r");
	if (!file)
		fail(path);
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, "VmRSS:", 6))
			kb = strtol(line + 6, NULL, 10);
	fclose(file);
	return kb;
}

static int connect_to(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))
		fail("connect");
	return fd;
}

static size_t read_lines(const char *path, char **lines, size_t most)
{
	FILE *file = fopen(path, "r");
	char line[1024];
	size_t count = 0;

	if (!file)
		fail(path);
	while (count < most && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = 0;
		lines[count++] = strdup(line);
	}
	fclose(file);
	return count;
}

static void open_streams(int epoll, int port, int count, char **cookies, size_t cookie_count)
{
	for (int i = 0; i < count; i++) {
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = &streams[i] };
		char request[1400];
		int length = snprintf(request, sizeof(request),
				      "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n"
				      "Cookie: %s\r\n\r\n",
				      port, cookies[(size_t)i % cookie_count]);

		streams[i].fd = connect_to(port);
		if (send(streams[i].fd, request, (size_t)length, MSG_NOSIGNAL) != length)
			fail("send");
		fcntl(streams[i].fd, F_SETFL, O_NONBLOCK);
		if (epoll_ctl(epoll, EPOLL_CTL_ADD, streams[i].fd, &event))
			fail("epoll_ctl");
	}
}

static void count_changes(struct stream *s, const char *bytes, size_t length, int sent)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] != marker[s->matched]) {
			s->matched = bytes[i] == '\n';
			continue;
		}
		if (++s->matched < sizeof(marker) - 1)
			continue;
		s->matched = 0;
		if (s->changes >= sent)
			early++;
		else
			latencies[latency_count++] = (uint32_t)(now_us() - sent_at[s->changes]);
		s->changes++;
	}
}

/* Reads what comes until `until`; returns how many streams were closed by the server. */
static int listen_until(int epoll, int64_t until, int sent)
{
	static char bytes[65536];
	int closed = 0;

	for (;;) {
		struct epoll_event events[512];
		int64_t left = (until - now_us()) / 1000;
		int ready;

		if (left <= 0)
			return closed;
		ready = epoll_wait(epoll, events, 512, (int)left);
		for (int i = 0; i < ready; i++) {
			struct stream *s = events[i].data.ptr;
			ssize_t n = recv(s->fd, bytes, sizeof(bytes), 0);

			if (n > 0) {
				count_changes(s, bytes, (size_t)n, sent);
			} else if (n == 0 || errno != EAGAIN) {
				epoll_ctl(epoll, EPOLL_CTL_DEL, s->fd, NULL);
				close(s->fd);
				closed++;
			}
		}
	}
}

static char *next_request(FILE *file, size_t *length)
{
	char line[32];
	char *bytes;

	if (!fgets(line, sizeof(line), file))
		return NULL;
	*length = strtoul(line, NULL, 10);
	bytes = malloc(*length + 1);
	if (!bytes || fread(bytes, 1, *length, file) != *length)
		return NULL;
	return bytes;
}

static int compare(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

int main(int argc, char **argv)
{
	static char *cookies[COOKIES_MAX];
	struct rlimit files = { STREAMS_MAX + 100, STREAMS_MAX + 100 };
	int port, count, epoll = epoll_create1(0), sent = 0, closed = 0, writer, most;
	size_t cookie_count, length;
	long before, with;
	FILE *requests;
	char *request;

	if (argc != 7 || (count = (int)strtol(argv[2], NULL, 10)) < 1 || count > STREAMS_MAX) {
		fprintf(stderr, "usage: streams PORT COUNT COOKIES REQUESTS CHANGES PID\n");
		return 2;
	}
	setrlimit(RLIMIT_NOFILE, &files);
	port = (int)strtol(argv[1], NULL, 10);
	most = (int)strtol(argv[5], NULL, 10);
	if (most > CHANGES_MAX)
		most = CHANGES_MAX;
	cookie_count = read_lines(argv[3], cookies, COOKIES_MAX);
	requests = fopen(argv[4], "rb");
	latencies = malloc((size_t)count * CHANGES_MAX * sizeof(*latencies));
	if (!cookie_count || !requests || !latencies)
		fail("input");
	before = resident_kb(argv[6]);
	open_streams(epoll, port, count, cookies, cookie_count);
	closed += listen_until(epoll, now_us() + 2000000, 0);
	with = resident_kb(argv[6]);
	writer = connect_to(port);
	while (sent < most && (request = next_request(requests, &length))) {
		char answer[8192];

		sent_at[sent++] = now_us();
		if (send(writer, request, length, MSG_NOSIGNAL) != (ssize_t)length)
			fail("send");
		closed += listen_until(epoll, now_us() + 250000, sent);
		if (recv(writer, answer, 12, MSG_WAITALL) != 12 || answer[9] != '2') {
			fprintf(stderr, "a change was refused: %.12s\n", answer);
			return 1;
		}
		while (recv(writer, answer, sizeof(answer), MSG_DONTWAIT) > 0)
			;
		free(request);
	}
	closed += listen_until(epoll, now_us() + 1500000, sent);
	qsort(latencies, latency_count, sizeof(*latencies), compare);
	printf("streams %d streams\nclosed %d streams\nchanges %d changes\n", count, closed, sent);
	printf("told %zu of %zu deliveries\n", latency_count, (size_t)count * (size_t)sent);
	if (latency_count)
		printf("p50 %.1f ms\np99 %.1f ms\nmax %.1f ms\n", latencies[latency_count / 2] / 1000.0,
		       latencies[latency_count * 99 / 100] / 1000.0, latencies[latency_count - 1] / 1000.0);
	printf("memory_per_stream %.1f KB\n", (double)(with - before) / count);
	return closed || early || latency_count != (size_t)count * (size_t)sent;
}
