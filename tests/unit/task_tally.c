#include "task/task_tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static const instant due = INT64_C(1778950800000); /* 17/5/2026 00:00 */

static struct task a_task(enum task_state state)
{
	return (struct task){ .lead_path = "TW/66/22015/", .programme = "57-NQ/TW", .field = "", .deadline = due,
			      .state = state };
}

static void a_task_counts_by_its_state_and_deadline(void **state)
{
	const struct {
		enum task_state state;
		instant deadline, completed_at;
		struct task_tally wanted;
	} rows[] = {
		{ TASK_NOT_STARTED, due, 0, { .open = 1 } },
		{ TASK_IN_PROGRESS, 0, 0, { .open = 1 } },
		{ TASK_PAUSED, due, 0, { .paused = 1 } },
		{ TASK_CANCELLED, due, 0, { 0 } },
		{ TASK_COMPLETED, due, due - 1, { .on_time = 1 } },
		{ TASK_COMPLETED, due, due, { .late = 1 } },
		{ TASK_COMPLETED, 0, due, { .on_time = 1 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct task task = { .state = rows[i].state, .deadline = rows[i].deadline,
				     .completed_at = rows[i].completed_at };
		struct task_tally tally = task_tally_of(&task);

		assert_memory_equal(&tally, &rows[i].wanted, sizeof(tally));
	}
}

static const struct task_tally *find(const struct task_tally_row *rows, size_t count, const char *path,
				     instant deadline)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(rows[i].key.unit_path, path) && rows[i].key.deadline == deadline)
			return &rows[i].tally;
	return NULL;
}

static void a_new_task_counts_for_every_unit_above_it(void **state)
{
	struct arena *mem = arena_new(0);
	struct task task = a_task(TASK_NOT_STARTED);
	struct task_tally_row *rows;
	size_t count;

	(void)state;
	task_tally_differences(mem, NULL, &task, &rows, &count);
	assert_int_equal(count, 3);
	assert_string_equal(rows[0].key.unit_path, "TW/");
	assert_string_equal(rows[0].key.parent_path, "");
	assert_string_equal(rows[2].key.unit_path, "TW/66/22015/");
	assert_string_equal(rows[2].key.parent_path, "TW/66/");
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rows[i].tally.open, 1);
	arena_free(mem);
}

static void a_change_that_counts_nothing_writes_nothing(void **state)
{
	struct arena *mem = arena_new(0);
	struct task before = a_task(TASK_NOT_STARTED), after = a_task(TASK_IN_PROGRESS);
	struct task_tally_row *rows;
	size_t count;

	(void)state;
	after.percent = 40;
	task_tally_differences(mem, &before, &after, &rows, &count);
	assert_int_equal(count, 0);
	arena_free(mem);
}

static void a_new_deadline_or_leader_moves_the_count(void **state)
{
	struct arena *mem = arena_new(0);
	struct task before = a_task(TASK_IN_PROGRESS), after = before;
	struct task_tally_row *rows;
	size_t count;

	(void)state;
	after.deadline = due + DAY_MS;
	task_tally_differences(mem, &before, &after, &rows, &count);
	assert_int_equal(count, 6);
	assert_int_equal(find(rows, count, "TW/66/", due)->open, -1);
	assert_int_equal(find(rows, count, "TW/66/", due + DAY_MS)->open, 1);
	after = before;
	after.lead_path = "TW/66/66-KHCN/";
	task_tally_differences(mem, &before, &after, &rows, &count);
	assert_int_equal(count, 2);
	assert_int_equal(find(rows, count, "TW/66/22015/", due)->open, -1);
	assert_int_equal(find(rows, count, "TW/66/66-KHCN/", due)->open, 1);
	after = before;
	after.state = TASK_COMPLETED;
	after.completed_at = due;
	task_tally_differences(mem, &before, &after, &rows, &count);
	assert_int_equal(count, 3);
	assert_int_equal(rows[0].tally.open, -1);
	assert_int_equal(rows[0].tally.late, 1);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_task_counts_by_its_state_and_deadline),
		cmocka_unit_test(a_new_task_counts_for_every_unit_above_it),
		cmocka_unit_test(a_change_that_counts_nothing_writes_nothing),
		cmocka_unit_test(a_new_deadline_or_leader_moves_the_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
