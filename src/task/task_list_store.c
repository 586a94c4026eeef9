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
	"AND (CAST($7 AS BIGINT) = 0 OR t.parent_id IS NULL) " \
	"AND (CAST($10 AS BIGINT) IS NULL OR " TIMELINESS " = $10)"

#define BY(key, than, way) \
	" AND (CAST($13 AS BIGINT) IS NULL OR (" key ", t.id) " than " ((SELECT " key \
	" FROM task t WHERE t.id = $13), $13)) ORDER BY " key way ", t.id" way " LIMIT $14"
#define NEWEST " AND (CAST($13 AS BIGINT) IS NULL OR t.id < $13) ORDER BY t.id DESC LIMIT $14"

#define EVERYWHERE DB_PLANNED "SELECT " TASK_COLUMNS " FROM task t WHERE t.id > 0"
#define OF_UNITS \
	DB_PLANNED "SELECT " TASK_COLUMNS " FROM task t WHERE t.id IN (SELECT m.task_id FROM task_unit m WHERE " IN_VIEW ")"
#define OF_ONE \
	DB_PLANNED "SELECT " TASK_COLUMNS " FROM task t WHERE (t.parent_id = $6 OR t.document_id = $5) AND EXISTS " \
	"(SELECT 1 FROM task_unit m WHERE m.task_id = t.id AND " IN_VIEW ")"

#define NO_WORDS " AND CAST($4 AS TEXT) IS NULL"
/* SQLite would fetch and sort all that a common word finds: as +t.id it is asked of the rows that come by. */
#define WORDS_SQLITE " AND +t.id IN " WORDS_FOUND_SQLITE("task_words", "$4")
#define WORDS_POSTGRES " AND t.id IN " WORDS_FOUND_POSTGRES("task_words", "task_id", "$4")

/* A walk by deadline begins at the range; in another order the index of deadlines must not be taken. */
#define DUE_WALKED " AND t.due > $8 AND t.due <= $9"
#define DUE_ASKED \
	" AND (CAST($8 AS BIGINT) = 0 OR t.due > $8) " \
	"AND (CAST($9 AS BIGINT) = 9223372036854775807 OR t.due <= $9)"
#define SORTED(base, due) \
	{ \
		[TASK_BY_DUE] = base due BY("t.due", ">", ""), [TASK_BY_DUE_LAST] = base due BY("t.due", "<", " DESC"), \
		[TASK_BY_TITLE] = base DUE_ASKED BY("t.title_key", ">", ""), \
		[TASK_BY_LEAD] = base DUE_ASKED BY("t.lead_path", ">", ""), \
		[TASK_BY_STATE] = base DUE_ASKED BY("t.state", ">", ""), [TASK_BY_NEWEST] = base DUE_ASKED NEWEST, \
	}
#define FROM(base, due) \
	{ \
		SORTED(base FILTER NO_WORDS, due), SORTED(base FILTER WORDS_SQLITE, due), \
			SORTED(base FILTER WORDS_POSTGRES, due) \
	}

enum { WORDS_FORMS = 3, FILTERS = 14, VALUES = FILTERS + 1 + TASK_RANGE_VALUES };

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
	static const char *const everywhere[WORDS_FORMS][TASK_SORTS] = FROM(EVERYWHERE, DUE_WALKED);
	static const char *const of_units[WORDS_FORMS][TASK_SORTS] = FROM(OF_UNITS, DUE_ASKED);
	static const char *const of_one[WORDS_FORMS][TASK_SORTS] = FROM(OF_ONE, DUE_ASKED);
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
		db_int(query->due_from),
		db_int(query->due_to ? query->due_to : query->due_from ? INT64_MAX - 1 : INT64_MAX),
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

bool task_row_on_document(struct call *c, id document_id, const struct task_ranges *ranges, bool *out)
{
	static const char sql[] = DB_PLANNED "SELECT 1 FROM task t JOIN task_unit m ON m.task_id = t.id "
				  "WHERE t.document_id = $17 AND " TASK_IN_RANGES("m.unit_path") " LIMIT 1";
	struct db_value values[TASK_RANGE_VALUES + 1];
	int64_t found;

	task_put_ranges(values, ranges);
	values[TASK_RANGE_VALUES] = db_int(document_id);
	if (!db_query_int(c, sql, (struct db_args){ values, TASK_RANGE_VALUES + 1 }, 0, &found))
		return false;
	*out = found != 0;
	return true;
}

bool task_rows_pressing(struct call *c, const struct task_ranges *ranges, enum task_role role, instant from,
			instant to, int limit, struct task **out, size_t *count)
{
	static const char sql[] = DB_PLANNED "SELECT " TASK_COLUMNS " FROM task t WHERE t.id IN "
				  "(SELECT m.task_id FROM task_unit m WHERE m.role = $17 AND " TASK_IN_RANGES("m.unit_path")
				  ") AND t.state < 2 AND t.due > $18 AND t.due <= $19 "
				  "ORDER BY t.due, t.id LIMIT $20";
	struct db_value values[TASK_RANGE_VALUES + 4];

	task_put_ranges(values, ranges);
	values[TASK_RANGE_VALUES] = db_int(role);
	values[TASK_RANGE_VALUES + 1] = db_int(from);
	values[TASK_RANGE_VALUES + 2] = db_int(to);
	values[TASK_RANGE_VALUES + 3] = db_int(limit);
	return task_read_all(c, db_query(c, sql, (struct db_args){ values, TASK_RANGE_VALUES + 4 }), out, count);
}
