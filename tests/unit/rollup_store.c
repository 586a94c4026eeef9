#include "level_fixture.h"

#include <time.h>

#define VALUES(...) .values = { __VA_ARGS__ }

static void expect_figure(struct level *level, enum basis basis, int item, int64_t number)
{
	struct cell cell;

	if (!level_figure(level, basis, item, &cell))
		fail_msg("item %d has no figure", item);
	if (cell.number != number)
		fail_msg("item %d of basis %d is %lld, not %lld", item, (int)basis, (long long)cell.number,
			 (long long)number);
}

static void expect_none(struct level *level, enum basis basis, int item)
{
	struct cell cell;

	assert_false(level_figure(level, basis, item, &cell));
}

static void figures_follow_every_act(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;

	level_new(&level, f);
	assert_int_equal(level_tally(&level).assigned, 3);
	expect_none(&level, BASIS_PROVISIONAL, ITEM_SUM);

	level_do(&level, (struct level_act){ .unit = 0, VALUES(100, 50, 700, 700, 700, 100, 1) });
	level_do(&level, (struct level_act){ .unit = 1, VALUES(250, 20, 900, 900, 900, 201, 0) });
	f->call.now += 1000;
	level_do(&level, (struct level_act){ .unit = 2, VALUES(LEVEL_NIL, LEVEL_NIL, LEVEL_NIL, LEVEL_NIL, 300,
							       LEVEL_NIL, 1) });
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_SUM, 350);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_RATIO, 3500);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_MAX, 900);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_MIN, 700);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_LAST, 300);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_AVERAGE, 151); /* 301 over the two that had one */
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_YES, 2);
	expect_none(&level, BASIS_APPROVED, ITEM_SUM);
	assert_int_equal(level_differences(&level), 0);

	level_do(&level, (struct level_act){ .unit = 1, .act = ACT_APPROVE });
	expect_figure(&level, BASIS_APPROVED, ITEM_SUM, 250);
	expect_figure(&level, BASIS_APPROVED, ITEM_MAX, 900);
	expect_figure(&level, BASIS_APPROVED, ITEM_YES, 0);
	level_do(&level, (struct level_act){ .unit = 1, .act = ACT_RECEIVE });
	expect_figure(&level, BASIS_APPROVED, ITEM_SUM, 250);

	/* The largest leaves both bases. */
	level_do(&level, (struct level_act){ .unit = 1, .act = ACT_RETURN });
	expect_none(&level, BASIS_APPROVED, ITEM_SUM);
	expect_none(&level, BASIS_APPROVED, ITEM_MAX);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_SUM, 100);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_MAX, 700);
	assert_int_equal(level_differences(&level), 0);

	level_do(&level, (struct level_act){ .unit = 1, VALUES(-50, 100, 1, -1, 5, LEVEL_NIL, 1) });
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_SUM, 50);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_RATIO, 7500);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_MIN, -1);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_YES, 3);
	level_do(&level, (struct level_act){ .unit = 0, .act = ACT_RECALL });
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_SUM, -50);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_MAX, 1);
	assert_int_equal(level_differences(&level), 0);

	struct tally tally = level_tally(&level);
	assert_int_equal(tally.assigned, 3);
	assert_int_equal(tally.submitted,
			 fixture_int(f, "SELECT count(*) FROM submission s JOIN assignment a "
					"ON a.id = s.assignment_id WHERE s.state IN (1, 2, 3) "
					"AND a.parent_id IS NOT NULL"));
	assert_int_equal(tally.approved, 0);
	assert_int_equal(tally.received, 0);
}


/* Holds the writer up so that what is submitted meanwhile shares one batch. */
static bool hold(struct call *c, void *arg)
{
	struct timespec moment = { 0, 50000000 };

	(void)c;
	(void)arg;
	nanosleep(&moment, NULL);
	return true;
}

struct queued {
	struct write_job job;
	struct call call;
	struct error err;
	struct level_act act;
	_Atomic int answered;
	bool ok;
};

static void answered(struct write_job *job, bool ok)
{
	struct queued *queued = (struct queued *)job;

	queued->ok = ok;
	queued->answered = 1;
}

static void queue(struct fixture *f, struct queued *queued, write_action act)
{
	queued->call = (struct call){ .mem = arena_new(0), .now = f->call.now, .err = &queued->err };
	queued->job = (struct write_job){ .act = act, .arg = &queued->act, .call = &queued->call,
					  .done = answered };
	assert_true(writer_submit(f->store, &queued->job));
}

static void finish(struct queued *queued)
{
	struct timespec moment = { 0, 1000000 };

	while (!queued->answered)
		nanosleep(&moment, NULL);
	arena_free(queued->call.mem);
}

/*
 * Actions of one batch: the failed one wrote the roll-up, its own part and its neighbour's, before
 * it failed.
 */
static void failed_actions_leave_the_batch_right(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct queued first = { .answered = 0 };
	struct queued a = { .act = { &level, 0, ACT_SUBMIT, { 100, 50, 1, 1, 1, 1, 1 }, false, false } };
	struct queued b = { .act = { &level, 1, ACT_SUBMIT, { 900, 90, 9, 9, 9, 9, 1 }, true, true } };
	struct queued d = { .act = { &level, 1, ACT_SUBMIT, { 700, 70, 7, 7, 7, 7, 0 }, false, true } };
	struct queued e = { .act = { &level, 2, ACT_SUBMIT, { 10, 10, 2, 2, 2, 2, 0 }, true, false } };
	struct queued g = { .act = { &level, 2, ACT_APPROVE, { 0 }, true, false } };

	level_new(&level, f);
	queue(f, &first, hold);
	queue(f, &a, level_carry_out);
	queue(f, &b, level_carry_out);
	queue(f, &d, level_carry_out);
	queue(f, &e, level_carry_out);
	queue(f, &g, level_carry_out);
	finish(&first);
	finish(&a);
	finish(&b);
	finish(&d);
	finish(&e);
	finish(&g);
	assert_true(a.ok && e.ok && g.ok);
	assert_false(b.ok);
	assert_false(d.ok);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_SUM, 110);
	expect_figure(&level, BASIS_PROVISIONAL, ITEM_MAX, 2);
	expect_figure(&level, BASIS_APPROVED, ITEM_SUM, 10);
	assert_int_equal(level_tally(&level).approved, 1);
	assert_int_equal(level_differences(&level), 0);
}

static bool tamper(struct call *c, void *arg)
{
	return db_exec(c, arg, DB_NONE);
}

static void check_finds_what_was_changed(void **state)
{
	static char nil[] = "UPDATE rollup SET nil = nil + 1 WHERE basis = 0";
	static char not_nil[] = "UPDATE rollup SET nil = 0";
	static char sum[] = "UPDATE rollup SET sum = sum + 1 WHERE basis = 0";
	static char tally[] = "UPDATE tally SET approved = approved + 1";
	static char orphan[] =
		"INSERT INTO rollup (province_id, assignment_id, period, basis, indicator_id, units, sum, "
		"numerator, denominator, yes) SELECT province_id, assignment_id, period + 1, basis, "
		"indicator_id, units, sum, numerator, denominator, yes FROM rollup WHERE sum > 100";
	struct fixture *f = fixture_of(state);
	struct level level;

	level_new(&level, f);
	level_do(&level, (struct level_act){ .unit = 0, VALUES(100, 50, 7, 7, 7, 1, 1) });
	assert_int_equal(level_differences(&level), 0);
	room_write(f, tamper, nil);
	assert_int_equal(level_differences(&level), LEVEL_ITEMS);
	room_write(f, tamper, not_nil);
	room_write(f, tamper, sum);
	assert_int_equal(level_differences(&level), LEVEL_ITEMS);
	room_write(f, tamper, tally);
	assert_int_equal(level_differences(&level), LEVEL_ITEMS + 2);
	room_write(f, tamper, orphan);
	assert_true(level_differences(&level) > LEVEL_ITEMS + 2);
}

static bool stage_outside(struct call *c, void *arg)
{
	struct level *level = arg;

	const struct rollup_key key = { 1, level->assignment, level->period };
	const struct tally difference = { .nil = 1 };

	return rollup_tally(c, &key, &difference);
}

static void without_hooks_nothing_is_staged(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level = { .f = f };

	assert_false(fixture_run(f, stage_outside, &level));
	assert_int_equal(f->err.code, ERR_internal);
}

static void many_keys_in_one_query(void **state)
{
	enum { KEYS = 45 };
	struct fixture *f = fixture_of(state);
	struct level level;
	struct rollup_key keys[KEYS];
	struct tally tallies[KEYS];
	struct rollup *rollups[KEYS];
	const struct report *report;
	struct assignment centre, province;
	struct period_rollups *periods;
	struct period_tally *counted;
	size_t count;
	struct call *c;

	level_new(&level, f);
	level_do(&level, (struct level_act){ .unit = 0, VALUES(100, 50, 7, 7, 7, 1, 1) });
	c = room_read(f);
	assert_true(assignment_get(c, level.centre_assignment, &centre));
	assert_true(assignment_get(c, level.assignment, &province));
	assert_true(report_get(c, level.report, &report));
	for (int i = 0; i < KEYS; i++)
		keys[i] = (struct rollup_key){ i + 1, i + 1, level.period };
	keys[3] = (struct rollup_key){ centre.province_id, centre.id, level.period };
	keys[43] = (struct rollup_key){ province.province_id, province.id, level.period };
	assert_true(rollup_tally_read_many(c, keys, KEYS, tallies));
	assert_int_equal(tallies[3].assigned, 1);
	assert_int_equal(tallies[43].assigned, 3);
	assert_int_equal(tallies[43].submitted, 1);
	assert_int_equal(tallies[4].assigned, 0);
	assert_true(rollup_read_many(c, keys, KEYS, report, BASIS_PROVISIONAL, rollups));
	assert_int_equal(rollups[43][ITEM_SUM].sum, 100);
	assert_int_equal(rollups[43][ITEM_MAX].max, 7);
	assert_true(rollups[43][ITEM_MAX].extremes);
	assert_int_equal(rollups[3][ITEM_SUM].units, 0);
	assert_int_equal(rollups[3][ITEM_SUM].indicator_id, level.indicators[ITEM_SUM]);
	assert_true(rollup_read_periods(c, province.province_id, province.id, report, BASIS_PROVISIONAL,
					level.period, level.period, &periods, &count));
	assert_int_equal(count, 1);
	assert_int_equal(periods[0].sums[ITEM_RATIO].numerator, 50);
	assert_true(rollup_tallies(c, province.province_id, province.id, 0, level.period, &counted, &count));
	assert_int_equal(count, 1);
	assert_int_equal(counted[0].tally.submitted, 1);
	store_release(f->store, c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(figures_follow_every_act),
		ROOM_ON_BOTH(failed_actions_leave_the_batch_right),
		ROOM_ON_BOTH(check_finds_what_was_changed),
		ROOM_ON_BOTH(without_hooks_nothing_is_staged),
		ROOM_ON_BOTH(many_keys_in_one_query),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
