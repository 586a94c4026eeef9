#include "task/task_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/rows.h"
#include "base/text.h"
#include "db/db.h"
#include "db/words.h"
#include "task/task_columns.h"
#include "unit/unit.h"

void task_read_columns(struct db_rows *rows, struct task *out)
{
	*out = (struct task){
		.id = db_col_int(rows, 0),
		.parent_id = db_col_int(rows, 1),
		.tree = db_col_text(rows, 2),
		.title = db_col_text(rows, 3),
		.content = db_col_text(rows, 4),
		.programme = db_col_text(rows, 5),
		.field = db_col_text(rows, 6),
		.product = db_col_text(rows, 7),
		.head = db_col_text(rows, 8),
		.document_id = db_col_int(rows, 9),
		.assigner_id = db_col_int(rows, 10),
		.assigner_path = db_col_text(rows, 11),
		.lead_id = db_col_int(rows, 12),
		.lead_path = db_col_text(rows, 13),
		.weight = db_col_int(rows, 14),
		.deadline = db_col_int(rows, 15),
		.deadline_kind = (enum task_deadline_kind)db_col_int(rows, 16),
		.deadline_written = db_col_text(rows, 17),
		.recurrence = { .every = (enum task_every)db_col_int(rows, 18),
				.day = (int)db_col_int(rows, 19),
				.from = db_col_int(rows, 20) },
		.report_next = db_col_int(rows, 21),
		.state = (enum task_state)db_col_int(rows, 22),
		.percent = (int)db_col_int(rows, 23),
		.rolled = (int)db_col_int(rows, 24),
		.late = db_col_int(rows, 25) != 0,
		.late_below = db_col_int(rows, 26),
		.children = db_col_int(rows, 27),
		.asked_at = db_col_int(rows, 28),
		.asked_by = db_col_int(rows, 29),
		.completed_at = db_col_int(rows, 30),
		.explained_until = db_col_int(rows, 31),
		.reading_id = db_col_int(rows, 32),
		.source_start = db_col_int(rows, 33),
		.source_end = db_col_int(rows, 34),
		.created_by = db_col_int(rows, 35),
		.created_at = db_col_int(rows, 36),
		.version = db_col_int(rows, 37),
	};
}

bool task_read_all(struct call *c, struct db_rows *rows, struct task **out, size_t *count)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		task_read_columns(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool task_row(struct call *c, id task_id, bool *found, struct task *out)
{
	struct db_rows *row;

	*found = false;
	if (!db_query_one(c, "SELECT " TASK_COLUMNS " FROM task t WHERE t.id = $1", DB_ARGS(db_int(task_id)), &row))
		return false;
	if (!row)
		return true;
	*found = true;
	task_read_columns(row, out);
	return db_done(row);
}

#define DUE(task) db_int((task)->deadline ? (task)->deadline : INT64_MAX)

bool task_row_insert(struct call *c, const struct task *t)
{
	return db_exec(
		c,
		"INSERT INTO task (id, parent_id, tree, title, title_key, content, programme, field, product, "
		"head, document_id, assigner_id, assigner_path, lead_id, lead_path, weight, deadline, due, "
		"deadline_kind, deadline_written, recurs, recurs_day, recurs_from, report_next, state, percent, rolled, "
		"late, late_below, children, asked_at, asked_by, completed_at, explained_until, reading_id, "
		"source_start, source_end, created_by, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
		"$10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, "
		"$31, $32, $33, $34, $35, $36, $37, $38, $39, $40)",
		DB_ARGS(db_int(t->id), db_int_or_null(t->parent_id), db_text(t->tree), db_text(t->title),
			db_text(text_sort_key(c->mem, t->title)), db_text(t->content),
			db_text(t->programme), db_text(t->field), db_text(t->product), db_text(t->head),
			db_int_or_null(t->document_id), db_int(t->assigner_id), db_text(t->assigner_path),
			db_int(t->lead_id), db_text(t->lead_path), db_int(t->weight), db_int_or_null(t->deadline), DUE(t),
			db_int(t->deadline_kind), db_text(t->deadline_written), db_int(t->recurrence.every),
			db_int(t->recurrence.day), db_int(t->recurrence.from), db_int(t->report_next), db_int(t->state),
			db_int(t->percent), db_int(t->rolled), db_bool(t->late), db_int(t->late_below),
			db_int(t->children), db_int_or_null(t->asked_at), db_int_or_null(t->asked_by),
			db_int_or_null(t->completed_at), db_int_or_null(t->explained_until),
			db_int_or_null(t->reading_id), db_int(t->source_start), db_int(t->source_end),
			db_int_or_null(t->created_by), db_int(t->created_at), db_int(t->version)));
}

bool task_row_update(struct call *c, const struct task *t)
{
	return db_exec(
		c,
		"UPDATE task SET title = $2, title_key = $3, content = $4, programme = $5, field = $6, "
		"product = $7, head = $8, document_id = $9, lead_id = $10, lead_path = $11, weight = $12, deadline = $13, "
		"due = $14, deadline_kind = $15, deadline_written = $16, report_next = $17, state = $18, percent = $19, "
		"rolled = $20, late = $21, asked_at = $22, asked_by = $23, completed_at = $24, explained_until = $25, "
		"version = $26 WHERE id = $1",
		DB_ARGS(db_int(t->id), db_text(t->title), db_text(text_sort_key(c->mem, t->title)),
			db_text(t->content), db_text(t->programme), db_text(t->field),
			db_text(t->product), db_text(t->head), db_int_or_null(t->document_id), db_int(t->lead_id),
			db_text(t->lead_path), db_int(t->weight), db_int_or_null(t->deadline), DUE(t),
			db_int(t->deadline_kind), db_text(t->deadline_written), db_int(t->report_next), db_int(t->state),
			db_int(t->percent), db_int(t->rolled), db_bool(t->late), db_int_or_null(t->asked_at),
			db_int_or_null(t->asked_by), db_int_or_null(t->completed_at),
			db_int_or_null(t->explained_until), db_int(t->version)));
}

bool task_words_put(struct call *c, id task_id, const char *words)
{
	static const struct words_table table = WORDS_TABLE("task_words", "task_id");

	return db_words_put(c, &table, task_id, words);
}

bool task_row_add_late(struct call *c, id task_id, int64_t difference)
{
	return db_exec(c, "UPDATE task SET late_below = late_below + $2 WHERE id = $1",
		       DB_ARGS(db_int(task_id), db_int(difference)));
}

bool task_row_add_child(struct call *c, id task_id)
{
	return db_exec(c, "UPDATE task SET children = children + 1 WHERE id = $1", DB_ARGS(db_int(task_id)));
}

bool task_row_set_rolled(struct call *c, id task_id, int rolled)
{
	return db_exec(c, "UPDATE task SET rolled = $2 WHERE id = $1", DB_ARGS(db_int(task_id), db_int(rolled)));
}

bool task_child_sums(struct call *c, id parent_id, struct task_sums *out)
{
	struct db_rows *row;

	if (!db_query_one(c,
			  "SELECT COALESCE(SUM(CASE WHEN state <> 4 THEN weight ELSE 0 END), 0), "
			  "COALESCE(SUM(CASE WHEN state <> 4 THEN weight * rolled ELSE 0 END), 0), "
			  "COALESCE(SUM(CASE WHEN state IN (2, 4) THEN 0 ELSE 1 END), 0) FROM task WHERE parent_id = $1",
			  DB_ARGS(db_int(parent_id)), &row))
		return false;
	*out = (struct task_sums){ db_col_int(row, 0), db_col_int(row, 1), db_col_int(row, 2) };
	return db_done(row);
}

/* Where the range of a task and all below it ends: ids are digits, and '/' comes before them. */
static const char *tree_end(struct arena *mem, const char *tree)
{
	return arena_printf(mem, "%.*s0", (int)strlen(tree) - 1, tree);
}

bool task_rows_open_below(struct call *c, const char *tree, struct task **out, size_t *count)
{
	return task_read_all(c,
			     db_query(c,
				      "SELECT " TASK_COLUMNS " FROM task t WHERE t.tree > $1 AND t.tree < $2 "
				      "AND t.state IN (0, 1, 3) ORDER BY t.tree DESC",
				      DB_ARGS(db_text(tree), db_text(tree_end(c->mem, tree)))),
			     out, count);
}

bool task_children(struct call *c, id parent_id, struct task **out, size_t *count)
{
	return task_read_all(c,
			     db_query(c,
				      "SELECT " TASK_COLUMNS " FROM task t WHERE t.parent_id = $1 ORDER BY t.id LIMIT $2",
				      DB_ARGS(db_int(parent_id), db_int(TASK_PARTS_MAX))),
			     out, count);
}

bool task_units_insert(struct call *c, const struct task_unit_row *rows, size_t count)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * 5);

	for (size_t i = 0; i < count; i++) {
		values[i * 5] = db_int(rows[i].task_id);
		values[i * 5 + 1] = db_int(rows[i].role);
		values[i * 5 + 2] = db_int(rows[i].unit_id);
		values[i * 5 + 3] = db_text(rows[i].unit_path);
		values[i * 5 + 4] = db_text(rows[i].part ? rows[i].part : "");
	}
	return db_exec_many(c,
			    "INSERT INTO task_unit (task_id, role, unit_id, unit_path, part) "
			    "VALUES ($1, $2, $3, $4, $5)",
			    values, count, 5);
}

bool task_units_delete(struct call *c, id task_id, enum task_role role)
{
	return db_exec(c, "DELETE FROM task_unit WHERE task_id = $1 AND role = $2",
		       DB_ARGS(db_int(task_id), db_int(role)));
}

/* As many ids as one statement takes; the rest of them is 0, which is no task's. */
enum { GROUP = 10 };

static bool cooperating_group(struct call *c, const id *ids, size_t count, int most, struct task_unit_row **out,
			      size_t *out_count, size_t *room)
{
	id at[GROUP] = { 0 };
	struct db_rows *rows;

	memcpy(at, ids, count * sizeof(*ids));
	rows = db_query(c,
			"SELECT task_id, unit_id, unit_path, part FROM (SELECT task_id, unit_id, unit_path, part, "
			"ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY unit_path) AS place FROM task_unit WHERE role = 2 "
			"AND task_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)) p WHERE place <= $11 "
			"ORDER BY task_id, unit_path",
			DB_ARGS(db_int(at[0]), db_int(at[1]), db_int(at[2]), db_int(at[3]), db_int(at[4]), db_int(at[5]),
				db_int(at[6]), db_int(at[7]), db_int(at[8]), db_int(at[9]), db_int(most)));
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *out_count, room, sizeof(**out));
		(*out)[(*out_count)++] = (struct task_unit_row){
			.task_id = db_col_int(rows, 0),
			.unit_id = db_col_int(rows, 1),
			.role = TASK_ROLE_COOPERATING,
			.unit_path = db_col_text(rows, 2),
			.part = db_col_text(rows, 3),
		};
	}
	return db_done(rows);
}

bool task_cooperating_rows(struct call *c, const id *task_ids, size_t count, int most, struct task_unit_row **out,
			   size_t *out_count)
{
	size_t room = 0;

	*out = NULL;
	*out_count = 0;
	for (size_t i = 0; i < count; i += GROUP)
		if (!cooperating_group(c, task_ids + i, count - i < GROUP ? count - i : GROUP, most, out, out_count,
				       &room))
			return false;
	return true;
}

bool task_rows_turning_late(struct call *c, instant now, int limit, struct task **out, size_t *count)
{
	return task_read_all(c,
			     db_query(c,
				      "SELECT " TASK_COLUMNS " FROM task t WHERE t.state < 2 AND t.late = 0 AND t.due <= $1 "
				      "ORDER BY t.due LIMIT $2",
				      DB_ARGS(db_int(now), db_int(limit))),
			     out, count);
}

bool task_rows_reporting(struct call *c, instant now, int limit, struct task **out, size_t *count)
{
	return task_read_all(c,
			     db_query(c,
				      "SELECT " TASK_COLUMNS " FROM task t WHERE t.state < 2 AND t.report_next <= $1 "
				      "ORDER BY t.report_next LIMIT $2",
				      DB_ARGS(db_int(now), db_int(limit))),
			     out, count);
}

bool task_report_next_set(struct call *c, id task_id, instant next, instant deadline)
{
	return db_exec(c, "UPDATE task SET report_next = $2, deadline = $3, due = $4 WHERE id = $1",
		       DB_ARGS(db_int(task_id), db_int(next), db_int_or_null(deadline),
			       db_int(deadline ? deadline : INT64_MAX)));
}

bool task_units_moved(struct call *c, const char *from, const char *to)
{
	static const char *const copies[] = {
		UNIT_PATH_MOVED("task", "assigner_path"),
		UNIT_PATH_MOVED("task", "lead_path"),
		UNIT_PATH_MOVED("task_unit", "unit_path"),
	};

	return unit_paths_move(c, copies, sizeof(copies) / sizeof(*copies), from, to);
}

bool task_rows_by_tree(struct call *c, const char *after, int limit, struct task **out, size_t *count)
{
	return task_read_all(c,
			     db_query(c, "SELECT " TASK_COLUMNS " FROM task t WHERE t.tree > $1 ORDER BY t.tree LIMIT $2",
				      DB_ARGS(db_text(after), db_int(limit))),
			     out, count);
}
