/* Progress reports, the rows they answer, and explanations of lateness. */
#include "account/account.h"
#include "account/account_policy.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "task/task_actions.h"
#include "task/task_rules.h"

enum { DUTY_MOST = 500, ROWS_AT_ONCE = 60 };

/* A unit that gave the task to itself and passed it on reports to nobody: its parts do. */
static bool only_gathers(const struct task *task)
{
	return task->assigner_id == task->lead_id && task->children;
}

static bool open_row(struct call *c, const struct task *task, int64_t slot, int64_t *opened)
{
	bool recurs = task->recurrence.every != TASK_ONCE, there;
	struct policy policy;
	struct task_report_row row = {
		.id = id_next(c->now),
		.task_id = task->id,
		.period = slot,
		.opened_at = c->now,
		.percent = task->percent,
	};

	if (!recurs && only_gathers(task))
		return true;
	if (!policy_read(c, &policy))
		return false;
	row.deadline = task_slot_deadline(slot, recurs ? task->recurrence.day : (int)policy.task_report_day);
	if (!task_report_insert(c, &row, &there))
		return false;
	*opened += !there;
	return true;
}

bool task_open_rows(struct call *c, struct task *task, int64_t *opened)
{
	instant before = task->report_next;

	*opened = 0;
	for (int i = 0; i < ROWS_AT_ONCE && task->report_next <= c->now; i++) {
		int64_t slot = task_slot_of(task->recurrence.every, civil_date_of(task->report_next));

		if (!open_row(c, task, slot, opened))
			return false;
		task->report_next = civil_start(task_slot_first_day(task_slot_next(slot)));
	}
	return before == task->report_next || task_report_next_set(c, task->id, task->report_next, task->deadline);
}

bool task_recurring_deadline(struct call *c, struct task *task)
{
	struct task_report_row row;
	bool found;
	instant deadline;

	if (task->recurrence.every == TASK_ONCE)
		return true;
	if (!task_report_oldest_waiting(c, task->id, &found, &row))
		return false;
	deadline = found ? row.deadline
			 : task_slot_deadline(task_slot_of(task->recurrence.every, civil_date_of(task->report_next)),
					      task->recurrence.day);
	if (deadline != task->deadline)
		task->explained_until = 0;
	task->deadline = deadline;
	return true;
}

bool task_files_check(struct call *c, id task_id, const id *file_ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct task_file_row file;
		bool found;

		if (!task_file_get(c, file_ids[i], &found, &file))
			return false;
		if (!found || file.task_id != task_id || file.removed_at || file.report_id || file.request_id)
			return error_set(c->err, ERR_task_file_unknown, arena_printf(c->mem, "file_ids/%zu", i), NULL);
	}
	return true;
}

bool task_files_link(struct call *c, const id *file_ids, size_t count, id report_id, id request_id)
{
	for (size_t i = 0; i < count; i++)
		if (!task_file_link(c, file_ids[i], report_id, request_id))
			return false;
	return true;
}

static bool find_row(struct call *c, const struct task *task, int64_t slot, bool *found, struct task_report_row *out)
{
	if (!slot)
		return task_report_oldest_waiting(c, task->id, found, out);
	if (!task_report_of_period(c, task->id, slot, found, out))
		return false;
	if (!*found)
		return error_set(c->err, ERR_task_period_unknown, "period", NULL);
	return !out->reported_at || error_set(c->err, ERR_task_period_reported, "period", NULL);
}

static const char *clean(struct call *c, const char *text)
{
	return text ? text_trim(c->mem, text) : "";
}

static struct task_report_entry cleaned(struct call *c, const struct task *task, const struct task_report_entry *entry)
{
	struct task_report_entry out = *entry;

	out.percent = entry->nil || entry->percent < 0 ? task->percent : entry->percent;
	out.result = clean(c, entry->result);
	out.difficulties = clean(c, entry->difficulties);
	out.requests = clean(c, entry->requests);
	return out;
}

static bool put_row(struct call *c, const struct task_report_entry *entry, bool waiting, struct task_report_row *row)
{
	bool there;

	row->percent = entry->percent;
	row->result = entry->result;
	row->difficulties = entry->difficulties;
	row->requests = entry->requests;
	row->nil = entry->nil;
	row->reported_by = task_caller(c);
	row->reported_at = c->now;
	return waiting ? task_report_fill(c, row) : task_report_insert(c, row, &there);
}

bool task_report(struct call *c, id task_id, int64_t version, const struct task_report_entry *given, struct task *out)
{
	struct task before;
	struct task_report_entry entry;
	struct task_report_row row;
	struct task_told told = { .kind = given->nil ? "task.reported_nil" : "task.reported", .percent = -1 };
	enum error_code refusal;
	bool waiting;

	if (!task_load(c, task_id, version, &before) || !task_require(c, RIGHT_TASK_REPORT, before.lead_path))
		return false;
	entry = cleaned(c, &before, given);
	refusal = task_report_refusal(&before, &entry, c->now);
	if (refusal != ERR_none)
		return error_set(c->err, refusal, NULL, NULL);
	if (!find_row(c, &before, entry.period, &waiting, &row) ||
	    !task_files_check(c, task_id, entry.file_ids, entry.file_count))
		return false;
	if (!waiting)
		row = (struct task_report_row){ .id = id_next(c->now), .task_id = task_id, .opened_at = c->now };
	*out = before;
	out->percent = entry.percent;
	if (!entry.nil)
		out->state = TASK_IN_PROGRESS;
	told.period = row.period;
	told.result = entry.result;
	if (!entry.nil)
		told.percent = entry.percent;
	return put_row(c, &entry, waiting, &row) && task_recurring_deadline(c, out) && task_put(c, &before, out) &&
	       task_files_link(c, entry.file_ids, entry.file_count, row.id, 0) && task_tell(c, out, &told);
}

bool task_explain(struct call *c, id task_id, int64_t version, const char *cause, const char *remedy,
		  struct civil_date new_date, struct task *out)
{
	struct task before;
	char date[CIVIL_TEXT_MAX];
	struct task_explanation_row row = {
		.id = id_next(c->now),
		.task_id = task_id,
		.given_by = task_caller(c),
		.given_at = c->now,
		.cause = clean(c, cause),
		.remedy = clean(c, remedy),
		.new_date = new_date,
	};
	struct task_told told = { .kind = "task.explained", .cause = row.cause, .remedy = row.remedy, .percent = -1 };
	enum error_code refusal;

	if (!task_load(c, task_id, version, &before) || !task_require(c, RIGHT_TASK_REPORT, before.lead_path))
		return false;
	refusal = task_open_refusal(&before);
	if (refusal != ERR_none)
		return error_set(c->err, refusal, NULL, NULL);
	if (!task_is_late(&before, c->now))
		return error_set(c->err, ERR_task_not_late, NULL, NULL);
	if (!row.cause[0] || !row.remedy[0])
		return error_set(c->err, ERR_field_required, row.cause[0] ? "remedy" : "cause", NULL);
	if (civil_compare(new_date, civil_date_of(c->now)) < 0)
		return error_set(c->err, ERR_task_new_date_past, "new_date", NULL);
	*out = before;
	out->explained_until = civil_start(civil_add_days(new_date, 1));
	row.deadline = before.deadline;
	told.new_date = civil_format_date(new_date, date);
	return task_explanation_insert(c, &row) && task_put(c, &before, out) && task_tell(c, out, &told);
}

bool task_late_duty(struct call *c, void *arg)
{
	struct task *tasks;
	size_t count;

	(void)arg;
	if (!task_rows_turning_late(c, c->now, DUTY_MOST, &tasks, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct task after = tasks[i];

		if (!task_put(c, &tasks[i], &after))
			return false;
	}
	return true;
}

/* One event a unit, so that its first screen loads again. */
static bool tell_opened(struct call *c, const struct task *task)
{
	struct event event = {
		.kind = "task.report_opened",
		.unit_id = task->lead_id,
		.unit_path = task->lead_path,
	};

	return event_write(c, &event, NULL);
}

static bool told_already(const struct task *tasks, const int64_t *opened, size_t count, id lead_id)
{
	for (size_t i = 0; i < count; i++)
		if (opened[i] && tasks[i].lead_id == lead_id)
			return true;
	return false;
}

bool task_report_duty(struct call *c, void *arg)
{
	struct task *tasks;
	size_t count;
	int64_t *opened;

	(void)arg;
	if (!task_rows_reporting(c, c->now, DUTY_MOST, &tasks, &count))
		return false;
	opened = ARENA_ARRAY(c->mem, int64_t, count);
	for (size_t i = 0; i < count; i++) {
		if (!task_open_rows(c, &tasks[i], &opened[i]))
			return false;
		if (opened[i] && !told_already(tasks, opened, i, tasks[i].lead_id) && !tell_opened(c, &tasks[i]))
			return false;
	}
	return true;
}
