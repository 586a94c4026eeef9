#include "base/arena.h"
#include "base/error.h"
#include "db/db.h"
#include "rollup/rollup_store.h"

/*
 * Many keys of one period in one query. The statement has a fixed number of
 * places: those not needed hold 0, which is no id.
 */
enum { KEYS_AT_ONCE = 40, FIXED_ARGS = 2 };

#define KEY(a, b) ", ($" #a ", $" #b ")"
#define KEYS \
	"WITH wanted (province_id, assignment_id) AS (VALUES (CAST($3 AS BIGINT), CAST($4 AS BIGINT))" \
	KEY(5, 6) KEY(7, 8) KEY(9, 10) KEY(11, 12) KEY(13, 14) KEY(15, 16) KEY(17, 18) KEY(19, 20) KEY(21, 22)  \
	KEY(23, 24) KEY(25, 26) KEY(27, 28) KEY(29, 30) KEY(31, 32) KEY(33, 34) KEY(35, 36) KEY(37, 38) \
	KEY(39, 40) KEY(41, 42) KEY(43, 44) KEY(45, 46) KEY(47, 48) KEY(49, 50) KEY(51, 52) KEY(53, 54) \
	KEY(55, 56) KEY(57, 58) KEY(59, 60) KEY(61, 62) KEY(63, 64) KEY(65, 66) KEY(67, 68) KEY(69, 70) \
	KEY(71, 72) KEY(73, 74) KEY(75, 76) KEY(77, 78) KEY(79, 80) KEY(81, 82) \
	") "

/* The arguments for keys[0..count): period and basis first. */
static struct db_args arguments(struct call *c, const struct rollup_key *keys, size_t count, enum basis basis)
{
	size_t room = FIXED_ARGS + KEYS_AT_ONCE * 2;
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, room);

	values[0] = db_int(keys[0].period);
	values[1] = db_int(basis);
	for (size_t i = 0; i < KEYS_AT_ONCE; i++) {
		values[FIXED_ARGS + i * 2] = db_int(i < count ? keys[i].province_id : 0);
		values[FIXED_ARGS + i * 2 + 1] = db_int(i < count ? keys[i].assignment_id : 0);
	}
	return (struct db_args){ values, room };
}

/* Position of an assignment among the keys; `count` when it is not there. */
static size_t position(const struct rollup_key *keys, size_t count, id assignment_id)
{
	size_t at = 0;

	while (at < count && keys[at].assignment_id != assignment_id)
		at++;
	return at;
}

static bool read_tallies(struct call *c, const struct rollup_key *keys, size_t count, struct tally *tallies)
{
	struct db_rows *rows = db_query(
		c,
		KEYS "SELECT t.assignment_id, t.assigned, t.submitted, t.on_time, t.late, "
		     "t.approved, t.received, t.returned, t.nil FROM wanted w JOIN tally t "
		     "ON t.province_id = w.province_id AND t.assignment_id = w.assignment_id "
		     "AND t.period = $1 WHERE CAST($2 AS BIGINT) >= 0",
		arguments(c, keys, count, BASIS_PROVISIONAL));

	while (db_next(rows)) {
		size_t at = position(keys, count, db_col_int(rows, 0));

		if (at < count)
			tallies[at] = (struct tally){
				.assigned = db_col_int(rows, 1),
				.submitted = db_col_int(rows, 2),
				.on_time = db_col_int(rows, 3),
				.late = db_col_int(rows, 4),
				.approved = db_col_int(rows, 5),
				.received = db_col_int(rows, 6),
				.returned = db_col_int(rows, 7),
				.nil = db_col_int(rows, 8),
			};
	}
	return db_done(rows);
}

static size_t chunk(size_t left)
{
	return left < KEYS_AT_ONCE ? left : KEYS_AT_ONCE;
}

bool rollup_tally_read_many(struct call *c, const struct rollup_key *keys, size_t count,
			    struct tally *tallies)
{
	for (size_t i = 0; i < count; i++)
		tallies[i] = (struct tally){ 0 };
	for (size_t i = 0; i < count; i += KEYS_AT_ONCE)
		if (!read_tallies(c, keys + i, chunk(count - i), tallies + i))
			return false;
	return true;
}

static bool read_rollups(struct call *c, const struct rollup_key *keys, size_t count,
			 const struct report *report, enum basis basis, struct rollup **rollups)
{
	struct db_rows *rows = db_query(
		c,
		KEYS "SELECT t.assignment_id, t.indicator_id, t.units, t.sum, t.numerator, "
		     "t.denominator, t.yes, t.max, t.min, t.last, t.nil FROM wanted w JOIN rollup t "
		     "ON t.province_id = w.province_id AND t.assignment_id = w.assignment_id "
		     "AND t.period = $1 AND t.basis = $2",
		arguments(c, keys, count, basis));

	while (db_next(rows)) {
		size_t at = position(keys, count, db_col_int(rows, 0));
		const struct report_item *item = report_item_find(report, db_col_int(rows, 1));

		if (at < count && item)
			rollups[at][item - report->items] = (struct rollup){
				.indicator_id = item->indicator->id,
				.units = db_col_int(rows, 2),
				.sum = db_col_int(rows, 3),
				.numerator = db_col_int(rows, 4),
				.denominator = db_col_int(rows, 5),
				.yes = db_col_int(rows, 6),
				.extremes = !db_col_null(rows, 7),
				.max = db_col_int(rows, 7),
				.min = db_col_int(rows, 8),
				.last = db_col_int(rows, 9),
				.nil = db_col_int(rows, 10),
			};
	}
	return db_done(rows);
}

bool rollup_read_many(struct call *c, const struct rollup_key *keys, size_t count,
		      const struct report *report, enum basis basis, struct rollup **rollups)
{
	for (size_t i = 0; i < count; i++) {
		rollups[i] = ARENA_ARRAY(c->mem, struct rollup, report->item_count);
		for (size_t k = 0; k < report->item_count; k++)
			rollups[i][k].indicator_id = report->items[k].indicator->id;
	}
	for (size_t i = 0; i < count; i += KEYS_AT_ONCE)
		if (!read_rollups(c, keys + i, chunk(count - i), report, basis, rollups + i))
			return false;
	return true;
}
