/* Files of a task: added by the leading unit, sent with its reports and requests. */
#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "task/task_actions.h"
#include "task/task_rules.h"

static bool tell_file(struct call *c, const char *kind, const struct task *task, const struct task_file_row *row)
{
	struct buf buf;
	struct json json;
	struct event event = {
		.kind = kind,
		.unit_id = task->lead_id,
		.unit_path = task->lead_path,
		.subject_kind = "task",
		.subject_id = task->id,
	};

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "title", task->title);
	json_text(&json, "name", row->file.name);
	json_text(&json, "sha256", row->file.sha256);
	json_int(&json, "size", row->file.size);
	json_end(&json);
	event.after = buf.data;
	return event_write(c, &event, NULL);
}

/* A task the caller may add files to. */
bool task_file_may_add(struct call *c, id task_id, struct task *out)
{
	enum error_code refusal;
	int64_t count;

	if (!task_load(c, task_id, -1, out) || !task_require(c, RIGHT_TASK_REPORT, out->lead_path))
		return false;
	refusal = task_open_refusal(out);
	if (refusal != ERR_none)
		return error_set(c->err, refusal, NULL, NULL);
	if (!task_file_count(c, task_id, &count))
		return false;
	return count < TASK_FILES_MAX || error_set(c->err, ERR_task_files_too_many, NULL,
						   arena_printf(c->mem, "%d", TASK_FILES_MAX), NULL);
}

bool task_file_add(struct call *c, id task_id, const struct file *file, struct task_file_row *out)
{
	struct task task;

	*out = (struct task_file_row){
		.id = id_next(c->now),
		.task_id = task_id,
		.file = *file,
		.added_by = task_caller(c),
		.added_at = c->now,
	};
	return task_file_may_add(c, task_id, &task) && file_keep(c, file) && task_file_insert(c, out) &&
	       tell_file(c, "task.file_added", &task, out);
}

bool task_file_load(struct call *c, id file_id, struct task_file_row *out, struct task *task)
{
	bool found;

	if (!task_file_get(c, file_id, &found, out))
		return false;
	if (!found || out->removed_at)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return task_load(c, out->task_id, -1, task);
}

bool task_file_take_away(struct call *c, id file_id)
{
	struct task_file_row row = { 0 };
	struct task task = { 0 };

	if (!task_file_load(c, file_id, &row, &task) || !task_require(c, RIGHT_TASK_REPORT, task.lead_path))
		return false;
	if (row.report_id || row.request_id)
		return error_set(c->err, ERR_task_file_used, NULL, NULL);
	return task_file_remove(c, file_id) && tell_file(c, "task.file_removed", &task, &row);
}

bool task_tell_damage(struct call *c, void *arg)
{
	id links[FILE_DAMAGES_MAX];
	size_t count = file_damage_take("task", links);

	(void)arg;
	for (size_t i = 0; i < count; i++) {
		struct task_file_row row;
		struct task task;
		bool found;

		if (task_file_get(c, links[i], &found, &row) && found && task_row(c, row.task_id, &found, &task) && found &&
		    tell_file(c, "task.file_damaged", &task, &row))
			continue;
		for (; i < count; i++)
			file_damage_note("task", links[i]);
		return false;
	}
	return true;
}
