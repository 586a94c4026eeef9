#include "db_fixture.h"

/* Statements, values and rows, the same on both databases. */

static bool insert_kinds(struct call *c, void *arg)
{
	(void)arg;
	return db_exec(c, "INSERT INTO item (id, name, amount) VALUES ($1, $2, $3)",
		       DB_ARGS(db_int(INT64_MAX), db_text("Hoà Bình 'x' $1"), db_int(INT64_MIN))) &&
	       db_exec(c, "INSERT INTO item (id, name, amount) VALUES ($1, $2, $3)",
		       DB_ARGS(db_int(-1), db_null(), db_null())) &&
	       db_exec(c, "INSERT INTO item (amount, id, name) VALUES ($3, $1, $2)",
		       DB_ARGS(db_int(0), db_text_n("cut here", 3), db_int(7)));
}

static void keeps_types_and_null(void **state)
{
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	struct db_rows *rows;

	assert_true(fixture_run(f, insert_kinds, NULL));
	assert_true(store_read(f->store, c));
	rows = db_query(c, "SELECT id, name, amount FROM item ORDER BY id", DB_NONE);
	assert_true(db_next(rows));
	assert_int_equal(db_col_int(rows, 0), -1);
	assert_true(db_col_null(rows, 1));
	assert_null(db_col_text(rows, 1));
	assert_null(db_col_peek(rows, 1));
	assert_true(db_col_null(rows, 2));
	assert_int_equal(db_col_int(rows, 2), 0);
	assert_true(db_next(rows));
	assert_int_equal(db_col_int(rows, 0), 0);
	assert_string_equal(db_col_text(rows, 1), "cut");
	assert_int_equal(db_col_int(rows, 2), 7);
	assert_true(db_next(rows));
	assert_true(db_col_int(rows, 0) == INT64_MAX);
	assert_true(db_col_int(rows, 2) == INT64_MIN);
	assert_false(db_col_null(rows, 2));
	assert_string_equal(db_col_peek(rows, 1), "Hoà Bình 'x' $1");
	assert_false(db_next(rows));
	assert_true(db_done(rows));
	store_release(f->store, c);
}

static bool insert_many(struct call *c, void *arg)
{
	struct db_value values[3 * 1000];
	size_t rows = *(size_t *)arg;

	for (size_t i = 0; i < rows; i++) {
		values[i * 3] = db_int((int64_t)(rows - i));
		values[i * 3 + 1] = i % 2 ? db_null() : db_text("");
		values[i * 3 + 2] = db_int((int64_t)i);
	}
	return db_exec_many(c, "INSERT INTO item (id, name, amount) VALUES ($1, CASE WHEN $2 = '' THEN NULL ELSE $2 END, $3)",
			    values, rows, 3);
}

static void many_rows_in_order(void **state)
{
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	size_t count = 1000;
	int64_t at = 0;
	struct db_rows *rows;

	assert_true(fixture_run(f, insert_many, &count));
	assert_true(store_read(f->store, c));
	rows = db_query(c, "SELECT id, amount FROM item WHERE id > $1 ORDER BY id DESC", DB_ARGS(db_int(0)));
	while (db_next(rows)) {
		assert_int_equal(db_col_int(rows, 0), 1000 - at);
		assert_int_equal(db_col_int(rows, 1), at);
		at++;
	}
	assert_true(db_done(rows));
	assert_int_equal(at, 1000);
	store_release(f->store, c);
	count = 0;
	assert_true(fixture_run(f, insert_many, &count));
}

static bool count_changed(struct call *c, void *arg)
{
	size_t rows = 10;

	return insert_many(c, &rows) &&
	       db_exec_count(c, "UPDATE item SET amount = amount + 1 WHERE id <= $1", DB_ARGS(db_int(4)), arg);
}

static void tells_how_many_changed(void **state)
{
	struct fixture *f = fixture_of(state);
	int64_t changed = -1;

	assert_true(fixture_run(f, count_changed, &changed));
	assert_int_equal(changed, 4);
}

static void one_row_or_none(void **state)
{
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	struct db_rows *row;
	int64_t value;

	assert_true(fixture_run(f, insert_kinds, NULL));
	assert_true(store_read(f->store, c));
	assert_true(db_query_one(c, "SELECT name FROM item WHERE id = $1", DB_ARGS(db_int(0)), &row));
	assert_non_null(row);
	assert_string_equal(db_col_text(row, 0), "cut");
	assert_true(db_done(row));
	assert_true(db_query_one(c, "SELECT name FROM item WHERE id = $1", DB_ARGS(db_int(99)), &row));
	assert_null(row);
	assert_true(db_query_int(c, "SELECT amount FROM item WHERE id = $1", DB_ARGS(db_int(99)), 5, &value));
	assert_int_equal(value, 5);
	assert_true(db_query_int(c, "SELECT amount FROM item WHERE id = $1", DB_ARGS(db_int(-1)), 6, &value));
	assert_int_equal(value, 6);
	assert_true(db_query_int(c, "SELECT SUM(amount) FROM item WHERE id = $1", DB_ARGS(db_int(0)), 6, &value));
	assert_int_equal(value, 7);
	assert_true(db_query_int(c, "SELECT id = 0 FROM item WHERE id = $1", DB_ARGS(db_int(0)), 6, &value));
	assert_int_equal(value, 1);
	store_release(f->store, c);
}

static void optional_filter(void **state)
{
#define FILTERED \
	"SELECT COUNT(*) FROM item WHERE (CAST($1 AS BIGINT) IS NULL OR id = $1) AND (CAST($2 AS TEXT) IS NULL OR name = $2)"
	static const char *const forms[] = { FILTERED, DB_PLANNED FILTERED };
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	int64_t value;

	assert_true(fixture_run(f, insert_kinds, NULL));
	assert_true(store_read(f->store, c));
	for (size_t i = 0; i < 2; i++) {
		assert_true(db_query_int(c, forms[i], DB_ARGS(db_null(), db_null()), -1, &value));
		assert_int_equal(value, 3);
		assert_true(db_query_int(c, forms[i], DB_ARGS(db_int(-1), db_null()), -1, &value));
		assert_int_equal(value, 1);
		assert_true(db_query_int(c, forms[i], DB_ARGS(db_null(), db_text("cut")), -1, &value));
		assert_int_equal(value, 1);
	}
	store_release(f->store, c);
}

/* The same text nested in itself, and rows left open. */
static void nested_queries(void **state)
{
	static const char sql[] = "SELECT id FROM item ORDER BY id";
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	int pairs = 0;

	assert_true(fixture_run(f, insert_kinds, NULL));
	for (int time = 0; time < 3; time++) {
		struct db_rows *outer, *inner, *left_open;

		pairs = 0;
		assert_true(store_read(f->store, c));
		left_open = db_query(c, sql, DB_NONE);
		assert_true(db_next(left_open));
		outer = db_query(c, sql, DB_NONE);
		while (db_next(outer)) {
			inner = db_query(c, sql, DB_NONE);
			while (db_next(inner))
				pairs++;
			assert_true(db_done(inner));
		}
		assert_true(db_done(outer));
		assert_int_equal(pairs, 9);
		store_release(f->store, c);
	}
}

static void byte_order_of_text(void **state)
{
	struct fixture *f = fixture_of(state);

	assert_int_equal(fixture_int(f, "SELECT CASE WHEN 'a' < 'B' THEN 1 ELSE 0 END"), 0);
	assert_int_equal(fixture_int(f, "SELECT CASE WHEN 'A' LIKE 'a%' THEN 1 ELSE 0 END"), 0);
	assert_int_equal(fixture_int(f, "SELECT CASE WHEN '01.02' < '01.02.03' THEN 1 ELSE 0 END"), 1);
}

static void bad_statement_is_internal(void **state)
{
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	struct db_rows *rows;

	assert_true(store_read(f->store, c));
	rows = db_query(c, "SELECT nothing FROM nowhere", DB_NONE);
	assert_false(db_next(rows));
	assert_false(db_done(rows));
	assert_int_equal(f->err.code, ERR_internal);
	assert_non_null(strstr(f->err.trace, "nowhere"));
	store_release(f->store, c);
	error_clear(&f->err);
	assert_true(store_read(f->store, c));
	rows = db_query(c, DB_PLANNED "SELECT nothing FROM nowhere", DB_NONE);
	assert_false(db_done(rows));
	assert_int_equal(f->err.code, ERR_internal);
	/* Nothing more is answered from what may be half a state. */
	error_clear(&f->err);
	rows = db_query(c, "SELECT 1", DB_NONE);
	assert_false(db_done(rows));
	store_release(f->store, c);
	assert_int_equal(fixture_int(f, "SELECT 1"), 1);
}

static void wrong_number_of_arguments(void **state)
{
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	int64_t value;

	assert_true(store_read(f->store, c));
	assert_false(db_query_int(c, "SELECT CAST($1 AS BIGINT) + CAST($2 AS BIGINT)", DB_ARGS(db_int(1)), 0, &value));
	assert_int_equal(f->err.code, ERR_internal);
	store_release(f->store, c);
}

static void readers_do_not_write(void **state)
{
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;

	assert_true(store_read(f->store, c));
	assert_false(db_writable(c->db));
	assert_false(db_exec(c, "INSERT INTO item (id) VALUES ($1)", DB_ARGS(db_int(1))));
	assert_int_equal(f->err.code, ERR_internal);
	store_release(f->store, c);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 0);
}

static void cache_of_statements_is_bounded(void **state)
{
	struct fixture *f = fixture_of(state);
	struct call *c = &f->call;
	struct db_rows *open;
	int64_t value;

	assert_true(store_read(f->store, c));
	open = db_query(c, "SELECT 1 AS one", DB_NONE);
	assert_true(db_next(open));
	for (int i = 0; i < DB_CACHE_MAX + 10; i++) {
		char *sql = arena_printf(f->mem, "%s %d", "SELECT", i);

		assert_true(db_query_int(c, sql, DB_NONE, -1, &value));
		assert_int_equal(value, i);
		assert_true(c->db->cached <= DB_CACHE_MAX + 1);
	}
	assert_int_equal(db_col_int(open, 0), 1);
	assert_true(db_done(open));
	store_release(f->store, c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(keeps_types_and_null),
		ON_BOTH(many_rows_in_order),
		ON_BOTH(tells_how_many_changed),
		ON_BOTH(one_row_or_none),
		ON_BOTH(optional_filter),
		ON_BOTH(nested_queries),
		ON_BOTH(byte_order_of_text),
		ON_BOTH(bad_statement_is_internal),
		ON_BOTH(wrong_number_of_arguments),
		ON_BOTH(readers_do_not_write),
		ON_BOTH(cache_of_statements_is_bounded),
	};

	return cmocka_run_group_tests_name("db statements", tests, NULL, NULL);
}
