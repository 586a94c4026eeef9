#include "db/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "db/db_driver.h"

struct db_rows {
	struct call *call;
	struct db *db;
	struct db_statement *statement; /* NULL when there is none (any more) */
	uint64_t use;
	bool row;
	bool failed;
};

struct db_value db_text(const char *text)
{
	if (!text)
		return db_null();
	return (struct db_value){ DB_TEXT, 0, text, strlen(text) };
}

struct db_value db_text_n(const char *text, size_t length)
{
	if (!text)
		return db_null();
	return (struct db_value){ DB_TEXT, 0, text, length };
}

bool db_writable(const struct db *db)
{
	return db && db->writer && db->action;
}

void *db_batch(const struct db *db)
{
	return db ? db->batch : NULL;
}

/* Keeps the outcome for the writer and fills the error. */
static bool fail(struct call *c, struct db *db, enum db_outcome outcome, const char *sql)
{
	if (db && outcome > db->worst)
		db->worst = outcome;
	return db_report(db, outcome, sql, c->err);
}

/*
 * What comes before every statement: a transaction, an action's savepoint if
 * one is needed, and the prepared statement itself.
 */
static struct db_statement *acquire(struct call *c, const char *sql)
{
	struct db *db = c->db;
	struct db_statement *statement;
	enum db_outcome outcome;

	if (!db) {
		error_internal(c->err, "no store in this call: %.160s", sql);
		return NULL;
	}
	if (db->worst > DB_END) {
		error_internal(c->err, "a statement after one that failed: %.160s", sql);
		return NULL;
	}
	outcome = db_ready(db);
	statement = db_outcome_good(outcome) ? db_acquire(db, sql, &outcome) : NULL;
	if (!statement) {
		fail(c, db, outcome, sql);
		return NULL;
	}
	outcome = db_ready_for(db, statement);
	if (!db_outcome_good(outcome)) {
		db_release(db, statement);
		fail(c, db, outcome, sql);
		return NULL;
	}
	return statement;
}

bool db_exec_count(struct call *c, const char *sql, struct db_args args, int64_t *changed)
{
	struct db_statement *statement = acquire(c, sql);
	enum db_outcome outcome;

	if (!statement)
		return false;
	outcome = c->db->driver->exec(c->db, statement, args, changed);
	db_release(c->db, statement);
	return db_outcome_good(outcome) || fail(c, c->db, outcome, sql);
}

bool db_exec(struct call *c, const char *sql, struct db_args args)
{
	return db_exec_count(c, sql, args, NULL);
}

bool db_insert(struct call *c, const char *sql, struct db_args args, bool *duplicate)
{
	struct db_statement *statement = acquire(c, sql);
	enum db_outcome outcome;

	*duplicate = false;
	if (!statement)
		return false;
	outcome = c->db->driver->insert(c->db, statement, args);
	db_release(c->db, statement);
	if (outcome == DB_DUPLICATE) {
		*duplicate = true;
		return false;
	}
	return db_outcome_good(outcome) || fail(c, c->db, outcome, sql);
}

bool db_exec_many(struct call *c, const char *sql, const struct db_value *values, size_t rows, size_t columns)
{
	struct db_statement *statement;
	enum db_outcome outcome;

	if (rows == 0)
		return true;
	statement = acquire(c, sql);
	if (!statement)
		return false;
	outcome = c->db->driver->exec_many(c->db, statement, values, rows, columns);
	db_release(c->db, statement);
	return db_outcome_good(outcome) || fail(c, c->db, outcome, sql);
}

/* Ends the rows; a statement that was closed meanwhile is not touched. */
static void rows_end(struct db_rows *rows)
{
	if (rows->statement && rows->statement->busy && rows->statement->use == rows->use)
		db_release(rows->db, rows->statement);
	rows->statement = NULL;
	rows->row = false;
}

struct db_rows *db_query(struct call *c, const char *sql, struct db_args args)
{
	struct db_rows *rows = ARENA_NEW(c->mem, struct db_rows);
	enum db_outcome outcome;

	rows->call = c;
	rows->db = c->db;
	rows->statement = acquire(c, sql);
	if (!rows->statement) {
		rows->failed = true;
		return rows;
	}
	rows->use = rows->statement->use;
	outcome = c->db->driver->start(c->db, rows->statement, args);
	if (!db_outcome_good(outcome)) {
		fail(c, c->db, outcome, sql);
		rows->failed = true;
		rows_end(rows);
	}
	return rows;
}

bool db_next(struct db_rows *rows)
{
	enum db_outcome outcome;

	rows->row = false;
	if (!rows->statement)
		return false;
	if (!rows->statement->busy || rows->statement->use != rows->use)
		die("rows read after their transaction");
	outcome = rows->db->driver->step(rows->db, rows->statement);
	if (outcome == DB_ROW) {
		rows->row = true;
		return true;
	}
	if (outcome != DB_END) {
		fail(rows->call, rows->db, outcome, rows->statement->sql);
		rows->failed = true;
	}
	rows_end(rows);
	return false;
}

bool db_done(struct db_rows *rows)
{
	rows_end(rows);
	return !rows->failed;
}

static struct db_statement *row_of(struct db_rows *rows, int column)
{
	if (!rows->row || rows->statement->use != rows->use)
		die("a column read without a row");
	if (column < 0 || column >= rows->db->driver->column_count(rows->statement))
		die("no column %d in: %s", column, rows->statement->sql);
	return rows->statement;
}

int64_t db_col_int(struct db_rows *rows, int column)
{
	return rows->db->driver->column_int(row_of(rows, column), column);
}

const char *db_col_peek(struct db_rows *rows, int column)
{
	return rows->db->driver->column_text(row_of(rows, column), column, NULL);
}

char *db_col_text(struct db_rows *rows, int column)
{
	size_t length;
	const char *text = rows->db->driver->column_text(row_of(rows, column), column, &length);

	return text ? arena_strndup(rows->call->mem, text, length) : NULL;
}

bool db_col_null(struct db_rows *rows, int column)
{
	return rows->db->driver->column_null(row_of(rows, column), column);
}

struct civil_date db_col_date(struct db_rows *rows, int column)
{
	struct civil_date date = { 0 };
	const char *text = db_col_peek(rows, column);

	if (text)
		civil_parse_date(text, &date);
	return date;
}

bool db_query_one(struct call *c, const char *sql, struct db_args args, struct db_rows **out)
{
	struct db_rows *rows = db_query(c, sql, args);

	*out = NULL;
	if (db_next(rows)) {
		*out = rows;
		return true;
	}
	return db_done(rows);
}

bool db_query_int(struct call *c, const char *sql, struct db_args args, int64_t absent, int64_t *out)
{
	struct db_rows *rows = db_query(c, sql, args);

	*out = absent;
	if (db_next(rows) && !db_col_null(rows, 0))
		*out = db_col_int(rows, 0);
	return db_done(rows);
}

bool db_is_postgres(const struct db *db)
{
	return !strcmp(db->driver->kind, "postgres");
}
