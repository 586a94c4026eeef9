#ifndef TASK_TASK_COLUMNS_H
#define TASK_TASK_COLUMNS_H

#include "task/task_store.h"

struct db_rows;
struct db_value;

/* What every read of a task gives first, for the room's stores. */
#define TASK_COLUMNS \
	"t.id, t.parent_id, t.tree, t.title, t.content, t.programme, t.field, t.product, t.head, t.document_id, " \
	"t.assigner_id, t.assigner_path, t.lead_id, t.lead_path, t.weight, t.deadline, t.deadline_kind, " \
	"t.deadline_written, t.recurs, t.recurs_day, t.recurs_from, t.report_next, t.state, t.percent, t.rolled, " \
	"t.late, t.late_below, t.children, t.asked_at, t.asked_by, t.completed_at, t.explained_until, t.reading_id, " \
	"t.source_start, t.source_end, t.created_by, t.created_at, t.version"

enum { TASK_COLUMN_COUNT = 38 };

void task_read_columns(struct db_rows *rows, struct task *out);
bool task_read_all(struct call *c, struct db_rows *rows, struct task **out, size_t *count);

/* Whether a path lies in the ranges, which are the first values of the statement; unused ones are "" to "". */
#define TASK_IN_RANGES(path) \
	"((" path " >= $1 AND " path " < $2) OR (" path " >= $3 AND " path " < $4) OR (" path " >= $5 AND " path \
	" < $6) OR (" path " >= $7 AND " path " < $8) OR (" path " >= $9 AND " path " < $10) OR (" path \
	" >= $11 AND " path " < $12) OR (" path " >= $13 AND " path " < $14) OR (" path " >= $15 AND " path " < $16))"
enum { TASK_RANGE_VALUES = 2 * TASK_RANGES };
void task_put_ranges(struct db_value *values, const struct task_ranges *ranges);

#endif
