/* Giving tasks, changing them, passing them down. */
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "task/task_actions.h"
#include "task/task_rules.h"
#include "unit/unit.h"

bool task_lead_check(struct call *c, const char *assigner_path, id lead_id, const char *field, struct unit *out)
{
	if (!unit_by_id(c, lead_id, field, out))
		return false;
	if (!unit_valid_on(out, civil_date_of(c->now)))
		return error_set(c->err, ERR_task_unit_ended, field, out->name, NULL);
	return unit_under(out->path, assigner_path) ||
	       error_set(c->err, ERR_task_lead_not_below, field, out->name, NULL);
}

bool task_cooperating_check(struct call *c, id lead_id, const struct task_cooperating *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct unit unit;
		bool again = rows[i].unit_id == lead_id;

		if (!unit_by_id(c, rows[i].unit_id, "cooperating", &unit))
			return false;
		if (!unit_valid_on(&unit, civil_date_of(c->now)))
			return error_set(c->err, ERR_task_unit_ended, "cooperating", unit.name, NULL);
		for (size_t k = 0; k < i && !again; k++)
			again = rows[k].unit_id == rows[i].unit_id;
		if (again)
			return error_set(c->err, ERR_task_cooperating_twice, "cooperating", unit.name, NULL);
	}
	return true;
}

bool task_cooperating_put(struct call *c, id task_id, const struct task_cooperating *rows, size_t count)
{
	struct task_unit_row *units = ARENA_ARRAY(c->mem, struct task_unit_row, count);

	for (size_t i = 0; i < count; i++) {
		struct unit unit;

		if (!unit_by_id(c, rows[i].unit_id, "cooperating", &unit))
			return false;
		units[i] = (struct task_unit_row){ .task_id = task_id,
						   .unit_id = unit.id,
						   .role = TASK_ROLE_COOPERATING,
						   .unit_path = unit.path,
						   .part = rows[i].part };
	}
	return task_units_insert(c, units, count);
}

static bool put_unit(struct call *c, const struct task *task, enum task_role role)
{
	bool lead = role == TASK_ROLE_LEAD;
	struct task_unit_row row = { .task_id = task->id,
				     .unit_id = lead ? task->lead_id : task->assigner_id,
				     .role = role,
				     .unit_path = lead ? task->lead_path : task->assigner_path };

	return task_units_insert(c, &row, 1);
}

bool task_deadline_keep(struct call *c, const struct task *task, id request_id)
{
	struct task_deadline_row row = {
		.id = id_next(c->now),
		.task_id = task->id,
		.request_id = request_id,
		.set_by = task_caller(c),
		.deadline = task->deadline,
		.kind = task->deadline_kind,
		.written = task->deadline_written,
		.set_at = c->now,
	};

	return task_deadline_insert(c, &row);
}

static const char *clean(struct call *c, const char *text)
{
	return text ? text_trim(c->mem, text) : "";
}

static bool check_title(struct call *c, const char *title)
{
	return title[0] || error_set(c->err, ERR_field_required, "title", NULL);
}

static bool check_deadline(struct call *c, const struct task *task, const struct task *parent)
{
	enum error_code refusal = task_deadline_refusal(task->deadline, task->deadline_kind, &task->recurrence);

	if (refusal != ERR_none)
		return error_set(c->err, refusal,
				 refusal == ERR_task_recurs_day ? "recurrence" : "deadline", NULL);
	if (parent && !task_fits_parent(task->deadline, parent->deadline))
		return error_set(c->err, ERR_task_after_parent, "deadline",
				 deadline_wording(c->mem, parent->deadline, LANG_VI), NULL);
	return true;
}

static int depth_of(const char *tree)
{
	int depth = 0;

	for (; *tree; tree++)
		depth += *tree == '/';
	return depth;
}

static bool check_parent(struct call *c, const struct task *parent, const struct task *task)
{
	char depth[ID_TEXT_MAX];
	enum error_code refusal = task_open_refusal(parent);

	if (task->assigner_id != parent->lead_id)
		return error_set(c->err, ERR_task_assigner_not_lead, "parent_id", NULL);
	if (refusal == ERR_none && parent->asked_at)
		refusal = ERR_task_completion_waiting;
	if (refusal != ERR_none)
		return error_set(c->err, refusal, "parent_id", NULL);
	return depth_of(parent->tree) < TASK_DEPTH_MAX ||
	       error_set(c->err, ERR_task_too_deep, "parent_id", id_format(TASK_DEPTH_MAX, depth), NULL);
}

static instant next_month(instant now)
{
	return civil_start(task_slot_first_day(task_slot_next(task_slot_of(TASK_MONTHLY, civil_date_of(now)))));
}

/* When its first report row opens; a recurring task is due with it. */
static void set_reporting(struct task *task, instant now)
{
	int64_t slot;

	if (task->recurrence.every == TASK_ONCE) {
		task->report_next = next_month(now);
		return;
	}
	slot = task_slot_first(&task->recurrence, now);
	task->report_next = civil_start(task_slot_first_day(slot));
	task->deadline = task_slot_deadline(slot, task->recurrence.day);
}

bool task_from_draft(struct call *c, const struct task_draft *draft, const struct task *parent, struct task *out)
{
	char number[ID_TEXT_MAX];
	struct unit assigner, lead;

	if (!unit_by_id(c, draft->assigner_id, "unit_id", &assigner) ||
	    !task_lead_check(c, assigner.path, draft->lead_id, "lead_unit_id", &lead))
		return false;
	*out = (struct task){
		.id = id_next(c->now),
		.parent_id = draft->parent_id,
		.title = clean(c, draft->title),
		.content = clean(c, draft->content),
		.programme = clean(c, draft->programme),
		.field = clean(c, draft->field),
		.product = clean(c, draft->product),
		.head = clean(c, draft->head),
		.document_id = draft->document_id ? draft->document_id : parent ? parent->document_id : 0,
		.assigner_id = assigner.id,
		.assigner_path = assigner.path,
		.lead_id = lead.id,
		.lead_path = lead.path,
		.weight = draft->weight ? draft->weight : 1,
		.deadline = draft->deadline,
		.deadline_kind = draft->deadline_kind,
		.deadline_written = clean(c, draft->deadline_written),
		.recurrence = draft->recurrence,
		.reading_id = draft->reading_id,
		.source_start = draft->source_start,
		.source_end = draft->source_end,
		.created_by = task_caller(c),
		.created_at = c->now,
		.version = 1,
	};
	out->tree = arena_printf(c->mem, "%s%s/", parent ? parent->tree : "", id_format(out->id, number));
	if (!check_title(c, out->title) || (parent && !check_parent(c, parent, out)) ||
	    !check_deadline(c, out, parent) ||
	    (draft->document_id && !task_document_check(c, draft->document_id)) ||
	    !task_cooperating_check(c, out->lead_id, draft->cooperating, draft->cooperating_count))
		return false;
	set_reporting(out, c->now);
	return true;
}

bool task_write_new(struct call *c, const struct task_draft *draft, struct task *task)
{
	struct task_told told = { .kind = "task.created", .deadline = task->deadline, .percent = -1 };
	int64_t opened;

	return task_put_new(c, task) && task_open_rows(c, task, &opened) && put_unit(c, task, TASK_ROLE_ASSIGNER) &&
	       put_unit(c, task, TASK_ROLE_LEAD) &&
	       task_cooperating_put(c, task->id, draft->cooperating, draft->cooperating_count) &&
	       (!task->deadline || task_deadline_keep(c, task, 0)) && task_tell(c, task, &told);
}

bool task_create(struct call *c, const struct task_draft *draft, struct task *out)
{
	struct task parent;
	struct unit assigner;

	if (draft->parent_id && !task_load(c, draft->parent_id, -1, &parent))
		return false;
	return unit_by_id(c, draft->assigner_id, "unit_id", &assigner) &&
	       account_require(c, RIGHT_TASK_ASSIGN, assigner.path) &&
	       task_from_draft(c, draft, draft->parent_id ? &parent : NULL, out) && task_write_new(c, draft, out) &&
	       task_climb(c, out->parent_id, out->late, true);
}

static bool change_lead(struct call *c, const struct task_change *change, struct task *task)
{
	struct unit lead;

	if (!change->lead_id || change->lead_id == task->lead_id)
		return true;
	if (task->children || task->asked_at)
		return error_set(c->err, ERR_task_lead_fixed, "lead_unit_id", NULL);
	if (!task_lead_check(c, task->assigner_path, change->lead_id, "lead_unit_id", &lead))
		return false;
	task->lead_id = lead.id;
	task->lead_path = lead.path;
	return true;
}

static bool change_deadline(struct call *c, const struct task_change *change, struct task *task)
{
	struct task parent;
	bool found = false;

	if (!change->set_deadline ||
	    (change->deadline == task->deadline && change->deadline_kind == task->deadline_kind &&
	     text_equal(clean(c, change->deadline_written), task->deadline_written)))
		return true;
	if (task->recurrence.every != TASK_ONCE)
		return !change->deadline || error_set(c->err, ERR_task_recurs_with_deadline, "deadline", NULL);
	if (task->state != TASK_NOT_STARTED || task_is_late(task, c->now))
		return error_set(c->err, ERR_task_deadline_fixed, "deadline", NULL);
	task->deadline = change->deadline;
	task->deadline_kind = change->deadline_kind;
	task->deadline_written = clean(c, change->deadline_written);
	task->explained_until = 0;
	return (!task->parent_id || task_row(c, task->parent_id, &found, &parent)) &&
	       check_deadline(c, task, found ? &parent : NULL);
}

static void change_text(struct call *c, const char *text, const char **place)
{
	if (text)
		*place = clean(c, text);
}

static bool change_fields(struct call *c, const struct task_change *change, struct task *task)
{
	change_text(c, change->title, &task->title);
	change_text(c, change->content, &task->content);
	change_text(c, change->programme, &task->programme);
	change_text(c, change->field, &task->field);
	change_text(c, change->product, &task->product);
	change_text(c, change->head, &task->head);
	if (change->weight)
		task->weight = change->weight;
	if (change->set_document && change->document_id != task->document_id) {
		if (change->document_id && !task_document_check(c, change->document_id))
			return false;
		task->document_id = change->document_id;
	}
	return check_title(c, task->title) && change_lead(c, change, task) && change_deadline(c, change, task);
}

bool task_change(struct call *c, id task_id, int64_t version, const struct task_change *change, struct task *out)
{
	struct task before;
	struct task_told told = { .kind = "task.changed", .before = &before, .percent = -1 };
	struct task_unit_row *rows;
	size_t count;
	enum error_code refusal;

	if (!task_load(c, task_id, version, &before) || !task_require(c, RIGHT_TASK_ASSIGN, before.assigner_path))
		return false;
	refusal = task_open_refusal(&before);
	if (refusal != ERR_none && refusal != ERR_task_not_open_paused)
		return error_set(c->err, refusal, NULL, NULL);
	*out = before;
	if (!change_fields(c, change, out))
		return false;
	if (change->set_cooperating) {
		if (!task_cooperating_check(c, out->lead_id, change->cooperating, change->cooperating_count))
			return false;
	} else if (out->lead_id != before.lead_id) {
		if (!task_cooperating_rows(c, &task_id, 1, TASK_COOPERATING_MAX, &rows, &count))
			return false;
		for (size_t i = 0; i < count; i++)
			if (rows[i].unit_id == out->lead_id)
				return error_set(c->err, ERR_task_lead_cooperates, "lead_unit_id", NULL);
	}
	if (out->lead_id != before.lead_id &&
	    (!task_units_delete(c, task_id, TASK_ROLE_LEAD) || !put_unit(c, out, TASK_ROLE_LEAD)))
		return false;
	if (change->set_cooperating &&
	    (!task_units_delete(c, task_id, TASK_ROLE_COOPERATING) ||
	     !task_cooperating_put(c, task_id, change->cooperating, change->cooperating_count)))
		return false;
	return task_put(c, &before, out) &&
	       ((out->deadline == before.deadline && out->deadline_kind == before.deadline_kind) ||
		task_deadline_keep(c, out, 0)) &&
	       task_tell(c, out, &told);
}

/* Its title when none was given: how the content begins, up to a word's end. */
static const char *title_of(struct call *c, const struct task_draft *part)
{
	enum { SHORT = 120 };
	const char *at = part->content;
	size_t length = 0, cut = 0;

	if (part->title && part->title[0])
		return part->title;
	while (at[length] && at[length] != '\n' && length < SHORT) {
		if (at[length] == ' ')
			cut = length;
		length++;
	}
	if (at[length] && at[length] != '\n')
		return arena_printf(c->mem, "%.*s…", (int)(cut ? cut : length), at);
	return arena_strndup(c->mem, at, length);
}

bool task_pass_down(struct call *c, id task_id, int64_t version, const struct task_draft *parts, size_t count,
		    struct task *out)
{
	struct task before, *made = ARENA_ARRAY(c->mem, struct task, count);
	struct task_draft *drafts = ARENA_ARRAY(c->mem, struct task_draft, count);
	struct task_told told = { .kind = "task.passed_down", .percent = -1 };
	int64_t late = 0;

	if (!task_load(c, task_id, version, &before) || !task_require(c, RIGHT_TASK_ASSIGN, before.lead_path))
		return false;
	for (size_t i = 0; i < count; i++) {
		drafts[i] = parts[i];
		drafts[i].assigner_id = before.lead_id;
		drafts[i].parent_id = task_id;
		drafts[i].title = title_of(c, &parts[i]);
		drafts[i].programme = before.programme;
		drafts[i].field = before.field;
		if (drafts[i].deadline_kind == TASK_DEADLINE_NONE && before.recurrence.every == TASK_ONCE) {
			drafts[i].deadline = before.deadline;
			drafts[i].deadline_kind = before.deadline_kind;
			drafts[i].deadline_written = before.deadline_written;
		} else if (drafts[i].deadline_kind == TASK_DEADLINE_NONE) {
			drafts[i].recurrence = before.recurrence;
		}
		if (!task_from_draft(c, &drafts[i], &before, &made[i]))
			return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!task_write_new(c, &drafts[i], &made[i]))
			return false;
		late += made[i].late;
	}
	*out = before;
	out->children += (int64_t)count;
	return task_put(c, &before, out) && (!late || task_climb(c, task_id, late, false)) && task_tell(c, out, &told);
}
