#include "document/reading_store.h"

#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"

#define HEAD_COLUMNS \
	"id, unit_id, unit_path, sha256, name, size, type, document_id, state, pages_done, pages_total, from_picture, " \
	"problem, created_by, created_at, accepted_at, version, file_id"

static void read_head(struct db_rows *rows, struct reading *out)
{
	*out = (struct reading){
		.id = db_col_int(rows, 0),
		.unit_id = db_col_int(rows, 1),
		.unit_path = db_col_text(rows, 2),
		.file = { .sha256 = db_col_text(rows, 3),
			  .name = db_col_text(rows, 4),
			  .size = db_col_int(rows, 5),
			  .type = db_col_text(rows, 6) },
		.document_id = db_col_int(rows, 7),
		.state = (enum reading_state)db_col_int(rows, 8),
		.pages_done = (int)db_col_int(rows, 9),
		.pages_total = (int)db_col_int(rows, 10),
		.from_picture = db_col_int(rows, 11) != 0,
		.problem = db_col_text(rows, 12),
		.created_by = db_col_int(rows, 13),
		.created_at = db_col_int(rows, 14),
		.accepted_at = db_col_int(rows, 15),
		.version = db_col_int(rows, 16),
		.file_id = db_col_int(rows, 17),
		.text = "",
		.documents = "[]",
	};
}

bool reading_row(struct call *c, id reading_id, bool *found, struct reading *out)
{
	struct db_rows *row;

	if (!db_query_one(c, "SELECT " HEAD_COLUMNS ", text, documents FROM reading WHERE id = $1",
			  DB_ARGS(db_int(reading_id)), &row))
		return false;
	*found = row != NULL;
	if (!row)
		return true;
	read_head(row, out);
	out->text = db_col_text(row, 18);
	out->documents = db_col_text(row, 19);
	return db_done(row);
}

bool reading_insert(struct call *c, const struct reading *r)
{
	return db_exec(c,
		       "INSERT INTO reading (id, unit_id, unit_path, sha256, name, size, type, document_id, state, "
		       "claimed_until, pages_done, pages_total, from_picture, problem, text, documents, created_by, created_at, "
		       "version, file_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0, '', '', '[]', $10, $11, 1, $12)",
		       DB_ARGS(db_int(r->id), db_int(r->unit_id), db_text(r->unit_path), db_text(r->file.sha256),
			       db_text(r->file.name), db_int(r->file.size), db_text(r->file.type),
			       db_int_or_null(r->document_id), db_int(r->state), db_int_or_null(r->created_by),
			       db_int(r->created_at), db_int_or_null(r->file_id)));
}

bool reading_delete(struct call *c, id reading_id)
{
	return db_exec(c, "DELETE FROM reading WHERE id = $1", DB_ARGS(db_int(reading_id)));
}

static bool read_heads(struct call *c, struct db_rows *rows, struct reading **out, size_t *count)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_head(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool reading_rows(struct call *c, id unit_id, id after, int limit, struct reading **out, size_t *count)
{
	return read_heads(c,
			  db_query(c,
				   "SELECT " HEAD_COLUMNS " FROM reading WHERE unit_id = $1 AND document_id IS NULL "
				   "AND (CAST($2 AS BIGINT) IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
				   DB_ARGS(db_int(unit_id), db_int_or_null(after), db_int(limit))),
			  out, count);
}

bool reading_rows_of(struct call *c, const struct document *document, struct reading **out, size_t *count)
{
	return read_heads(c,
			  db_query(c,
				   "SELECT " HEAD_COLUMNS " FROM reading WHERE id = $2 OR document_id = $1 OR (unit_id = $3 AND "
				   "sha256 IN (SELECT f.sha256 FROM document_file f WHERE f.document_id = $1)) ORDER BY id",
				   DB_ARGS(db_int(document->id), db_int(document->reading_id), db_int(document->unit_id))),
			  out, count);
}

bool reading_unname(struct call *c, id reading_id)
{
	return db_exec(c, "UPDATE document SET reading_id = NULL WHERE reading_id = $1", DB_ARGS(db_int(reading_id)));
}

bool reading_text_delete(struct call *c, id file_id)
{
	return db_exec(c, "DELETE FROM reading WHERE file_id = $1", DB_ARGS(db_int(file_id)));
}

bool reading_waiting(struct call *c, id unit_id, int64_t *out)
{
	return db_query_int(c, "SELECT COUNT(*) FROM reading WHERE unit_id = $1 AND state < 2", DB_ARGS(db_int(unit_id)), 0,
			    out);
}

bool reading_next(struct call *c, bool *found, struct reading *out)
{
	struct db_rows *row;

	if (!db_query_one(c,
			  "SELECT " HEAD_COLUMNS " FROM reading WHERE state < 2 AND (state = 0 OR claimed_until <= $1) "
			  "ORDER BY state, id LIMIT 1",
			  DB_ARGS(db_int(c->now)), &row))
		return false;
	*found = row != NULL;
	if (!row)
		return true;
	read_head(row, out);
	return db_done(row);
}

bool reading_claim(struct call *c, id reading_id, instant until)
{
	return db_exec(c, "UPDATE reading SET state = 1, claimed_until = $2 WHERE id = $1",
		       DB_ARGS(db_int(reading_id), db_int(until)));
}

bool reading_release(struct call *c, id reading_id)
{
	return db_exec(c, "UPDATE reading SET state = 0, claimed_until = 0 WHERE id = $1 AND state = 1",
		       DB_ARGS(db_int(reading_id)));
}

bool reading_progress(struct call *c, id reading_id, int done, int pages, instant until)
{
	return db_exec(c, "UPDATE reading SET pages_done = $2, pages_total = $3, claimed_until = $4 WHERE id = $1 AND state = 1",
		       DB_ARGS(db_int(reading_id), db_int(done), db_int(pages), db_int(until)));
}

bool reading_finish(struct call *c, const struct reading *r)
{
	return db_exec(c,
		       "UPDATE reading SET state = $2, pages_done = $3, pages_total = $4, from_picture = $5, problem = $6, "
		       "text = $7, documents = $8, version = version + 1 WHERE id = $1",
		       DB_ARGS(db_int(r->id), db_int(r->state), db_int(r->pages_done), db_int(r->pages_total),
			       db_bool(r->from_picture), db_text(r->problem), db_text(r->text), db_text(r->documents)));
}

bool reading_set_accepted(struct call *c, id reading_id)
{
	return db_exec(c, "UPDATE reading SET accepted_at = $2, version = version + 1 WHERE id = $1",
		       DB_ARGS(db_int(reading_id), db_int(c->now)));
}

bool reading_queue_text(struct call *c, const struct document *document, const struct document_file *file)
{
	const struct reading reading = {
		.id = id_next(c->now),
		.unit_id = document->unit_id,
		.unit_path = document->unit_path,
		.file = file->file,
		.document_id = document->id,
		.file_id = file->id,
		.state = READING_WAITING,
		.created_at = c->now,
	};

	return reading_insert(c, &reading);
}
