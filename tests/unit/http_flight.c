#include "http_fixture.h"

#include "base/log.h"

/* A shared reply that many ask for is worked out once, and nobody gets one that is older than what he may see. */

enum { ASKING = 12 };
#define AS_9 "Cookie: theodoi_session=user-9\r\n" /* sees what 7 sees */
#define NEWEST "Cache-Control: no-cache\r\n"

static atomic_int runs;
static atomic_bool held;

static void wait_for(atomic_long *counter, long wanted)
{
	while (atomic_load(counter) != wanted)
		sleep_ms(1);
}

static void wait_for_run(int wanted)
{
	while (atomic_load(&runs) < wanted)
		sleep_ms(1);
}

/* Tells which run it is and what it sees, and lets nobody go while it is held. */
static bool read_shared(struct request *r)
{
	int64_t items = 0;
	int run;

	r->call.right_checked = true;
	if (!db_query_int(&r->call, "SELECT count(*) FROM item", DB_NONE, 0, &items))
		return false;
	run = atomic_fetch_add(&runs, 1) + 1;
	while (atomic_load(&held))
		sleep_ms(1);
	json_object(&r->json, NULL);
	json_int(&r->json, "run", run);
	json_int(&r->json, "items", items);
	json_int(&r->json, "account", web_account(r));
	json_end(&r->json);
	return true;
}

static bool refuse_shared(struct request *r)
{
	r->call.right_checked = true;
	atomic_fetch_add(&runs, 1);
	while (atomic_load(&held))
		sleep_ms(1);
	return error_set(r->call.err, ERR_not_found, NULL, NULL);
}

static bool add_item(struct request *r)
{
	r->call.right_checked = true;
	return db_exec(&r->call, "INSERT INTO item (id, name) VALUES ($1, $2)",
		       DB_ARGS(db_int(id_next(r->call.now)), db_text("x")));
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/shared", .flags = ROUTE_SHARED, .act = read_shared },
	{ .method = "GET", .path = "/api/refused", .flags = ROUTE_SHARED, .act = refuse_shared },
	{ .method = "POST", .path = "/api/items", .act = add_item },
};
static const struct route_table table = { "test", routes, COUNT(routes) };

static int setup(void **state, bool postgres)
{
	struct web *web = web_new(postgres);

	*state = web;
	atomic_store(&runs, 0);
	atomic_store(&held, true);
	if (web->db)
		web_start(web, &table);
	return 0;
}

static int setup_sqlite(void **state)
{
	return setup(state, false);
}

static int setup_postgres(void **state)
{
	return setup(state, true);
}

static int teardown(void **state)
{
	atomic_store(&held, false);
	web_free(*state);
	return 0;
}

static struct web *web_of(void **state)
{
	struct web *web = *state;

	if (!web->db)
		skip();
	return web;
}

static int ask(const struct web *web, const char *path, const char *headers)
{
	int fd = web_connect(web);

	web_ask(fd, "GET", path, headers, NULL, 0);
	return fd;
}

static void expect(int fd, int status, const char *wanted)
{
	struct answer answer = web_answer(fd, false);

	assert_int_equal(answer.status, status);
	if (!strstr(answer.body, wanted))
		fail_msg("no %s in %s", wanted, answer.body);
	answer_free(&answer);
	close(fd);
}

static void who_asks_for_the_same_waits_for_one_reply(void **state)
{
	struct web *web = web_of(state);
	int fds[ASKING];

	for (int i = 0; i < ASKING; i++)
		fds[i] = ask(web, "/api/shared", i % 2 ? AS_7 : AS_9);
	wait_for(&web->server->waiting, ASKING);
	/* no worker is held up meanwhile */
	web_expect(web, "GET", "/healthz", "", NULL, 200, NULL);
	atomic_store(&held, false);
	for (int i = 0; i < ASKING; i++)
		expect(fds[i], 200, "\"run\":1,");
	assert_int_equal(atomic_load(&runs), 1);
}

static void who_sees_something_else_does_not_wait_for_it(void **state)
{
	struct web *web = web_of(state);
	int mine = ask(web, "/api/shared", AS_7);
	int other = ask(web, "/api/shared", "Cookie: theodoi_session=user-8\r\n");

	wait_for(&web->server->waiting, 2);
	atomic_store(&held, false);
	expect(mine, 200, "\"account\":7");
	expect(other, 200, "\"account\":8");
	assert_int_equal(atomic_load(&runs), 2);
}

static void what_was_read_before_a_write_does_not_answer_its_writer(void **state)
{
	struct web *web = web_of(state);
	int before = ask(web, "/api/shared", AS_9), writer, newest;

	wait_for_run(1);
	web_expect(web, "POST", "/api/items", WRITE_7, "", 204, NULL);
	writer = ask(web, "/api/shared", AS_7);
	newest = ask(web, "/api/shared", AS_9 NEWEST);
	wait_for(&web->server->waiting, 3);
	atomic_store(&held, false);
	expect(before, 200, "\"items\":0");
	expect(writer, 200, "\"items\":1");
	expect(newest, 200, "\"items\":1");
	assert_int_equal(atomic_load(&runs), 2);
}

static void each_is_refused_for_himself(void **state)
{
	struct web *web = web_of(state);
	int fds[ASKING];

	for (int i = 0; i < ASKING; i++)
		fds[i] = ask(web, "/api/refused", AS_7);
	wait_for(&web->server->waiting, ASKING);
	atomic_store(&held, false);
	for (int i = 0; i < ASKING; i++)
		expect(fds[i], 404, "\"code\":\"not_found\"");
	assert_int_equal(atomic_load(&runs), ASKING + 1);
}

static void who_leaves_is_not_answered(void **state)
{
	struct web *web = web_of(state);
	int gone = ask(web, "/api/shared", AS_7), stays = ask(web, "/api/shared", AS_7);

	wait_for(&web->server->waiting, 2);
	close(gone);
	atomic_store(&held, false);
	expect(stays, 200, "\"run\":1,");
	wait_for(&web->server->waiting, 0);
}

#define BOTH(test) \
	cmocka_unit_test_setup_teardown(test, setup_sqlite, teardown), \
	{ #test " (postgres)", test, setup_postgres, teardown, NULL }

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(who_asks_for_the_same_waits_for_one_reply),
		BOTH(who_sees_something_else_does_not_wait_for_it),
		BOTH(what_was_read_before_a_write_does_not_answer_its_writer),
		BOTH(each_is_refused_for_himself),
		BOTH(who_leaves_is_not_answered),
	};

	crypto_init();
	log_level_set(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
