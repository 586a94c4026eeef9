#include <pthread.h>
#include <sys/stat.h>

#include "db_fixture.h"

/* Readers and the store as a whole: snapshots, waiting, copies, a full disk. */

static const char insert_item[] = "INSERT INTO item (id, name, amount) VALUES ($1, $2, $3)";

static bool insert_number(struct call *c, void *arg)
{
	return db_exec(c, insert_item, DB_ARGS(db_int(*(int64_t *)arg), db_null(), db_int(1)));
}

static int64_t count_in(struct call *c)
{
	int64_t count = -1;

	if (!db_query_int(c, "SELECT COUNT(*) FROM item", DB_NONE, -1, &count))
		fixture_fail(c->err);
	return count;
}

static void snapshots_stand_still(void **state)
{
	struct fixture *f = fixture_of(state);
	struct error err = { 0 };
	struct call reader = { .mem = f->mem, .err = &err };
	int64_t number = 1;

	assert_true(fixture_run(f, insert_number, &number));
	assert_true(store_read(f->store, &reader));
	assert_int_equal(count_in(&reader), 1);
	number = 2;
	assert_true(fixture_run(f, insert_number, &number));
	assert_int_equal(count_in(&reader), 1);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
	store_release(f->store, &reader);
	assert_null(reader.db);
	assert_true(store_read(f->store, &reader));
	assert_int_equal(count_in(&reader), 2);
	store_release(f->store, &reader);
}

/* Rows being read while the writer goes on are those of the snapshot. */
static void rows_outlive_commits(void **state)
{
	struct fixture *f = fixture_of(state);
	struct error err = { 0 };
	struct call reader = { .mem = f->mem, .err = &err };
	struct db_rows *rows;
	int64_t number, seen = 0;

	for (number = 1; number <= 5; number++)
		assert_true(fixture_run(f, insert_number, &number));
	assert_true(store_read(f->store, &reader));
	rows = db_query(&reader, "SELECT id FROM item ORDER BY id", DB_NONE);
	while (db_next(rows)) {
		assert_int_equal(db_col_int(rows, 0), ++seen);
		number = 10 + seen;
		assert_true(fixture_run(f, insert_number, &number));
	}
	assert_true(db_done(rows));
	assert_int_equal(seen, 5);
	store_release(f->store, &reader);
}

struct waiting {
	struct fixture *f;
	int64_t count;
};

static void *read_waiting(void *arg)
{
	struct waiting *own = arg;
	struct error err = { 0 };
	struct call c = { .mem = arena_new(0), .err = &err };

	if (store_read(own->f->store, &c))
		own->count = count_in(&c);
	store_release(own->f->store, &c);
	arena_free(c.mem);
	return NULL;
}

static void readers_are_waited_for(void **state)
{
	enum { WAITING = 4 };
	struct fixture *f = fixture_of(state);
	struct waiting waiting[WAITING];
	pthread_t threads[WAITING];
	struct store_figures figures;

	fixture_close(f);
	fixture_open(f, &(struct store_options){ .readers = 1 }, 0);
	assert_true(store_read(f->store, &f->call));
	store_figures(f->store, &figures);
	assert_int_equal(figures.readers_busy, 1);
	for (int i = 0; i < WAITING; i++) {
		waiting[i] = (struct waiting){ f, -1 };
		assert_int_equal(pthread_create(&threads[i], NULL, read_waiting, &waiting[i]), 0);
	}
	usleep(50000);
	store_release(f->store, &f->call);
	for (int i = 0; i < WAITING; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(waiting[i].count, 0);
	}
	store_figures(f->store, &figures);
	assert_int_equal(figures.readers_busy, 0);
}

static void copy_while_in_use(void **state)
{
	struct fixture *f = fixture_of(state);
	char path[128], url[160];
	struct store *copy;
	struct call c = { .mem = f->mem, .err = &f->err };
	struct stat info;
	int64_t number = 1, count;

	assert_true(fixture_run(f, insert_number, &number));
	snprintf(path, sizeof(path), "%s/copy.db", f->folder);
	if (f->postgres) {
		assert_false(store_backup(f->store, path, &f->err));
		assert_int_equal(f->err.code, ERR_backup_use_pg_dump);
		return;
	}
	assert_true(store_read(f->store, &f->call)); /* a snapshot is open meanwhile */
	assert_int_equal(count_in(&f->call), 1);
	assert_true(store_backup(f->store, path, &f->err));
	store_release(f->store, &f->call);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_false(store_backup(f->store, path, &f->err)); /* never over a file */
	assert_int_equal(f->err.code, ERR_backup_failed);
	error_clear(&f->err);
	number = 2;
	assert_true(fixture_run(f, insert_number, &number));
	snprintf(url, sizeof(url), "sqlite:%s", path);
	copy = store_open_with(&(struct store_options){ .url = url }, false, fixture_steps, 1, 0, &f->err);
	if (!copy)
		fixture_fail(&f->err);
	assert_true(store_read(copy, &c));
	count = count_in(&c);
	store_release(copy, &c);
	store_close(copy);
	assert_int_equal(count, 1);
}

static void file_is_private(void **state)
{
	struct fixture *f = fixture_of(state);
	char path[128];
	struct stat info;
	static const char *const names[] = { "unit.db", "unit.db-wal" };

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", f->folder, names[i]);
		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 0777, 0600);
	}
}

static bool insert_large(struct call *c, void *arg)
{
	size_t length = 400000;
	char *text = arena_alloc(c->mem, length);

	memset(text, 'x', length);
	return db_exec(c, insert_item, DB_ARGS(db_int(*(int64_t *)arg), db_text_n(text, length), db_int(1)));
}

static bool delete_all(struct call *c, void *arg)
{
	(void)arg;
	return db_exec(c, "DELETE FROM item", DB_NONE);
}

static void full_disk_passes(void **state)
{
	struct fixture *f = fixture_of(state);
	struct store_figures figures;
	int64_t number = 1;

	fixture_close(f);
	fixture_open(f, &(struct store_options){ 0 }, 60);
	assert_true(fixture_run(f, insert_number, &number));
	number = 2;
	assert_false(fixture_run(f, insert_large, &number));
	assert_int_equal(f->err.code, ERR_unavailable);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 1);
	/* What needs no more room is still done, and large things again when there is room. */
	number = 3;
	assert_true(fixture_run(f, insert_number, &number));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
	store_figures(f->store, &figures);
	assert_int_equal(figures.failures, 1);
	fixture_close(f);
	fixture_open(f, &(struct store_options){ 0 }, 0);
	number = 2;
	assert_true(fixture_run(f, insert_large, &number));
	assert_true(fixture_run(f, delete_all, NULL));
}

/* More pages than START_PAGES of sqlite_checkpoint.c: the log is moved while writes and reads go on. */
static void log_is_moved_meanwhile(void **state)
{
	struct fixture *f = fixture_of(state);
	char path[128];
	struct stat info = { 0 };

	for (int64_t number = 1; number <= 60; number++) {
		arena_reset(f->mem);
		assert_true(fixture_run(f, insert_large, &number));
		assert_true(fixture_run(f, delete_all, NULL));
	}
	snprintf(path, sizeof(path), "%s/unit.db", f->folder);
	for (int tries = 0; tries < 100 && info.st_size < 400000; tries++) {
		usleep(20000);
		assert_int_equal(stat(path, &info), 0);
	}
	assert_true(info.st_size >= 400000);
}

/* Every reader of the pool at work at once beside the writer. */
enum { THREADS = 12, ROUNDS = 200 };

static void *read_often(void *arg)
{
	struct waiting *own = arg;
	struct error err = { 0 };
	struct call c = { .mem = arena_new(0), .err = &err };
	int64_t last = 0;

	for (int i = 0; i < ROUNDS; i++) {
		int64_t count;

		arena_reset(c.mem);
		if (!store_read(own->f->store, &c))
			break;
		count = count_in(&c);
		if (count < last)
			break;
		last = count;
		store_release(own->f->store, &c);
		own->count++;
	}
	store_release(own->f->store, &c);
	arena_free(c.mem);
	return NULL;
}

static void many_readers(void **state)
{
	struct fixture *f = fixture_of(state);
	struct waiting waiting[THREADS];
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++) {
		waiting[i] = (struct waiting){ f, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, read_often, &waiting[i]), 0);
	}
	for (int64_t number = 1; number <= 50; number++)
		assert_true(fixture_run(f, insert_number, &number));
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(waiting[i].count, ROUNDS);
	}
}

static void kind_is_told(void **state)
{
	struct fixture *f = fixture_of(state);

	assert_string_equal(store_kind(f->store), f->postgres ? "postgres" : "sqlite");
}

static void linguistic_order_is_refused(void **state)
{
	struct fixture *f = fixture_of(state);
	char sql[160];
	struct error err = { 0 };

	fixture_close(f);
	snprintf(sql, sizeof(sql), "DROP DATABASE %s", f->database);
	fixture_sql(getenv("TEST_POSTGRES_URL"), sql);
	snprintf(sql, sizeof(sql), "CREATE DATABASE %s TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'", f->database);
	fixture_sql(getenv("TEST_POSTGRES_URL"), sql);
	assert_null(store_open_with(&(struct store_options){ .url = f->url }, true, fixture_steps, 1, 0, &err));
	assert_int_equal(err.code, ERR_store_collation);
	assert_non_null(strstr(err.args[0], "SQL_ASCII"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(kind_is_told),
		ON_BOTH(snapshots_stand_still),
		ON_BOTH(rows_outlive_commits),
		ON_BOTH(readers_are_waited_for),
		ON_BOTH(many_readers),
		ON_BOTH(copy_while_in_use),
		{ "file_is_private (SQLite)", file_is_private, fixture_sqlite, fixture_teardown, NULL },
		{ "full_disk_passes (SQLite)", full_disk_passes, fixture_sqlite, fixture_teardown, NULL },
		{ "log_is_moved_meanwhile (SQLite)", log_is_moved_meanwhile, fixture_sqlite, fixture_teardown, NULL },
		{ "linguistic_order_is_refused (PostgreSQL)", linguistic_order_is_refused, fixture_postgres,
		  fixture_teardown, NULL },
	};

	return cmocka_run_group_tests_name("db store", tests, NULL, NULL);
}
