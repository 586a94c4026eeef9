/* What tasks have to do with documents, readings and files: asked by those rooms. */
#include "task/task_document_store.h"

#include "base/arena.h"
#include "db/db.h"
#include "document/document.h"
#include "task/task_columns.h"

/* As many as a screen's page of documents. The same id again where there are fewer. */
enum { IDS_AT_ONCE = 64 };
#define IDS \
	"$17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, " \
	"$35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, " \
	"$53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, " \
	"$71, $72, $73, $74, $75, $76, $77, $78, $79, $80"

/* A task's parts stand on the same document: only the one above them is counted. */
#define COUNTS \
	DB_PLANNED "SELECT t.document_id, SUM(CASE WHEN t.state IN (0, 1, 3) THEN 1 ELSE 0 END), " \
	"SUM(CASE WHEN t.state IN (0, 1) AND t.deadline <= $81 THEN 1 ELSE 0 END) FROM task t " \
	"WHERE t.document_id IN (" IDS ") AND EXISTS (SELECT 1 FROM task_unit m WHERE m.task_id = t.id AND " \
	TASK_IN_RANGES("m.unit_path") ") AND NOT EXISTS (SELECT 1 FROM task p WHERE p.id = t.parent_id " \
	"AND p.document_id = t.document_id) GROUP BY t.document_id"

static bool count_some(struct call *c, const struct task_ranges *ranges, size_t count, struct document_tasks *out)
{
	enum { VALUES = TASK_RANGE_VALUES + IDS_AT_ONCE + 1 };
	struct db_value values[VALUES];
	struct db_rows *rows;

	task_put_ranges(values, ranges);
	for (size_t i = 0; i < IDS_AT_ONCE; i++)
		values[TASK_RANGE_VALUES + i] = db_int(out[i < count ? i : 0].document_id);
	values[VALUES - 1] = db_int(c->now);
	rows = db_query(c, COUNTS, (struct db_args){ values, VALUES });
	while (db_next(rows))
		for (size_t i = 0; i < count; i++)
			if (out[i].document_id == db_col_int(rows, 0))
				out[i] = (struct document_tasks){ out[i].document_id, db_col_int(rows, 1), db_col_int(rows, 2) };
	return db_done(rows);
}

bool task_document_counts(struct call *c, const struct task_ranges *ranges, size_t count, struct document_tasks *out)
{
	for (size_t i = 0; i < count; i += IDS_AT_ONCE)
		if (!count_some(c, ranges, count - i < IDS_AT_ONCE ? count - i : IDS_AT_ONCE, out + i))
			return false;
	return true;
}

bool task_rows_of_reading(struct call *c, id reading_id, const struct task_ranges *ranges, int limit, struct task **out,
			  size_t *count)
{
	static const char sql[] = DB_PLANNED "SELECT " TASK_COLUMNS " FROM task t WHERE t.reading_id = $17 AND EXISTS "
				  "(SELECT 1 FROM task_unit m WHERE m.task_id = t.id AND " TASK_IN_RANGES("m.unit_path") ") "
				  "AND NOT EXISTS (SELECT 1 FROM task p WHERE p.id = t.parent_id AND p.reading_id = t.reading_id) "
				  "ORDER BY t.id LIMIT $18";
	struct db_value values[TASK_RANGE_VALUES + 2];

	task_put_ranges(values, ranges);
	values[TASK_RANGE_VALUES] = db_int(reading_id);
	values[TASK_RANGE_VALUES + 1] = db_int(limit);
	return task_read_all(c, db_query(c, sql, (struct db_args){ values, TASK_RANGE_VALUES + 2 }), out, count);
}

bool task_reading_unname(struct call *c, id reading_id)
{
	return db_exec(c, "UPDATE task SET reading_id = NULL, source_start = NULL, source_end = NULL WHERE reading_id = $1",
		       DB_ARGS(db_int(reading_id)));
}

bool task_file_links(struct call *c, const char *sha256, bool *out)
{
	int64_t found;

	if (!db_query_int(c,
			  "SELECT 1 FROM task_file WHERE sha256 = $1 UNION ALL SELECT 1 FROM task_import WHERE sha256 = $1 LIMIT 1",
			  DB_ARGS(db_text(sha256)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}
