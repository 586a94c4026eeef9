#include "level_fixture.h"

#include <pthread.h>

#include "indicator/indicator_store.h"

struct change {
	id indicator_id;
	int64_t version;
	const char *name;
	int decimals;
	bool fail; /* after it was done */
	int64_t seen;
	id report_id;
};

static bool change_name(struct call *c, void *arg)
{
	struct change *change = arg;
	const struct indicator *before;
	const struct report *report;
	struct indicator after;

	if (!indicator_by_id(c, change->indicator_id, NULL, &before))
		return false;
	after = *before;
	after.name = change->name;
	if (change->decimals >= 0)
		after.decimals = change->decimals;
	if (!indicator_change(c, change->indicator_id, change->version, &after, "reason"))
		return false;
	/* The change is seen in its own transaction. */
	if (change->report_id) {
		if (!report_get(c, change->report_id, &report))
			return false;
		change->seen = report->version;
	}
	return !change->fail || error_set(c->err, ERR_conflict, NULL, NULL);
}

static void expect_form(struct level *level, int64_t version, const char *name)
{
	struct call *c = room_read(level->f);
	const struct report *report, *same;

	assert_true(report_get(c, level->report, &report));
	assert_int_equal(report->version, version);
	assert_string_equal(report->items[0].indicator->name, name);
	assert_string_equal(report->items[0].indicator->owner_path, "TW/");
	assert_true(report_get(c, level->report, &same));
	assert_ptr_equal(report, same);
	store_release(level->f->store, c);
}

static void changes_are_seen_at_once(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct change change = { .version = 1, .name = "Second", .decimals = -1 };
	const struct report *old, *first;
	struct call *c;

	level_new(&level, f);
	change.indicator_id = level.indicators[0];
	change.report_id = level.report;
	expect_form(&level, 1, "SUM");
	c = room_read(f);
	assert_true(report_get(c, level.report, &old));
	store_release(f->store, c);

	room_write(f, change_name, &change);
	assert_int_equal(change.seen, 2);
	expect_form(&level, 2, "Second");
	/* Who holds the old form keeps it. */
	assert_string_equal(old->items[0].indicator->name, "SUM");

	c = room_read(f);
	assert_true(report_get_version(c, level.report, 1, &first));
	assert_string_equal(first->items[0].indicator->name, "SUM");
	assert_true(first->valid_to != 0);
	assert_false(report_get_version(c, level.report, 9, &first));
	assert_int_equal(c->err->code, ERR_report_unknown);
	error_clear(c->err);
	assert_false(report_get(c, 12345, &first));
	assert_int_equal(c->err->code, ERR_report_unknown);
	error_clear(c->err);
	store_release(f->store, c);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event WHERE kind = 'indicator.changed'"), 1);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event WHERE kind = 'report.changed'"), 1);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM report_item WHERE report_version = 2"),
			 LEVEL_ITEMS);
}

/* A change that is taken back leaves no trace in memory, even when the next one gives the same version. */
static void changes_taken_back_are_not_seen(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct change change = { .version = 1, .name = "Never", .decimals = -1, .fail = true };

	level_new(&level, f);
	change.indicator_id = level.indicators[0];
	change.report_id = level.report;
	expect_form(&level, 1, "SUM");
	assert_false(fixture_run(f, change_name, &change));
	assert_int_equal(change.seen, 2);
	expect_form(&level, 1, "SUM");
	change.fail = false;
	change.name = "Second";
	room_write(f, change_name, &change);
	expect_form(&level, 2, "Second");
}

static void a_stale_or_impossible_change_is_refused(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct change change = { .version = 2, .name = "X", .decimals = -1 };

	level_new(&level, f);
	change.indicator_id = level.indicators[0];
	assert_false(fixture_run(f, change_name, &change));
	assert_int_equal(f->err.code, ERR_stale_version);
	change.version = 1;
	change.decimals = 3;
	assert_false(fixture_run(f, change_name, &change));
	assert_int_equal(f->err.code, ERR_indicator_in_use);
	change.indicator_id = 99;
	assert_false(fixture_run(f, change_name, &change));
	assert_int_equal(f->err.code, ERR_indicator_unknown);
}

static bool make_again(struct call *c, void *arg)
{
	struct level *level = arg;

	return level_form(c, level);
}

static bool import(struct call *c, void *arg)
{
	const struct level *level = arg;

	return indicator_import(c, level->centre) && indicator_import(c, level->centre);
}

static void codes_are_given_once(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	const struct indicator *indicator;
	struct indicator *page;
	struct call *c;
	size_t count;

	level_new(&level, f);
	assert_false(fixture_run(f, make_again, &level));
	assert_int_equal(f->err.code, ERR_duplicate);
	room_write(f, import, &level);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM indicator"), LEVEL_ITEMS + 35);
	c = room_read(f);
	assert_true(indicator_by_code(c, "CL14", NULL, &indicator));
	assert_int_equal(indicator->target_count, 1);
	assert_int_equal(indicator->targets[0].high, 1800);
	assert_false(indicator_by_code(c, "CL99", "code", &indicator));
	assert_int_equal(c->err->code, ERR_indicator_unknown);
	error_clear(c->err);
	/* By folded words, by form, by page. */
	assert_true(indicator_page(c, &(struct indicator_query){ .fold = "truc tuyen",
								 .limit = 10 }, &page, &count));
	assert_int_equal(count, 3);
	assert_string_equal(page[0].code, "CL04");
	assert_int_equal(page[0].target_count, 1);
	assert_int_equal(page[0].targets[0].value, 8000);
	assert_true(indicator_page(c, &(struct indicator_query){ .report_id = level.report,
								 .limit = 50 }, &page,
				   &count));
	assert_int_equal(count, LEVEL_ITEMS);
	assert_true(indicator_page(c, &(struct indicator_query){ .after_code = "TN14",
								 .limit = 2 }, &page, &count));
	assert_int_equal(count, 2);
	assert_string_equal(page[1].code, "TN16");
	store_release(f->store, c);
}

struct form_change {
	struct level *level;
	struct report_draft draft;
	int64_t version;
};

static bool change_form(struct call *c, void *arg)
{
	const struct form_change *change = arg;

	return report_change(c, change->level->report, change->version, &change->draft);
}

static void forms_are_checked(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct report_check check = { 0 };
	struct form_change change = { .level = &level, .version = 1 };
	id twice[2], unknown = 77;

	level_new(&level, f);
	twice[0] = twice[1] = level.indicators[0];
	change.draft = (struct report_draft){ .title = "Form", .frequency = FREQUENCY_MONTH,
					      .indicator_ids = level.indicators, .item_count = 2 };
	room_write(f, change_form, &change);
	assert_false(fixture_run(f, change_form, &change));
	assert_int_equal(f->err.code, ERR_stale_version);
	change.version = 2;
	change.draft.indicator_ids = twice;
	assert_false(fixture_run(f, change_form, &change));
	assert_int_equal(f->err.code, ERR_report_item_twice);
	change.draft.indicator_ids = &unknown;
	change.draft.item_count = 1;
	assert_false(fixture_run(f, change_form, &change));
	assert_int_equal(f->err.code, ERR_indicator_unknown);
	assert_string_equal(f->err.field, "items/0/indicator_id");
	change.draft.item_count = 0;
	assert_false(fixture_run(f, change_form, &change));
	assert_int_equal(f->err.code, ERR_report_items_none);
	change.draft.indicator_ids = level.indicators;
	change.draft.item_count = 2;
	change.draft.frequency = FREQUENCY_YEAR;
	assert_false(fixture_run(f, change_form, &change));
	assert_int_equal(f->err.code, ERR_report_frequency_fixed);
	change.draft.frequency = FREQUENCY_MONTH;
	check.left = level.indicators[0];
	check.right = level.indicators[5];
	check.about = "about";
	change.draft.checks = &check;
	change.draft.check_count = 1;
	assert_false(fixture_run(f, change_form, &change));
	assert_int_equal(f->err.code, ERR_report_check_invalid);
	check.right = level.indicators[1];
	room_write(f, change_form, &change);
	change.draft.cut_day = 29;
	change.version = 3;
	assert_false(fixture_run(f, change_form, &change));
	assert_int_equal(f->err.code, ERR_cut_day_invalid);
}

enum { WATCHERS = 4, CHANGES = 20 };

struct watcher {
	pthread_t thread;
	struct level *level;
	_Atomic bool *ending;
	int64_t newest, reads;
	bool ok;
};

/* A form is whole, and never older than the one seen before. */
static void *read_forms(void *arg)
{
	struct watcher *watcher = arg;
	struct error err = { .code = ERR_none };
	struct call c = { .mem = arena_new(0), .now = 1, .err = &err };

	watcher->ok = true;
	while (watcher->ok && !*watcher->ending) {
		const struct report *report;

		watcher->ok = store_read(watcher->level->f->store, &c);
		if (!watcher->ok)
			break;
		watcher->ok = report_get(&c, watcher->level->report, &report) && report->version >= watcher->newest &&
			     report->item_count == LEVEL_ITEMS &&
			     report->items[0].indicator->version == report->version;
		if (watcher->ok)
			watcher->newest = report->version;
		watcher->reads++;
		store_release(watcher->level->f->store, &c);
		arena_reset(c.mem);
	}
	arena_free(c.mem);
	return NULL;
}

/* Two threads that load a form at once each keep their own for a while, so that nothing is said of its address. */
static int64_t form_version(struct level *level)
{
	struct call *c = room_read(level->f);
	const struct report *report;
	int64_t version = report_get(c, level->report, &report) ? report->version : 0;

	store_release(level->f->store, c);
	return version;
}

static void readers_see_whole_forms(void **state)
{
	struct fixture *f = fixture_of(state);
	struct level level;
	struct change change = { .name = "Name", .decimals = -1 };
	struct watcher watchers[WATCHERS] = { 0 };
	_Atomic bool ending = false;
	bool changed = true;

	level_new(&level, f);
	change.indicator_id = level.indicators[0];
	for (int i = 0; i < WATCHERS; i++) {
		watchers[i].level = &level;
		watchers[i].ending = &ending;
		assert_int_equal(pthread_create(&watchers[i].thread, NULL, read_forms, &watchers[i]), 0);
	}
	/* Asserting only after the watchers have ended: a failed one leaves this function. */
	for (int i = 1; changed && i <= CHANGES; i++) {
		change.version = i;
		changed = fixture_run(f, change_name, &change) && form_version(&level) == i + 1;
	}
	ending = true;
	for (int i = 0; i < WATCHERS; i++)
		pthread_join(watchers[i].thread, NULL);
	assert_true(changed);
	for (int i = 0; i < WATCHERS; i++) {
		assert_true(watchers[i].ok);
		assert_true(watchers[i].reads > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(changes_are_seen_at_once),
		ROOM_ON_BOTH(changes_taken_back_are_not_seen),
		ROOM_ON_BOTH(a_stale_or_impossible_change_is_refused),
		ROOM_ON_BOTH(codes_are_given_once),
		ROOM_ON_BOTH(forms_are_checked),
		ROOM_ON_BOTH(readers_see_whole_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
