#include "http_fixture.h"

#include "base/log.h"
#include "http/live.h"
#include "http/live_stream.h"

/* The live stream from commit to socket, and what happens to connections that are held open. */

enum { EVENTS_MAX = 20000 };

static struct log_event {
	id id;
	char path[32];
	char json[4096];
} *events;
static atomic_int event_count;
static atomic_bool sessions_stand;

static bool read_events(struct store *store, id after, int limit,
			void (*each)(void *arg, const struct live_event *event), void *arg)
{
	int count = atomic_load(&event_count);

	(void)store;
	for (int i = 0; i < count && limit > 0; i++) {
		struct live_event event = { events[i].id, events[i].path, "test.happened", events[i].json, false };

		if (event.id <= after)
			continue;
		each(arg, &event);
		limit--;
	}
	return true;
}

static id newest_event(struct store *store)
{
	int count = atomic_load(&event_count);

	(void)store;
	return count ? events[count - 1].id : 0;
}

/* Account 7 watches one province, account 8 the nation, account 9 nothing. */
static const char *const *scope_of(struct request *r)
{
	static const char *const province[] = { "TW/66/", NULL };
	static const char *const nation[] = { "TW/", NULL };

	return r->session->account == 7 ? province : r->session->account == 8 ? nation : NULL;
}

static bool session_stands(struct store *store, const char *digest, uint64_t scope_hash)
{
	(void)store;
	(void)scope_hash;
	return strlen(digest) == 64 && atomic_load(&sessions_stand);
}

static const struct live_source source = { read_events, newest_event, scope_of, session_stands };

static void happen(const char *path, size_t size)
{
	int at = atomic_load(&event_count);
	struct log_event *event = &events[at];
	int used;

	event->id = at + 1;
	snprintf(event->path, sizeof(event->path), "%s", path);
	used = snprintf(event->json, sizeof(event->json), "{\"id\":\"%d\",\"x\":\"", at + 1);
	memset(event->json + used, 'x', size);
	memcpy(event->json + used + size, "\"}", 3);
	atomic_store(&event_count, at + 1);
}

static bool write_something(struct request *r)
{
	r->call.right_checked = true;
	return db_exec(&r->call, "INSERT INTO item (id) VALUES ($1)", DB_ARGS(db_int(id_next(r->call.now))));
}

static atomic_int slept;

static bool sleep_long(struct request *r)
{
	sleep_ms(30);
	atomic_fetch_add(&slept, 1);
	r->call.right_checked = true;
	return true;
}

static const struct route routes[] = {
	{ .method = "POST", .path = "/api/write", .class = CLASS_ENTRY, .act = write_something },
	{ .method = "POST", .path = "/api/sleep", .class = CLASS_ENTRY, .flags = ROUTE_SLOW, .prepare = sleep_long,
	  .act = write_something },
	{ .method = "POST", .path = "/api/body", .class = CLASS_ENTRY, .flags = ROUTE_UPLOAD, .body_max = 1 << 20,
	  .act = write_something },
};
static const struct route_table table = { "test", routes, COUNT(routes) };

static int setup(void **state)
{
	struct web *web = web_new(false);

	events = calloc(EVENTS_MAX, sizeof(*events));
	atomic_store(&event_count, 0);
	atomic_store(&sessions_stand, true);
	live_source_set(&source);
	web->options.patience_ms = 700;
	web_start(web, &table);
	*state = web;
	return 0;
}

static int teardown(void **state)
{
	web_free(*state);
	free(events);
	return 0;
}

static void commit(struct web *web)
{
	web_expect(web, "POST", "/api/write", WRITE_7, NULL, 204, NULL);
}

/* Reads until `wanted` is there; NULL when the stream ends or is silent for long. */
static const char *read_until(int fd, char *text, size_t size, const char *wanted)
{
	size_t length = strlen(text), looked = 0;
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	const char *found;
	ssize_t got;

	while (!(found = strstr(text + looked, wanted))) {
		looked = length > strlen(wanted) ? length - strlen(wanted) : 0;
		if (poll(&ready, 1, 5000) <= 0)
			return NULL;
		got = recv(fd, text + length, size - 1 - length, 0);
		if (got <= 0)
			return NULL;
		length += (size_t)got;
		text[length] = '\0';
	}
	return found;
}

static bool is_silent(int fd, int ms)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	return poll(&ready, 1, ms) == 0;
}

static int open_stream(struct web *web, int account, const char *headers)
{
	char head[256], text[8192] = "";
	int fd = web_connect(web);

	snprintf(head, sizeof(head), "Cookie: theodoi_session=user-%d\r\n%s", account, headers);
	web_ask(fd, "GET", "/api/events", head, NULL, 0);
	if (!read_until(fd, text, sizeof(text), "retry: 3000\n\n"))
		fail_msg("no stream: %s", text);
	assert_memory_equal(text, "HTTP/1.1 200 OK\r\n", 17);
	assert_non_null(strstr(text, "Content-Type: text/event-stream\r\n"));
	assert_non_null(strstr(text, "X-Content-Type-Options: nosniff\r\n"));
	return fd;
}

static void events_reach_those_in_whose_scope_they_fall(void **state)
{
	struct web *web = *state;
	int province = open_stream(web, 7, "Last-Event-ID: 0\r\n"), nation = open_stream(web, 8, "Last-Event-ID: 0\r\n");
	int nothing = open_stream(web, 9, "Last-Event-ID: 0\r\n");
	char text[8192] = "", other[8192] = "";

	web_expect(web, "GET", "/api/events", "", NULL, 401, "not_signed_in");
	assert_int_equal(live_streams(web->server), 3);
	happen("TW/66/22015/", 1);
	commit(web);
	assert_non_null(read_until(province, text, sizeof(text),
				   "id: 1\nevent: change\ndata: {\"id\":\"1\",\"x\":\"x\"}\n\n"));
	assert_non_null(read_until(nation, other, sizeof(other), "id: 1\nevent: change\n"));
	happen("TW/01/", 1);
	commit(web);
	assert_non_null(read_until(nation, other, sizeof(other), "id: 2\nevent: change\n"));
	happen("TW/66/", 1);
	commit(web);
	assert_non_null(read_until(province, text, sizeof(text), "id: 3\nevent: change\n"));
	assert_null(strstr(text, "id: 2\n"));
	assert_true(is_silent(nothing, 200));
	close(province);
	close(nation);
	close(nothing);
	for (int i = 0; i < 500 && live_streams(web->server) > 0; i++)
		sleep_ms(10);
	assert_int_equal(live_streams(web->server), 0);
}

static void a_stream_goes_on_where_it_was(void **state)
{
	struct web *web = *state;
	char text[65536] = "";
	int fd = open_stream(web, 8, "");

	close(fd);
	for (int i = 0; i < 5; i++)
		happen(i % 2 ? "TW/66/" : "TW/01/", 1);
	commit(web);
	fd = open_stream(web, 8, "Last-Event-ID: 3\r\n");
	happen("TW/66/", 1);
	commit(web);
	assert_non_null(read_until(fd, text, sizeof(text), "id: 6\nevent: change\n"));
	close(fd);
	fd = open_stream(web, 7, "Last-Event-ID: 1\r\n");
	happen("TW/66/", 1);
	commit(web);
	text[0] = '\0';
	assert_non_null(read_until(fd, text, sizeof(text), "id: 7\nevent: change\n"));
	close(fd);
}

static void resumed_events_come_first(void **state)
{
	struct web *web = *state;
	char head[256], text[65536] = "";
	int fd;

	for (int i = 0; i < 5; i++)
		happen(i % 2 ? "TW/66/" : "TW/01/", 1);
	commit(web);
	sleep_ms(200);
	fd = web_connect(web);
	snprintf(head, sizeof(head), AS_7 "Last-Event-ID: %d\r\n", 1);
	web_ask(fd, "GET", "/api/events", head, NULL, 0);
	assert_non_null(read_until(fd, text, sizeof(text), "id: 4\nevent: change\n"));
	assert_non_null(strstr(text, "id: 2\nevent: change\n"));
	assert_null(strstr(text, "id: 1\nevent"));
	assert_null(strstr(text, "id: 3\nevent"));
	close(fd);

	for (int i = 0; i < 5000; i++)
		happen("TW/66/", 1);
	commit(web);
	sleep_ms(200);
	fd = web_connect(web);
	web_ask(fd, "GET", "/api/events", head, NULL, 0);
	text[0] = '\0';
	assert_non_null(read_until(fd, text, sizeof(text), "id: 5005\nevent: reset\ndata: {}\n\n"));
	close(fd);
}

static void a_burst_is_told_as_a_reset(void **state)
{
	struct web *web = *state;
	char text[65536] = "";
	int fd = open_stream(web, 8, "");

	for (int i = 0; i < 2000; i++)
		happen("TW/66/", 1);
	commit(web);
	assert_non_null(read_until(fd, text, sizeof(text), "id: 2000\nevent: reset\n"));
	happen("TW/66/", 1);
	commit(web);
	assert_non_null(read_until(fd, text, sizeof(text), "id: 2001\nevent: change\n"));
	close(fd);
}

static void a_slow_reader_holds_nobody_up(void **state)
{
	struct web *web = *state;
	char *text = calloc(1, 16 << 20);
	int slow = open_stream(web, 8, ""), quick = open_stream(web, 8, "");
	const char *told;
	bool follows = false;
	char wanted[64];

	/* 3 KB each, more than the slow one's socket takes; its reader comes late and is told to load again. */
	for (int i = 0; i < 3000; i++) {
		happen("TW/66/", 3000);
		if (i % 20 != 19)
			continue;
		commit(web);
		snprintf(wanted, sizeof(wanted), "id: %d\n", i + 1);
		if (!read_until(quick, text, 16 << 20, wanted))
			fail_msg("the quick reader has no %s", wanted);
		text[0] = '\0';
	}
	memset(text, 0, 16 << 20);
	assert_non_null(read_until(slow, text, 16 << 20, "event: reset\n"));
	/* Where it fell behind again meanwhile it is told so once more; then it follows like anybody. */
	for (int i = 3001; !follows && i <= 3010; i++) {
		happen("TW/66/", 1);
		commit(web);
		snprintf(wanted, sizeof(wanted), "id: %d\nevent: ", i);
		told = read_until(slow, text, 16 << 20, wanted);
		assert_non_null(told);
		follows = !strncmp(told + strlen(wanted), "change", 6);
	}
	assert_true(follows);
	close(slow);
	close(quick);
	free(text);
}

static void many_streams_end_with_the_server(void **state)
{
	struct web *web = *state;
	int fds[300];
	char byte;

	for (size_t i = 0; i < COUNT(fds); i++)
		fds[i] = open_stream(web, 7 + (int)(i % 2), "");
	assert_int_equal(live_streams(web->server), COUNT(fds));
	happen("TW/66/", 1);
	commit(web);
	server_stop(web->server);
	for (size_t i = 0; i < COUNT(fds); i++) {
		while (recv(fds[i], &byte, 1, 0) > 0)
			;
		close(fds[i]);
	}
	web_start(web, &table);
}

/* Stops the server while requests are suspended on the slow queue and the writer: all are answered. */
static void a_stop_waits_for_what_is_under_way(void **state)
{
	struct web *web = *state;
	int fds[40], answered = 0;

	atomic_store(&slept, 0);
	for (size_t i = 0; i < COUNT(fds); i++) {
		fds[i] = web_connect(web);
		web_ask(fds[i], "POST", "/api/sleep", WRITE_7, NULL, 0);
	}
	while (atomic_load(&slept) < 3)
		sleep_ms(5);
	server_stop(web->server);
	for (size_t i = 0; i < COUNT(fds); i++) {
		struct answer answer = web_answer(fds[i], false);

		answered += answer.status == 204;
		answer_free(&answer);
		close(fds[i]);
	}
	assert_int_equal(answered, atomic_load(&slept));
	assert_int_equal(web_count(web, "SELECT count(*) FROM item"), answered);
	assert_true(answered >= 3);
	web_start(web, &table);
}

static bool ends_within(int fd, int ms)
{
	uint64_t until = monotonic_us() + (uint64_t)ms * 1000;
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	char bytes[512];

	while (monotonic_us() < until)
		if (poll(&ready, 1, 20) > 0 && recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT) <= 0)
			return true;
	return false;
}

static void a_head_that_dribbles_in_is_cut_off(void **state)
{
	struct web *web = *state;
	static const char head[] = "GET /api/events HTTP/1.1\r\nHost: a\r\nX: ";
	int silent = web_connect(web), dribbling = web_connect(web);
	int body = web_connect(web);
	bool ended = false;

	web_send(dribbling, head, strlen(head));
	web_ask(body, "POST", "/api/body", WRITE_7 "Content-Length: 1000\r\n", NULL, 0);
	for (int i = 0; i < 40 && !ended; i++) {
		ended = ends_within(dribbling, 50);
		if (!ended)
			send(dribbling, "x", 1, MSG_NOSIGNAL);
		send(body, "x", 1, MSG_NOSIGNAL);
	}
	assert_true(ended);
	assert_true(ends_within(body, 2000));
	assert_true(ends_within(silent, 2000));
	close(silent);
	close(dribbling);
	close(body);
	commit(web);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(events_reach_those_in_whose_scope_they_fall, setup, teardown),
		cmocka_unit_test_setup_teardown(a_stream_goes_on_where_it_was, setup, teardown),
		cmocka_unit_test_setup_teardown(resumed_events_come_first, setup, teardown),
		cmocka_unit_test_setup_teardown(a_burst_is_told_as_a_reset, setup, teardown),
		cmocka_unit_test_setup_teardown(a_slow_reader_holds_nobody_up, setup, teardown),
		cmocka_unit_test_setup_teardown(many_streams_end_with_the_server, setup, teardown),
		cmocka_unit_test_setup_teardown(a_stop_waits_for_what_is_under_way, setup, teardown),
		cmocka_unit_test_setup_teardown(a_head_that_dribbles_in_is_cut_off, setup, teardown),
	};

	crypto_init();
	log_level_set(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
