#include "task/task_tally_store.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

enum { COLUMNS = 9, KEY_COLUMNS = 4 };

bool store_tally_add(struct call *c, const struct task_tally_row *rows, size_t count)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * COLUMNS + 1);
	struct db_value *keys = ARENA_ARRAY(c->mem, struct db_value, count * KEY_COLUMNS + 1);

	for (size_t i = 0; i < count; i++) {
		const struct task_tally_key *key = &rows[i].key;
		const struct task_tally *d = &rows[i].tally;
		const struct db_value row[COLUMNS] = {
			db_text(key->unit_path), db_text(key->programme), db_text(key->field), db_int(key->deadline),
			db_text(key->parent_path), db_int(d->open), db_int(d->paused), db_int(d->on_time), db_int(d->late),
		};

		memcpy(values + i * COLUMNS, row, sizeof(row));
		memcpy(keys + i * KEY_COLUMNS, row, KEY_COLUMNS * sizeof(*row));
	}
	return db_exec_many(c,
			    "INSERT INTO task_tally (unit_path, programme, field, deadline, parent_path, open, paused, on_time, "
			    "late) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
			    "ON CONFLICT (unit_path, programme, field, deadline) DO UPDATE SET "
			    "open = task_tally.open + excluded.open, paused = task_tally.paused + excluded.paused, "
			    "on_time = task_tally.on_time + excluded.on_time, late = task_tally.late + excluded.late",
			    values, count, COLUMNS) &&
	       db_exec_many(c,
			    "DELETE FROM task_tally WHERE unit_path = $1 AND programme = $2 AND field = $3 AND deadline = $4 "
			    "AND open = 0 AND paused = 0 AND on_time = 0 AND late = 0",
			    keys, count, KEY_COLUMNS);
}

bool store_tally_clear(struct call *c)
{
	return db_exec(c, "DELETE FROM task_tally", DB_NONE);
}

bool store_tally_all(struct call *c, struct task_tally_row **rows, size_t *count)
{
	struct db_rows *read;
	int64_t total;
	size_t used = 0;

	if (!db_query_int(c, "SELECT COUNT(*) FROM task_tally", DB_NONE, 0, &total))
		return false;
	*rows = ARENA_ARRAY(c->mem, struct task_tally_row, (size_t)total + 1);
	read = db_query(c,
			"SELECT unit_path, programme, field, deadline, parent_path, open, paused, on_time, late "
			"FROM task_tally ORDER BY unit_path, programme, field, deadline",
			DB_NONE);
	while (used < (size_t)total && db_next(read))
		(*rows)[used++] = (struct task_tally_row){
			.key = { .unit_path = db_col_text(read, 0),
				 .programme = db_col_text(read, 1),
				 .field = db_col_text(read, 2),
				 .deadline = db_col_int(read, 3),
				 .parent_path = db_col_text(read, 4) },
			.tally = { .open = db_col_int(read, 5),
				   .paused = db_col_int(read, 6),
				   .on_time = db_col_int(read, 7),
				   .late = db_col_int(read, 8) },
		};
	*count = used;
	return db_done(read);
}

bool store_tally_tasks(struct call *c, id after, int limit, struct task **tasks, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT id, lead_path, programme, field, deadline, state, completed_at FROM task "
					"WHERE id > $1 AND state <> 4 ORDER BY id LIMIT $2",
					DB_ARGS(db_int(after), db_int(limit)));
	size_t used = 0;

	*tasks = ARENA_ARRAY(c->mem, struct task, (size_t)limit);
	while (used < (size_t)limit && db_next(rows))
		(*tasks)[used++] = (struct task){
			.id = db_col_int(rows, 0),
			.lead_path = db_col_text(rows, 1),
			.programme = db_col_text(rows, 2),
			.field = db_col_text(rows, 3),
			.deadline = db_col_int(rows, 4),
			.state = (enum task_state)db_col_int(rows, 5),
			.completed_at = db_col_int(rows, 6),
		};
	*count = used;
	return db_done(rows);
}

#define SUMS \
	"SUM(on_time), SUM(late), SUM(CASE WHEN deadline = 0 OR deadline > $2 THEN open ELSE 0 END), " \
	"SUM(CASE WHEN deadline <> 0 AND deadline <= $2 THEN open ELSE 0 END), " \
	"SUM(CASE WHEN deadline = 0 THEN open ELSE 0 END), SUM(paused) FROM task_tally "
#define FILTERS \
	" AND (CAST($3 AS TEXT) IS NULL OR programme = $3) AND (CAST($4 AS TEXT) IS NULL OR field = $4) " \
	"AND (CAST($5 AS BIGINT) IS NULL OR deadline > $5) AND (CAST($6 AS BIGINT) IS NULL OR " \
	"(deadline <= $6 AND deadline <> 0)) "

enum { FIGURES_MAX = 5000 };

bool store_tally_figures(struct call *c, const struct task_figures_query *query, const char *unit_path, bool children,
			 struct task_figures_row **rows, size_t *count)
{
	static const char below[] = "SELECT unit_path, " SUMS "WHERE parent_path = $1" FILTERS
				    "GROUP BY unit_path ORDER BY unit_path LIMIT 5000";
	static const char programmes[] = "SELECT programme, " SUMS "WHERE unit_path = $1" FILTERS
					 "GROUP BY programme ORDER BY programme LIMIT 5000";
	static const char fields[] = "SELECT field, " SUMS "WHERE unit_path = $1" FILTERS
				     "GROUP BY field ORDER BY field LIMIT 5000";
	const char *sql = children ? below : query->by == TASK_BY_FIELD ? fields : programmes;
	struct db_rows *read = db_query(c, sql,
					DB_ARGS(db_text(unit_path), db_int(c->now), db_text(query->programme),
						db_text(query->field), db_int_or_null(query->from),
						db_int_or_null(query->to)));
	size_t used = 0;

	*rows = ARENA_ARRAY(c->mem, struct task_figures_row, FIGURES_MAX);
	while (used < FIGURES_MAX && db_next(read))
		(*rows)[used++] = (struct task_figures_row){
			.key = db_col_text(read, 0),
			.completed_on_time = db_col_int(read, 1),
			.completed_late = db_col_int(read, 2),
			.open_in_time = db_col_int(read, 3),
			.overdue = db_col_int(read, 4),
			.without_deadline = db_col_int(read, 5),
			.paused = db_col_int(read, 6),
		};
	*count = used;
	return db_done(read);
}
