#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/text.h"
#include "task/task_rules.h"

static instant at(const char *text)
{
	instant out;

	assert_true(civil_parse(text, &out));
	return out;
}

#define DUE "2026-05-17T00:00:00+07:00"

static void timeliness_is_judged_to_the_millisecond(void **state)
{
	static const struct {
		enum task_state state;
		const char *deadline, *completed, *now;
		instant shift; /* of now and of completed, in ms */
		enum task_timeliness is;
	} rows[] = {
		{ TASK_NOT_STARTED, DUE, NULL, "2026-05-01T00:00:00+07:00", 0, TASK_IN_TIME },
		{ TASK_IN_PROGRESS, DUE, NULL, "2026-05-14T00:00:00+07:00", -1, TASK_IN_TIME },
		{ TASK_IN_PROGRESS, DUE, NULL, "2026-05-14T00:00:00+07:00", 0, TASK_DUE_SOON },
		{ TASK_IN_PROGRESS, DUE, NULL, DUE, -1, TASK_DUE_SOON },
		{ TASK_IN_PROGRESS, DUE, NULL, DUE, 0, TASK_OVERDUE },
		{ TASK_NOT_STARTED, DUE, NULL, "2027-01-01T00:00:00+07:00", 0, TASK_OVERDUE },
		{ TASK_NOT_STARTED, NULL, NULL, "2027-01-01T00:00:00+07:00", 0, TASK_NO_TIME },
		{ TASK_PAUSED, DUE, NULL, "2027-01-01T00:00:00+07:00", 0, TASK_NO_TIME },
		{ TASK_CANCELLED, DUE, NULL, "2027-01-01T00:00:00+07:00", 0, TASK_NO_TIME },
		{ TASK_COMPLETED, DUE, DUE, "2027-01-01T00:00:00+07:00", -1, TASK_COMPLETED_ON_TIME },
		{ TASK_COMPLETED, DUE, DUE, "2027-01-01T00:00:00+07:00", 0, TASK_COMPLETED_LATE },
		{ TASK_COMPLETED, NULL, DUE, "2027-01-01T00:00:00+07:00", 0, TASK_COMPLETED_ON_TIME },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		instant completed = rows[i].completed ? at(rows[i].completed) + rows[i].shift : 0;
		enum task_timeliness is =
			task_timeliness(rows[i].state, rows[i].deadline ? at(rows[i].deadline) : 0, completed,
					at(rows[i].now) + rows[i].shift, 3 * DAY_MS);

		if (is != rows[i].is)
			fail_msg("row %zu: %s instead of %s", i, task_timeliness_word(is),
				 task_timeliness_word(rows[i].is));
	}
}

static void an_explanation_is_due_once_late_and_again_when_its_date_passes(void **state)
{
	struct task task = { .state = TASK_IN_PROGRESS, .deadline = at(DUE) };

	(void)state;
	assert_false(task_explanation_due(&task, task.deadline - 1));
	assert_true(task_explanation_due(&task, task.deadline));
	task.explained_until = at("2026-05-21T00:00:00+07:00");
	assert_false(task_explanation_due(&task, task.explained_until - 1));
	assert_true(task_explanation_due(&task, task.explained_until));
	/* Handed in before the deadline, it waits for others; handed in after, it owes the cause. */
	task.explained_until = 0;
	task.asked_at = task.deadline - 1;
	assert_false(task_explanation_due(&task, task.deadline + DAY_MS));
	task.asked_at = task.deadline;
	assert_true(task_explanation_due(&task, task.deadline + DAY_MS));
	task.state = TASK_PAUSED;
	assert_false(task_explanation_due(&task, task.deadline + DAY_MS));
}

static void steps_follow_the_state(void **state)
{
	static const struct {
		enum task_state from;
		int percent;
		enum task_step step;
		enum error_code refusal;
		enum task_state to;
	} rows[] = {
		{ TASK_NOT_STARTED, 0, TASK_PAUSE, ERR_none, TASK_PAUSED },
		{ TASK_IN_PROGRESS, 5, TASK_PAUSE, ERR_none, TASK_PAUSED },
		{ TASK_PAUSED, 0, TASK_PAUSE, ERR_task_not_open_paused, 0 },
		{ TASK_COMPLETED, 100, TASK_PAUSE, ERR_task_not_open_completed, 0 },
		{ TASK_CANCELLED, 0, TASK_PAUSE, ERR_task_not_open_cancelled, 0 },
		{ TASK_PAUSED, 0, TASK_RESUME, ERR_none, TASK_NOT_STARTED },
		{ TASK_PAUSED, 5, TASK_RESUME, ERR_none, TASK_IN_PROGRESS },
		{ TASK_NOT_STARTED, 0, TASK_RESUME, ERR_task_not_paused, 0 },
		{ TASK_COMPLETED, 100, TASK_RESUME, ERR_task_not_paused, 0 },
		{ TASK_CANCELLED, 0, TASK_RESUME, ERR_task_not_paused, 0 },
		{ TASK_NOT_STARTED, 0, TASK_CANCEL, ERR_none, TASK_CANCELLED },
		{ TASK_IN_PROGRESS, 5, TASK_CANCEL, ERR_none, TASK_CANCELLED },
		{ TASK_PAUSED, 5, TASK_CANCEL, ERR_none, TASK_CANCELLED },
		{ TASK_COMPLETED, 100, TASK_CANCEL, ERR_task_not_open_completed, 0 },
		{ TASK_CANCELLED, 0, TASK_CANCEL, ERR_task_not_open_cancelled, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct task task = { .state = rows[i].from, .percent = rows[i].percent };
		enum task_state after;
		enum error_code refusal = task_step_refusal(&task, rows[i].step, &after);

		if (refusal != rows[i].refusal || (refusal == ERR_none && after != rows[i].to))
			fail_msg("row %zu: %s", i, error_word(refusal));
	}
}

static void reports_are_judged(void **state)
{
	static const struct {
		struct task task;
		struct task_report_entry entry;
		enum error_code refusal;
	} rows[] = {
		{ { .state = TASK_NOT_STARTED }, { .percent = 5 }, ERR_none },
		{ { .state = TASK_NOT_STARTED }, { .percent = 0, .result = "x" }, ERR_none },
		{ { .state = TASK_NOT_STARTED }, { .percent = 0, .difficulties = "x" }, ERR_none },
		{ { .state = TASK_NOT_STARTED }, { .percent = 0, .requests = "x" }, ERR_none },
		{ { .state = TASK_NOT_STARTED }, { .percent = 0, .file_count = 1 }, ERR_none },
		{ { .state = TASK_NOT_STARTED }, { .percent = 0, .result = "" }, ERR_task_report_empty },
		{ { .state = TASK_IN_PROGRESS, .percent = 5 }, { .percent = 5 }, ERR_task_report_empty },
		{ { .state = TASK_IN_PROGRESS, .percent = 5 }, { .percent = 5, .nil = true }, ERR_none },
		{ { .state = TASK_IN_PROGRESS }, { .nil = true, .result = "x" }, ERR_task_nil_with_texts },
		{ { .state = TASK_IN_PROGRESS }, { .nil = true, .file_count = 1 }, ERR_task_nil_with_texts },
		{ { .state = TASK_IN_PROGRESS, .asked_at = 1 }, { .percent = 9 }, ERR_task_completion_waiting },
		{ { .state = TASK_IN_PROGRESS, .deadline = 1000 }, { .percent = 9 }, ERR_task_explanation_missing },
		{ { .state = TASK_IN_PROGRESS, .deadline = 1000 }, { .nil = true }, ERR_task_explanation_missing },
		{ { .state = TASK_IN_PROGRESS, .deadline = 1001 }, { .percent = 9 }, ERR_none },
		{ { .state = TASK_IN_PROGRESS, .deadline = 1000, .explained_until = 1001 }, { .percent = 9 }, ERR_none },
		{ { .state = TASK_COMPLETED }, { .percent = 9 }, ERR_task_not_open_completed },
		{ { .state = TASK_PAUSED }, { .percent = 9 }, ERR_task_not_open_paused },
		{ { .state = TASK_CANCELLED }, { .percent = 9 }, ERR_task_not_open_cancelled },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		enum error_code refusal = task_report_refusal(&rows[i].task, &rows[i].entry, 1000);

		if (refusal != rows[i].refusal)
			fail_msg("row %zu: %s instead of %s", i, error_word(refusal), error_word(rows[i].refusal));
	}
}

static void requests_are_judged(void **state)
{
#define COMPLETION .kind = TASK_ASK_COMPLETION
#define EXTENSION .kind = TASK_ASK_EXTENSION
	static const struct {
		struct task task;
		struct task_request_entry entry;
		struct task_ask_facts facts;
		enum error_code refusal;
	} rows[] = {
		{ { .state = TASK_IN_PROGRESS }, { COMPLETION, .reason = "done" }, { 0 }, ERR_none },
		{ { .state = TASK_IN_PROGRESS }, { COMPLETION, .file_count = 1 }, { 0 }, ERR_none },
		{ { .state = TASK_IN_PROGRESS }, { COMPLETION }, { .result = true }, ERR_none },
		{ { .state = TASK_IN_PROGRESS }, { COMPLETION }, { 0 }, ERR_task_completion_empty },
		{ { .state = TASK_IN_PROGRESS }, { COMPLETION, .reason = "x" }, { .waiting = true }, ERR_task_request_waiting },
		{ { .state = TASK_IN_PROGRESS }, { COMPLETION, .reason = "x" }, { .open_parts = 1 }, ERR_task_parts_open },
		{ { .state = TASK_IN_PROGRESS, .deadline = 1000 }, { COMPLETION, .reason = "x" }, { 0 },
		  ERR_task_explanation_missing },
		{ { .state = TASK_COMPLETED }, { COMPLETION, .reason = "x" }, { 0 }, ERR_task_not_open_completed },
		{ { .state = TASK_IN_PROGRESS, .deadline = 2000 }, { EXTENSION, .reason = "x", .deadline = 2001 }, { 0 },
		  ERR_none },
		{ { .state = TASK_IN_PROGRESS, .deadline = 2000 }, { EXTENSION, .reason = "x", .deadline = 2000 }, { 0 },
		  ERR_task_extension_deadline },
		{ { .state = TASK_IN_PROGRESS, .deadline = 900 }, { EXTENSION, .reason = "x", .deadline = 1000 }, { 0 },
		  ERR_task_extension_deadline },
		/* Late, more time may be asked for before the cause is given. */
		{ { .state = TASK_IN_PROGRESS, .deadline = 900 }, { EXTENSION, .reason = "x", .deadline = 1001 }, { 0 },
		  ERR_none },
		{ { .state = TASK_IN_PROGRESS, .deadline = 2000 }, { EXTENSION, .reason = "", .deadline = 3000 }, { 0 },
		  ERR_reason_required },
		{ { .state = TASK_IN_PROGRESS }, { EXTENSION, .reason = "x", .deadline = 3000 }, { 0 }, ERR_task_no_deadline },
		{ { .state = TASK_IN_PROGRESS, .deadline = 2000, .recurrence = { .every = TASK_MONTHLY } },
		  { EXTENSION, .reason = "x", .deadline = 3000 }, { 0 }, ERR_task_no_deadline },
		{ { .state = TASK_IN_PROGRESS, .deadline = 2000 }, { EXTENSION, .reason = "x", .deadline = 3000 },
		  { .parent_deadline = 3000 }, ERR_none },
		{ { .state = TASK_IN_PROGRESS, .deadline = 2000 }, { EXTENSION, .reason = "x", .deadline = 3001 },
		  { .parent_deadline = 3000 }, ERR_task_after_parent },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		enum error_code refusal = task_ask_refusal(&rows[i].task, &rows[i].entry, &rows[i].facts, 1000);

		if (refusal != rows[i].refusal)
			fail_msg("row %zu: %s instead of %s", i, error_word(refusal), error_word(rows[i].refusal));
	}
}

static void deadlines_agree_with_their_kind(void **state)
{
	static const struct {
		instant deadline;
		enum task_deadline_kind kind;
		struct task_recurrence recurrence;
		enum error_code refusal;
	} rows[] = {
		{ 1, TASK_DEADLINE_INSTANT, { 0 }, ERR_none },
		{ 1, TASK_DEADLINE_QUARTER, { 0 }, ERR_none },
		{ 0, TASK_DEADLINE_INSTANT, { 0 }, ERR_task_deadline_needed },
		{ 0, TASK_DEADLINE_QUARTER, { 0 }, ERR_task_deadline_needed },
		{ 0, TASK_DEADLINE_SOONEST, { 0 }, ERR_none },
		{ 1, TASK_DEADLINE_SOONEST, { 0 }, ERR_task_deadline_unfit },
		{ 1, TASK_DEADLINE_NONE, { 0 }, ERR_task_deadline_unfit },
		{ 0, TASK_DEADLINE_NONE, { .every = TASK_MONTHLY, .day = 31 }, ERR_none },
		{ 1, TASK_DEADLINE_INSTANT, { .every = TASK_MONTHLY }, ERR_task_recurs_with_deadline },
		{ 0, TASK_DEADLINE_NONE, { .every = TASK_WEEKLY, .day = 7 }, ERR_none },
		{ 0, TASK_DEADLINE_NONE, { .every = TASK_WEEKLY, .day = 8 }, ERR_task_recurs_day },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (task_deadline_refusal(rows[i].deadline, rows[i].kind, &rows[i].recurrence) != rows[i].refusal)
			fail_msg("row %zu", i);
}

static void parts_are_weighed(void **state)
{
	(void)state;
	assert_int_equal(task_rolled(TASK_IN_PROGRESS, 35, 0, 0), 3500);
	assert_int_equal(task_rolled(TASK_IN_PROGRESS, 35, 4, 3 * 8000), 6000);
	/* Rounded down: the whole is there only when every part is. */
	assert_int_equal(task_rolled(TASK_IN_PROGRESS, 0, 3, 10000 + 10000 + 9999), 9999);
	assert_int_equal(task_rolled(TASK_COMPLETED, 0, 3, 0), 10000);
}

static void periods_have_names_starts_and_deadlines(void **state)
{
	static const struct {
		enum task_every every;
		struct civil_date day;
		const char *name, *next;
		struct civil_date first;
		int due_day;
		const char *deadline;
	} rows[] = {
		{ TASK_MONTHLY, { 2026, 5, 31 }, "2026-05", "2026-06", { 2026, 5, 1 }, 16, "2026-05-17T00:00:00+07:00" },
		{ TASK_ONCE, { 2026, 2, 1 }, "2026-02", "2026-03", { 2026, 2, 1 }, 31, "2026-03-01T00:00:00+07:00" },
		{ TASK_MONTHLY, { 2026, 12, 5 }, "2026-12", "2027-01", { 2026, 12, 1 }, 0, "2027-01-01T00:00:00+07:00" },
		{ TASK_QUARTERLY, { 2026, 5, 5 }, "2026-Q2", "2026-Q3", { 2026, 4, 1 }, 20, "2026-06-21T00:00:00+07:00" },
		{ TASK_HALF_YEARLY, { 2026, 5, 5 }, "2026-H1", "2026-H2", { 2026, 1, 1 }, 15, "2026-06-16T00:00:00+07:00" },
		{ TASK_YEARLY, { 2026, 5, 5 }, "2026", "2027", { 2026, 1, 1 }, 15, "2026-12-16T00:00:00+07:00" },
		{ TASK_WEEKLY, { 2026, 5, 17 }, "2026-W20", "2026-W21", { 2026, 5, 11 }, 5, "2026-05-16T00:00:00+07:00" },
		{ TASK_WEEKLY, { 2026, 5, 18 }, "2026-W21", "2026-W22", { 2026, 5, 18 }, 0, "2026-05-25T00:00:00+07:00" },
		/* The year of a week is its Thursday's. */
		{ TASK_WEEKLY, { 2027, 1, 3 }, "2026-W53", "2027-W01", { 2026, 12, 28 }, 1, "2026-12-29T00:00:00+07:00" },
		{ TASK_WEEKLY, { 2025, 12, 29 }, "2026-W01", "2026-W02", { 2025, 12, 29 }, 7, "2026-01-05T00:00:00+07:00" },
	};
	char text[PERIOD_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t slot = task_slot_of(rows[i].every, rows[i].day), again;

		assert_string_equal(task_slot_format(slot, text), rows[i].name);
		assert_true(task_slot_parse(rows[i].name, &again) && again == slot);
		assert_int_equal(civil_compare(task_slot_first_day(slot), rows[i].first), 0);
		assert_string_equal(task_slot_format(task_slot_next(slot), text), rows[i].next);
		assert_true(task_slot_deadline(slot, rows[i].due_day) == at(rows[i].deadline));
	}
}

static void what_is_no_period_is_not_read(void **state)
{
	static const char *const texts[] = { "", "2026-W00", "2026-W54", "2027-W53", "2026-W1", "2026-W001",
					     "2026-w20", "2026W20-", "x026-W20", "2026-13",  "2026-W-1" };
	int64_t slot;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (task_slot_parse(texts[i], &slot))
			fail_msg("%s", texts[i]);
}

static void the_first_period_can_still_be_kept(void **state)
{
	static const struct {
		struct task_recurrence recurrence;
		const char *now, *first;
	} rows[] = {
		{ { TASK_MONTHLY, 16, 2026105 }, "2026-05-16T23:59:59+07:00", "2026-05" },
		{ { TASK_MONTHLY, 16, 2026105 }, DUE, "2026-06" },
		{ { TASK_MONTHLY, 16, 2026107 }, "2026-05-01T00:00:00+07:00", "2026-07" },
		{ { TASK_MONTHLY, 16, 2025101 }, "2026-05-01T00:00:00+07:00", "2026-05" },
		{ { TASK_MONTHLY, 16, 0 }, "2026-05-20T00:00:00+07:00", "2026-06" },
		{ { TASK_QUARTERLY, 20, 2026107 }, "2026-05-20T00:00:00+07:00", "2026-Q3" },
		{ { TASK_WEEKLY, 5, 0 }, "2026-05-15T23:59:59+07:00", "2026-W20" },
		{ { TASK_WEEKLY, 5, 0 }, "2026-05-16T00:00:00+07:00", "2026-W21" },
	};
	char text[PERIOD_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(task_slot_format(task_slot_first(&rows[i].recurrence, at(rows[i].now)), text),
				    rows[i].first);
}

static void words_come_back(void **state)
{
	enum task_deadline_kind kind;
	enum task_timeliness timeliness;
	enum task_every every;
	enum task_state s;

	(void)state;
	for (int i = TASK_NOT_STARTED; i <= TASK_CANCELLED; i++)
		assert_true(task_state_parse(task_state_word(i), &s) && (int)s == i);
	for (int i = TASK_NO_TIME; i <= TASK_COMPLETED_LATE; i++)
		assert_true(task_timeliness_parse(task_timeliness_word(i), &timeliness) && (int)timeliness == i);
	for (int i = TASK_DEADLINE_NONE; i <= TASK_DEADLINE_SOONEST; i++)
		assert_true(task_deadline_kind_parse(task_deadline_kind_word(i), &kind) && (int)kind == i);
	for (int i = TASK_ONCE; i <= TASK_YEARLY; i++)
		assert_true(task_every_parse(task_every_word(i), &every) && (int)every == i);
	assert_false(task_state_parse("done", &s));
	assert_false(task_state_parse(NULL, &s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timeliness_is_judged_to_the_millisecond),
		cmocka_unit_test(an_explanation_is_due_once_late_and_again_when_its_date_passes),
		cmocka_unit_test(steps_follow_the_state),
		cmocka_unit_test(reports_are_judged),
		cmocka_unit_test(requests_are_judged),
		cmocka_unit_test(deadlines_agree_with_their_kind),
		cmocka_unit_test(parts_are_weighed),
		cmocka_unit_test(periods_have_names_starts_and_deadlines),
		cmocka_unit_test(what_is_no_period_is_not_read),
		cmocka_unit_test(the_first_period_can_still_be_kept),
		cmocka_unit_test(words_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
