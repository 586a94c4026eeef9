#include "task/task_talk_store.h"

#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"

bool task_comment_insert(struct call *c, const struct task_comment_row *row)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, row->mention_count * 2);

	for (size_t i = 0; i < row->mention_count; i++) {
		values[i * 2] = db_int(row->id);
		values[i * 2 + 1] = db_int(row->mentions[i]);
	}
	return db_exec(c, "INSERT INTO task_comment (id, task_id, text, by_id, at) VALUES ($1, $2, $3, $4, $5)",
		       DB_ARGS(db_int(row->id), db_int(row->task_id), db_text(row->text), db_int_or_null(row->by),
			       db_int(row->at))) &&
	       db_exec_many(c,
			    "INSERT INTO task_mention (comment_id, account_id) VALUES ($1, $2) "
			    "ON CONFLICT (comment_id, account_id) DO NOTHING",
			    values, row->mention_count, 2);
}

/* One row per mention; those of one comment follow each other. */
static void add_mention(struct call *c, struct task_comment_row *row, id account_id)
{
	id *grown;

	if (!account_id)
		return;
	grown = ARENA_ARRAY(c->mem, id, row->mention_count + 1);
	for (size_t i = 0; i < row->mention_count; i++)
		grown[i] = row->mentions[i];
	grown[row->mention_count++] = account_id;
	row->mentions = grown;
}

bool task_comment_rows(struct call *c, id task_id, id before, int limit, struct task_comment_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT p.id, p.text, p.by_id, p.at, m.account_id FROM (SELECT id, text, by_id, at "
					"FROM task_comment WHERE task_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR id < $2) "
					"ORDER BY id DESC LIMIT $3) p LEFT JOIN task_mention m ON m.comment_id = p.id "
					"ORDER BY p.id DESC, m.account_id",
					DB_ARGS(db_int(task_id), db_int_or_null(before), db_int(limit)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		id comment_id = db_col_int(rows, 0);

		if (!*count || (*out)[*count - 1].id != comment_id) {
			*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
			(*out)[(*count)++] = (struct task_comment_row){
				.id = comment_id,
				.task_id = task_id,
				.text = db_col_text(rows, 1),
				.by = db_col_int(rows, 2),
				.at = db_col_int(rows, 3),
			};
		}
		add_mention(c, &(*out)[*count - 1], db_col_int(rows, 4));
	}
	return db_done(rows);
}

bool task_filter_save(struct call *c, id account_id, struct task_filter_row *row)
{
	return db_query_int(c,
			    "INSERT INTO task_filter (id, account_id, name, query) VALUES ($1, $2, $3, $4) "
			    "ON CONFLICT (account_id, name) DO UPDATE SET query = excluded.query RETURNING id",
			    DB_ARGS(db_int(row->id), db_int(account_id), db_text(row->name), db_text(row->query)), 0,
			    &row->id);
}

bool task_filter_rows(struct call *c, id account_id, struct task_filter_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c, "SELECT id, name, query FROM task_filter WHERE account_id = $1 ORDER BY id",
					DB_ARGS(db_int(account_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = (struct task_filter_row){ db_col_int(rows, 0), db_col_text(rows, 1),
							       db_col_text(rows, 2) };
	}
	return db_done(rows);
}

bool task_filter_count(struct call *c, id account_id, const char *but_name, int64_t *out)
{
	return db_query_int(c, "SELECT COUNT(*) FROM task_filter WHERE account_id = $1 AND name <> $2",
			    DB_ARGS(db_int(account_id), db_text(but_name)), 0, out);
}

bool task_filter_remove(struct call *c, id account_id, id filter_id, bool *removed)
{
	int64_t rows;

	if (!db_exec_count(c, "DELETE FROM task_filter WHERE id = $1 AND account_id = $2",
			   DB_ARGS(db_int(filter_id), db_int(account_id)), &rows))
		return false;
	*removed = rows == 1;
	return true;
}
