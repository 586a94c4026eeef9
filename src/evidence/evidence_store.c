#include "evidence/evidence_store.h"

#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"

#define COLUMNS "id, submission_id, indicator_id, name, type, sha256, size, added_by, added_at"
#define FROM " FROM evidence"

static const char GET[] = "SELECT " COLUMNS ", assignment_id, period, removed_by, removed_at" FROM " WHERE id = $1";
static const char INSERT[] =
	"INSERT INTO evidence (id, sha256, submission_id, assignment_id, period, indicator_id, name, type, size,"
	" added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
static const char REMOVE[] = "UPDATE evidence SET removed_by = $2, removed_at = $3 WHERE id = $1";
static const char OF_SUBMISSION[] = "SELECT " COLUMNS FROM " WHERE submission_id = $1 AND removed_at IS NULL"
				    " ORDER BY indicator_id, added_at, id";
static const char OF_PERIOD[] = "SELECT " COLUMNS FROM " WHERE assignment_id = $1 AND period = $2"
				" AND (CAST($3 AS BIGINT) = 0 OR indicator_id = $3) AND removed_at IS NULL"
				" ORDER BY submission_id, indicator_id, added_at, id";
static const char COUNTS[] = "SELECT submission_id, COUNT(*) FROM evidence"
			     " WHERE assignment_id = $1 AND period = $2 AND removed_at IS NULL"
			     " GROUP BY submission_id ORDER BY submission_id";
static const char COUNT[] = "SELECT COUNT(*) FROM evidence WHERE submission_id = $1 AND removed_at IS NULL";

static void read_row(struct db_rows *rows, struct evidence *out)
{
	*out = (struct evidence){
		.id = db_col_int(rows, 0),
		.submission_id = db_col_int(rows, 1),
		.indicator_id = db_col_int(rows, 2),
		.name = db_col_text(rows, 3),
		.type = db_col_text(rows, 4),
		.sha256 = db_col_text(rows, 5),
		.size = db_col_int(rows, 6),
		.added_by = db_col_int(rows, 7),
		.added_at = db_col_int(rows, 8),
	};
}

bool store_evidence_get(struct call *c, id evidence_id, bool *found, struct evidence_row *out)
{
	struct db_rows *rows;

	if (!db_query_one(c, GET, DB_ARGS(db_int(evidence_id)), &rows))
		return false;
	*found = rows != NULL;
	if (!rows)
		return true;
	read_row(rows, &out->evidence);
	out->assignment_id = db_col_int(rows, 9);
	out->period = db_col_int(rows, 10);
	out->removed_by = db_col_int(rows, 11);
	out->removed_at = db_col_int(rows, 12);
	return db_done(rows);
}

bool store_evidence_insert(struct call *c, const struct evidence_row *row)
{
	const struct evidence *e = &row->evidence;

	return db_exec(c, INSERT,
		       DB_ARGS(db_int(e->id), db_text(e->sha256), db_int(e->submission_id),
			       db_int(row->assignment_id), db_int(row->period), db_int(e->indicator_id),
			       db_text(e->name), db_text(e->type), db_int(e->size),
			       db_int_or_null(e->added_by), db_int(e->added_at)));
}

bool store_evidence_remove(struct call *c, id evidence_id, id by, instant at)
{
	return db_exec(c, REMOVE, DB_ARGS(db_int(evidence_id), db_int_or_null(by), db_int_or_null(at)));
}

static bool read_all(struct call *c, const char *sql, struct db_args args, struct evidence **out,
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

bool store_evidence_of_submission(struct call *c, id submission_id, struct evidence **out, size_t *count)
{
	return read_all(c, OF_SUBMISSION, DB_ARGS(db_int(submission_id)), out, count);
}

bool store_evidence_of_period(struct call *c, id assignment_id, int64_t period, id indicator_id,
			      struct evidence **out, size_t *count)
{
	return read_all(c, OF_PERIOD, DB_ARGS(db_int(assignment_id), db_int(period), db_int(indicator_id)),
			out, count);
}

bool store_evidence_counts(struct call *c, id assignment_id, int64_t period, struct evidence_count **out,
			   size_t *count)
{
	struct db_rows *rows = db_query(c, COUNTS, DB_ARGS(db_int(assignment_id), db_int(period)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = (struct evidence_count){ db_col_int(rows, 0), db_col_int(rows, 1) };
	}
	return db_done(rows);
}

bool store_evidence_count(struct call *c, id submission_id, int64_t *out)
{
	return db_query_int(c, COUNT, DB_ARGS(db_int(submission_id)), 0, out);
}

bool store_evidence_links(struct call *c, const char *sha256, bool *out)
{
	int64_t found;

	if (!db_query_int(c, "SELECT 1 FROM evidence WHERE sha256 = $1 LIMIT 1", DB_ARGS(db_text(sha256)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}
