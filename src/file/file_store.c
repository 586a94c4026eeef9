#include "file/file_store.h"

#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"

#define COLUMNS "sha256, size, type"

static const char INSERT[] = "INSERT INTO file (sha256, size, type, added_at) VALUES ($1, $2, $3, $4)"
			     " ON CONFLICT (sha256) DO NOTHING";
static const char GET[] = "SELECT " COLUMNS " FROM file WHERE sha256 = $1";
static const char RANGE[] = "SELECT " COLUMNS " FROM file WHERE sha256 >= $1 AND sha256 < $2 ORDER BY sha256";

static void read_row(struct db_rows *rows, struct file *out)
{
	*out = (struct file){
		.sha256 = db_col_text(rows, 0),
		.size = db_col_int(rows, 1),
		.type = db_col_text(rows, 2),
		.name = "",
	};
}

bool store_file_insert(struct call *c, const struct file *file)
{
	return db_exec(c, INSERT,
		       DB_ARGS(db_text(file->sha256), db_int(file->size), db_text(file->type), db_int(c->now)));
}

bool store_file_get(struct call *c, const char *sha256, bool *found, struct file *out)
{
	struct db_rows *rows;

	if (!db_query_one(c, GET, DB_ARGS(db_text(sha256)), &rows))
		return false;
	*found = rows != NULL;
	if (!rows)
		return true;
	read_row(rows, out);
	return db_done(rows);
}

bool store_file_range(struct call *c, const char *low, const char *high, struct file **out, size_t *count)
{
	struct db_rows *rows = db_query(c, RANGE, DB_ARGS(db_text(low), db_text(high)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_row(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool store_file_delete(struct call *c, const char *sha256)
{
	return db_exec(c, "DELETE FROM file WHERE sha256 = $1", DB_ARGS(db_text(sha256)));
}

bool store_release_insert(struct call *c, const char *sha256)
{
	return db_exec(c, "INSERT INTO file_released (sha256, released_at) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING",
		       DB_ARGS(db_text(sha256), db_int(c->now)));
}

bool store_release_delete(struct call *c, const char *sha256)
{
	return db_exec(c, "DELETE FROM file_released WHERE sha256 = $1", DB_ARGS(db_text(sha256)));
}

bool store_file_released(struct call *c, const char *sha256, bool *out)
{
	int64_t found;

	if (!db_query_int(c, "SELECT 1 FROM file_released WHERE sha256 = $1", DB_ARGS(db_text(sha256)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}

bool store_released(struct call *c, const char *low, const char *high, const char *out[FILE_RELEASED_MAX], size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT sha256 FROM file_released WHERE sha256 >= $1 AND sha256 < $2 "
					"ORDER BY sha256 LIMIT $3",
					DB_ARGS(db_text(low), db_text(high), db_int(FILE_RELEASED_MAX)));

	*count = 0;
	while (*count < FILE_RELEASED_MAX && db_next(rows))
		out[(*count)++] = db_col_text(rows, 0);
	return db_done(rows);
}
