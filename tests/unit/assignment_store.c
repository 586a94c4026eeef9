#include "level_fixture.h"

struct attempt {
	struct level *level;
	struct assignment_draft draft;
	id made;
};

static bool attempt(struct call *c, void *arg)
{
	struct attempt *a = arg;

	return assignment_create(c, &a->draft, &a->made);
}

static void refused(struct fixture *f, struct attempt *a, enum error_code code, const char *field)
{
	assert_false(fixture_run(f, attempt, a));
	if (f->err.code != code)
		fail_msg("%s instead of %s", error_word(f->err.code), error_word(code));
	assert_string_equal(f->err.field, field);
}

static void assignments_are_checked(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct attempt a = { .level = &level };
	struct assignment_draft good;
	id twice[2];

	level_new(&level, f);
	twice[0] = twice[1] = level.units[0];
	good = (struct assignment_draft){
		.report_id = level.report,
		.from_unit_id = level.province,
		.rule = { .day = 16 },
		.first = level.period,
		.unit_ids = level.units,
		.unit_count = 1,
	};
	a.draft = good;
	refused(f, &a, ERR_unit_already_assigned, "unit_ids");
	a.draft.first = period_make(FREQUENCY_QUARTER, 2026, 2);
	refused(f, &a, ERR_period_outside, "first_period");
	a.draft = good, a.draft.last = period_add(level.period, -1);
	refused(f, &a, ERR_period_order, "last_period");
	a.draft = good, a.draft.unit_count = 0;
	refused(f, &a, ERR_units_none, "unit_ids");
	a.draft = good, a.draft.unit_ids = twice, a.draft.unit_count = 2;
	refused(f, &a, ERR_unit_twice, "unit_ids");
	a.draft = good, a.draft.unit_ids = &level.centre;
	refused(f, &a, ERR_unit_not_below, "unit_ids");
	a.draft = good, a.draft.unit_ids = &level.province;
	refused(f, &a, ERR_unit_not_below, "unit_ids");
	a.draft = good, a.draft.rule.day = 32;
	assert_false(fixture_run(f, attempt, &a));
	a.draft = good, a.draft.report_id = 5;
	refused(f, &a, ERR_report_unknown, "");
	a.draft = good, a.draft.parent_id = level.assignment;
	refused(f, &a, ERR_parent_not_received, "parent_id");
	a.draft.parent_id = 5;
	refused(f, &a, ERR_parent_not_received, "parent_id");
	/* The same unit once the other assignment has ended. */
	a.draft = good, a.draft.from_unit_id = level.centre;
	assert_true(fixture_run(f, attempt, &a));
}

static int64_t rows(struct level *level, id assignment_id)
{
	struct call *c = room_read(level->f);
	struct submission *all;
	size_t count;

	assert_true(submission_of_assignment(c, assignment_id, 0, INT64_MAX, &all, &count));
	store_release(level->f->store, c);
	return (int64_t)count;
}

struct due {
	size_t opened;
};

static bool open_due(struct call *c, void *arg)
{
	struct due *due = arg;

	return assignment_open_due(c, &due->opened);
}

static bool is_due(struct fixture *f)
{
	struct call *c = room_read(f);
	bool due;

	assert_true(assignment_due(c, &due));
	store_release(f->store, c);
	return due;
}

static void periods_open_by_themselves(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct due due;
	instant june, august;

	level_new(&level, f);
	assert_false(is_due(f));
	room_write(f, open_due, &due);
	assert_int_equal(due.opened, 0);
	civil_parse("2026-06-01T00:00:00+07:00", &june);
	civil_parse("2026-08-31T23:00:00+07:00", &august);
	f->call.now = june - 1;
	assert_false(is_due(f));
	f->call.now = june;
	assert_true(is_due(f));
	room_write(f, open_due, &due);
	assert_int_equal(due.opened, 2);
	assert_int_equal(rows(&level, level.assignment), 2 * LEVEL_UNITS);
	/* After two months of standstill nothing is left out. */
	f->call.now = august;
	room_write(f, open_due, &due);
	assert_int_equal(due.opened, 4);
	room_write(f, open_due, &due);
	assert_int_equal(due.opened, 0);
	assert_int_equal(rows(&level, level.assignment), 4 * LEVEL_UNITS);
	assert_int_equal(level_differences(&level), 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event WHERE kind = 'period.opened'"), 8);
}

struct closing {
	struct level *level;
	bool accept_missing, reopen;
	id assignment_id;
	struct assignment_closed out;
};

static bool close_period(struct call *c, void *arg)
{
	struct closing *closing = arg;

	if (closing->reopen)
		return assignment_reopen(c, closing->assignment_id, closing->level->period, "reason");
	return assignment_close(c, closing->assignment_id, closing->level->period, closing->accept_missing,
				"note", &closing->out);
}

static bool read_parent_draft(struct call *c, void *arg)
{
	struct closing *closing = arg;
	const struct report *report;
	struct submission s;
	struct cell *cells;

	if (!submission_get(c, closing->out.filled_submission_id, &s) ||
	    !report_get(c, closing->level->report, &report) ||
	    !submission_working_cells(c, &s, report, &cells))
		return false;
	assert_int_equal(s.unit_id, closing->level->province);
	assert_int_equal(cells[ITEM_SUM].number, 100);
	assert_int_equal(cells[ITEM_RATIO].numerator, 50);
	assert_int_equal(cells[ITEM_RATIO].number, 5000);
	assert_int_equal(cells[ITEM_MAX].number, 7);
	/* How many said yes is no answer of the province's own. */
	assert_false(cells[ITEM_YES].present);
	return true;
}

static void closing_names_the_missing_and_fills_the_draft_above(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct closing closing = { .level = &level };
	bool named = false;

	level_new(&level, f);
	closing.assignment_id = level.assignment;
	level_do(&level, (struct level_act){ .unit = 0, .values = { 100, 50, 7, 7, 7, 1, 1 } });
	level_do(&level, (struct level_act){ .unit = 0, .act = ACT_APPROVE });
	level_do(&level, (struct level_act){ .unit = 1, .values = { 900, 50, 9, 9, 9, 1, 1 } });
	assert_false(fixture_run(f, close_period, &closing));
	assert_int_equal(f->err.code, ERR_units_missing);
	assert_int_equal(f->err.detail_count, 2);
	for (size_t i = 0; i < f->err.detail_count; i++)
		named |= strcmp(f->err.details[i].field, "units/22045") == 0;
	assert_true(named);
	closing.accept_missing = true;
	room_write(f, close_period, &closing);
	assert_int_equal(closing.out.missing_count, 2);
	assert_true(closing.out.filled_submission_id != 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM assignment_gap"), 2);
	room_write(f, read_parent_draft, &closing);
	/* Closed is closed, and can be opened again. */
	assert_false(fixture_run(f, close_period, &closing));
	assert_int_equal(f->err.code, ERR_period_closed);
	closing.reopen = true;
	room_write(f, close_period, &closing);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM assignment_gap"), 0);
	assert_false(fixture_run(f, close_period, &closing));
	assert_int_equal(f->err.code, ERR_period_still_open);
	closing.reopen = false;
	room_write(f, close_period, &closing);
	assert_int_equal(level_differences(&level), 0);
}

struct changing {
	struct level *level;
	int64_t version;
	struct assignment_change change;
};

static bool change(struct call *c, void *arg)
{
	const struct changing *changing = arg;

	return assignment_change(c, changing->level->assignment, changing->version, &changing->change);
}

static void units_come_and_go(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct changing changing = { .level = &level, .version = 1 };
	struct due due;
	struct unit unit;
	struct call *c;
	id *unit_ids;
	size_t count;
	id added;

	level_new(&level, f);
	c = room_read(f);
	assert_true(unit_by_code(c, "66-KHCN", NULL, &unit));
	store_release(f->store, c);
	added = unit.id;
	changing.change = (struct assignment_change){ .add_unit_ids = &added, .add_count = 1,
						      .remove_unit_ids = level.units, .remove_count = 1 };
	room_write(f, change, &changing);
	/* The new one has its row in the open month, the one that goes keeps the one it has. */
	assert_int_equal(rows(&level, level.assignment), LEVEL_UNITS + 1);
	assert_int_equal(level_tally(&level).assigned, LEVEL_UNITS + 1);
	c = room_read(f);
	assert_true(assignment_units(c, level.assignment, &unit_ids, &count));
	assert_int_equal(count, LEVEL_UNITS);
	store_release(f->store, c);
	assert_false(fixture_run(f, change, &changing));
	assert_int_equal(f->err.code, ERR_stale_version);
	changing.version = 2;
	assert_false(fixture_run(f, change, &changing));
	assert_int_equal(f->err.code, ERR_unit_has_not);
	changing.change.remove_count = 0;
	assert_false(fixture_run(f, change, &changing));
	assert_int_equal(f->err.code, ERR_unit_already_assigned);
	civil_parse("2026-06-02T00:00:00+07:00", &f->call.now);
	room_write(f, open_due, &due);
	assert_int_equal(rows(&level, level.assignment), 2 * LEVEL_UNITS + 1);
	/* Comes back. */
	changing.change = (struct assignment_change){ .add_unit_ids = level.units, .add_count = 1,
						      .set_last = true, .last = period_add(level.period, 2) };
	room_write(f, change, &changing);
	assert_int_equal(rows(&level, level.assignment), 2 * LEVEL_UNITS + 2);
	assert_int_equal(level_differences(&level), 0);
	civil_parse("2026-12-02T00:00:00+07:00", &f->call.now);
	room_write(f, open_due, &due);
	assert_int_equal(rows(&level, level.assignment), 3 * LEVEL_UNITS + 3);
}

static bool except(struct call *c, void *arg)
{
	struct level *level = arg;

	return assignment_except(c, level->assignment, level->period, level->units[2], c->now + DAY_MS,
				 "reason");
}

static void exceptions_open_entry(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct assignment_period ap;
	struct submission s;
	struct call *c;
	bool found;

	level_new(&level, f);
	room_write(f, except, &level);
	c = room_read(f);
	assert_true(submission_find(c, level.assignment, level.period, level.units[2], &found, &s));
	assert_true(found);
	assert_int_equal(s.exception_until, c->now + DAY_MS);
	assert_true(assignment_period_get(c, level.assignment, level.period, &ap));
	ap.assignment.rule.locks = true;
	assert_int_equal(assignment_window(&ap, ap.deadline + 1, s.exception_until + DAY_MS * 9), ENTRY_OPEN);
	assert_false(assignment_period_get(c, level.assignment, period_add(level.period, 1), &ap));
	assert_int_equal(c->err->code, ERR_period_not_opened);
	error_clear(c->err);
	assert_false(assignment_period_get(c, 5, level.period, &ap));
	assert_int_equal(c->err->code, ERR_assignment_unknown);
	error_clear(c->err);
	store_release(f->store, c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(assignments_are_checked),
		ROOM_ON_BOTH(periods_open_by_themselves),
		ROOM_ON_BOTH(closing_names_the_missing_and_fills_the_draft_above),
		ROOM_ON_BOTH(units_come_and_go),
		ROOM_ON_BOTH(exceptions_open_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
