#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"

/*
 * One SQL interface over SQLite and PostgreSQL. Statements are constant
 * strings with $1 placeholders (never assembled from input), prepared once per
 * connection. Only the portable part of SQL is used; see ARCHITECTURE.md.
 *
 * Every function takes the call: its db is where it runs, its mem owns what
 * comes back, its err says what failed: "conflict" words for broken uniqueness
 * are left to the caller (db_duplicate), all else is `internal` or `unavailable`.
 */

enum db_type { DB_NULL, DB_INT, DB_TEXT };

struct db_value {
	enum db_type type;
	int64_t number;
	const char *text;
	size_t length; /* of text */
};

static inline struct db_value db_int(int64_t number)
{
	return (struct db_value){ DB_INT, number, 0, 0 };
}
struct db_value db_text(const char *text);                  /* NULL gives SQL NULL */
struct db_value db_text_n(const char *text, size_t length);
static inline struct db_value db_null(void)
{
	return (struct db_value){ DB_NULL, 0, 0, 0 };
}
/* NULL when `number` is 0: ids and instants that may be absent. */
static inline struct db_value db_int_or_null(int64_t number)
{
	return number ? db_int(number) : db_null();
}
static inline struct db_value db_bool(bool flag)
{
	return db_int(flag ? 1 : 0);
}

struct db_args {
	const struct db_value *values;
	size_t count;
};

#define DB_ARGS(...) \
	((struct db_args){ (const struct db_value[]){ __VA_ARGS__ }, \
			   sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value) })
#define DB_NONE ((struct db_args){ 0, 0 })

/* Runs a statement that gives no rows. `changed`, when not NULL, gets the number of rows it touched. */
bool db_exec(struct call *c, const char *sql, struct db_args args);
bool db_exec_count(struct call *c, const char *sql, struct db_args args, int64_t *changed);

/*
 * An INSERT that may meet a row already there: false with the error untouched
 * and *duplicate true when a unique key is broken (the statement alone is
 * undone), false with an error otherwise.
 */
bool db_insert(struct call *c, const char *sql, struct db_args args, bool *duplicate);

/* The same statement for `rows` sets of `columns` values, one after the other; the fast way for many rows. */
bool db_exec_many(struct call *c, const char *sql, const struct db_value *values, size_t rows, size_t columns);

/*
 * How a query begins that has many filters which may be absent: PostgreSQL plans it for the values of each run, and not
 * once for all. SQLite has one plan for it anyway.
 */
#define DB_PLANNED "/*planned*/ "

/*
 * Rows of a query. On an error db_query returns false. Use:
 *
 *	struct db_rows *rows = db_query(c, SQL, DB_ARGS(db_int(unit)));
 *	while (db_next(rows))
 *		... db_col_int(rows, 0) ...
 *	if (!db_done(rows))
 *		return false;
 *
 * db_query never returns NULL: a failed one has no rows and db_done is false.
 * Columns count from 0. db_col_text is copied into call.mem; db_col_peek stays
 * valid until the next db_next. NULL columns give 0 and NULL.
 */
struct db_rows;
struct db_rows *db_query(struct call *c, const char *sql, struct db_args args);
bool db_next(struct db_rows *rows);
bool db_done(struct db_rows *rows);
int64_t db_col_int(struct db_rows *rows, int column);
char *db_col_text(struct db_rows *rows, int column);
const char *db_col_peek(struct db_rows *rows, int column);
bool db_col_null(struct db_rows *rows, int column);
struct civil_date db_col_date(struct db_rows *rows, int column); /* of "2026-05-16"; NULL: year 0 */

/*
 * At most one row: true with *out set to the row (use db_col_*, then db_done)
 * or to NULL when there is none; false on an error.
 */
bool db_query_one(struct call *c, const char *sql, struct db_args args, struct db_rows **out);

/* The first column of the first row, `absent` when there is no row or it is NULL. False on an error. */
bool db_query_int(struct call *c, const char *sql, struct db_args args, int64_t absent, int64_t *out);

/* Whether this handle may write (the writer's transaction). */
bool db_writable(const struct db *db);

/* For the one thing the two databases have no common form for: full-text search. */
bool db_is_postgres(const struct db *db);

/* A slot per transaction batch for what is gathered in memory before the commit; see writer.h. */
void *db_batch(const struct db *db);

#endif
