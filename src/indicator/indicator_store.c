#include "indicator/indicator_store.h"

#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/db.h"

enum { INDICATOR_COLUMNS = 26 };

#define COLUMNS \
	"i.id, i.version, i.code, i.name, i.group_name, i.resolution, i.unit_of_measure, i.definition, " \
	"i.source, i.value_type, i.accrual, i.frequency, i.direction, i.aggregation, i.decimals, " \
	"i.part_decimals, i.factor, i.min_value, i.max_value, i.outlier_percent, i.evidence_required, " \
	"i.illustrative, i.levels, i.owner_unit_id, i.valid_from, i.valid_to"

/* Columns as in COLUMNS, from `at` on; strings are made in call.mem. */
static void read_columns(struct db_rows *rows, int at, struct indicator *out)
{
	*out = (struct indicator){
		.id = db_col_int(rows, at),
		.version = db_col_int(rows, at + 1),
		.code = db_col_text(rows, at + 2),
		.name = db_col_text(rows, at + 3),
		.group = db_col_text(rows, at + 4),
		.resolution = db_col_text(rows, at + 5),
		.unit_of_measure = db_col_text(rows, at + 6),
		.definition = db_col_text(rows, at + 7),
		.source = db_col_text(rows, at + 8),
		.type = (enum value_type)db_col_int(rows, at + 9),
		.accrual = (enum accrual)db_col_int(rows, at + 10),
		.frequency = (enum frequency)db_col_int(rows, at + 11),
		.direction = (enum direction)db_col_int(rows, at + 12),
		.aggregation = (enum aggregation)db_col_int(rows, at + 13),
		.decimals = (int)db_col_int(rows, at + 14),
		.part_decimals = (int)db_col_int(rows, at + 15),
		.factor = db_col_int(rows, at + 16),
		.has_min = !db_col_null(rows, at + 17),
		.min = db_col_int(rows, at + 17),
		.has_max = !db_col_null(rows, at + 18),
		.max = db_col_int(rows, at + 18),
		.outlier_percent = (int)db_col_int(rows, at + 19),
		.evidence_required = db_col_int(rows, at + 20) != 0,
		.illustrative = db_col_int(rows, at + 21) != 0,
		.levels = (unsigned)db_col_int(rows, at + 22),
		.owner_unit_id = db_col_int(rows, at + 23),
		.valid_from = db_col_int(rows, at + 24),
		.valid_to = db_col_int(rows, at + 25),
	};
}

/* Targets of several definitions, as read: ordered by indicator. */
struct target_row {
	id indicator_id;
	struct target target;
};

static bool read_targets(struct call *c, struct db_rows *rows, struct target_row **out, size_t *count)
{
	size_t room = 0, used = 0;

	*out = NULL;
	while (db_next(rows)) {
		if (used == room) {
			size_t grown = room ? room * 2 : 16;

			*out = arena_grow(c->mem, *out, room * sizeof(**out), grown * sizeof(**out));
			if (!*out) {
				error_internal(c->err, "too many targets");
				return false;
			}
			room = grown;
		}
		(*out)[used++] = (struct target_row){
			.indicator_id = db_col_int(rows, 0),
			.target = { .year = (int)db_col_int(rows, 1),
				    .operator = (enum target_operator)db_col_int(rows, 2),
				    .value = db_col_int(rows, 3),
				    .high = db_col_int(rows, 4) },
		};
	}
	*count = used;
	return db_done(rows);
}

/* Gives one definition its own among `rows`. */
static void take_targets(struct call *c, struct indicator *indicator, const struct target_row *rows,
			 size_t count)
{
	size_t first = 0, last;
	struct target *targets;

	while (first < count && rows[first].indicator_id != indicator->id)
		first++;
	for (last = first; last < count && rows[last].indicator_id == indicator->id;)
		last++;
	targets = ARENA_ARRAY(c->mem, struct target, last - first);
	for (size_t i = first; i < last; i++)
		targets[i - first] = rows[i].target;
	indicator->targets = targets;
	indicator->target_count = last - first;
}

static bool insert_targets(struct call *c, const struct indicator *d)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, d->target_count * 6);

	for (size_t i = 0; i < d->target_count; i++) {
		struct db_value *row = values + i * 6;

		row[0] = db_int(d->id);
		row[1] = db_int(d->version);
		row[2] = db_int(d->targets[i].year);
		row[3] = db_int(d->targets[i].operator);
		row[4] = db_int(d->targets[i].value);
		row[5] = db_int(d->targets[i].high);
	}
	return db_exec_many(
		c,
		"INSERT INTO indicator_target (indicator_id, version, year, operator, value, high) "
		"VALUES ($1, $2, $3, $4, $5, $6)",
		values, d->target_count, 6);
}

bool indicator_insert(struct call *c, const struct indicator *d, const char *reason)
{
	const char *fold = text_fold(c->mem, arena_printf(c->mem, "%s %s", d->code, d->name));
	bool duplicate;

	if (!db_insert(c,
		       "INSERT INTO indicator (id, version, code, name, fold, group_name, resolution, "
		       "unit_of_measure, definition, source, value_type, accrual, frequency, direction, "
		       "aggregation, decimals, part_decimals, factor, min_value, max_value, outlier_percent, "
		       "evidence_required, illustrative, levels, owner_unit_id, valid_from, valid_to, "
		       "changed_by, "
		       "change_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
		       "$15, "
		       "$16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, NULL, $27, $28)",
		       DB_ARGS(db_int(d->id), db_int(d->version), db_text(d->code), db_text(d->name),
			       db_text(fold), db_text(d->group), db_text(d->resolution ? d->resolution : ""),
			       db_text(d->unit_of_measure ? d->unit_of_measure : ""),
			       db_text(d->definition ? d->definition : ""),
			       db_text(d->source ? d->source : ""), db_int(d->type), db_int(d->accrual),
			       db_int(d->frequency), db_int(d->direction), db_int(d->aggregation),
			       db_int(d->decimals), db_int(d->part_decimals), db_int(d->factor),
			       d->has_min ? db_int(d->min) : db_null(),
			       d->has_max ? db_int(d->max) : db_null(), db_int(d->outlier_percent),
			       db_bool(d->evidence_required), db_bool(d->illustrative), db_int(d->levels),
			       db_int(d->owner_unit_id), db_int(d->valid_from),
			       db_int_or_null(c->actor ? c->actor->account_id : 0), db_text(reason)),
		       &duplicate))
		return duplicate ? error_set(c->err, ERR_duplicate, "code", NULL) : false;
	return insert_targets(c, d);
}

bool indicator_end(struct call *c, id indicator_id, int64_t version, bool *ended)
{
	int64_t changed;

	if (!db_exec_count(
		    c,
		    "UPDATE indicator SET valid_to = $3 WHERE id = $1 AND version = $2 AND valid_to IS NULL",
		    DB_ARGS(db_int(indicator_id), db_int(version), db_int(c->now)), &changed))
		return false;
	*ended = changed == 1;
	return true;
}

/* The one row of a query for a definition, with its targets. */
static bool read_one(struct call *c, const char *sql, struct db_args args, struct indicator **out)
{
	struct target_row *targets;
	size_t target_count;
	struct db_rows *row;

	*out = NULL;
	if (!db_query_one(c, sql, args, &row))
		return false;
	if (!row)
		return true;
	*out = ARENA_NEW(c->mem, struct indicator);
	read_columns(row, 0, *out);
	if (!db_done(row) ||
	    !read_targets(c,
			  db_query(c,
				   "SELECT indicator_id, year, operator, value, high FROM indicator_target "
				   "WHERE indicator_id = $1 AND version = $2 ORDER BY year",
				   DB_ARGS(db_int((*out)->id), db_int((*out)->version))),
			  &targets, &target_count))
		return false;
	take_targets(c, *out, targets, target_count);
	return true;
}

bool indicator_read(struct call *c, id indicator_id, struct indicator **out)
{
	return read_one(c, "SELECT " COLUMNS " FROM indicator i WHERE i.id = $1 AND i.valid_to IS NULL",
			DB_ARGS(db_int(indicator_id)), out);
}

bool indicator_read_code(struct call *c, const char *code, struct indicator **out)
{
	return read_one(c, "SELECT " COLUMNS " FROM indicator i WHERE i.code = $1 AND i.valid_to IS NULL",
			DB_ARGS(db_text(code)), out);
}

bool indicator_on_form(struct call *c, id indicator_id, bool *out)
{
	int64_t found;

	if (!db_query_int(c, "SELECT 1 FROM report_item WHERE indicator_id = $1 LIMIT 1",
			  DB_ARGS(db_int(indicator_id)), 0, &found))
		return false;
	*out = found != 0;
	return true;
}

bool indicator_page(struct call *c, const struct indicator_query *query, struct indicator **out,
		    size_t *count)
{
	struct target_row *targets;
	size_t target_count, used = 0;
	struct db_rows *rows;

	*out = ARENA_ARRAY(c->mem, struct indicator, (size_t)query->limit);
	rows = db_query(
		c,
		"SELECT " COLUMNS " FROM indicator i WHERE i.valid_to IS NULL "
		"AND (CAST($1 AS TEXT) IS NULL OR i.fold LIKE '%' || $1 || '%') "
		"AND (CAST($2 AS TEXT) IS NULL OR i.group_name = $2) "
		"AND (CAST($3 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM report_item t JOIN report r "
		"ON r.id = t.report_id AND r.version = t.report_version "
		"WHERE r.id = $3 AND r.valid_to IS NULL AND t.indicator_id = i.id)) "
		"AND (CAST($4 AS TEXT) IS NULL OR i.code > $4) ORDER BY i.code LIMIT $5",
		DB_ARGS(db_text(query->fold), db_text(query->group), db_int_or_null(query->report_id),
			db_text(query->after_code), db_int(query->limit)));
	while (db_next(rows) && used < (size_t)query->limit)
		read_columns(rows, 0, &(*out)[used++]);
	if (!db_done(rows))
		return false;
	*count = used;
	if (!used)
		return true;
	if (!read_targets(c,
			  db_query(c,
				   "SELECT t.indicator_id, t.year, t.operator, t.value, t.high "
				   "FROM indicator i JOIN indicator_target t ON t.indicator_id = i.id "
				   "AND t.version = i.version WHERE i.valid_to IS NULL AND i.code >= $1 AND "
				   "i.code <= $2 "
				   "ORDER BY t.indicator_id, t.year",
				   DB_ARGS(db_text((*out)[0].code), db_text((*out)[used - 1].code))),
			  &targets, &target_count))
		return false;
	for (size_t i = 0; i < used; i++)
		take_targets(c, &(*out)[i], targets, target_count);
	return true;
}

bool indicator_versions(struct call *c, id indicator_id, struct indicator_version **out, size_t *count)
{
	int64_t versions;
	struct db_rows *rows;

	if (!db_query_int(c, "SELECT COUNT(*) FROM indicator WHERE id = $1", DB_ARGS(db_int(indicator_id)), 0,
			  &versions))
		return false;
	*out = ARENA_ARRAY(c->mem, struct indicator_version, (size_t)versions);
	*count = 0;
	rows = db_query(c,
			"SELECT version, valid_from, valid_to, changed_by, change_reason FROM indicator "
			"WHERE id = $1 "
			"ORDER BY version DESC",
			DB_ARGS(db_int(indicator_id)));
	while (db_next(rows) && *count < (size_t)versions)
		(*out)[(*count)++] = (struct indicator_version){
			.version = db_col_int(rows, 0),
			.valid_from = db_col_int(rows, 1),
			.valid_to = db_col_int(rows, 2),
			.changed_by = db_col_int(rows, 3),
			.reason = db_col_text(rows, 4),
		};
	return db_done(rows);
}

bool generation_read(struct call *c, int64_t *out, bool *writing)
{
	*writing = db_writable(c->db);
	return db_query_int(c, "SELECT value FROM indicator_generation WHERE no = 1", DB_NONE, 0, out);
}

/* Always a greater value, and an id: the one of a change that is taken back is not given again. */
bool generation_renew(struct call *c)
{
	return db_exec(
		c,
		"UPDATE indicator_generation SET value = CASE WHEN $1 > value THEN $1 ELSE value + 1 END "
		"WHERE no = 1",
		DB_ARGS(db_int(id_next(c->now))));
}

/* Definitions of a form's items, for report_read. */
static bool read_items(struct call *c, struct report *report, struct indicator **out)
{
	struct report_item *items;
	struct indicator *indicators;
	struct target_row *targets;
	size_t target_count;
	int64_t count;
	struct db_rows *rows;

	if (!db_query_int(c, "SELECT COUNT(*) FROM report_item WHERE report_id = $1 AND report_version = $2",
			  DB_ARGS(db_int(report->id), db_int(report->version)), 0, &count))
		return false;
	items = ARENA_ARRAY(c->mem, struct report_item, (size_t)count);
	indicators = ARENA_ARRAY(c->mem, struct indicator, (size_t)count);
	rows = db_query(c,
			"SELECT " COLUMNS ", t.position, t.required, t.evidence_required, t.section "
			"FROM report_item t JOIN indicator i ON i.id = t.indicator_id AND i.version = "
			"t.indicator_version "
			"WHERE t.report_id = $1 AND t.report_version = $2 ORDER BY t.position",
			DB_ARGS(db_int(report->id), db_int(report->version)));
	while (db_next(rows) && report->item_count < (size_t)count) {
		size_t at = report->item_count++;

		read_columns(rows, 0, &indicators[at]);
		items[at] = (struct report_item){
			.indicator = &indicators[at],
			.position = (int)db_col_int(rows, INDICATOR_COLUMNS),
			.required = db_col_int(rows, INDICATOR_COLUMNS + 1) != 0,
			.evidence_required = db_col_int(rows, INDICATOR_COLUMNS + 2) != 0,
			.section = db_col_text(rows, INDICATOR_COLUMNS + 3),
		};
	}
	if (!db_done(rows) ||
	    !read_targets(
		    c,
		    db_query(c,
			     "SELECT g.indicator_id, g.year, g.operator, g.value, g.high FROM report_item t "
			     "JOIN indicator_target g ON g.indicator_id = t.indicator_id "
			     "AND g.version = t.indicator_version "
			     "WHERE t.report_id = $1 AND t.report_version = $2 ORDER BY g.indicator_id, "
			     "g.year",
			     DB_ARGS(db_int(report->id), db_int(report->version))),
		    &targets, &target_count))
		return false;
	for (size_t i = 0; i < report->item_count; i++)
		take_targets(c, &indicators[i], targets, target_count);
	report->items = items;
	*out = indicators;
	return true;
}

static bool read_checks(struct call *c, struct report *report)
{
	struct report_check *checks;
	int64_t count;
	struct db_rows *rows;

	if (!db_query_int(c, "SELECT COUNT(*) FROM report_check WHERE report_id = $1 AND report_version = $2",
			  DB_ARGS(db_int(report->id), db_int(report->version)), 0, &count))
		return false;
	checks = ARENA_ARRAY(c->mem, struct report_check, (size_t)count);
	rows = db_query(c,
			"SELECT left_id, right_id, operator, about, blocks FROM report_check "
			"WHERE report_id = $1 AND report_version = $2 ORDER BY position",
			DB_ARGS(db_int(report->id), db_int(report->version)));
	while (db_next(rows) && report->check_count < (size_t)count)
		checks[report->check_count++] = (struct report_check){
			.left = db_col_int(rows, 0),
			.right = db_col_int(rows, 1),
			.operator = (enum target_operator)db_col_int(rows, 2),
			.about = db_col_text(rows, 3),
			.blocks = db_col_int(rows, 4) != 0,
		};
	report->checks = checks;
	return db_done(rows);
}

#define REPORT_COLUMNS                                                                                       \
	"id, version, code, title, resolution, instructions, frequency, cut_day, owner_unit_id, "            \
	"valid_from, valid_to"

static void read_report_columns(struct db_rows *rows, struct report *out)
{
	*out = (struct report){
		.id = db_col_int(rows, 0),
		.version = db_col_int(rows, 1),
		.code = db_col_text(rows, 2),
		.title = db_col_text(rows, 3),
		.resolution = db_col_text(rows, 4),
		.instructions = db_col_text(rows, 5),
		.frequency = (enum frequency)db_col_int(rows, 6),
		.cut_day = (int)db_col_int(rows, 7),
		.owner_unit_id = db_col_int(rows, 8),
		.valid_from = db_col_int(rows, 9),
		.valid_to = db_col_int(rows, 10),
	};
}

bool report_read(struct call *c, id report_id, int64_t version, struct arena *mem, struct report **out,
		 struct indicator **indicators)
{
	struct call inner = *c;
	struct db_rows *row;

	inner.mem = mem;
	*out = NULL;
	if (!db_query_one(&inner,
			  "SELECT " REPORT_COLUMNS " FROM report WHERE id = $1 AND "
			  "((CAST($2 AS BIGINT) IS NULL AND valid_to IS NULL) OR version = $2)",
			  DB_ARGS(db_int(report_id), db_int_or_null(version)), &row))
		return false;
	if (!row)
		return true;
	*out = ARENA_NEW(mem, struct report);
	read_report_columns(row, *out);
	return db_done(row) && read_items(&inner, *out, indicators) && read_checks(&inner, *out);
}

bool report_id_of_code(struct call *c, const char *code, id *out)
{
	return db_query_int(c, "SELECT id FROM report WHERE code = $1 AND valid_to IS NULL",
			    DB_ARGS(db_text(code)), 0, out);
}

bool report_rows(struct call *c, struct report **out, size_t *count)
{
	int64_t forms;
	struct db_rows *rows;

	if (!db_query_int(c, "SELECT COUNT(*) FROM report WHERE valid_to IS NULL", DB_NONE, 0, &forms))
		return false;
	*out = ARENA_ARRAY(c->mem, struct report, (size_t)forms);
	*count = 0;
	rows = db_query(c, "SELECT " REPORT_COLUMNS " FROM report WHERE valid_to IS NULL ORDER BY code",
			DB_NONE);
	while (db_next(rows) && *count < (size_t)forms)
		read_report_columns(rows, &(*out)[(*count)++]);
	return db_done(rows);
}

static bool insert_items(struct call *c, const struct report *report)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, report->item_count * 8);

	for (size_t i = 0; i < report->item_count; i++) {
		const struct report_item *item = &report->items[i];
		struct db_value *row = values + i * 8;

		row[0] = db_int(report->id);
		row[1] = db_int(report->version);
		row[2] = db_int((int64_t)i + 1);
		row[3] = db_int(item->indicator->id);
		row[4] = db_int(item->indicator->version);
		row[5] = db_bool(item->required);
		row[6] = db_bool(item->evidence_required);
		row[7] = db_text(item->section);
	}
	return db_exec_many(c, "INSERT INTO report_item (report_id, report_version, position, indicator_id, "
			       "indicator_version, required, evidence_required, section) "
			       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			    values, report->item_count, 8);
}

static bool insert_checks(struct call *c, const struct report *report)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, report->check_count * 8);

	for (size_t i = 0; i < report->check_count; i++) {
		const struct report_check *check = &report->checks[i];
		struct db_value *row = values + i * 8;

		row[0] = db_int(report->id);
		row[1] = db_int(report->version);
		row[2] = db_int((int64_t)i + 1);
		row[3] = db_int(check->left);
		row[4] = db_int(check->right);
		row[5] = db_int(check->operator);
		row[6] = db_text(check->about);
		row[7] = db_bool(check->blocks);
	}
	return db_exec_many(
		c,
		"INSERT INTO report_check (report_id, report_version, position, left_id, right_id, "
		"operator, about, blocks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		values, report->check_count, 8);
}

bool report_insert(struct call *c, const struct report *report)
{
	bool duplicate;

	if (!db_insert(c,
		       "INSERT INTO report (id, version, code, title, resolution, instructions, frequency, "
		       "cut_day, "
		       "owner_unit_id, valid_from, valid_to, changed_by) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, $11)",
		       DB_ARGS(db_int(report->id), db_int(report->version), db_text(report->code),
			       db_text(report->title), db_text(report->resolution ? report->resolution : ""),
			       db_text(report->instructions ? report->instructions : ""),
			       db_int(report->frequency), db_int(report->cut_day),
			       db_int(report->owner_unit_id), db_int(report->valid_from),
			       db_int_or_null(c->actor ? c->actor->account_id : 0)),
		       &duplicate))
		return duplicate ? error_set(c->err, ERR_duplicate, "code", NULL) : false;
	return insert_items(c, report) && insert_checks(c, report);
}

bool report_end(struct call *c, id report_id, int64_t version, bool *ended)
{
	int64_t changed;

	if (!db_exec_count(
		    c, "UPDATE report SET valid_to = $3 WHERE id = $1 AND version = $2 AND valid_to IS NULL",
		    DB_ARGS(db_int(report_id), db_int(version), db_int(c->now)), &changed))
		return false;
	*ended = changed == 1;
	return true;
}

bool report_ids_with(struct call *c, id indicator_id, id **out, size_t *count)
{
	int64_t forms;
	struct db_rows *rows;

	if (!db_query_int(c,
			  "SELECT COUNT(*) FROM report_item t JOIN report r ON r.id = t.report_id "
			  "AND r.version = t.report_version WHERE t.indicator_id = $1 AND r.valid_to IS NULL",
			  DB_ARGS(db_int(indicator_id)), 0, &forms))
		return false;
	*out = ARENA_ARRAY(c->mem, id, (size_t)forms);
	*count = 0;
	rows = db_query(c,
			"SELECT r.id FROM report_item t JOIN report r ON r.id = t.report_id "
			"AND r.version = t.report_version WHERE t.indicator_id = $1 AND r.valid_to IS NULL "
			"ORDER BY r.id",
			DB_ARGS(db_int(indicator_id)));
	while (db_next(rows) && *count < (size_t)forms)
		(*out)[(*count)++] = db_col_int(rows, 0);
	return db_done(rows);
}
