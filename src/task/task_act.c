/* Asking, deciding, and the steps of the assigner: pause, resume, cancel. */
#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "task/task_actions.h"
#include "task/task_rules.h"

static bool refuse(struct call *c, enum error_code refusal, const char *arg)
{
	return error_set(c->err, refusal, refusal == ERR_reason_required ? "reason" : NULL, arg, NULL);
}

static bool ask_facts(struct call *c, const struct task *task, enum task_request_kind kind, struct task_ask_facts *out)
{
	struct task_sums sums = { 0 };
	struct task parent;
	bool found = false;

	*out = (struct task_ask_facts){ .waiting = false };
	if (!task_request_waits(c, task->id, kind, &out->waiting) || !task_report_has_result(c, task->id, &out->result) ||
	    (task->children && !task_child_sums(c, task->id, &sums)) ||
	    (task->parent_id && !task_row(c, task->parent_id, &found, &parent)))
		return false;
	out->open_parts = sums.open;
	out->parent_deadline = found ? parent.deadline : 0;
	return true;
}

static const char *number(struct call *c, int64_t value)
{
	return arena_printf(c->mem, "%lld", (long long)value);
}

/* What the sentence of a refusal names. */
static const char *refusal_arg(struct call *c, enum error_code refusal, const struct task_ask_facts *facts)
{
	if (refusal == ERR_task_parts_open)
		return number(c, facts->open_parts);
	return refusal == ERR_task_after_parent ? deadline_wording(c->mem, facts->parent_deadline, LANG_VI) : NULL;
}

bool task_ask(struct call *c, id task_id, int64_t version, const struct task_request_entry *given, struct task *out,
	      id *request_id)
{
	struct task before;
	struct task_request_entry entry = *given;
	struct task_ask_facts facts;
	bool completion = entry.kind == TASK_ASK_COMPLETION;
	struct task_told told = { .kind = completion ? "task.completion_asked" : "task.extension_asked", .percent = -1 };
	enum error_code refusal;

	entry.reason = entry.reason ? text_trim(c->mem, entry.reason) : "";
	if (!task_load(c, task_id, version, &before) || !task_require(c, RIGHT_TASK_REPORT, before.lead_path) ||
	    !ask_facts(c, &before, entry.kind, &facts))
		return false;
	refusal = task_ask_refusal(&before, &entry, &facts, c->now);
	if (refusal != ERR_none)
		return refuse(c, refusal, refusal_arg(c, refusal, &facts));
	if (!task_files_check(c, task_id, entry.file_ids, entry.file_count))
		return false;
	struct task_request_row row = {
		.id = id_next(c->now),
		.task_id = task_id,
		.kind = entry.kind,
		.reason = entry.reason,
		.deadline = completion ? 0 : entry.deadline,
		.asked_by = task_caller(c),
		.asked_at = c->now,
	};
	*out = before;
	if (completion) {
		out->asked_at = c->now;
		out->asked_by = row.asked_by;
		out->state = TASK_IN_PROGRESS;
	}
	*request_id = row.id;
	told.reason = entry.reason;
	told.deadline = row.deadline;
	return task_request_insert(c, &row) && task_files_link(c, entry.file_ids, entry.file_count, 0, row.id) &&
	       task_put(c, &before, out) && task_tell(c, out, &told);
}

/* A request that waits, with its task, which the caller may read. */
static bool open_request(struct call *c, id request_id, int64_t version, struct task_request_row *row, struct task *task)
{
	bool found;

	if (!task_request_get(c, request_id, &found, row))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return task_load(c, row->task_id, version, task);
}

static bool still_waits(struct call *c, const struct task_request_row *row)
{
	return row->state == TASK_REQUEST_WAITING || error_set(c->err, ERR_task_request_decided, NULL, NULL);
}

bool task_withdraw(struct call *c, id request_id)
{
	struct task_request_row row = { 0 };
	struct task before = { 0 }, after;
	struct task_told told = { .kind = "task.request_withdrawn", .percent = -1 };

	if (!open_request(c, request_id, -1, &row, &before) || !task_require(c, RIGHT_TASK_REPORT, before.lead_path) ||
	    !still_waits(c, &row))
		return false;
	row.state = TASK_REQUEST_WITHDRAWN;
	row.decided_by = task_caller(c);
	row.decided_at = c->now;
	row.decision = "";
	after = before;
	if (row.kind == TASK_ASK_COMPLETION)
		after.asked_at = after.asked_by = 0;
	return task_request_decide(c, &row) && task_put(c, &before, &after) && task_tell(c, &after, &told);
}

static void complete(struct task *task)
{
	task->state = TASK_COMPLETED;
	task->percent = 100;
	task->completed_at = task->asked_at;
	task->asked_at = task->asked_by = 0;
}

static void extend(struct task *task, instant deadline)
{
	task->deadline = deadline;
	task->deadline_kind = TASK_DEADLINE_INSTANT;
	task->deadline_written = "";
	task->explained_until = 0;
}

static bool check_decision(struct call *c, const struct task_request_row *row, const struct task *task, bool accept,
			   const char *reason)
{
	enum error_code refusal = task_open_refusal(task);
	struct task_ask_facts facts;

	if (c->actor && row->asked_by == c->actor->account_id)
		return error_set(c->err, ERR_task_same_person, NULL, NULL);
	if (refusal != ERR_none)
		return refuse(c, refusal, NULL);
	if (!accept)
		return reason[0] || refuse(c, ERR_reason_required, NULL);
	if (!ask_facts(c, task, row->kind, &facts))
		return false;
	if (row->kind == TASK_ASK_COMPLETION && facts.open_parts)
		return refuse(c, ERR_task_parts_open, number(c, facts.open_parts));
	if (row->kind == TASK_ASK_EXTENSION && !task_fits_parent(row->deadline, facts.parent_deadline))
		return refuse(c, ERR_task_after_parent, deadline_wording(c->mem, facts.parent_deadline, LANG_VI));
	return true;
}

bool task_decide(struct call *c, id request_id, int64_t version, bool accept, const char *reason, struct task *out)
{
	static const char *const kinds[2][2] = { { "task.completion_refused", "task.completed" },
						 { "task.extension_refused", "task.extended" } };
	struct task_request_row row = { 0 };
	struct task before = { 0 };
	struct task_told told = { .percent = -1 };

	reason = reason ? text_trim(c->mem, reason) : "";
	if (!open_request(c, request_id, version, &row, &before) ||
	    !task_require(c, RIGHT_TASK_DECIDE, before.assigner_path) || !still_waits(c, &row) ||
	    !check_decision(c, &row, &before, accept, reason))
		return false;
	row.state = accept ? TASK_REQUEST_ACCEPTED : TASK_REQUEST_REFUSED;
	row.decided_by = task_caller(c);
	row.decided_at = c->now;
	row.decision = reason;
	*out = before;
	if (row.kind == TASK_ASK_COMPLETION && accept)
		complete(out);
	else if (row.kind == TASK_ASK_COMPLETION)
		out->asked_at = out->asked_by = 0;
	else if (accept)
		extend(out, row.deadline);
	told.kind = kinds[row.kind][accept];
	told.reason = reason;
	told.deadline = accept ? row.deadline : 0;
	return task_request_decide(c, &row) &&
	       (out->state != TASK_COMPLETED || task_requests_end(c, out->id)) &&
	       (out->deadline == before.deadline || task_deadline_keep(c, out, row.id)) && task_put(c, &before, out) &&
	       task_tell(c, out, &told);
}

/* One task's step: what waited for a decision no longer does. */
static bool take(struct call *c, const struct task *before, enum task_step step, enum task_state after,
		 const char *reason, struct task *out)
{
	static const char *const kinds[] = { "task.paused", "task.resumed", "task.cancelled" };
	struct task_told told = { .kind = kinds[step], .reason = reason, .percent = -1 };
	int64_t slot = task_slot_of(before->recurrence.every, civil_date_of(c->now));

	*out = *before;
	out->state = after;
	out->asked_at = out->asked_by = 0;
	if (step == TASK_RESUME && out->report_next < civil_start(task_slot_first_day(slot)))
		out->report_next = civil_start(task_slot_first_day(slot));
	if (step == TASK_RESUME && !task_recurring_deadline(c, out))
		return false;
	return (step == TASK_RESUME || task_requests_end(c, before->id)) && task_put(c, before, out) &&
	       task_tell(c, out, &told);
}

static bool cancel_below(struct call *c, const struct task *task, const char *reason)
{
	struct task *below, after;
	size_t count;

	if (!task->children)
		return true;
	if (!task_rows_open_below(c, task->tree, &below, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!take(c, &below[i], TASK_CANCEL, TASK_CANCELLED, reason, &after))
			return false;
	return true;
}

bool task_step(struct call *c, id task_id, int64_t version, enum task_step step, const char *reason, struct task *out)
{
	struct task before;
	enum task_state after;
	enum error_code refusal;

	reason = reason ? text_trim(c->mem, reason) : "";
	if (!task_load(c, task_id, version, &before) || !task_require(c, RIGHT_TASK_ASSIGN, before.assigner_path))
		return false;
	refusal = task_step_refusal(&before, step, &after);
	if (refusal == ERR_none && !reason[0])
		refusal = ERR_reason_required;
	if (refusal != ERR_none)
		return refuse(c, refusal, NULL);
	if (step == TASK_CANCEL && !cancel_below(c, &before, reason))
		return false;
	return take(c, &before, step, after, reason, out);
}
