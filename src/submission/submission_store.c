#include "submission/submission_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "db/db.h"
#include "base/rows.h"

#define COLUMNS \
	"id, assignment_id, report_id, unit_id, province_id, period, state, version, revision, first_submitted_at, " \
	"submitted_at, on_time, late_reason, nil, entered_by, approved_by, approved_at, received_by, received_at, " \
	"return_reason, exception_until"

static const char GET[] = "SELECT " COLUMNS " FROM submission WHERE id = $1";
static const char FIND[] =
	"SELECT " COLUMNS " FROM submission WHERE assignment_id = $1 AND period = $2 AND unit_id = $3";
static const char OF_ASSIGNMENT[] = "SELECT " COLUMNS " FROM submission"
				    " WHERE assignment_id = $1 AND period >= $2 AND period <= $3"
				    " ORDER BY period, unit_id";
static const char OF_UNIT[] = "SELECT " COLUMNS " FROM submission WHERE unit_id = $1 AND period >= $2"
			      " ORDER BY period DESC, id";
static const char INSERT[] =
	"INSERT INTO submission (id, assignment_id, report_id, unit_id, province_id, period, state, version,"
	" revision, on_time, nil) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 1, 0, 0)";
static const char UPDATE[] =
	"UPDATE submission SET state = $3, version = $4, revision = revision + 1, first_submitted_at = $5,"
	" submitted_at = $6, on_time = $7, late_reason = $8, nil = $9, entered_by = $10, approved_by = $11,"
	" approved_at = $12, received_by = $13, received_at = $14, return_reason = $15, exception_until = $16"
	" WHERE id = $1 AND revision = $2";
static const char EXCEPTION_REASON[] = "UPDATE submission SET exception_reason = $2 WHERE id = $1";

static const char STEP_INSERT[] =
	"INSERT INTO submission_step (submission_id, id, step, version, account_id, at, reason)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char STEPS[] = "SELECT step, version, account_id, at, reason FROM submission_step"
			    " WHERE submission_id = $1 ORDER BY id";

static const char VERSION_INSERT[] =
	"INSERT INTO submission_version (submission_id, version, report_version, at, account_id, late_reason)"
	" VALUES ($1, $2, $3, $4, $5, $6)";
static const char VERSION_APPROVE[] = "UPDATE submission_version SET approved_by = $3, approved_at = $4"
				      " WHERE submission_id = $1 AND version = $2";
static const char VERSIONS[] = "SELECT version, report_version, at, account_id, approved_by, approved_at, late_reason"
			       " FROM submission_version WHERE submission_id = $1 ORDER BY version DESC";

static const char VERSION_REPORT[] =
	"SELECT report_version FROM submission_version WHERE submission_id = $1 AND version = $2";

static const char AUTHOR_ADD[] = "INSERT INTO submission_author (submission_id, account_id) VALUES ($1, $2)"
				 " ON CONFLICT (submission_id, account_id) DO NOTHING";
static const char IS_AUTHOR[] =
	"SELECT 1 FROM submission_author WHERE submission_id = $1 AND account_id = $2"
	" UNION ALL SELECT 1 FROM submission_version WHERE submission_id = $1 AND account_id = $2 LIMIT 1";

static const char MARK_INSERT[] =
	"INSERT INTO submission_mark (submission_id, version, indicator_id, comment, account_id, at)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
	" ON CONFLICT (submission_id, version, indicator_id) DO UPDATE"
	" SET comment = excluded.comment, account_id = excluded.account_id, at = excluded.at";
static const char MARKS[] = "SELECT version, indicator_id, comment, account_id, at FROM submission_mark"
			    " WHERE submission_id = $1 ORDER BY version DESC, indicator_id";

static void read_row(struct db_rows *rows, struct submission *s)
{
	*s = (struct submission){
		.id = db_col_int(rows, 0),
		.assignment_id = db_col_int(rows, 1),
		.report_id = db_col_int(rows, 2),
		.unit_id = db_col_int(rows, 3),
		.province_id = db_col_int(rows, 4),
		.period = db_col_int(rows, 5),
		.state = (enum submission_state)db_col_int(rows, 6),
		.version = db_col_int(rows, 7),
		.revision = db_col_int(rows, 8),
		.first_submitted_at = db_col_int(rows, 9),
		.submitted_at = db_col_int(rows, 10),
		.on_time = db_col_int(rows, 11) != 0,
		.late_reason = db_col_text(rows, 12),
		.nil = db_col_int(rows, 13) != 0,
		.entered_by = db_col_int(rows, 14),
		.approved_by = db_col_int(rows, 15),
		.approved_at = db_col_int(rows, 16),
		.received_by = db_col_int(rows, 17),
		.received_at = db_col_int(rows, 18),
		.return_reason = db_col_text(rows, 19),
		.exception_until = db_col_int(rows, 20),
	};
}

static bool read_one(struct call *c, const char *sql, struct db_args args, bool *found,
		     struct submission *out)
{
	struct db_rows *rows;

	if (!db_query_one(c, sql, args, &rows))
		return false;
	*found = rows != NULL;
	if (!rows)
		return true;
	read_row(rows, out);
	return db_done(rows);
}

bool store_submission_get(struct call *c, id submission_id, bool *found, struct submission *out)
{
	return read_one(c, GET, DB_ARGS(db_int(submission_id)), found, out);
}

bool store_submission_find(struct call *c, id assignment_id, period p, id unit_id, bool *found,
			   struct submission *out)
{
	return read_one(c, FIND, DB_ARGS(db_int(assignment_id), db_int(p), db_int(unit_id)), found, out);
}

static bool read_all(struct call *c, const char *sql, struct db_args args, struct submission **out,
		     size_t *count)
{
	struct db_rows *rows = db_query(c, sql, args);
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_row(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool store_submissions_of_assignment(struct call *c, id assignment_id, period first, period last,
				     struct submission **out, size_t *count)
{
	return read_all(c, OF_ASSIGNMENT, DB_ARGS(db_int(assignment_id), db_int(first), db_int(last)), out,
			count);
}

bool store_submissions_of_unit(struct call *c, id unit_id, period since, struct submission **out,
			       size_t *count)
{
	return read_all(c, OF_UNIT, DB_ARGS(db_int(unit_id), db_int(since)), out, count);
}

bool store_submissions_insert(struct call *c, const struct submission *rows, size_t count)
{
	enum { WIDTH = 7 };
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * WIDTH);

	for (size_t i = 0; i < count; i++) {
		const struct submission *s = &rows[i];
		struct db_value row[WIDTH] = {
			db_int(s->id), db_int(s->assignment_id), db_int(s->report_id), db_int(s->unit_id),
			db_int(s->province_id), db_int(s->period), db_int(s->state),
		};
		memcpy(&values[i * WIDTH], row, sizeof(row));
	}
	return db_exec_many(c, INSERT, values, count, WIDTH);
}

bool store_submission_update(struct call *c, struct submission *s)
{
	int64_t changed;

	if (!db_exec_count(c, UPDATE,
			   DB_ARGS(db_int(s->id), db_int(s->revision), db_int(s->state), db_int(s->version),
				   db_int_or_null(s->first_submitted_at), db_int_or_null(s->submitted_at),
				   db_bool(s->on_time), db_text(s->late_reason), db_bool(s->nil),
				   db_int_or_null(s->entered_by), db_int_or_null(s->approved_by),
				   db_int_or_null(s->approved_at), db_int_or_null(s->received_by),
				   db_int_or_null(s->received_at), db_text(s->return_reason),
				   db_int_or_null(s->exception_until)),
			   &changed))
		return false;
	if (changed == 0)
		return error_set(c->err, ERR_stale_version, NULL, NULL);
	s->revision++;
	return true;
}

bool store_exception_reason(struct call *c, id submission_id, const char *reason)
{
	return db_exec(c, EXCEPTION_REASON, DB_ARGS(db_int(submission_id), db_text(reason)));
}

bool store_step_insert(struct call *c, id submission_id, const struct step_row *step)
{
	return db_exec(c, STEP_INSERT,
		       DB_ARGS(db_int(submission_id), db_int(id_next(c->now)), db_text(step->step),
			       db_int(step->version), db_int_or_null(step->by), db_int(step->at),
			       db_text(step->reason)));
}

bool store_steps(struct call *c, id submission_id, struct step_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c, STEPS, DB_ARGS(db_int(submission_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = (struct step_row){
			.step = db_col_text(rows, 0),
			.version = db_col_int(rows, 1),
			.by = db_col_int(rows, 2),
			.at = db_col_int(rows, 3),
			.reason = db_col_text(rows, 4),
		};
	}
	return db_done(rows);
}

bool store_version_insert(struct call *c, id submission_id, const struct version_row *row)
{
	return db_exec(c, VERSION_INSERT,
		       DB_ARGS(db_int(submission_id), db_int(row->version), db_int(row->report_version),
			       db_int(row->at), db_int_or_null(row->by), db_text(row->late_reason)));
}

bool store_version_approve(struct call *c, id submission_id, int64_t version, id by, instant at)
{
	return db_exec(c, VERSION_APPROVE,
		       DB_ARGS(db_int(submission_id), db_int(version), db_int_or_null(by), db_int(at)));
}

bool store_versions(struct call *c, id submission_id, struct version_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c, VERSIONS, DB_ARGS(db_int(submission_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = (struct version_row){
			.version = db_col_int(rows, 0),
			.report_version = db_col_int(rows, 1),
			.at = db_col_int(rows, 2),
			.by = db_col_int(rows, 3),
			.approved_by = db_col_int(rows, 4),
			.approved_at = db_col_int(rows, 5),
			.late_reason = db_col_text(rows, 6),
		};
	}
	return db_done(rows);
}

bool store_version_report(struct call *c, id submission_id, int64_t version, int64_t *report_version)
{
	return db_query_int(c, VERSION_REPORT, DB_ARGS(db_int(submission_id), db_int(version)), 0,
			    report_version);
}

bool store_author_add(struct call *c, id submission_id, id account_id, bool *added)
{
	int64_t changed;

	if (!db_exec_count(c, AUTHOR_ADD, DB_ARGS(db_int(submission_id), db_int(account_id)), &changed))
		return false;
	*added = changed > 0;
	return true;
}

bool store_is_author(struct call *c, id submission_id, id account_id, bool *out)
{
	int64_t yes;

	if (!db_query_int(c, IS_AUTHOR, DB_ARGS(db_int(submission_id), db_int(account_id)), 0, &yes))
		return false;
	*out = yes != 0;
	return true;
}

bool store_marks_insert(struct call *c, id submission_id, const struct mark_row *marks, size_t count)
{
	enum { WIDTH = 6 };
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * WIDTH);

	for (size_t i = 0; i < count; i++) {
		struct db_value row[WIDTH] = {
			db_int(submission_id), db_int(marks[i].version), db_int(marks[i].indicator_id),
			db_text(marks[i].comment), db_int_or_null(marks[i].by), db_int(marks[i].at),
		};
		memcpy(&values[i * WIDTH], row, sizeof(row));
	}
	return count == 0 || db_exec_many(c, MARK_INSERT, values, count, WIDTH);
}

bool store_marks(struct call *c, id submission_id, struct mark_row **out, size_t *count)
{
	struct db_rows *rows = db_query(c, MARKS, DB_ARGS(db_int(submission_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = (struct mark_row){
			.version = db_col_int(rows, 0),
			.indicator_id = db_col_int(rows, 1),
			.comment = db_col_text(rows, 2),
			.by = db_col_int(rows, 3),
			.at = db_col_int(rows, 4),
		};
	}
	return db_done(rows);
}
