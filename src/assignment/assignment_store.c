#include "assignment/assignment_store.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "db/db.h"

enum { BASIC_COLUMNS = 11 };

/* What every read of an assignment gives first. */
#define BASIC \
	"a.id, a.report_id, a.from_unit_id, a.parent_id, a.due_day, a.due_month_offset, a.due_roll, " \
	"a.due_locks, a.opens_day, a.first_period, a.last_period"
#define UNIT_COUNT "(SELECT COUNT(*) FROM assignment_unit n WHERE n.assignment_id = a.id AND n.until IS NULL)"
#define FULL BASIC ", a.document, a.version, " UNIT_COUNT
/* A centre's assignments passed on reach thousands of units: they are counted only where that is shown. */
#define LISTED BASIC ", a.document, a.version, CASE WHEN CAST($5 AS BIGINT) = 1 THEN " UNIT_COUNT " ELSE 0 END"

static void read_basic(struct db_rows *rows, struct assignment *out)
{
	*out = (struct assignment){
		.id = db_col_int(rows, 0),
		.report_id = db_col_int(rows, 1),
		.from_unit_id = db_col_int(rows, 2),
		.parent_id = db_col_int(rows, 3),
		.rule = { .day = (int)db_col_int(rows, 4),
			  .month_offset = (int)db_col_int(rows, 5),
			  .roll = db_col_int(rows, 6) != 0,
			  .locks = db_col_int(rows, 7) != 0,
			  .opens_day = (int)db_col_int(rows, 8) },
		.first = db_col_int(rows, 9),
		.last = db_col_int(rows, 10),
	};
}

static void read_full(struct db_rows *rows, struct assignment *out)
{
	read_basic(rows, out);
	out->document = db_col_text(rows, BASIC_COLUMNS);
	out->version = db_col_int(rows, BASIC_COLUMNS + 1);
	out->unit_count = db_col_int(rows, BASIC_COLUMNS + 2);
}

bool assignment_insert(struct call *c, const struct assignment *a)
{
	return db_exec(
		c,
		"INSERT INTO assignment (id, report_id, from_unit_id, parent_id, document, due_day, "
		"due_month_offset, due_roll, due_locks, opens_day, first_period, last_period, created_by, "
		"created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
		"$15)",
		DB_ARGS(db_int(a->id), db_int(a->report_id), db_int(a->from_unit_id),
			db_int_or_null(a->parent_id), db_text(a->document), db_int(a->rule.day),
			db_int(a->rule.month_offset), db_bool(a->rule.roll), db_bool(a->rule.locks),
			db_int(a->rule.opens_day), db_int(a->first), db_int_or_null(a->last),
			db_int_or_null(c->actor ? c->actor->account_id : 0), db_int(c->now),
			db_int(a->version)));
}

bool assignment_update(struct call *c, const struct assignment *a, int64_t version, bool *changed)
{
	int64_t rows;

	if (!db_exec_count(
		    c,
		    "UPDATE assignment SET due_day = $3, due_month_offset = $4, due_roll = $5, "
		    "due_locks = $6, opens_day = $7, last_period = $8, version = version + 1 "
		    "WHERE id = $1 AND version = $2",
		    DB_ARGS(db_int(a->id), db_int(version), db_int(a->rule.day), db_int(a->rule.month_offset),
			    db_bool(a->rule.roll), db_bool(a->rule.locks), db_int(a->rule.opens_day),
			    db_int_or_null(a->last)),
		    &rows))
		return false;
	*changed = rows == 1;
	return true;
}

bool assignment_row(struct call *c, id assignment_id, bool *found, struct assignment *out)
{
	struct db_rows *row;

	*found = false;
	if (!db_query_one(c, "SELECT " FULL " FROM assignment a WHERE a.id = $1",
			  DB_ARGS(db_int(assignment_id)), &row))
		return false;
	if (!row)
		return true;
	*found = true;
	read_full(row, out);
	return db_done(row);
}

bool assignment_period_row(struct call *c, id assignment_id, period p, bool *found,
			   struct assignment_period *out)
{
	struct db_rows *row;

	*found = false;
	if (!db_query_one(c,
			  "SELECT " BASIC
			  ", p.opens, p.deadline, p.state, p.closed_at FROM assignment_period p "
			  "JOIN assignment a ON a.id = p.assignment_id WHERE p.assignment_id = $1 AND "
			  "p.period = $2",
			  DB_ARGS(db_int(assignment_id), db_int(p)), &row))
		return false;
	if (!row)
		return true;
	*found = true;
	read_basic(row, &out->assignment);
	out->period = p;
	out->opens = db_col_int(row, BASIC_COLUMNS);
	out->deadline = db_col_int(row, BASIC_COLUMNS + 1);
	out->state = (enum period_state)db_col_int(row, BASIC_COLUMNS + 2);
	out->closed_at = db_col_int(row, BASIC_COLUMNS + 3);
	return db_done(row);
}

/* Newest first; the ended have a last period that is closed. */
#define ORDER_AND_LIMIT \
	" AND (CAST($2 AS BIGINT) IS NULL OR a.id < $2) AND (CAST($3 AS BIGINT) = 1 OR a.last_period IS NULL "  \
	"OR NOT EXISTS (SELECT 1 FROM assignment_period e WHERE e.assignment_id = a.id " \
	"AND e.period = a.last_period AND e.state = 1)) ORDER BY a.id DESC LIMIT $4"

bool assignment_rows(struct call *c, const struct assignment_query *query, struct assignment **out,
		     size_t *count)
{
	static const char from[] = "SELECT " LISTED
				   " FROM assignment a WHERE a.from_unit_id = $1" ORDER_AND_LIMIT;
	static const char to[] = "SELECT " LISTED
				 " FROM assignment_unit u JOIN assignment a ON a.id = u.assignment_id "
				 "WHERE u.unit_id = $1" ORDER_AND_LIMIT;
	static const char below[] = "SELECT " LISTED
				    " FROM assignment a WHERE a.parent_id = $1" ORDER_AND_LIMIT;
	static const char all[] = "SELECT " LISTED
				  " FROM assignment a WHERE CAST($1 AS BIGINT) = 0" ORDER_AND_LIMIT;
	id key = query->from_unit_id ? query->from_unit_id
		 : query->to_unit_id ? query->to_unit_id
				     : query->parent_id;
	const char *sql = query->from_unit_id ? from
			  : query->to_unit_id ? to
			  : query->parent_id  ? below
					      : all;
	size_t room = (size_t)query->limit, used = 0;
	struct db_rows *rows = db_query(c, sql,
					DB_ARGS(db_int(key), db_int_or_null(query->before),
						db_bool(query->ended), db_int(query->limit),
					db_bool(query->counted)));

	*out = ARENA_ARRAY(c->mem, struct assignment, room);
	while (db_next(rows) && used < room)
		read_full(rows, &(*out)[used++]);
	*count = used;
	return db_done(rows);
}

bool assignment_units_add(struct call *c, id assignment_id, const id *unit_ids, size_t count, period since)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * 3);

	for (size_t i = 0; i < count; i++) {
		values[i * 3] = db_int(assignment_id);
		values[i * 3 + 1] = db_int(unit_ids[i]);
		values[i * 3 + 2] = db_int(since);
	}
	return db_exec_many(c,
			    "INSERT INTO assignment_unit (assignment_id, unit_id, since, until) "
			    "VALUES ($1, $2, $3, NULL) ON CONFLICT (assignment_id, unit_id) DO UPDATE SET "
			    "since = excluded.since, until = NULL",
			    values, count, 3);
}

bool assignment_unit_end(struct call *c, id assignment_id, id unit_id, period until, bool *had)
{
	int64_t rows;

	if (!db_exec_count(c,
			   "UPDATE assignment_unit SET until = $3 WHERE assignment_id = $1 AND unit_id = $2 "
			   "AND until IS NULL",
			   DB_ARGS(db_int(assignment_id), db_int(unit_id), db_int(until)), &rows))
		return false;
	*had = rows == 1;
	return true;
}

/* The ids a query of one column gives. */
static bool read_ids(struct call *c, struct db_rows *rows, int64_t **out, size_t *count)
{
	int64_t *ids = NULL;
	size_t room = 0, used = 0;

	while (db_next(rows)) {
		if (used == room) {
			size_t grown = room ? room * 2 : 64;

			ids = arena_grow(c->mem, ids, room * sizeof(*ids), grown * sizeof(*ids));
			if (!ids) {
				error_internal(c->err, "too many rows");
				return false;
			}
			room = grown;
		}
		ids[used++] = db_col_int(rows, 0);
	}
	*out = ids;
	*count = used;
	return db_done(rows);
}

bool assignment_unit_rows(struct call *c, id assignment_id, period p, id **out, size_t *count)
{
	return read_ids(c,
			db_query(c,
				 "SELECT unit_id FROM assignment_unit WHERE assignment_id = $1 AND "
				 "((CAST($2 AS BIGINT) IS NULL AND until IS NULL) OR "
				 "(since <= $2 AND (until IS NULL OR until > $2))) ORDER BY unit_id",
				 DB_ARGS(db_int(assignment_id), db_int_or_null(p))),
			out, count);
}

bool assignment_overlap(struct call *c, id from_unit_id, id report_id, id unit_id, period first, period last,
			id except, bool *out)
{
	int64_t found;

	if (!db_query_int(c,
			  "SELECT 1 FROM assignment a JOIN assignment_unit u ON u.assignment_id = a.id "
			  "WHERE a.from_unit_id = $1 AND a.report_id = $2 AND u.unit_id = $3 AND a.id <> $6 "
			  "AND (a.last_period IS NULL OR a.last_period >= $4) "
			  "AND (CAST($5 AS BIGINT) IS NULL OR a.first_period <= $5) "
			  "AND (u.until IS NULL OR u.until > $4) LIMIT 1",
			  DB_ARGS(db_int(from_unit_id), db_int(report_id), db_int(unit_id), db_int(first),
				  db_int_or_null(last), db_int(except)),
			  0, &found))
		return false;
	*out = found != 0;
	return true;
}

bool assignment_has_unit(struct call *c, id assignment_id, id unit_id, bool *out)
{
	int64_t found;

	if (!db_query_int(c,
			  "SELECT 1 FROM assignment_unit WHERE assignment_id = $1 AND unit_id = $2 AND until "
			  "IS NULL",
			  DB_ARGS(db_int(assignment_id), db_int(unit_id)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}

bool assignment_period_insert(struct call *c, const struct assignment_period *ap, bool *there)
{
	return db_insert(
		c,
		"INSERT INTO assignment_period (assignment_id, period, opens, deadline, state, closed_at, "
		"closed_by, closed_note) VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL)",
		DB_ARGS(db_int(ap->assignment.id), db_int(ap->period), db_int(ap->opens),
			db_int(ap->deadline), db_int(PERIOD_OPEN)),
		there);
}

bool assignment_period_state(struct call *c, const struct assignment_period *ap, enum period_state state,
			     const char *note)
{
	bool closed = state == PERIOD_CLOSED;

	return db_exec(
		c,
		"UPDATE assignment_period SET state = $3, closed_at = $4, closed_by = $5, closed_note = $6 "
		"WHERE assignment_id = $1 AND period = $2",
		DB_ARGS(db_int(ap->assignment.id), db_int(ap->period), db_int(state),
			closed ? db_int(c->now) : db_null(),
			closed ? db_int_or_null(c->actor ? c->actor->account_id : 0) : db_null(),
			closed ? db_text(note) : db_null()));
}

bool assignment_period_rows(struct call *c, id assignment_id, int limit, struct assignment_period **out,
			    size_t *count)
{
	size_t room = (size_t)limit, used = 0;
	struct db_rows *rows = db_query(
		c,
		"SELECT period, opens, deadline, state, closed_at FROM assignment_period "
		"WHERE assignment_id = $1 ORDER BY period DESC LIMIT $2",
		DB_ARGS(db_int(assignment_id), db_int(limit)));

	*out = ARENA_ARRAY(c->mem, struct assignment_period, room);
	while (db_next(rows) && used < room)
		(*out)[used++] = (struct assignment_period){
			.period = db_col_int(rows, 0),
			.opens = db_col_int(rows, 1),
			.deadline = db_col_int(rows, 2),
			.state = (enum period_state)db_col_int(rows, 3),
			.closed_at = db_col_int(rows, 4),
		};
	*count = used;
	return db_done(rows);
}

bool assignment_period_rows_all(struct call *c, struct assignment_period **out, size_t *count)
{
	int64_t all;
	struct db_rows *rows;

	if (!db_query_int(c, "SELECT COUNT(*) FROM assignment_period", DB_NONE, 0, &all))
		return false;
	*out = ARENA_ARRAY(c->mem, struct assignment_period, (size_t)all);
	*count = 0;
	rows = db_query(c,
			"SELECT " BASIC ", p.period, p.state FROM assignment_period p "
			"JOIN assignment a ON a.id = p.assignment_id ORDER BY a.id, p.period",
			DB_NONE);
	while (db_next(rows) && *count < (size_t)all) {
		struct assignment_period *at = &(*out)[(*count)++];

		read_basic(rows, &at->assignment);
		at->period = db_col_int(rows, BASIC_COLUMNS);
		at->state = (enum period_state)db_col_int(rows, BASIC_COLUMNS + 1);
	}
	return db_done(rows);
}

bool assignment_periods_open(struct call *c, id assignment_id, period **out, size_t *count)
{
	return read_ids(
		c,
		db_query(c,
			 "SELECT period FROM assignment_period WHERE assignment_id = $1 AND state = $2 "
			 "ORDER BY period",
			 DB_ARGS(db_int(assignment_id), db_int(PERIOD_OPEN))),
		out, count);
}

bool assignment_newest_period(struct call *c, id assignment_id, period *out)
{
	return db_query_int(c, "SELECT MAX(period) FROM assignment_period WHERE assignment_id = $1",
			    DB_ARGS(db_int(assignment_id)), 0, out);
}

bool assignment_newest_rows(struct call *c, struct assignment_newest **out, size_t *count)
{
	int64_t all;
	struct db_rows *rows;

	if (!db_query_int(c, "SELECT COUNT(*) FROM assignment", DB_NONE, 0, &all))
		return false;
	*out = ARENA_ARRAY(c->mem, struct assignment_newest, (size_t)all);
	*count = 0;
	rows = db_query(c,
			"SELECT " BASIC
			", (SELECT MAX(p.period) FROM assignment_period p WHERE p.assignment_id = a.id) "
			"FROM assignment a ORDER BY a.id",
			DB_NONE);
	while (db_next(rows) && *count < (size_t)all) {
		struct assignment_newest *at = &(*out)[(*count)++];

		read_basic(rows, &at->assignment);
		at->newest = db_col_int(rows, BASIC_COLUMNS);
	}
	return db_done(rows);
}

bool assignment_gaps_insert(struct call *c, const struct assignment_period *ap,
			    const struct missing_unit *units, size_t count)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * 4);

	for (size_t i = 0; i < count; i++) {
		values[i * 4] = db_int(ap->assignment.id);
		values[i * 4 + 1] = db_int(ap->period);
		values[i * 4 + 2] = db_int(units[i].unit_id);
		values[i * 4 + 3] = db_int(units[i].state);
	}
	return db_exec_many(
		c,
		"INSERT INTO assignment_gap (assignment_id, period, unit_id, state) VALUES ($1, $2, $3, $4)",
		values, count, 4);
}

bool assignment_gaps_remove(struct call *c, const struct assignment_period *ap)
{
	return db_exec(c, "DELETE FROM assignment_gap WHERE assignment_id = $1 AND period = $2",
		       DB_ARGS(db_int(ap->assignment.id), db_int(ap->period)));
}
