#include "task/task_entry_store.h"

#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"
#include "task/task_columns.h"

bool task_deadline_insert(struct call *c, const struct task_deadline_row *row)
{
	return db_exec(c,
		       "INSERT INTO task_deadline (id, task_id, deadline, kind, written, request_id, set_by, set_at) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		       DB_ARGS(db_int(row->id), db_int(row->task_id), db_int_or_null(row->deadline), db_int(row->kind),
			       db_text(row->written), db_int_or_null(row->request_id), db_int_or_null(row->set_by),
			       db_int(row->set_at)));
}

bool task_deadline_rows(struct call *c, id task_id, struct task_deadline_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT id, request_id, set_by, deadline, kind, written, set_at FROM task_deadline "
					"WHERE task_id = $1 ORDER BY id DESC",
					DB_ARGS(db_int(task_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = (struct task_deadline_row){
			.id = db_col_int(rows, 0),
			.task_id = task_id,
			.request_id = db_col_int(rows, 1),
			.set_by = db_col_int(rows, 2),
			.deadline = db_col_int(rows, 3),
			.kind = (enum task_deadline_kind)db_col_int(rows, 4),
			.written = db_col_text(rows, 5),
			.set_at = db_col_int(rows, 6),
		};
	}
	return db_done(rows);
}

#define REPORT_COLUMNS \
	"id, task_id, period, deadline, opened_at, percent, result, difficulties, requests, nil, reported_by, reported_at"

bool task_report_insert(struct call *c, const struct task_report_row *row, bool *there)
{
	bool ok;

	*there = false;
	ok = db_insert(c,
		       "INSERT INTO task_report (" REPORT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
		       "$12)",
		       DB_ARGS(db_int(row->id), db_int(row->task_id), db_int(row->period), db_int_or_null(row->deadline),
			       db_int(row->opened_at), db_int(row->percent), db_text(row->result ? row->result : ""),
			       db_text(row->difficulties ? row->difficulties : ""),
			       db_text(row->requests ? row->requests : ""), db_bool(row->nil),
			       db_int_or_null(row->reported_by), db_int_or_null(row->reported_at)),
		       there);
	return ok || *there;
}

bool task_report_fill(struct call *c, const struct task_report_row *row)
{
	return db_exec(c,
		       "UPDATE task_report SET percent = $2, result = $3, difficulties = $4, requests = $5, nil = $6, "
		       "reported_by = $7, reported_at = $8 WHERE id = $1",
		       DB_ARGS(db_int(row->id), db_int(row->percent), db_text(row->result), db_text(row->difficulties),
			       db_text(row->requests), db_bool(row->nil), db_int_or_null(row->reported_by),
			       db_int(row->reported_at)));
}

static void read_report(struct db_rows *rows, struct task_report_row *out)
{
	*out = (struct task_report_row){
		.id = db_col_int(rows, 0),
		.task_id = db_col_int(rows, 1),
		.period = db_col_int(rows, 2),
		.deadline = db_col_int(rows, 3),
		.opened_at = db_col_int(rows, 4),
		.percent = (int)db_col_int(rows, 5),
		.result = db_col_text(rows, 6),
		.difficulties = db_col_text(rows, 7),
		.requests = db_col_text(rows, 8),
		.nil = db_col_int(rows, 9) != 0,
		.reported_by = db_col_int(rows, 10),
		.reported_at = db_col_int(rows, 11),
	};
}

bool task_report_rows(struct call *c, id task_id, struct task_report_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT " REPORT_COLUMNS " FROM task_report WHERE task_id = $1 "
					"ORDER BY COALESCE(reported_at, opened_at) DESC, id DESC LIMIT 500",
					DB_ARGS(db_int(task_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_report(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

static bool one_report(struct call *c, const char *sql, struct db_args args, bool *found, struct task_report_row *out)
{
	struct db_rows *row;

	*found = false;
	if (!db_query_one(c, sql, args, &row))
		return false;
	if (!row)
		return true;
	*found = true;
	read_report(row, out);
	return db_done(row);
}

bool task_report_of_period(struct call *c, id task_id, int64_t slot, bool *found, struct task_report_row *out)
{
	return one_report(c, "SELECT " REPORT_COLUMNS " FROM task_report WHERE task_id = $1 AND period = $2",
			  DB_ARGS(db_int(task_id), db_int(slot)), found, out);
}

bool task_report_oldest_waiting(struct call *c, id task_id, bool *found, struct task_report_row *out)
{
	return one_report(c,
			  "SELECT " REPORT_COLUMNS " FROM task_report WHERE task_id = $1 AND reported_at IS NULL "
			  "ORDER BY opened_at, id LIMIT 1",
			  DB_ARGS(db_int(task_id)), found, out);
}

bool task_report_has_result(struct call *c, id task_id, bool *out)
{
	int64_t found;

	if (!db_query_int(c, "SELECT 1 FROM task_report WHERE task_id = $1 AND result <> '' LIMIT 1",
			  DB_ARGS(db_int(task_id)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}

#define REQUEST_COLUMNS \
	"id, task_id, kind, state, reason, deadline, asked_by, asked_at, decided_by, decided_at, decision"

bool task_request_insert(struct call *c, const struct task_request_row *row)
{
	return db_exec(c,
		       "INSERT INTO task_request (" REQUEST_COLUMNS ") VALUES ($1, $2, $3, 0, $4, $5, $6, $7, NULL, NULL, "
		       "'')",
		       DB_ARGS(db_int(row->id), db_int(row->task_id), db_int(row->kind), db_text(row->reason),
			       db_int_or_null(row->deadline), db_int_or_null(row->asked_by), db_int(row->asked_at)));
}

static void read_request(struct db_rows *rows, struct task_request_row *out)
{
	*out = (struct task_request_row){
		.id = db_col_int(rows, 0),
		.task_id = db_col_int(rows, 1),
		.kind = (enum task_request_kind)db_col_int(rows, 2),
		.state = (enum task_request_state)db_col_int(rows, 3),
		.reason = db_col_text(rows, 4),
		.deadline = db_col_int(rows, 5),
		.asked_by = db_col_int(rows, 6),
		.asked_at = db_col_int(rows, 7),
		.decided_by = db_col_int(rows, 8),
		.decided_at = db_col_int(rows, 9),
		.decision = db_col_text(rows, 10),
	};
}

bool task_request_get(struct call *c, id request_id, bool *found, struct task_request_row *out)
{
	struct db_rows *row;

	*found = false;
	if (!db_query_one(c, "SELECT " REQUEST_COLUMNS " FROM task_request WHERE id = $1", DB_ARGS(db_int(request_id)),
			  &row))
		return false;
	if (!row)
		return true;
	*found = true;
	read_request(row, out);
	return db_done(row);
}

bool task_request_waits(struct call *c, id task_id, enum task_request_kind kind, bool *out)
{
	int64_t found;

	if (!db_query_int(c, "SELECT 1 FROM task_request WHERE task_id = $1 AND kind = $2 AND state = 0",
			  DB_ARGS(db_int(task_id), db_int(kind)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}

bool task_request_decide(struct call *c, const struct task_request_row *row)
{
	return db_exec(c,
		       "UPDATE task_request SET state = $2, decided_by = $3, decided_at = $4, decision = $5 WHERE id = $1",
		       DB_ARGS(db_int(row->id), db_int(row->state), db_int_or_null(row->decided_by),
			       db_int_or_null(row->decided_at), db_text(row->decision)));
}

bool task_requests_end(struct call *c, id task_id)
{
	return db_exec(c, "UPDATE task_request SET state = 3, decided_at = $2 WHERE task_id = $1 AND state = 0",
		       DB_ARGS(db_int(task_id), db_int(c->now)));
}

bool task_request_rows(struct call *c, id task_id, struct task_request_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT " REQUEST_COLUMNS " FROM task_request WHERE task_id = $1 "
					"ORDER BY id DESC LIMIT 500",
					DB_ARGS(db_int(task_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_request(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool task_explanation_insert(struct call *c, const struct task_explanation_row *row)
{
	char date[CIVIL_TEXT_MAX];

	return db_exec(c,
		       "INSERT INTO task_explanation (id, task_id, deadline, cause, remedy, new_date, given_by, given_at) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		       DB_ARGS(db_int(row->id), db_int(row->task_id), db_int(row->deadline), db_text(row->cause),
			       db_text(row->remedy), db_text(civil_format_date(row->new_date, date)),
			       db_int_or_null(row->given_by), db_int(row->given_at)));
}

bool task_explanation_rows(struct call *c, id task_id, struct task_explanation_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT id, deadline, cause, remedy, new_date, given_by, given_at "
					"FROM task_explanation WHERE task_id = $1 ORDER BY id DESC LIMIT 500",
					DB_ARGS(db_int(task_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		struct task_explanation_row *row;

		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		row = &(*out)[(*count)++];
		*row = (struct task_explanation_row){
			.id = db_col_int(rows, 0),
			.task_id = task_id,
			.deadline = db_col_int(rows, 1),
			.cause = db_col_text(rows, 2),
			.remedy = db_col_text(rows, 3),
			.given_by = db_col_int(rows, 5),
			.given_at = db_col_int(rows, 6),
		};
		civil_parse_date(db_col_peek(rows, 4), &row->new_date);
	}
	return db_done(rows);
}

#define FILE_COLUMNS "id, task_id, sha256, name, size, type, report_id, request_id, added_by, added_at, removed_at"

bool task_file_insert(struct call *c, const struct task_file_row *row)
{
	return db_exec(c,
		       "INSERT INTO task_file (" FILE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, $7, $8, NULL)",
		       DB_ARGS(db_int(row->id), db_int(row->task_id), db_text(row->file.sha256), db_text(row->file.name),
			       db_int(row->file.size), db_text(row->file.type), db_int_or_null(row->added_by),
			       db_int(row->added_at)));
}

static void read_file(struct db_rows *rows, struct task_file_row *out)
{
	*out = (struct task_file_row){
		.id = db_col_int(rows, 0),
		.task_id = db_col_int(rows, 1),
		.file = { .sha256 = db_col_text(rows, 2),
			  .name = db_col_text(rows, 3),
			  .size = db_col_int(rows, 4),
			  .type = db_col_text(rows, 5) },
		.report_id = db_col_int(rows, 6),
		.request_id = db_col_int(rows, 7),
		.added_by = db_col_int(rows, 8),
		.added_at = db_col_int(rows, 9),
		.removed_at = db_col_int(rows, 10),
	};
}

bool task_file_get(struct call *c, id file_id, bool *found, struct task_file_row *out)
{
	struct db_rows *row;

	*found = false;
	if (!db_query_one(c, "SELECT " FILE_COLUMNS " FROM task_file WHERE id = $1", DB_ARGS(db_int(file_id)), &row))
		return false;
	if (!row)
		return true;
	*found = true;
	read_file(row, out);
	return db_done(row);
}

bool task_file_link(struct call *c, id file_id, id report_id, id request_id)
{
	return db_exec(c, "UPDATE task_file SET report_id = $2, request_id = $3 WHERE id = $1",
		       DB_ARGS(db_int(file_id), db_int_or_null(report_id), db_int_or_null(request_id)));
}

bool task_file_remove(struct call *c, id file_id)
{
	return db_exec(c, "UPDATE task_file SET removed_at = $2 WHERE id = $1", DB_ARGS(db_int(file_id), db_int(c->now)));
}

bool task_file_rows(struct call *c, id task_id, struct task_file_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT " FILE_COLUMNS " FROM task_file WHERE task_id = $1 AND removed_at IS NULL "
					"ORDER BY id",
					DB_ARGS(db_int(task_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_file(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool task_file_count(struct call *c, id task_id, int64_t *out)
{
	return db_query_int(c, "SELECT COUNT(*) FROM task_file WHERE task_id = $1 AND removed_at IS NULL",
			    DB_ARGS(db_int(task_id)), 0, out);
}

static bool read_waiting(struct call *c, struct db_rows *rows, struct task_waiting_row **out, size_t *count)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		struct task_waiting_row *row;

		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		row = &(*out)[(*count)++];
		*row = (struct task_waiting_row){
			.request_id = db_col_int(rows, TASK_COLUMN_COUNT),
			.period = db_col_int(rows, TASK_COLUMN_COUNT + 1),
			.report_deadline = db_col_int(rows, TASK_COLUMN_COUNT + 2),
		};
		task_read_columns(rows, &row->task);
	}
	return db_done(rows);
}

bool task_waiting_reports(struct call *c, const struct task_ranges *ranges, int limit, struct task_waiting_row **out,
			  size_t *count)
{
	static const char sql[] = DB_PLANNED "SELECT " TASK_COLUMNS ", 0, r.period, r.deadline FROM task_unit m "
				  "JOIN task_report r ON r.task_id = m.task_id AND r.reported_at IS NULL "
				  "JOIN task t ON t.id = m.task_id WHERE m.role = 1 AND " TASK_IN_RANGES("m.unit_path")
				  " AND t.state < 2 AND t.asked_at IS NULL ORDER BY r.deadline, r.id LIMIT $17";
	struct db_value values[TASK_RANGE_VALUES + 1];

	task_put_ranges(values, ranges);
	values[TASK_RANGE_VALUES] = db_int(limit);
	return read_waiting(c, db_query(c, sql, (struct db_args){ values, TASK_RANGE_VALUES + 1 }), out, count);
}

bool task_waiting_requests(struct call *c, const struct task_ranges *ranges, enum task_request_kind kind,
			   id not_asked_by, int limit, struct task_waiting_row **out, size_t *count)
{
	static const char sql[] = DB_PLANNED "SELECT " TASK_COLUMNS ", q.id, 0, 0 FROM task_request q "
				  "JOIN task t ON t.id = q.task_id WHERE q.state = 0 AND q.kind = $17 AND COALESCE(q.asked_by, 0) <> $18 "
				  "AND " TASK_IN_RANGES("t.assigner_path") " ORDER BY q.id LIMIT $19";
	struct db_value values[TASK_RANGE_VALUES + 3];

	task_put_ranges(values, ranges);
	values[TASK_RANGE_VALUES] = db_int(kind);
	values[TASK_RANGE_VALUES + 1] = db_int(not_asked_by);
	values[TASK_RANGE_VALUES + 2] = db_int(limit);
	return read_waiting(c, db_query(c, sql, (struct db_args){ values, TASK_RANGE_VALUES + 3 }), out, count);
}
