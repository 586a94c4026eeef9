#include "db_fixture.h"

/* Schema steps: done once, in order, never when changed or unknown. */

static const char first[] = "CREATE TABLE one (id BIGINT NOT NULL PRIMARY KEY); INSERT INTO one VALUES (1);\n";
static const char second[] = "-- it's a comment; with a semicolon\n"
			     "CREATE TABLE two (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)"
			     "/*sqlite WITHOUT ROWID*/;\n"
			     "INSERT INTO two VALUES (1, 'a;b -- c'), (2, '/*sqlite lite*//*postgres gres*/');\n"
			     "/*sqlite INSERT INTO two VALUES (3, 'sqlite');*/\n"
			     "/*postgres INSERT INTO two VALUES (3, 'postgres')*/;\n";
static const char broken[] = "CREATE TABLE three (id BIGINT); INSERT INTO nowhere VALUES (1);";

static const struct migration steps[] = {
	{ 1, "0001_first.sql", first, sizeof(first) - 1 },
	{ 2, "0002_second.sql", second, sizeof(second) - 1 },
};

static enum error_code try_open(struct fixture *f, const struct migration *list, size_t count, bool apply)
{
	struct store_options options = { .url = f->url };

	error_clear(&f->err);
	f->store = store_open_with(&options, apply, list, count, 0, &f->err);
	return f->store ? ERR_none : f->err.code;
}

static char *text_of(struct fixture *f, const char *sql)
{
	struct db_rows *row;
	char *text;

	assert_true(store_read(f->store, &f->call));
	assert_true(db_query_one(&f->call, sql, DB_NONE, &row));
	assert_non_null(row);
	text = db_col_text(row, 0);
	assert_true(db_done(row));
	store_release(f->store, &f->call);
	return text;
}

static int empty(void **state, bool postgres)
{
	*state = postgres && !getenv("TEST_POSTGRES_URL") ? NULL : fixture_new(postgres, NULL);
	return 0;
}

static int empty_sqlite(void **state)
{
	return empty(state, false);
}

static int empty_postgres(void **state)
{
	return empty(state, true);
}

static void steps_are_done_once(void **state)
{
	struct fixture *f = fixture_of(state);

	assert_int_equal(try_open(f, steps, 1, false), ERR_schema_behind);
	assert_string_equal(f->err.args[0], "0001");
	assert_int_equal(try_open(f, steps, 1, true), ERR_none);
	fixture_close(f);
	assert_int_equal(try_open(f, steps, 1, false), ERR_none);
	fixture_close(f);
	assert_int_equal(try_open(f, steps, 2, false), ERR_schema_behind);
	assert_string_equal(f->err.args[0], "0002");
	assert_int_equal(try_open(f, steps, 2, true), ERR_none);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM one"), 1);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM schema_step"), 2);
	assert_string_equal(text_of(f, "SELECT name FROM schema_step WHERE number = 2"), "0002_second.sql");
	fixture_close(f);
	assert_int_equal(try_open(f, steps, 2, true), ERR_none);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM two"), 3);
}

static void comments_for_one_database(void **state)
{
	struct fixture *f = fixture_of(state);

	assert_int_equal(try_open(f, steps, 2, true), ERR_none);
	assert_string_equal(text_of(f, "SELECT name FROM two WHERE id = 1"), "a;b -- c");
	assert_string_equal(text_of(f, "SELECT name FROM two WHERE id = 2"), "/*sqlite lite*//*postgres gres*/");
	assert_string_equal(text_of(f, "SELECT name FROM two WHERE id = 3"), f->postgres ? "postgres" : "sqlite");
}

static void changed_step_is_refused(void **state)
{
	struct fixture *f = fixture_of(state);
	struct migration changed[] = { steps[0], steps[1] };

	assert_int_equal(try_open(f, steps, 2, true), ERR_none);
	fixture_close(f);
	changed[0].length--;
	assert_int_equal(try_open(f, changed, 2, true), ERR_schema_changed);
	assert_string_equal(f->err.args[0], "0001");
	assert_int_equal(try_open(f, changed, 2, false), ERR_schema_changed);
}

static void newer_step_is_refused(void **state)
{
	struct fixture *f = fixture_of(state);

	assert_int_equal(try_open(f, steps, 2, true), ERR_none);
	fixture_close(f);
	assert_int_equal(try_open(f, steps, 1, true), ERR_schema_newer);
	assert_string_equal(f->err.args[0], "0002");
	assert_int_equal(try_open(f, steps, 2, true), ERR_none);
}

static void failed_step_leaves_nothing(void **state)
{
	struct fixture *f = fixture_of(state);
	struct migration list[] = { steps[0], { 2, "0002_broken.sql", broken, sizeof(broken) - 1 } };

	assert_int_equal(try_open(f, list, 2, true), ERR_schema_step_failed);
	assert_string_equal(f->err.args[0], "0002");
	assert_non_null(strstr(f->err.args[1], "nowhere"));
	assert_int_equal(try_open(f, steps, 1, true), ERR_none);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM one"), 1);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM schema_step"), 1);
}

struct opener {
	struct fixture *f;
	pthread_t thread;
	struct store *store;
	struct error err;
};

static void *open_at_once(void *arg)
{
	struct opener *opener = arg;
	struct store_options options = { .url = opener->f->url };

	opener->store = store_open_with(&options, true, steps, 2, 0, &opener->err);
	return NULL;
}

static void two_nodes_at_once(void **state)
{
	enum { NODES = 4 };
	struct fixture *f = fixture_of(state);
	struct opener openers[NODES] = { 0 };

	for (int i = 0; i < NODES; i++) {
		openers[i].f = f;
		assert_int_equal(pthread_create(&openers[i].thread, NULL, open_at_once, &openers[i]), 0);
	}
	for (int i = 0; i < NODES; i++)
		pthread_join(openers[i].thread, NULL);
	for (int i = 0; i < NODES; i++) {
		if (!openers[i].store)
			fixture_fail(&openers[i].err);
		store_close(openers[i].store);
	}
	assert_int_equal(try_open(f, steps, 2, false), ERR_none);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM schema_step"), 2);
}

static void splits_statements(void **state)
{
	static const char text[] = " ;; a 'x;''y' ; -- only; a comment\n/* all; of it */\n"
				   " b /*sqlite c; d;*/ /*postgres e*/\n;f";
	struct arena *mem = arena_new(0);
	const char *at = migrate_expand(mem, text, sizeof(text) - 1, "sqlite");

	(void)state;
	assert_string_equal(migrate_next(mem, &at), "a 'x;''y'");
	assert_string_equal(migrate_next(mem, &at), "b  c");
	assert_string_equal(migrate_next(mem, &at), "d");
	assert_string_equal(migrate_next(mem, &at), "f");
	assert_null(migrate_next(mem, &at));
	at = migrate_expand(mem, text, sizeof(text) - 1, "postgres");
	assert_string_equal(migrate_next(mem, &at), "a 'x;''y'");
	assert_string_equal(migrate_next(mem, &at), "b    e");
	assert_string_equal(migrate_next(mem, &at), "f");
	assert_null(migrate_next(mem, &at));
	arena_free(mem);
}

static void own_steps_are_numbered(void **state)
{
	struct arena *mem = arena_new(0);
	struct error err = { 0 };
	struct migration *list;
	size_t count;

	(void)state;
	assert_true(migrate_list(mem, &list, &count, &err));
	for (size_t i = 0; i < count; i++)
		assert_true(list[i].number > (i ? list[i - 1].number : 0));
	arena_free(mem);
}

#define ON_EMPTY(test) \
	{ #test " (SQLite)", test, empty_sqlite, fixture_teardown, NULL }, \
	{ #test " (PostgreSQL)", test, empty_postgres, fixture_teardown, NULL }

static void bad_addresses(void **state)
{
	static const char *const urls[] = { "", "sqlite:", "mysql://x", "/tmp/x.db" };
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		error_clear(&err);
		assert_null(store_open(&(struct store_options){ .url = urls[i] }, true, &err));
		assert_int_equal(err.code, ERR_store_url_invalid);
	}
	error_clear(&err);
	assert_null(store_open(&(struct store_options){ .url = "sqlite:/nowhere/at/all.db" }, true, &err));
	assert_int_equal(err.code, ERR_unavailable);
	error_clear(&err);
	assert_null(store_open(&(struct store_options){ .url = "postgres://127.0.0.1:1/x" }, true, &err));
	assert_int_equal(err.code, ERR_unavailable);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_statements),
		cmocka_unit_test(own_steps_are_numbered),
		cmocka_unit_test(bad_addresses),
		ON_EMPTY(steps_are_done_once),
		ON_EMPTY(comments_for_one_database),
		ON_EMPTY(changed_step_is_refused),
		ON_EMPTY(newer_step_is_refused),
		ON_EMPTY(failed_step_leaves_nothing),
		ON_EMPTY(two_nodes_at_once),
	};

	return cmocka_run_group_tests_name("db migrate", tests, NULL, NULL);
}
