#include "db/db.h"
#include "task/task_import.h"

bool store_import_insert(struct call *c, const struct task_import *import)
{
	return db_exec(c,
		       "INSERT INTO task_import (id, unit_id, sha256, name, size, created_by, created_at) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7)",
		       DB_ARGS(db_int(import->id), db_int(import->unit_id), db_text(import->file.sha256),
			       db_text(import->file.name), db_int(import->file.size), db_int_or_null(import->created_by),
			       db_int(import->created_at)));
}

bool store_import_get(struct call *c, id import_id, bool *found, struct task_import *out)
{
	struct db_rows *row;

	if (!db_query_one(c,
			  "SELECT id, unit_id, sha256, name, size, created_by, created_at, accepted_at FROM task_import "
			  "WHERE id = $1",
			  DB_ARGS(db_int(import_id)), &row))
		return false;
	*found = row != NULL;
	if (!row)
		return true;
	*out = (struct task_import){
		.id = db_col_int(row, 0),
		.unit_id = db_col_int(row, 1),
		.file = { .sha256 = db_col_text(row, 2), .name = db_col_text(row, 3), .size = db_col_int(row, 4), .type = "" },
		.created_by = db_col_int(row, 5),
		.created_at = db_col_int(row, 6),
		.accepted_at = db_col_int(row, 7),
	};
	return db_done(row);
}

bool store_import_accepted(struct call *c, id import_id)
{
	return db_exec(c, "UPDATE task_import SET accepted_at = $2 WHERE id = $1", DB_ARGS(db_int(import_id), db_int(c->now)));
}
