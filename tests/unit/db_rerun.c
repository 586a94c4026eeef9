#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sqlite3.h>
#include <sys/socket.h>

#include "db_fixture.h"

/* Failures that pass: a batch is run again and done exactly once. */

static const char insert_item[] = "INSERT INTO item (id, name, amount) VALUES ($1, NULL, $2)";

struct task {
	struct fixture *f;
	int runs, agains;
	const char *interfere; /* SQL of another connection, in the first run only */
	int interfere_runs;
};

static bool insert_first(struct call *c, void *arg)
{
	(void)arg;
	return db_exec(c, insert_item, DB_ARGS(db_int(1), db_int(10)));
}

/* Reads, is interfered with, and writes what it made of the read. */
static bool double_amount(struct call *c, void *arg)
{
	struct task *task = arg;
	int64_t amount;

	task->runs++;
	if (!db_query_int(c, "SELECT amount FROM item WHERE id = $1", DB_ARGS(db_int(1)), 0, &amount))
		return false;
	if (task->interfere && task->interfere_runs-- > 0)
		fixture_sql(task->f->url, task->interfere);
	return db_exec(c, "UPDATE item SET amount = $1 WHERE id = $2", DB_ARGS(db_int(amount * 2), db_int(1))) &&
	       db_exec(c, insert_item, DB_ARGS(db_int(100), db_int(0)));
}

static void conflict_is_run_again(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task task = { .f = f, .interfere = "UPDATE item SET amount = amount + 1 WHERE id = 1",
			     .interfere_runs = 2 };
	struct store_figures figures;

	assert_true(fixture_run(f, insert_first, NULL));
	assert_true(fixture_run(f, double_amount, &task));
	assert_int_equal(f->err.code, ERR_none);
	assert_int_equal(task.runs, 3);
	assert_int_equal(fixture_int(f, "SELECT amount FROM item WHERE id = 1"), 24);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
	store_figures(f->store, &figures);
	assert_int_equal(figures.reruns, 2);
	assert_int_equal(figures.commits, 2);
	assert_int_equal(figures.failures, 0);
}

static void endless_conflict_gives_up(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task task = { .f = f, .interfere = "UPDATE item SET amount = amount + 1 WHERE id = 1",
			     .interfere_runs = 1000 };
	struct store_figures figures;

	assert_true(fixture_run(f, insert_first, NULL));
	assert_false(fixture_run(f, double_amount, &task));
	assert_int_equal(f->err.code, ERR_unavailable);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 1);
	store_figures(f->store, &figures);
	assert_int_equal(figures.failures, 1);
	task.interfere = NULL;
	assert_true(fixture_run(f, double_amount, &task));
}

/* A batch in which one action keeps meeting conflicts is halved: the others are done, each once. */
struct member {
	struct write_job job;
	struct call call;
	struct error err;
	struct task task;
	int number, agains;
	atomic_int answers;
	bool ok;
};

static bool hold_writer(struct call *c, void *arg)
{
	(void)c;
	(void)arg;
	usleep(100000);
	return true;
}

static bool insert_member(struct call *c, void *arg)
{
	struct member *member = arg;

	return db_exec(c, insert_item, DB_ARGS(db_int(200 + member->number), db_int(0)));
}

static bool double_as_member(struct call *c, void *arg)
{
	return double_amount(c, &((struct member *)arg)->task);
}

static void member_again(struct write_job *job)
{
	((struct member *)job)->agains++;
}

static void member_done(struct write_job *job, bool ok)
{
	struct member *member = (struct member *)job;

	member->ok = ok;
	atomic_fetch_add(&member->answers, 1);
}

static void neighbours_of_a_conflict(void **state)
{
	enum { MEMBERS = 8, TROUBLED = 5 };
	struct fixture *f = fixture_of(state);
	struct member members[MEMBERS] = { 0 };

	assert_true(fixture_run(f, insert_first, NULL));
	for (int i = 0; i < MEMBERS; i++) {
		struct member *member = &members[i];

		member->number = i;
		member->call = (struct call){ .mem = arena_new(0), .err = &member->err };
		member->job = (struct write_job){ .act = i == 0	     ? hold_writer
							 : i == TROUBLED ? double_as_member
									 : insert_member,
						  .arg = member, .call = &member->call,
						  .done = member_done, .again = member_again };
	}
	members[TROUBLED].task = (struct task){ .f = f, .interfere = "UPDATE item SET amount = amount + 1 WHERE id = 1",
						.interfere_runs = 6 };
	for (int i = 0; i < MEMBERS; i++)
		assert_true(writer_submit(f->store, &members[i].job));
	fixture_close(f);
	for (int i = 0; i < MEMBERS; i++) {
		assert_int_equal(atomic_load(&members[i].answers), 1);
		assert_true(members[i].ok);
		assert_int_equal(members[i].err.code, ERR_none);
		arena_free(members[i].call.mem);
	}
	assert_int_equal(members[TROUBLED].task.runs, 7);
	assert_int_equal(members[TROUBLED].agains, 6);
	assert_true(members[TROUBLED - 1].agains > 0);
	assert_true(members[1].agains < 6);
	fixture_open(f, &(struct store_options){ 0 }, 0);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item WHERE id >= 200"), MEMBERS - 2);
	assert_int_equal(fixture_int(f, "SELECT amount FROM item WHERE id = 1"), 32);
}

static const char end_others[] = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
				 "WHERE datname = current_database() AND pid <> pg_backend_pid()";

static void lost_connection_is_run_again(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task task = { .f = f, .interfere = end_others, .interfere_runs = 1 };

	assert_true(fixture_run(f, insert_first, NULL));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 1);
	assert_true(fixture_run(f, double_amount, &task));
	assert_int_equal(f->err.code, ERR_none);
	assert_int_equal(task.runs, 2);
	assert_int_equal(fixture_int(f, "SELECT amount FROM item WHERE id = 1"), 20);
	/* Between batches, too; the reader's connection was ended as well. */
	fixture_sql(f->url, end_others);
	task.interfere = NULL;
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
	assert_true(fixture_run(f, insert_first, NULL) == false);
	assert_int_equal(f->err.code, ERR_internal);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
}

/*
 * Stands between the store and the server and breaks the connection about a
 * COMMIT: before the server gets it, or after the server has answered it.
 */
enum breaking { BREAK_NOTHING, BREAK_BEFORE, BREAK_AFTER };

struct proxy {
	pthread_t thread;
	int listening, port, server_port;
	atomic_int breaking, broken;
	atomic_bool stopping;
};

static int connect_to(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		fail_msg("no server at port %d", port);
	return fd;
}

static bool holds_commit(const char *bytes, ssize_t length)
{
	return length > 6 && memmem(bytes, (size_t)length, "COMMIT", 6) != NULL;
}

struct link {
	struct proxy *proxy;
	int client, server;
};

static bool pass(int from, int to, char *bytes, size_t room, ssize_t *length)
{
	*length = read(from, bytes, room);
	return *length > 0 && (to < 0 || write(to, bytes, (size_t)*length) == *length);
}

static bool break_here(struct link *link, char *bytes, size_t room, ssize_t length)
{
	int breaking = holds_commit(bytes, length) ? atomic_load(&link->proxy->breaking) : BREAK_NOTHING;

	if (breaking == BREAK_NOTHING)
		return write(link->server, bytes, (size_t)length) != length;
	atomic_store(&link->proxy->breaking, BREAK_NOTHING);
	atomic_fetch_add(&link->proxy->broken, 1);
	if (breaking == BREAK_AFTER) {
		if (write(link->server, bytes, (size_t)length) == length)
			pass(link->server, -1, bytes, room, &length); /* the answer nobody gets */
	}
	return true;
}

static void *carry(void *arg)
{
	struct link *link = arg;
	char bytes[16384];
	ssize_t length;

	for (;;) {
		struct pollfd both[] = { { link->client, POLLIN, 0 }, { link->server, POLLIN, 0 } };

		poll(both, 2, -1);
		if (both[1].revents && !pass(link->server, link->client, bytes, sizeof(bytes), &length))
			break;
		if (both[0].revents && (!pass(link->client, -1, bytes, sizeof(bytes), &length) ||
					break_here(link, bytes, sizeof(bytes), length)))
			break;
	}
	close(link->client);
	close(link->server);
	free(link);
	return NULL;
}

static void *accept_all(void *arg)
{
	struct proxy *proxy = arg;
	pthread_t threads[16];
	int count = 0;

	while (count < 16) {
		struct link *link = calloc(1, sizeof(*link));

		link->proxy = proxy;
		link->client = accept(proxy->listening, NULL, NULL);
		if (link->client < 0 || atomic_load(&proxy->stopping)) {
			if (link->client >= 0)
				close(link->client);
			free(link);
			break;
		}
		link->server = connect_to(proxy->server_port);
		pthread_create(&threads[count++], NULL, carry, link);
	}
	for (int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	return NULL;
}

static void proxy_start(struct proxy *proxy, int server_port)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);

	memset(proxy, 0, sizeof(*proxy));
	proxy->server_port = server_port;
	proxy->listening = socket(AF_INET, SOCK_STREAM, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(proxy->listening, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(proxy->listening, 16), 0);
	assert_int_equal(getsockname(proxy->listening, (struct sockaddr *)&address, &size), 0);
	proxy->port = ntohs(address.sin_port);
	assert_int_equal(pthread_create(&proxy->thread, NULL, accept_all, proxy), 0);
}

/* The store is closed before: all links have ended. */
static void proxy_stop(struct proxy *proxy)
{
	atomic_store(&proxy->stopping, true);
	close(connect_to(proxy->port));
	pthread_join(proxy->thread, NULL);
	close(proxy->listening);
}

static void broken_commit_is_done_once(void **state)
{
	static const enum breaking ways[] = { BREAK_AFTER, BREAK_BEFORE };
	struct fixture *f = fixture_of(state);
	const char *host = "@127.0.0.1:";
	char *port = strstr(f->url, host), direct[sizeof(f->url)];
	struct proxy proxy;

	if (!port)
		skip(); /* a server the test cannot stand before */
	port += strlen(host);
	snprintf(direct, sizeof(direct), "%s", f->url);
	fixture_close(f);
	proxy_start(&proxy, (int)strtol(port, NULL, 10));
	snprintf(f->url, sizeof(f->url), "%.*s%d%s", (int)(port - f->url), direct, proxy.port,
		 strchr(direct + (port - f->url), '/'));
	fixture_open(f, &(struct store_options){ 0 }, 0);
	assert_true(fixture_run(f, insert_first, NULL));
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct task task = { .f = f };

		fixture_sql(direct, "DELETE FROM item WHERE id = 100");
		fixture_sql(direct, "UPDATE item SET amount = 10");
		atomic_store(&proxy.breaking, ways[i]);
		assert_true(fixture_run(f, double_amount, &task));
		assert_int_equal(atomic_load(&proxy.broken), i + 1);
		assert_int_equal(task.runs, ways[i] == BREAK_AFTER ? 1 : 2);
		assert_int_equal(fixture_int(f, "SELECT amount FROM item WHERE id = 1"), 20);
		assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
	}
	fixture_close(f);
	proxy_stop(&proxy);
}

/* Another process, a command line tool, holds the SQLite file for a moment. */
static void *hold_lock(void *arg)
{
	sqlite3 *other = arg;

	sqlite3_sleep(400);
	sqlite3_exec(other, "COMMIT", NULL, NULL, NULL);
	return NULL;
}

static void held_lock_is_waited_for(void **state)
{
	struct fixture *f = fixture_of(state);
	pthread_t thread;
	sqlite3 *other;

	assert_int_equal(sqlite3_open(f->url + strlen("sqlite:"), &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE; INSERT INTO item (id) VALUES (7)", NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(pthread_create(&thread, NULL, hold_lock, other), 0);
	assert_true(fixture_run(f, insert_first, NULL));
	pthread_join(thread, NULL);
	sqlite3_close(other);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "conflict_is_run_again (PostgreSQL)", conflict_is_run_again, fixture_postgres, fixture_teardown, NULL },
		{ "endless_conflict_gives_up (PostgreSQL)", endless_conflict_gives_up, fixture_postgres,
		  fixture_teardown, NULL },
		{ "neighbours_of_a_conflict (PostgreSQL)", neighbours_of_a_conflict, fixture_postgres, fixture_teardown,
		  NULL },
		{ "lost_connection_is_run_again (PostgreSQL)", lost_connection_is_run_again, fixture_postgres,
		  fixture_teardown, NULL },
		{ "broken_commit_is_done_once (PostgreSQL)", broken_commit_is_done_once, fixture_postgres,
		  fixture_teardown, NULL },
		{ "held_lock_is_waited_for (SQLite)", held_lock_is_waited_for, fixture_sqlite, fixture_teardown, NULL },
	};

	return cmocka_run_group_tests_name("db rerun", tests, NULL, NULL);
}
