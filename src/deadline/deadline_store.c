#include "deadline/deadline_store.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "deadline/deadline_rules.h"

static struct db_value date_value(struct call *c, struct civil_date date)
{
	return db_text(civil_format_date(date, arena_alloc(c->mem, CIVIL_TEXT_MAX)));
}

static void read_holiday(struct db_rows *rows, struct holiday *out)
{
	*out = (struct holiday){ .name = db_col_text(rows, 1), .kind = db_col_text(rows, 2) };
	civil_parse_date(db_col_peek(rows, 0), &out->date);
}

bool holiday_store_range(struct call *c, struct civil_date first, struct civil_date end, struct holiday **out,
			 size_t *count)
{
	struct db_rows *rows = db_query(c,
		"SELECT date, name, kind FROM holiday WHERE date >= $1 AND date < $2 ORDER BY date LIMIT 4000",
		DB_ARGS(date_value(c, first), date_value(c, end)));
	size_t room = 64, n = 0;
	struct holiday *days = ARENA_ARRAY(c->mem, struct holiday, room);
	while (db_next(rows)) {
		if (n == room) {
			struct holiday *more = ARENA_ARRAY(c->mem, struct holiday, room * 2);
			memcpy(more, days, room * sizeof(*days));
			days = more;
			room *= 2;
		}
		read_holiday(rows, &days[n++]);
	}
	*out = days;
	*count = n;
	return db_done(rows);
}

bool holiday_store_find(struct call *c, struct civil_date date, bool *found, struct holiday *out)
{
	struct db_rows *row;
	*found = false;
	if (!db_query_one(c, "SELECT date, name, kind FROM holiday WHERE date = $1", DB_ARGS(date_value(c, date)), &row))
		return false;
	if (!row)
		return true;
	*found = true;
	read_holiday(row, out);
	return db_done(row);
}

bool holiday_store_put(struct call *c, const struct holiday *holiday)
{
	return db_exec(c,
		"INSERT INTO holiday (date, name, kind) VALUES ($1, $2, $3) "
		"ON CONFLICT (date) DO UPDATE SET name = excluded.name, kind = excluded.kind",
		DB_ARGS(date_value(c, holiday->date), db_text(holiday->name), db_text(holiday->kind)));
}

bool holiday_store_put_new(struct call *c, const struct holiday *holiday)
{
	return db_exec(c, "INSERT INTO holiday (date, name, kind) VALUES ($1, $2, $3) ON CONFLICT (date) DO NOTHING",
		       DB_ARGS(date_value(c, holiday->date), db_text(holiday->name), db_text(holiday->kind)));
}

bool holiday_store_remove(struct call *c, struct civil_date date)
{
	return db_exec(c, "DELETE FROM holiday WHERE date = $1", DB_ARGS(date_value(c, date)));
}
