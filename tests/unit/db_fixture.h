#ifndef DB_FIXTURE_H
#define DB_FIXTURE_H

/* Opens a fresh store per test: a SQLite file, or a database of its own on the server TEST_POSTGRES_URL names. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "db/db.h"
#include "db/db_driver.h"
#include "db/migrate.h"
#include "db/store.h"
#include "db/store_internal.h"
#include "db/writer.h"

struct fixture {
	bool postgres;
	char folder[64];    /* of the SQLite file */
	char database[64];  /* on the server */
	char url[1024];
	struct store *store;
	struct error err;
	struct arena *mem;
	struct call call;
};

#define FIXTURE_FIRST \
	"CREATE TABLE item (id BIGINT NOT NULL PRIMARY KEY, name TEXT, amount BIGINT);\n" \
	"CREATE UNIQUE INDEX item_name ON item (name);\n" \
	"CREATE TABLE event (id BIGINT NOT NULL PRIMARY KEY, kind TEXT);\n"

static const struct migration fixture_steps[] = {
	{ 1, "0001_first.sql", FIXTURE_FIRST, sizeof(FIXTURE_FIRST) - 1 },
};

static inline void fixture_fail(const struct error *err)
{
	fail_msg("%s: %s", error_word(err->code), err->trace);
}

static inline void fixture_sql(const char *url, const char *sql)
{
	PGconn *connection = PQconnectdb(url);
	PGresult *result = PQexec(connection, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(connection));
	PQclear(result);
	PQfinish(connection);
}

/* The server's URL with another database's name. */
static inline void fixture_url(struct fixture *f, const char *server)
{
	const char *path = strchr(strstr(server, "//") + 2, '/');
	const char *query = path ? strchr(path, '?') : NULL;
	size_t head = path ? (size_t)(path - server) : strlen(server);

	snprintf(f->url, sizeof(f->url), "%.*s/%s%s", (int)head, server, f->database, query ? query : "");
}

static inline void fixture_copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t copied;

	while ((copied = copy_file_range(in, NULL, out, NULL, 1 << 30, 0)) > 0)
		;
	assert_int_equal(copied, 0);
	close(in);
	close(out);
}

/* An empty store or a copy of `model`, whose store is closed. */
static inline struct fixture *fixture_new(bool postgres, const struct fixture *model)
{
	static int counter;
	struct fixture *f = calloc(1, sizeof(*f));

	f->postgres = postgres;
	f->mem = arena_new(0);
	f->call = (struct call){ .mem = f->mem, .now = 1778900000000, .err = &f->err };
	if (postgres) {
		const char *server = getenv("TEST_POSTGRES_URL");
		char sql[192];

		snprintf(f->database, sizeof(f->database), "unit_%ld_%d", (long)getpid(), ++counter);
		snprintf(sql, sizeof(sql), "CREATE DATABASE %s TEMPLATE %s", f->database,
			 model ? model->database : "template0");
		fixture_sql(server, sql);
		fixture_url(f, server);
	} else {
		snprintf(f->folder, sizeof(f->folder), "/tmp/theodoi-unit-XXXXXX");
		assert_non_null(mkdtemp(f->folder));
		snprintf(f->url, sizeof(f->url), "sqlite:%s/unit.db", f->folder);
		if (model)
			fixture_copy_file(model->url + strlen("sqlite:"), f->url + strlen("sqlite:"));
	}
	return f;
}

static inline void fixture_open(struct fixture *f, const struct store_options *options, int64_t max_pages)
{
	struct store_options with = *options;

	with.url = f->url;
	f->store = store_open_with(&with, true, fixture_steps, sizeof(fixture_steps) / sizeof(fixture_steps[0]),
				   max_pages, &f->err);
	if (!f->store)
		fixture_fail(&f->err);
}

static inline void fixture_close(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

static inline void fixture_free(struct fixture *f)
{
	if (f->store)
		store_release(f->store, &f->call); /* of a test that failed in the middle */
	fixture_close(f);
	arena_free(f->mem);
	if (f->postgres) {
		char sql[128];

		snprintf(sql, sizeof(sql), "DROP DATABASE %s WITH (FORCE)", f->database);
		fixture_sql(getenv("TEST_POSTGRES_URL"), sql);
	} else {
		static const char *const names[] = { "unit.db", "unit.db-wal", "unit.db-shm", "copy.db" };
		char path[128];

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			snprintf(path, sizeof(path), "%s/%s", f->folder, names[i]);
			unlink(path);
		}
		rmdir(f->folder);
	}
	free(f);
}

/* cmocka's set-up and tear-down: a store with the usual options. */
static inline int fixture_setup(void **state, bool postgres)
{
	struct fixture *f;

	if (postgres && !getenv("TEST_POSTGRES_URL")) {
		*state = NULL;
		return 0;
	}
	f = fixture_new(postgres, NULL);
	fixture_open(f, &(struct store_options){ 0 }, 0);
	*state = f;
	return 0;
}

static inline int fixture_sqlite(void **state)
{
	return fixture_setup(state, false);
}

static inline int fixture_postgres(void **state)
{
	return fixture_setup(state, true);
}

static inline int fixture_teardown(void **state)
{
	if (*state)
		fixture_free(*state);
	return 0;
}

/* Shows a test as skipped where there is no server. */
static inline struct fixture *fixture_of(void **state)
{
	if (!*state)
		skip();
	return *state;
}

/* What an action may do in a test, run and waited for. */
static inline bool fixture_run(struct fixture *f, write_action act, void *arg)
{
	error_clear(&f->err);
	return writer_run(f->store, &f->call, act, arg);
}

static inline int64_t fixture_int(struct fixture *f, const char *sql)
{
	int64_t value = 0;

	error_clear(&f->err);
	assert_true(store_read(f->store, &f->call));
	if (!db_query_int(&f->call, sql, DB_NONE, -1, &value))
		fixture_fail(&f->err);
	store_release(f->store, &f->call);
	return value;
}

#define ON_BOTH(test) \
	{ #test " (SQLite)", test, fixture_sqlite, fixture_teardown, NULL }, \
	{ #test " (PostgreSQL)", test, fixture_postgres, fixture_teardown, NULL }

#endif
