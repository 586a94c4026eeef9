/*
 * Lists of tasks. A list walks the index of its order when the caller sees everything, starts
 * from the units in view otherwise, and from parent or document where one is named.
 */
#include "task/task_store.h"

#include "db/db.h"
#include "db/words.h"
#include "task/task_columns.h"

/* $15 is the role, NULL for any; $16 to $31 the ranges. */
#define IN_VIEW \
	"(CAST($15 AS BIGINT) IS NULL OR m.role = $15) AND ((m.unit_path >= $16 AND m.unit_path < $17) " \
	"OR (m.unit_path >= $18 AND m.unit_path < $19) OR (m.unit_path >= $20 AND m.unit_path < $21) " \
	"OR (m.unit_path >= $22 AND m.unit_path < $23) OR (m.unit_path >= $24 AND m.unit_path < $25) " \
	"OR (m.unit_path >= $26 AND m.unit_path < $27) OR (m.unit_path >= $28 AND m.unit_path < $29) " \
	"OR (m.unit_path >= $30 AND m.unit_path < $31))"

/* As task_timeliness has it. */
#define TIMELINESS \
	"CASE WHEN t.state = 2 THEN CASE WHEN t.deadline IS NULL OR t.completed_at < t.deadline THEN 4 ELSE 5 END " \
	"WHEN t.state > 2 OR t.deadline IS NULL THEN 0 WHEN t.deadline <= CAST($11 AS BIGINT) THEN 3 " \
	"WHEN t.deadline <= CAST($12 AS BIGINT) THEN 2 ELSE 1 END"

#define FILTER \
	" AND (CAST($1 AS BIGINT) IS NULL OR t.state = $1 OR ($1 = 5 AND t.state IN (0, 1, 3))) " \
	"AND (CAST($2 AS TEXT) IS NULL OR t.field = $2) " \
	"AND (CAST($3 AS TEXT) IS NULL OR t.programme = $3) " \
	"AND (CAST($5 AS BIGINT) IS NULL OR t.document_id = $5) AND (CAST($6 AS BIGINT) IS NULL OR t.parent_id = $6) " \
	"AND (CAST($7 AS BIGINT) = 0 OR t.parent_id IS NULL) AND (CAST($8 AS BIGINT) IS NULL OR t.deadline > $8) " \
	"AND (CAST($9 AS BIGINT) IS NULL OR t.deadline <= $9) " \
	"AND (CAST($10 AS BIGINT) IS NULL OR " TIMELINESS " = $10)"

#define BY(key, than, way) \
	" AND (CAST($13 AS BIGINT) IS NULL OR (" key ", t.id) " than " ((SELECT " key \
	" FROM task t WHERE t.id = $13), $13)) ORDER BY " key way ", t.id" way " LIMIT $14"
#define NEWEST " AND (CAST($13 AS BIGINT) IS NULL OR t.id < $13) ORDER BY t.id DESC LIMIT $14"

#define EVERYWHERE "SELECT " TASK_COLUMNS " FROM task t WHERE t.id > 0"
#define OF_UNITS \
	"SELECT " TASK_COLUMNS " FROM task t WHERE t.id IN (SELECT m.task_id FROM task_unit m WHERE " IN_VIEW ")"
#define OF_ONE \
	"SELECT " TASK_COLUMNS " FROM task t WHERE (t.parent_id = $6 OR t.document_id = $5) AND EXISTS " \
	"(SELECT 1 FROM task_unit m WHERE m.task_id = t.id AND " IN_VIEW ")"

#define NO_WORDS " AND CAST($4 AS TEXT) IS NULL"
#define WORDS_SQLITE " AND t.id IN " WORDS_FOUND_SQLITE("task_words", "$4")
#define WORDS_POSTGRES " AND t.id IN " WORDS_FOUND_POSTGRES("task_words", "task_id", "$4")

#define SORTED(base) \
	{ \
		[TASK_BY_DUE] = base BY("t.due", ">", ""), [TASK_BY_DUE_LAST] = base BY("t.due", "<", " DESC"), \
		[TASK_BY_TITLE] = base BY("t.title_key", ">", ""), [TASK_BY_LEAD] = base BY("t.lead_path", ">", ""), \
		[TASK_BY_STATE] = base BY("t.state", ">", ""), [TASK_BY_NEWEST] = base NEWEST, \
	}
#define FROM(base) \
	{ \
		SORTED(base FILTER NO_WORDS), SORTED(base FILTER WORDS_SQLITE), SORTED(base FILTER WORDS_POSTGRES) \
	}

enum { WORDS_FORMS = 3, RANGE_VALUES = 2 * TASK_RANGES, FILTERS = 14, VALUES = FILTERS + 1 + RANGE_VALUES };

void task_put_ranges(struct db_value *values, const struct task_ranges *ranges)
{
	for (size_t i = 0; i < TASK_RANGES; i++) {
		values[2 * i] = db_text(i < ranges->count ? ranges->at[i].low : "");
		values[2 * i + 1] = db_text(i < ranges->count ? ranges->at[i].high : "");
	}
}

static struct db_value optional(int number)
{
	return number < 0 ? db_null() : db_int(number);
}

bool task_rows(struct call *c, const struct task_query *query, struct task **out, size_t *count)
{
	static const char *const everywhere[WORDS_FORMS][TASK_SORTS] = FROM(EVERYWHERE);
	static const char *const of_units[WORDS_FORMS][TASK_SORTS] = FROM(OF_UNITS);
	static const char *const of_one[WORDS_FORMS][TASK_SORTS] = FROM(OF_ONE);
	const char *match = db_words_match(c, query->q);
	int words = !match ? 0 : db_is_postgres(c->db) ? 2 : 1;
	bool one = query->parent_id || query->document_id;
	bool all = query->ranges.everywhere && query->role < 0 && !one;
	struct db_value values[VALUES] = {
		optional(query->state),
		db_text(query->field),
		db_text(query->programme),
		db_text(match),
		db_int_or_null(query->document_id),
		db_int_or_null(query->parent_id),
		db_bool(query->roots),
		db_int_or_null(query->due_from),
		db_int_or_null(query->due_to),
		optional(query->timeliness),
		db_int(c->now),
		db_int(c->now + query->soon),
		db_int_or_null(query->after),
		db_int(query->limit),
		optional(query->role),
	};
	const char *sql = (all ? everywhere : one ? of_one : of_units)[words][query->sort];

	task_put_ranges(values + FILTERS + 1, &query->ranges);
	return task_read_all(c, db_query(c, sql, (struct db_args){ values, all ? FILTERS : VALUES }), out, count);
}

/* $1 to $16 the ranges. */
#define RANGES \
	"((m.unit_path >= $1 AND m.unit_path < $2) OR (m.unit_path >= $3 AND m.unit_path < $4) " \
	"OR (m.unit_path >= $5 AND m.unit_path < $6) OR (m.unit_path >= $7 AND m.unit_path < $8) " \
	"OR (m.unit_path >= $9 AND m.unit_path < $10) OR (m.unit_path >= $11 AND m.unit_path < $12) " \
	"OR (m.unit_path >= $13 AND m.unit_path < $14) OR (m.unit_path >= $15 AND m.unit_path < $16))"

bool task_row_on_document(struct call *c, id document_id, const struct task_ranges *ranges, bool *out)
{
	static const char sql[] = "SELECT 1 FROM task t JOIN task_unit m ON m.task_id = t.id WHERE t.document_id = $17 "
				  "AND " RANGES " LIMIT 1";
	struct db_value values[RANGE_VALUES + 1];
	int64_t found;

	task_put_ranges(values, ranges);
	values[RANGE_VALUES] = db_int(document_id);
	if (!db_query_int(c, sql, (struct db_args){ values, RANGE_VALUES + 1 }, 0, &found))
		return false;
	*out = found != 0;
	return true;
}

bool task_rows_pressing(struct call *c, const struct task_ranges *ranges, enum task_role role, instant from,
			instant to, int limit, struct task **out, size_t *count)
{
	static const char sql[] = "SELECT " TASK_COLUMNS " FROM task t WHERE t.id IN (SELECT m.task_id FROM task_unit m "
				  "WHERE m.role = $17 AND " RANGES ") AND t.state < 2 AND t.due > $18 AND t.due <= $19 "
				  "ORDER BY t.due, t.id LIMIT $20";
	struct db_value values[RANGE_VALUES + 4];

	task_put_ranges(values, ranges);
	values[RANGE_VALUES] = db_int(role);
	values[RANGE_VALUES + 1] = db_int(from);
	values[RANGE_VALUES + 2] = db_int(to);
	values[RANGE_VALUES + 3] = db_int(limit);
	return task_read_all(c, db_query(c, sql, (struct db_args){ values, RANGE_VALUES + 4 }), out, count);
}
