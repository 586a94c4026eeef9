/*
 * HTTP load over keep-alive connections on loopback, one thread, epoll.
 *
 *	load PORT CONNECTIONS SECONDS REQUESTS
 *
 * REQUESTS is a file of requests, each "LENGTH\n" and LENGTH bytes as they go
 * over the wire. SECONDS 0: each request once. Otherwise: round and round for
 * that long. Prints `name value unit` lines. Ends with 1 when an answer had
 * another status than 2xx or 304.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 1024, ANSWER_MAX = 4 << 20 };

struct wire {
	const char *bytes;
	size_t length;
};

struct connection {
	int fd;
	const struct wire *request;
	size_t sent;
	char *answer;
	size_t received, head, wanted; /* head 0: the headers are not complete */
	int64_t began;
};

struct load {
	struct wire *requests;
	size_t request_count, next;
	bool rounds;
	int64_t until;
	uint32_t *latencies; /* microseconds */
	size_t answered, latency_room, refused, dropped;
	uint64_t bytes;
	char first_refusal[600];
};

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

static char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *bytes;
	long size;

	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET))
		fail(path);
	bytes = malloc((size_t)size + 1);
	if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
		fail(path);
	bytes[size] = 0;
	fclose(file);
	*length = (size_t)size;
	return bytes;
}

static void read_requests(struct load *load, const char *path)
{
	size_t length, room = 0;
	char *at = read_file(path, &length);
	char *end = at + length;

	while (at < end) {
		char *line_end;
		size_t size = strtoul(at, &line_end, 10);

		if (line_end == at || *line_end != '\n' || (size_t)(end - line_end) < size + 1) {
			fprintf(stderr, "%s: not a list of requests\n", path);
			exit(2);
		}
		if (load->request_count == room) {
			room = room ? room * 2 : 1024;
			load->requests = realloc(load->requests, room * sizeof(*load->requests));
			if (!load->requests)
				fail("realloc");
		}
		load->requests[load->request_count].bytes = line_end + 1;
		load->requests[load->request_count++].length = size;
		at = line_end + 1 + size;
	}
}

static const struct wire *take(struct load *load)
{
	if (load->rounds) {
		if (now_us() >= load->until)
			return NULL;
		return &load->requests[load->next++ % load->request_count];
	}
	return load->next < load->request_count ? &load->requests[load->next++] : NULL;
}

static int connect_to(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int one = 1;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))
		fail("connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

static bool begin(struct load *load, struct connection *c)
{
	c->request = take(load);
	c->sent = c->received = c->head = c->wanted = 0;
	c->began = now_us();
	return c->request != NULL;
}

static bool send_more(struct connection *c)
{
	while (c->sent < c->request->length) {
		ssize_t n = send(c->fd, c->request->bytes + c->sent, c->request->length - c->sent, MSG_NOSIGNAL);

		if (n < 0)
			return errno == EAGAIN;
		c->sent += (size_t)n;
	}
	return true;
}

static void note(struct load *load, const struct connection *c)
{
	int64_t took = now_us() - c->began;
	int status = (int)strtol(c->answer + 9, NULL, 10);

	if (load->answered == load->latency_room) {
		load->latency_room = load->latency_room ? load->latency_room * 2 : 65536;
		load->latencies = realloc(load->latencies, load->latency_room * sizeof(*load->latencies));
		if (!load->latencies)
			fail("realloc");
	}
	load->latencies[load->answered++] = took > UINT32_MAX ? UINT32_MAX : (uint32_t)took;
	load->bytes += c->received;
	if (status / 100 != 2 && status != 304 && !load->refused++)
		snprintf(load->first_refusal, sizeof(load->first_refusal), "%.*s",
			 (int)(c->received < 590 ? c->received : 590), c->answer);
}

/* 1 when the answer is complete, 0 when more is to come, -1 when the connection is gone. */
static int receive_more(struct connection *c)
{
	for (;;) {
		ssize_t n = recv(c->fd, c->answer + c->received, ANSWER_MAX - c->received, 0);

		if (n < 0)
			return errno == EAGAIN ? 0 : -1;
		if (n == 0)
			return -1;
		c->received += (size_t)n;
		c->answer[c->received] = 0;
		if (!c->head) {
			char *blank = strstr(c->answer, "\r\n\r\n");
			char *length = strcasestr(c->answer, "\r\ncontent-length:");

			if (!blank)
				continue;
			c->head = (size_t)(blank - c->answer) + 4;
			c->wanted = length && length < blank ? strtoul(length + 17, NULL, 10) : 0;
			if (c->head + c->wanted > ANSWER_MAX)
				return -1;
		}
		if (c->received >= c->head + c->wanted)
			return 1;
	}
}

static int compare(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

static double milliseconds(const struct load *load, double share)
{
	size_t at = (size_t)((double)load->answered * share);

	return load->answered ? load->latencies[at < load->answered ? at : load->answered - 1] / 1000.0 : 0;
}

static void run(struct load *load, struct connection *connections, int count, int port)
{
	int epoll = epoll_create1(0);
	int open = 0;

	for (int i = 0; i < count; i++) {
		struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = &connections[i] };

		connections[i].fd = connect_to(port);
		connections[i].answer = malloc(ANSWER_MAX + 1);
		if (!connections[i].answer || !begin(load, &connections[i]))
			break;
		if (epoll_ctl(epoll, EPOLL_CTL_ADD, connections[i].fd, &event))
			fail("epoll_ctl");
		open++;
	}
	while (open > 0) {
		struct epoll_event events[256];
		int ready = epoll_wait(epoll, events, 256, 30000);

		if (ready == 0) {
			fprintf(stderr, "no answer for 30 s\n");
			load->dropped += (size_t)open;
			return;
		}
		for (int i = 0; i < ready; i++) {
			struct connection *c = events[i].data.ptr;
			int got = send_more(c) ? receive_more(c) : -1;

			while (got == 1) {
				note(load, c);
				if (!begin(load, c)) {
					close(c->fd);
					open--;
					break;
				}
				got = send_more(c) ? receive_more(c) : -1;
			}
			if (got < 0) {
				close(c->fd);
				load->dropped++;
				open--;
			}
		}
	}
	close(epoll);
}

int main(int argc, char **argv)
{
	static struct connection connections[CONNECTIONS_MAX];
	struct load load = { 0 };
	int count;
	int64_t began, took;
	double seconds;

	if (argc != 5 || (count = (int)strtol(argv[2], NULL, 10)) < 1 || count > CONNECTIONS_MAX) {
		fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS REQUESTS\n");
		return 2;
	}
	read_requests(&load, argv[4]);
	if (!load.request_count) {
		fprintf(stderr, "no requests\n");
		return 2;
	}
	seconds = strtod(argv[3], NULL);
	load.rounds = seconds > 0;
	began = now_us();
	load.until = began + (int64_t)(seconds * 1e6);
	run(&load, connections, count, (int)strtol(argv[1], NULL, 10));
	took = now_us() - began;
	qsort(load.latencies, load.answered, sizeof(*load.latencies), compare);
	printf("answers %zu requests\n", load.answered);
	printf("rate %.0f requests/s\n", (double)load.answered * 1e6 / (double)(took ? took : 1));
	printf("p50 %.2f ms\np99 %.2f ms\nmax %.2f ms\n", milliseconds(&load, 0.5), milliseconds(&load, 0.99),
	       milliseconds(&load, 1));
	printf("received %.1f MB\n", (double)load.bytes / 1e6);
	printf("refused %zu requests\ndropped %zu connections\n", load.refused, load.dropped);
	if (load.refused)
		fprintf(stderr, "first refusal:\n%s\n", load.first_refusal);
	return load.refused || load.dropped ? 1 : 0;
}
