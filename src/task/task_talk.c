#include "task/task_talk.h"

#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "task/task_actions.h"

enum { FILTERS_MAX = 50 };

/* The paths of all units the task concerns: whoever may read tasks of one of them may read it. */
static bool paths_of(struct call *c, const struct task *task, const char *const **out, size_t *count)
{
	struct task_unit_row *rows;
	const char **paths;
	size_t row_count;

	if (!task_cooperating_rows(c, &task->id, 1, TASK_COOPERATING_MAX, &rows, &row_count))
		return false;
	paths = ARENA_ARRAY(c->mem, const char *, row_count + 2);
	paths[0] = task->lead_path;
	paths[1] = task->assigner_path;
	for (size_t i = 0; i < row_count; i++)
		paths[i + 2] = rows[i].unit_path;
	*out = paths;
	*count = row_count + 2;
	return true;
}

bool task_readers(struct call *c, id task_id, const char *q, int limit, struct account_holder **out, size_t *count)
{
	const char *const *paths;
	struct task task;
	size_t path_count;

	return task_get(c, task_id, &task) && paths_of(c, &task, &paths, &path_count) &&
	       account_holders(c, RIGHT_TASK_READ, paths, path_count, q, limit, out, count);
}

static bool check_mentions(struct call *c, const struct task *task, const struct task_comment_row *row)
{
	const char *const *paths;
	struct account_holder *readers;
	size_t path_count, count, k;

	if (!row->mention_count)
		return true;
	if (!paths_of(c, task, &paths, &path_count) ||
	    !account_holders_of(c, RIGHT_TASK_READ, paths, path_count, row->mentions, row->mention_count, &readers, &count))
		return false;
	for (size_t i = 0; i < row->mention_count; i++) {
		for (k = 0; k < count && readers[k].id != row->mentions[i]; k++)
			;
		if (k == count)
			return error_set(c->err, ERR_task_mention_unknown, arena_printf(c->mem, "mentions/%zu", i), NULL);
	}
	return true;
}

/* Each account once, in the order given. */
static void unite(struct task_comment_row *row)
{
	size_t kept = 0;

	for (size_t i = 0; i < row->mention_count; i++) {
		size_t k = 0;

		while (k < kept && row->mentions[k] != row->mentions[i])
			k++;
		if (k == kept)
			row->mentions[kept++] = row->mentions[i];
	}
	row->mention_count = kept;
}

/* Whom it names is told too, so that their screens can say so. */
static const char *mentions_text(struct call *c, const struct task *task, const struct task_comment_row *row)
{
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "title", task->title);
	json_id(&json, "comment_id", row->id);
	json_array(&json, "mentions");
	for (size_t i = 0; i < row->mention_count; i++)
		json_id(&json, NULL, row->mentions[i]);
	json_end(&json);
	json_end(&json);
	return buf.data;
}

bool task_comment_add(struct call *c, struct task_comment_row *row)
{
	struct task task;

	if (!task_load(c, row->task_id, -1, &task))
		return false;
	row->id = id_next(c->now);
	row->text = text_trim(c->mem, row->text);
	row->by = task_caller(c);
	row->at = c->now;
	unite(row);
	if (!row->text[0])
		return error_set(c->err, ERR_field_required, "text", NULL);
	struct event event = {
		.kind = "task.commented",
		.unit_id = task.lead_id,
		.unit_path = task.lead_path,
		.subject_kind = "task",
		.subject_id = task.id,
		.after = mentions_text(c, &task, row),
	};
	return check_mentions(c, &task, row) && task_comment_insert(c, row) && event_write(c, &event, NULL);
}

bool task_filters(struct call *c, struct task_filter_row **out, size_t *count)
{
	return account_require(c, RIGHT_SELF, NULL) && task_filter_rows(c, task_caller(c), out, count);
}

bool task_filter_keep(struct call *c, struct task_filter_row *row)
{
	int64_t others;

	if (!account_require(c, RIGHT_SELF, NULL))
		return false;
	row->id = id_next(c->now);
	row->name = text_trim(c->mem, row->name);
	if (!row->name[0])
		return error_set(c->err, ERR_field_required, "name", NULL);
	if (!task_filter_count(c, task_caller(c), row->name, &others))
		return false;
	if (others >= FILTERS_MAX)
		return error_set(c->err, ERR_task_filters_too_many, NULL, arena_printf(c->mem, "%d", FILTERS_MAX), NULL);
	return task_filter_save(c, task_caller(c), row);
}

bool task_filter_forget(struct call *c, id filter_id)
{
	bool removed;

	return account_require(c, RIGHT_SELF, NULL) && task_filter_remove(c, task_caller(c), filter_id, &removed) &&
	       (removed || error_set(c->err, ERR_not_found, NULL, NULL));
}

static bool run(struct call *c, const struct task_bulk *bulk, id task_id)
{
	static const enum task_step steps[] = { TASK_PAUSE, TASK_RESUME, TASK_CANCEL };
	struct task_change change = { 0 };
	struct task task;

	switch (bulk->act) {
	case TASK_BULK_PAUSE:
	case TASK_BULK_RESUME:
	case TASK_BULK_CANCEL:
		return task_step(c, task_id, -1, steps[bulk->act], bulk->reason, &task);
	case TASK_BULK_FIELD:
		change.field = bulk->value ? bulk->value : "";
		break;
	case TASK_BULK_PROGRAMME:
		change.programme = bulk->value ? bulk->value : "";
		break;
	case TASK_BULK_WEIGHT:
		if (!text_to_int(bulk->value ? bulk->value : "", 1, TASK_WEIGHT_MAX, &change.weight))
			return error_set(c->err, ERR_task_value_invalid, "value", NULL);
	}
	return task_change(c, task_id, -1, &change, &task);
}

bool task_bulk(struct call *c, const struct task_bulk *bulk, const id *ids, size_t count, const struct error ***refusals)
{
	const struct scope *scopes;
	size_t scope_count;

	*refusals = ARENA_ARRAY(c->mem, const struct error *, count);
	if (!account_scope(c, RIGHT_TASK_READ, &scopes, &scope_count))
		return false;
	if (!scope_count)
		return error_set(c->err, ERR_forbidden, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		struct error *err = ARENA_NEW(c->mem, struct error);
		struct call one = *c;

		one.err = err;
		if (run(&one, bulk, ids[i]))
			continue;
		/* Refusals come before anything is written; what fails later is the store's, and ends all. */
		if (error_status(err->code) >= 500) {
			*c->err = *err;
			return false;
		}
		(*refusals)[i] = err;
	}
	return true;
}
