#ifndef HTTP_FIXTURE_H
#define HTTP_FIXTURE_H

/* A server on a port of its own with a fresh store, and a client that speaks to it by the byte. */

#include "db_fixture.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include "base/crypto.h"
#include "base/embed.h"
#include "base/json.h"
#include "http/exchange.h"
#include "http/http.h"

struct web {
	struct fixture *db;
	struct server *server;
	struct server_options options;
	char spool[96];
};

/* Sessions of the tests: the cookie "user-7" is account 7, the token "token-7" likewise. */
struct session_info {
	id account;
};

static inline bool web_authenticate(struct request *r, const char *cookie, const char *bearer)
{
	const char *text = cookie ? cookie : bearer;
	const char *prefix = cookie ? "user-" : "token-";

	if (strncmp(text, prefix, strlen(prefix)))
		return true;
	r->session = ARENA_NEW(r->call.mem, struct session_info);
	r->session->account = strtoll(text + strlen(prefix), NULL, 10);
	return true;
}

static inline bool web_allowed(struct request *r)
{
	if (r->session->account == 13)
		return error_set(r->call.err, ERR_conflict, NULL, NULL);
	return true;
}

static inline const char *web_csrf(const struct request *r)
{
	return arena_printf(r->call.mem, "csrf-%lld", (long long)r->session->account);
}

static inline id web_account(const struct request *r)
{
	return r->session ? r->session->account : 0;
}

static inline uint64_t web_scope_digest(const struct request *r)
{
	return (uint64_t)r->session->account % 2;
}

static const struct http_auth web_auth = {
	web_authenticate, web_allowed, web_csrf, web_account, web_scope_digest,
};

static inline bool web_create_table(struct call *c, void *arg)
{
	const struct embedded_file *step = embedded_find("migrations/0002_http.sql");
	char *text = arena_strndup(c->mem, (const char *)step->data, step->size), *end;

	(void)arg;
	for (; (end = strchr(text, ';')); text = end + 1) {
		*end = '\0';
		if (!db_exec(c, text, DB_NONE))
			return false;
	}
	return true;
}

static inline void web_start(struct web *web, const struct route_table *table)
{
	struct error err = { .code = ERR_none };

	web->options.address = "127.0.0.1";
	web->options.spool = web->spool;
	web->server = server_start(&web->options, web->db->store, &table, 1, &err);
	if (!web->server)
		fixture_fail(&err);
}

static inline struct web *web_new(bool postgres)
{
	struct web *web = calloc(1, sizeof(*web));
	void *state = NULL;

	http_auth_set(&web_auth);
	fixture_setup(&state, postgres);
	web->db = state;
	if (!web->db)
		return web;
	if (!writer_run(web->db->store, &web->db->call, web_create_table, NULL))
		fixture_fail(web->db->call.err);
	snprintf(web->spool, sizeof(web->spool), "/tmp/theodoi-spool-XXXXXX");
	assert_non_null(mkdtemp(web->spool));
	return web;
}

static inline int web_spooled(const struct web *web)
{
	DIR *folder = opendir(web->spool);
	int count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static inline void web_free(struct web *web)
{
	if (web->db) {
		server_stop(web->server);
		assert_int_equal(web_spooled(web), 0);
		rmdir(web->spool);
		fixture_free(web->db);
	}
	free(web);
}

static inline int64_t web_count(struct web *web, const char *sql)
{
	struct error err = { .code = ERR_none };
	struct call c = { .mem = arena_new(0), .err = &err };
	int64_t count = -1;

	assert_true(store_read(web->db->store, &c));
	assert_true(db_query_int(&c, sql, DB_NONE, 0, &count));
	store_release(web->db->store, &c);
	arena_free(c.mem);
	return count;
}

/* A connection of the client. */
static inline int web_connect(const struct web *web)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)server_port(web->server)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	struct timeval patience = { .tv_sec = 20 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

static inline void web_send(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t sent = send(fd, at, length, MSG_NOSIGNAL);

		assert_true(sent > 0);
		at += sent;
		length -= (size_t)sent;
	}
}

/* `headers` are lines ended by \r\n. A body of NULL sends no Content-Length. */
static inline void web_ask(int fd, const char *method, const char *path, const char *headers, const char *body,
			   size_t length)
{
	char head[20000];
	int used = snprintf(head, sizeof(head), "%s %s HTTP/1.1\r\nHost: test\r\n%s", method, path, headers);

	if (body)
		used += snprintf(head + used, sizeof(head) - (size_t)used, "Content-Length: %zu\r\n", length);
	used += snprintf(head + used, sizeof(head) - (size_t)used, "\r\n");
	web_send(fd, head, (size_t)used);
	if (body)
		web_send(fd, body, length);
}

enum { ANSWER_MAX = 1 << 20 };

struct answer {
	int status; /* 0: the connection ended without one */
	char *head;
	char *body;
	size_t length;
	char *bytes;
};

static inline const char *answer_header(const struct answer *answer, const char *name)
{
	static char value[2048];
	size_t length = strlen(name);

	for (const char *line = answer->head; line && *line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
		size_t end = strcspn(line, "\r\n");

		if (strncasecmp(line, name, length) || line[length] != ':')
			continue;
		snprintf(value, sizeof(value), "%.*s", (int)(end - length - 2), line + length + 2);
		return value;
	}
	return NULL;
}

static inline struct answer web_answer(int fd, bool head_only)
{
	struct answer answer = { .bytes = calloc(1, ANSWER_MAX) };
	size_t length = 0, wanted = SIZE_MAX;

	while (length < wanted && length < ANSWER_MAX - 1) {
		ssize_t got = recv(fd, answer.bytes + length, ANSWER_MAX - 1 - length, 0);
		char *end;

		if (got <= 0)
			break;
		length += (size_t)got;
		end = strstr(answer.bytes, "\r\n\r\n");
		if (!end || answer.head)
			continue;
		answer.head = answer.bytes;
		answer.body = end + 4;
		*end = '\0';
		answer.status = (int)strtol(answer.bytes + strlen("HTTP/1.1 "), NULL, 10);
		wanted = (size_t)(answer.body - answer.bytes);
		if (!head_only && answer_header(&answer, "Content-Length"))
			wanted += (size_t)strtoull(answer_header(&answer, "Content-Length"), NULL, 10);
	}
	if (answer.body)
		answer.length = length - (size_t)(answer.body - answer.bytes);
	return answer;
}

static inline void answer_free(struct answer *answer)
{
	free(answer->bytes);
	*answer = (struct answer){ 0 };
}

/* The value of a header, to keep; "" when it is absent. */
static inline void answer_copy(const struct answer *answer, const char *name, char *out, size_t size)
{
	const char *value = answer_header(answer, name);
	size_t length = value ? strnlen(value, size - 1) : 0;

	memcpy(out, value ? value : "", length);
	out[length] = '\0';
}

/* One request on a connection of its own. */
static inline struct answer web_once(const struct web *web, const char *method, const char *path,
				     const char *headers, const char *body)
{
	int fd = web_connect(web);
	struct answer answer;

	web_ask(fd, method, path, headers, body, body ? strlen(body) : 0);
	answer = web_answer(fd, !strcmp(method, "HEAD"));
	close(fd);
	return answer;
}

#define AS_7 "Cookie: theodoi_session=user-7\r\n"
#define WRITE_7 AS_7 "X-CSRF-Token: csrf-7\r\nContent-Type: application/json\r\n"

/* The status, and when `code` is given, the code word of the problem. */
static inline void web_expect(const struct web *web, const char *method, const char *path, const char *headers,
			      const char *body, int status, const char *code)
{
	struct answer answer = web_once(web, method, path, headers, body);
	char wanted[128];

	if (answer.status != status)
		fail_msg("%s %s: %d instead of %d: %s", method, path, answer.status, status, answer.body);
	if (code) {
		snprintf(wanted, sizeof(wanted), "\"code\":\"%s\"", code);
		if (!strstr(answer.body, wanted))
			fail_msg("%s %s: no %s in %s", method, path, wanted, answer.body);
		assert_string_equal(answer_header(&answer, "Content-Type"), "application/problem+json");
	}
	answer_free(&answer);
}

static inline void sleep_ms(int ms)
{
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	nanosleep(&pause, NULL);
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#endif
