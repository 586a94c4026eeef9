/* Routes of what is done with a task: reports, requests, decisions, explanations, steps, files. */
#include <string.h>

#include "base/arena.h"
#include "file/file_api.h"
#include "task/task_actions.h"
#include "task/task_api.h"
#include "task/task_input.h"
#include "task/task_json.h"
#include "task/task_rules.h"
#include "task/task_shapes.h"

bool task_report_post(struct request *r)
{
	const json_t *body = r->body;
	const char *slot = json_get_text(body, "period");
	id task_id = request_path_id(r, "id"), *file_ids;
	struct task_report_entry entry = {
		.percent = (int)json_get_int(body, "percent", -1),
		.result = json_get_text(body, "result"),
		.difficulties = json_get_text(body, "difficulties"),
		.requests = json_get_text(body, "requests"),
		.nil = json_get_bool(body, "nil", false),
	};
	struct task task;

	if (slot && slot[0] && !task_slot_parse(slot, &entry.period))
		return error_set(r->call.err, ERR_field_invalid, "period", NULL);
	if (!task_id || !task_read_ids(&r->call, json_object_get(body, "file_ids"), "file_ids", &file_ids, &entry.file_count))
		return false;
	entry.file_ids = file_ids;
	return task_report(&r->call, task_id, request_if_match(r), &entry, &task) && task_reply(r, task_id);
}

static bool reply_request(struct request *r, id request_id, const struct task *task)
{
	struct people people = { 0 };
	struct task_request_row row;
	struct task_file_row *files;
	size_t count;
	bool found;

	if (!task_request_get(&r->call, request_id, &found, &row) ||
	    !task_file_rows(&r->call, task->id, &files, &count))
		return false;
	people_add(&people, &r->call, row.asked_by);
	for (size_t i = 0; i < count; i++)
		people_add(&people, &r->call, files[i].added_by);
	if (!people_load(&people, &r->call))
		return false;
	reply_etag(r, task->version);
	task_request_write(r, NULL, &row, files, count, &people);
	return true;
}

bool task_request_post(struct request *r)
{
	const json_t *body = r->body;
	const char *deadline = json_get_text(body, "deadline");
	id task_id = request_path_id(r, "id"), request_id, *file_ids;
	struct task_request_entry entry = {
		.kind = strcmp(json_get_text(body, "kind"), "extension") ? TASK_ASK_COMPLETION : TASK_ASK_EXTENSION,
		.reason = json_get_text(body, "reason"),
	};
	struct task task;

	if (deadline)
		civil_parse(deadline, &entry.deadline);
	if (!task_id || !task_read_ids(&r->call, json_object_get(body, "file_ids"), "file_ids", &file_ids, &entry.file_count))
		return false;
	entry.file_ids = file_ids;
	return task_ask(&r->call, task_id, request_if_match(r), &entry, &task, &request_id) &&
	       reply_request(r, request_id, &task);
}

bool task_decision_post(struct request *r)
{
	id request_id = request_path_id(r, "id");
	struct task task;

	return request_id &&
	       task_decide(&r->call, request_id, request_if_match(r), json_get_bool(r->body, "accept", false),
			   json_get_text(r->body, "reason"), &task) &&
	       task_reply(r, task.id);
}

bool task_request_delete(struct request *r)
{
	id request_id = request_path_id(r, "id");

	return request_id && task_withdraw(&r->call, request_id);
}

bool task_explanation_post(struct request *r)
{
	id task_id = request_path_id(r, "id");
	struct civil_date new_date;
	struct task task;

	civil_parse_date(json_get_text(r->body, "new_date"), &new_date);
	return task_id &&
	       task_explain(&r->call, task_id, request_if_match(r), json_get_text(r->body, "cause"),
			    json_get_text(r->body, "remedy"), new_date, &task) &&
	       task_reply(r, task_id);
}

bool task_state_post(struct request *r)
{
	const char *to = json_get_text(r->body, "to");
	id task_id = request_path_id(r, "id");
	enum task_step step = !strcmp(to, "paused")    ? TASK_PAUSE
			      : !strcmp(to, "resumed") ? TASK_RESUME
						       : TASK_CANCEL;
	struct task task;

	return task_id && task_step(&r->call, task_id, request_if_match(r), step, json_get_text(r->body, "reason"), &task) &&
	       task_reply(r, task_id);
}

/* On the slow queue: the bytes are on the disk before the row is. */
bool task_file_prepare(struct request *r)
{
	struct file *file = ARENA_NEW(r->call.mem, struct file);
	id task_id = request_path_id(r, "id");
	struct task task;

	r->prepared = file;
	return task_id && file_upload_check(r) && task_file_may_add(&r->call, task_id, &task) && file_from_upload(r, file);
}

bool task_file_post(struct request *r)
{
	struct call *c = &r->call;
	struct people people = { 0 };
	struct task_file_row row;

	people_add(&people, c, task_caller(c));
	if (!task_file_add(c, request_path_id(r, "id"), r->prepared, &row) || !people_load(&people, c))
		return false;
	task_file_write(r, NULL, &row, &people);
	return true;
}

bool task_file_open_prepare(struct request *r)
{
	struct task_file_row *row = ARENA_NEW(r->call.mem, struct task_file_row);
	id file_id = request_path_id(r, "id");
	struct task task;

	r->prepared = row;
	return file_id && task_file_load(&r->call, file_id, row, &task) &&
	       file_check_out("task", row->id, &row->file, r->call.err);
}

bool task_file_open(struct request *r)
{
	const struct task_file_row *row = r->prepared;

	return file_reply(r, &row->file);
}

bool task_file_delete(struct request *r)
{
	id file_id = request_path_id(r, "id");

	return file_id && task_file_take_away(&r->call, file_id);
}
