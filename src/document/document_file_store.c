/* Files, texts and the words documents are found by. */
#include "base/arena.h"
#include "base/rows.h"
#include "base/text.h"
#include "db/db.h"
#include "db/words.h"
#include "document/document_store.h"

#define FILE_COLUMNS "id, document_id, sha256, name, size, type, revision, added_by, added_at, main"

static void read_file(struct db_rows *rows, struct document_file *out)
{
	*out = (struct document_file){
		.id = db_col_int(rows, 0),
		.document_id = db_col_int(rows, 1),
		.file = { .sha256 = db_col_text(rows, 2),
			  .name = db_col_text(rows, 3),
			  .size = db_col_int(rows, 4),
			  .type = db_col_text(rows, 5) },
		.revision = db_col_int(rows, 6),
		.added_by = db_col_int(rows, 7),
		.added_at = db_col_int(rows, 8),
		.main = db_col_int(rows, 9) != 0,
	};
}

bool document_file_row(struct call *c, id file_id, bool *found, struct document_file *out)
{
	struct db_rows *row;

	if (!db_query_one(c, "SELECT " FILE_COLUMNS " FROM document_file WHERE id = $1", DB_ARGS(db_int(file_id)), &row))
		return false;
	*found = row != NULL;
	if (!row)
		return true;
	read_file(row, out);
	return db_done(row);
}

bool document_file_rows(struct call *c, id document_id, struct document_file **out, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT " FILE_COLUMNS " FROM document_file WHERE document_id = $1 ORDER BY id DESC",
					DB_ARGS(db_int(document_id)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_file(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool document_file_insert(struct call *c, const struct document_file *row)
{
	return db_exec(c,
		       "INSERT INTO document_file (" FILE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		       DB_ARGS(db_int(row->id), db_int(row->document_id), db_text(row->file.sha256), db_text(row->file.name),
			       db_int(row->file.size), db_text(row->file.type), db_int(row->revision),
			       db_int_or_null(row->added_by), db_int(row->added_at), db_bool(row->main)));
}

bool document_file_delete(struct call *c, const struct document_file *file)
{
	return text_delete(c, file->document_id, file->id) &&
	       db_exec(c, "DELETE FROM document_file WHERE id = $1", DB_ARGS(db_int(file->id)));
}

bool document_file_links(struct call *c, const char *sha256, bool *out)
{
	int64_t found;

	if (!db_query_int(c,
			  "SELECT 1 FROM document_file WHERE sha256 = $1 UNION ALL SELECT 1 FROM reading WHERE sha256 = $1 LIMIT 1",
			  DB_ARGS(db_text(sha256)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}

/* A text without a file is the document's own. */
#define TEXTS "FROM document_text t LEFT JOIN document_file f ON f.id = t.file_id WHERE t.document_id = $1 "

bool text_row(struct call *c, id document_id, const char **text, bool *from_picture)
{
	struct db_rows *row;

	*text = NULL;
	if (!db_query_one(c,
			  "SELECT t.text, t.from_picture " TEXTS "AND COALESCE(f.main, 1) = 1 ORDER BY t.file_id DESC LIMIT 1",
			  DB_ARGS(db_int(document_id)), &row))
		return false;
	if (!row)
		return true;
	*text = db_col_text(row, 0);
	*from_picture = db_col_int(row, 1) != 0;
	return db_done(row);
}

bool text_rows(struct call *c, id document_id, const char *out[TEXTS_MAX], size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT t.text, COALESCE(f.main, 1), f.name " TEXTS
					"ORDER BY COALESCE(f.main, 1) DESC, f.name, t.file_id DESC",
					DB_ARGS(db_int(document_id)));
	const char *name = NULL;

	*count = 0;
	while (*count < TEXTS_MAX && db_next(rows)) {
		/* All that is the document itself counts as one; of what is attached each name does. */
		const char *of = db_col_int(rows, 1) ? "" : db_col_peek(rows, 2);

		if (*count && text_equal(name, of))
			continue;
		name = arena_strdup(c->mem, of);
		out[(*count)++] = db_col_text(rows, 0);
	}
	return db_done(rows);
}

bool text_put(struct call *c, id document_id, id file_id, const char *text, bool from_picture)
{
	return db_exec(c,
		       "INSERT INTO document_text (document_id, file_id, text, from_picture) VALUES ($1, $2, $3, $4) "
		       "ON CONFLICT (document_id, file_id) DO UPDATE SET text = excluded.text, "
		       "from_picture = excluded.from_picture",
		       DB_ARGS(db_int(document_id), db_int(file_id), db_text(text), db_bool(from_picture)));
}

bool text_delete(struct call *c, id document_id, id file_id)
{
	return db_exec(c, "DELETE FROM document_text WHERE document_id = $1 AND file_id = $2",
		       DB_ARGS(db_int(document_id), db_int(file_id)));
}

bool document_words_put(struct call *c, id document_id, const char *words)
{
	static const struct words_table table = WORDS_TABLE("document_words", "document_id");

	return db_words_put(c, &table, document_id, words);
}
