#include <string.h>

#include "room_fixture.h"

#include "task/task.h"
#include "task/task_store.h"
#include "unit/unit.h"

struct country {
	struct fixture *f;
	struct unit centre, province, commune, department;
	struct task task;
};

static bool find_units(struct call *c, void *arg)
{
	struct country *k = arg;

	return unit_import_official(c) && unit_by_code(c, "TW", NULL, &k->centre) &&
	       unit_by_code(c, "66", NULL, &k->province) && unit_by_code(c, "22015", NULL, &k->commune) &&
	       unit_by_code(c, "66-KHCN", NULL, &k->department);
}

static instant at(const char *text)
{
	instant out;

	assert_true(civil_parse(text, &out));
	return out;
}

static void country_new(struct country *k, struct fixture *f)
{
	*k = (struct country){ .f = f };
	f->call.now = at("2026-05-10T08:00:00+07:00");
	room_write(f, find_units, k);
	/* Units outlive the calls of this test. */
	k->centre.path = "TW/";
	k->province.path = "TW/66/";
}

struct giving {
	struct task_draft draft;
	struct task made;
};

static bool give(struct call *c, void *arg)
{
	struct giving *giving = arg;

	return task_create(c, &giving->draft, &giving->made);
}

static id given(struct country *k, const struct unit *from, const struct unit *to, id parent, int64_t weight,
		const char *deadline)
{
	struct giving giving = { .draft = { .assigner_id = from->id,
					    .lead_id = to->id,
					    .parent_id = parent,
					    .title = "title",
					    .weight = weight,
					    .deadline = at(deadline),
					    .deadline_kind = TASK_DEADLINE_INSTANT } };

	room_write(k->f, give, &giving);
	return giving.made.id;
}

static struct task row(struct country *k, id task_id)
{
	struct call *c = room_read(k->f);
	struct task task;

	assert_true(task_get(c, task_id, &task));
	store_release(k->f->store, c);
	return task;
}

struct reporting {
	id task_id;
	struct task_report_entry entry;
	struct task out;
};

static bool report(struct call *c, void *arg)
{
	struct reporting *reporting = arg;

	return task_report(c, reporting->task_id, -1, &reporting->entry, &reporting->out);
}

static void reported(struct country *k, id task_id, int percent)
{
	struct reporting reporting = { .task_id = task_id, .entry = { .percent = percent, .result = "result" } };

	room_write(k->f, report, &reporting);
}

static void print(void *arg, const char *line)
{
	(void)arg;
	print_message("%s\n", line);
}

static void checked(struct country *k)
{
	struct call *c = room_read(k->f);
	size_t differences;

	assert_true(task_check(c, print, NULL, &differences));
	assert_int_equal(differences, 0);
	store_release(k->f->store, c);
}

static bool cancel(struct call *c, void *arg)
{
	struct country *k = arg;

	return task_step(c, k->task.id, -1, TASK_CANCEL, "reason", &k->task);
}

static void percents_and_late_ones_climb(void **state)
{
	struct fixture *f = fixture_of(state);
	struct country k;
	id top, middle, left, right;

	country_new(&k, f);
	top = given(&k, &k.centre, &k.province, 0, 1, "2026-06-30T00:00:00+07:00");
	middle = given(&k, &k.province, &k.province, top, 1, "2026-06-20T00:00:00+07:00");
	left = given(&k, &k.province, &k.commune, middle, 3, "2026-05-17T00:00:00+07:00");
	right = given(&k, &k.province, &k.department, middle, 1, "2026-06-20T00:00:00+07:00");
	reported(&k, left, 50);
	reported(&k, right, 10);
	assert_int_equal(row(&k, middle).rolled, 4000);
	assert_int_equal(row(&k, top).rolled, 4000);
	assert_int_equal(row(&k, middle).children, 2);
	f->call.now = at("2026-05-17T00:00:00+07:00") - 1;
	room_write(f, task_late_duty, NULL);
	assert_int_equal(row(&k, top).late_below, 0);
	f->call.now++;
	room_write(f, task_late_duty, NULL);
	room_write(f, task_late_duty, NULL);
	assert_int_equal(row(&k, top).late_below, 1);
	assert_int_equal(row(&k, middle).late_below, 1);
	assert_int_equal(row(&k, left).late_below, 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event WHERE kind = 'task.overdue'"), 1);
	checked(&k);
	/* What is cancelled neither counts nor is late. */
	k.task.id = left;
	room_write(f, cancel, &k);
	assert_int_equal(row(&k, top).late_below, 0);
	assert_int_equal(row(&k, top).rolled, 1000);
	checked(&k);
	k.task.id = top;
	room_write(f, cancel, &k);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM task WHERE state = 4"), 4);
	checked(&k);
}

static void report_rows_open_with_their_month(void **state)
{
	struct fixture *f = fixture_of(state);
	struct country k;
	id task;

	country_new(&k, f);
	task = given(&k, &k.province, &k.commune, 0, 1, "2026-12-31T00:00:00+07:00");
	f->call.now = at("2026-06-01T00:00:00+07:00") - 1;
	room_write(f, task_report_duty, NULL);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM task_report"), 0);
	f->call.now++;
	room_write(f, task_report_duty, NULL);
	room_write(f, task_report_duty, NULL);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM task_report"), 1);
	assert_int_equal(fixture_int(f, "SELECT period FROM task_report"), 2026106);
	/* After a standstill no month is left out. */
	f->call.now = at("2026-09-15T00:00:00+07:00");
	room_write(f, task_report_duty, NULL);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM task_report"), 4);
	/* The oldest is answered first. */
	reported(&k, task, 20);
	assert_int_equal(fixture_int(f, "SELECT period FROM task_report WHERE reported_at IS NOT NULL"), 2026106);
}

struct moving {
	const char *from, *to;
};

static bool move(struct call *c, void *arg)
{
	const struct moving *moving = arg;

	return task_unit_moved(c, moving->from, moving->to);
}

static void moved_units_take_their_tasks_along(void **state)
{
	struct fixture *f = fixture_of(state);
	struct country k;
	struct moving moving = { "TW/66/22015/", "TW/01/22015/" };
	id task;

	country_new(&k, f);
	task = given(&k, &k.province, &k.commune, 0, 1, "2026-12-31T00:00:00+07:00");
	room_write(f, move, &moving);
	assert_string_equal(row(&k, task).lead_path, "TW/01/22015/");
	assert_string_equal(row(&k, task).assigner_path, "TW/66/");
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM task_unit WHERE unit_path = 'TW/01/22015/'"), 1);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM task_unit WHERE unit_path = 'TW/66/'"), 1);
}

static void ids_that_begin_alike_are_no_kin(void **state)
{
	struct fixture *f = fixture_of(state);
	struct country k;
	struct task *below, whole;
	struct call *c;
	size_t count = 0;
	id top;

	country_new(&k, f);
	top = given(&k, &k.province, &k.province, 0, 1, "2026-12-31T00:00:00+07:00");
	given(&k, &k.province, &k.commune, top, 1, "2026-12-31T00:00:00+07:00");
	given(&k, &k.province, &k.commune, 0, 1, "2026-12-31T00:00:00+07:00");
	c = room_read(f);
	assert_true(task_get(c, top, &whole) && task_rows_open_below(c, whole.tree, &below, &count));
	store_release(f->store, c);
	assert_int_equal(count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(percents_and_late_ones_climb),
		ROOM_ON_BOTH(report_rows_open_with_their_month),
		ROOM_ON_BOTH(moved_units_take_their_tasks_along),
		ROOM_ON_BOTH(ids_that_begin_alike_are_no_kin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
