#include "rollup/rollup_store.h"

#include "base/arena.h"
#include "base/error.h"
#include "db/db.h"

enum { ROLLUP_COLUMNS = 11, TALLY_COLUMNS = 11, SUMS_COLUMNS = 10 };

struct rollup_gathered *rollup_gathered_of(const struct call *c)
{
	return db_batch(c->db);
}

bool rollup_rows_add(struct call *c, const struct rollup_row *rows, size_t count)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * ROLLUP_COLUMNS);

	for (size_t i = 0; i < count; i++) {
		const struct rollup_place *place = &rows[i].place;
		const struct rollup *d = &rows[i].difference;
		struct db_value *row = values + i * ROLLUP_COLUMNS;

		row[0] = db_int(place->key.province_id);
		row[1] = db_int(place->key.assignment_id);
		row[2] = db_int(place->key.period);
		row[3] = db_int(place->basis);
		row[4] = db_int(place->indicator_id);
		row[5] = db_int(d->units);
		row[6] = db_int(d->sum);
		row[7] = db_int(d->numerator);
		row[8] = db_int(d->denominator);
		row[9] = db_int(d->yes);
		row[10] = db_int(d->nil);
	}
	return db_exec_many(
		c,
		"INSERT INTO rollup (province_id, assignment_id, period, basis, indicator_id, units, sum, "
		"numerator, denominator, yes, nil) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
		"ON CONFLICT (province_id, assignment_id, period, basis, indicator_id) DO UPDATE SET "
		"units = rollup.units + excluded.units, sum = rollup.sum + excluded.sum, "
		"numerator = rollup.numerator + excluded.numerator, "
		"denominator = rollup.denominator + excluded.denominator, yes = rollup.yes + excluded.yes, "
		"nil = rollup.nil + excluded.nil",
		values, count, ROLLUP_COLUMNS);
}

bool tally_rows_add(struct call *c, const struct tally_row *rows, size_t count)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * TALLY_COLUMNS);

	for (size_t i = 0; i < count; i++) {
		const struct tally *d = &rows[i].difference;
		struct db_value *row = values + i * TALLY_COLUMNS;

		row[0] = db_int(rows[i].key.province_id);
		row[1] = db_int(rows[i].key.assignment_id);
		row[2] = db_int(rows[i].key.period);
		row[3] = db_int(d->assigned);
		row[4] = db_int(d->submitted);
		row[5] = db_int(d->on_time);
		row[6] = db_int(d->late);
		row[7] = db_int(d->approved);
		row[8] = db_int(d->received);
		row[9] = db_int(d->returned);
		row[10] = db_int(d->nil);
	}
	return db_exec_many(
		c,
		"INSERT INTO tally (province_id, assignment_id, period, assigned, submitted, on_time, late, "
		"approved, received, returned, nil) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
		"ON CONFLICT (province_id, assignment_id, period) DO UPDATE SET "
		"assigned = tally.assigned + excluded.assigned, "
		"submitted = tally.submitted + excluded.submitted, on_time = tally.on_time + "
		"excluded.on_time, "
		"late = tally.late + excluded.late, approved = tally.approved + excluded.approved, "
		"received = tally.received + excluded.received, returned = tally.returned + "
		"excluded.returned, "
		"nil = tally.nil + excluded.nil",
		values, count, TALLY_COLUMNS);
}

bool rollup_extremes_set(struct call *c, const struct rollup_place *place, const struct rollup *sums)
{
	bool there = sums->extremes;

	return db_exec(c,
		       "UPDATE rollup SET max = $6, min = $7, last = $8 WHERE province_id = $1 AND "
		       "assignment_id = $2 "
		       "AND period = $3 AND basis = $4 AND indicator_id = $5",
		       DB_ARGS(db_int(place->key.province_id), db_int(place->key.assignment_id),
			       db_int(place->key.period), db_int(place->basis), db_int(place->indicator_id),
			       there ? db_int(sums->max) : db_null(), there ? db_int(sums->min) : db_null(),
			       there ? db_int(sums->last) : db_null()));
}

#define SUMS "indicator_id, units, sum, numerator, denominator, yes, max, min, last, nil"

static struct rollup read_sums(struct db_rows *rows, int at)
{
	return (struct rollup){
		.indicator_id = db_col_int(rows, at),
		.units = db_col_int(rows, at + 1),
		.sum = db_col_int(rows, at + 2),
		.numerator = db_col_int(rows, at + 3),
		.denominator = db_col_int(rows, at + 4),
		.yes = db_col_int(rows, at + 5),
		.extremes = !db_col_null(rows, at + 6),
		.max = db_col_int(rows, at + 6),
		.min = db_col_int(rows, at + 7),
		.last = db_col_int(rows, at + 8),
		.nil = db_col_int(rows, at + 9),
	};
}

/* An array that grows by doubling in call.mem. */
struct list {
	void *data;
	size_t count, room;
};

static void *append(struct call *c, struct list *list, size_t size)
{
	if (list->count == list->room) {
		size_t room = list->room ? list->room * 2 : 64;
		void *grown = arena_grow(c->mem, list->data, list->room * size, room * size);

		if (!grown) {
			error_internal(c->err, "too many roll-up rows");
			return NULL;
		}
		list->data = grown;
		list->room = room;
	}
	return (char *)list->data + size * list->count++;
}

bool rollup_rows_read(struct call *c, const struct rollup_key *key, enum basis basis, struct rollup **out,
		      size_t *count)
{
	struct list list = { 0 };
	struct rollup *at;
	struct db_rows *rows = db_query(c,
					"SELECT " SUMS
					" FROM rollup WHERE province_id = $1 AND assignment_id = $2 "
					"AND period = $3 AND basis = $4",
					DB_ARGS(db_int(key->province_id), db_int(key->assignment_id),
						db_int(key->period), db_int(basis)));

	while (db_next(rows)) {
		at = append(c, &list, sizeof(*at));
		if (!at)
			break;
		*at = read_sums(rows, 0);
	}
	*out = list.data;
	*count = list.count;
	return db_done(rows) && !c->err->code;
}

bool rollup_read(struct call *c, const struct rollup_key *key, const struct report *report, enum basis basis,
		 struct rollup **out)
{
	struct rollup *found;
	size_t count;

	if (!rollup_rows_read(c, key, basis, &found, &count))
		return false;
	*out = ARENA_ARRAY(c->mem, struct rollup, report->item_count);
	for (size_t i = 0; i < report->item_count; i++)
		(*out)[i].indicator_id = report->items[i].indicator->id;
	for (size_t i = 0; i < count; i++) {
		const struct report_item *item = report_item_find(report, found[i].indicator_id);

		if (item)
			(*out)[item - report->items] = found[i];
	}
	return true;
}

bool rollup_read_periods(struct call *c, id province_id, id assignment_id, const struct report *report,
			 enum basis basis, period first, period last, struct period_rollups **out,
			 size_t *count)
{
	struct list list = { 0 };
	struct period_rollups *at = NULL;
	struct db_rows *rows = db_query(
		c,
		"SELECT " SUMS ", period FROM rollup WHERE province_id = $1 "
		"AND assignment_id = $2 AND period >= $3 AND period <= $4 AND basis = $5 "
		"ORDER BY period",
		DB_ARGS(db_int(province_id), db_int(assignment_id), db_int(first), db_int(last),
			db_int(basis)));

	while (db_next(rows)) {
		struct rollup sums = read_sums(rows, 0);
		period p = db_col_int(rows, SUMS_COLUMNS);
		const struct report_item *item = report_item_find(report, sums.indicator_id);

		if (!at || at->period != p) {
			at = append(c, &list, sizeof(*at));
			if (!at)
				break;
			*at = (struct period_rollups){ p, ARENA_ARRAY(c->mem, struct rollup,
								      report->item_count) };
			for (size_t i = 0; i < report->item_count; i++)
				at->sums[i].indicator_id = report->items[i].indicator->id;
		}
		if (item)
			at->sums[item - report->items] = sums;
	}
	*out = list.data;
	*count = list.count;
	return db_done(rows) && !c->err->code;
}

#define TALLY "assigned, submitted, on_time, late, approved, received, returned, nil"

static struct tally read_tally(struct db_rows *rows, int at)
{
	return (struct tally){
		.assigned = db_col_int(rows, at),
		.submitted = db_col_int(rows, at + 1),
		.on_time = db_col_int(rows, at + 2),
		.late = db_col_int(rows, at + 3),
		.approved = db_col_int(rows, at + 4),
		.received = db_col_int(rows, at + 5),
		.returned = db_col_int(rows, at + 6),
		.nil = db_col_int(rows, at + 7),
	};
}

bool rollup_tally_read(struct call *c, const struct rollup_key *key, struct tally *out)
{
	struct db_rows *row;

	*out = (struct tally){ 0 };
	if (!db_query_one(c,
			  "SELECT " TALLY
			  " FROM tally WHERE province_id = $1 AND assignment_id = $2 AND period = $3",
			  DB_ARGS(db_int(key->province_id), db_int(key->assignment_id), db_int(key->period)),
			  &row))
		return false;
	if (!row)
		return true;
	*out = read_tally(row, 0);
	return db_done(row);
}

bool rollup_tallies(struct call *c, id province_id, id assignment_id, period first, period last,
		    struct period_tally **out, size_t *count)
{
	struct list list = { 0 };
	struct period_tally *at;
	struct db_rows *rows = db_query(
		c,
		"SELECT period, " TALLY " FROM tally WHERE province_id = $1 "
		"AND assignment_id = $2 AND period >= $3 AND period <= $4 ORDER BY period",
		DB_ARGS(db_int(province_id), db_int(assignment_id), db_int(first), db_int(last)));

	while (db_next(rows)) {
		at = append(c, &list, sizeof(*at));
		if (!at)
			break;
		*at = (struct period_tally){ db_col_int(rows, 0), read_tally(rows, 1) };
	}
	*out = list.data;
	*count = list.count;
	return db_done(rows) && !c->err->code;
}

bool rollup_keys(struct call *c, struct rollup_key **out, size_t *count)
{
	struct list list = { 0 };
	struct rollup_key *at;
	struct db_rows *rows = db_query(
		c,
		"SELECT DISTINCT province_id, assignment_id, period FROM rollup "
		"UNION SELECT province_id, assignment_id, period FROM tally ORDER BY 1, 2, 3",
		DB_NONE);

	while (db_next(rows)) {
		at = append(c, &list, sizeof(*at));
		if (!at)
			break;
		*at = (struct rollup_key){ db_col_int(rows, 0), db_col_int(rows, 1), db_col_int(rows, 2) };
	}
	*out = list.data;
	*count = list.count;
	return db_done(rows) && !c->err->code;
}
