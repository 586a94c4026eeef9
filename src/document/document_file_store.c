/* Files, texts and the words documents are found by. */
#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"
#include "db/words.h"
#include "document/document_store.h"

#define FILE_COLUMNS "id, document_id, sha256, name, size, type, revision, added_by, added_at"

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
		       "INSERT INTO document_file (" FILE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		       DB_ARGS(db_int(row->id), db_int(row->document_id), db_text(row->file.sha256), db_text(row->file.name),
			       db_int(row->file.size), db_text(row->file.type), db_int(row->revision),
			       db_int_or_null(row->added_by), db_int(row->added_at)));
}

bool text_row(struct call *c, id document_id, const char **text, bool *from_picture)
{
	struct db_rows *row;

	*text = NULL;
	if (!db_query_one(c, "SELECT text, from_picture FROM document_text WHERE document_id = $1",
			  DB_ARGS(db_int(document_id)), &row))
		return false;
	if (!row)
		return true;
	*text = db_col_text(row, 0);
	*from_picture = db_col_int(row, 1) != 0;
	return db_done(row);
}

bool text_put(struct call *c, id document_id, const char *text, bool from_picture)
{
	return db_exec(c,
		       "INSERT INTO document_text (document_id, text, from_picture) VALUES ($1, $2, $3) "
		       "ON CONFLICT (document_id) DO UPDATE SET text = excluded.text, from_picture = excluded.from_picture",
		       DB_ARGS(db_int(document_id), db_text(text), db_bool(from_picture)));
}

bool document_words_put(struct call *c, id document_id, const char *words)
{
	static const struct words_table table = WORDS_TABLE("document_words", "document_id");

	return db_words_put(c, &table, document_id, words);
}
