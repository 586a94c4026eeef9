#include "task/task_json.h"

#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "deadline/deadline.h"
#include "task/task_actions.h"
#include "task/task_api.h"
#include "task/task_entry_store.h"
#include "task/task_rules.h"

static int compare_ids(const void *a, const void *b)
{
	id left = *(const id *)a, right = *(const id *)b;

	return left < right ? -1 : left > right;
}

static size_t sort_ids(id *ids, size_t count)
{
	size_t kept = 0;

	qsort(ids, count, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < count; i++)
		if (!kept || ids[kept - 1] != ids[i])
			ids[kept++] = ids[i];
	return kept;
}

static const struct unit *unit_of(const struct task_views *views, id unit_id)
{
	const id *found = bsearch(&unit_id, views->unit_ids, views->unit_count, sizeof(unit_id), compare_ids);

	return found ? &views->units[found - views->unit_ids] : NULL;
}

bool task_views_load(struct request *r, const struct task *tasks, size_t count, int most, struct task_views *out)
{
	struct call *c = &r->call;
	id *task_ids = ARENA_ARRAY(c->mem, id, count);
	id *document_ids = ARENA_ARRAY(c->mem, id, count);
	size_t documents = 0, n = 0;

	*out = (struct task_views){ .tasks = tasks, .count = count };
	for (size_t i = 0; i < count; i++) {
		task_ids[i] = tasks[i].id;
		if (tasks[i].document_id)
			document_ids[documents++] = tasks[i].document_id;
	}
	if (!task_due_soon(c, &out->soon) ||
	    !task_cooperating_rows(c, task_ids, count, most, &out->cooperating, &out->cooperating_count))
		return false;
	out->unit_ids = ARENA_ARRAY(c->mem, id, 2 * count + out->cooperating_count);
	for (size_t i = 0; i < count; i++) {
		out->unit_ids[n++] = tasks[i].lead_id;
		out->unit_ids[n++] = tasks[i].assigner_id;
	}
	for (size_t i = 0; i < out->cooperating_count; i++)
		out->unit_ids[n++] = out->cooperating[i].unit_id;
	out->unit_count = sort_ids(out->unit_ids, n);
	documents = sort_ids(document_ids, documents);
	return unit_by_ids(c, out->unit_ids, out->unit_count, NULL, &out->units) &&
	       task_documents_load(c, document_ids, documents, &out->documents);
}

void task_deadline_write(struct request *r, const char *key, instant deadline)
{
	if (deadline)
		deadline_write(&r->json, key, r->call.mem, deadline, r->lang);
	else
		json_null(&r->json, key);
}

static void write_cooperating(struct json *json, const struct task_views *views, id task_id)
{
	json_array(json, "cooperating");
	for (size_t i = 0; i < views->cooperating_count; i++) {
		const struct task_unit_row *row = &views->cooperating[i];

		if (row->task_id != task_id)
			continue;
		json_object(json, NULL);
		unit_write_ref(json, "unit", unit_of(views, row->unit_id));
		json_text(json, "part", row->part);
		json_end(json);
	}
	json_end(json);
}

static void write_recurrence(struct json *json, const struct task_recurrence *recurrence)
{
	char text[PERIOD_TEXT_MAX];

	if (recurrence->every == TASK_ONCE) {
		json_null(json, "recurrence");
		return;
	}
	json_object(json, "recurrence");
	json_text(json, "every", task_every_word(recurrence->every));
	json_int(json, "day", recurrence->day);
	json_text(json, "from", recurrence->from ? period_format(recurrence->from, text) : NULL);
	json_end(json);
}

static void write_may(struct request *r, const struct task *task)
{
	const struct call *c = &r->call;
	bool open = task_is_open(task->state), asked = task->asked_at != 0;
	bool reports = account_may(c, RIGHT_TASK_REPORT, task->lead_path);
	struct json *json = &r->json;

	json_object(json, "may");
	json_bool(json, "report", reports && open && !asked);
	json_bool(json, "ask", reports && open);
	json_bool(json, "decide", open && account_may(c, RIGHT_TASK_DECIDE, task->assigner_path));
	json_bool(json, "change", (open || task->state == TASK_PAUSED) &&
					  account_may(c, RIGHT_TASK_ASSIGN, task->assigner_path));
	json_bool(json, "pass_down", open && !asked && account_may(c, RIGHT_TASK_ASSIGN, task->lead_path));
	json_bool(json, "comment", true);
	json_end(json);
}

static void write_source(struct json *json, const struct task *task)
{
	if (!task->reading_id) {
		json_null(json, "source");
		return;
	}
	json_object(json, "source");
	json_id(json, "reading_id", task->reading_id);
	json_int(json, "start", task->source_start);
	json_int(json, "end", task->source_end);
	json_end(json);
}

static void write_members(struct request *r, const struct task_views *views, const struct task *task)
{
	struct json *json = &r->json;
	instant now = r->call.now;

	json_id(json, "id", task->id);
	json_id(json, "parent_id", task->parent_id);
	json_text(json, "title", task->title);
	json_text(json, "content", task->content);
	json_text(json, "programme", task->programme);
	json_text(json, "field", task->field);
	json_text(json, "product", task->product);
	task_document_write(json, "document", &views->documents, task->document_id);
	unit_write_ref(json, "assigner", unit_of(views, task->assigner_id));
	unit_write_ref(json, "lead", unit_of(views, task->lead_id));
	json_text(json, "head", task->head);
	write_cooperating(json, views, task->id);
	json_int(json, "weight", task->weight);
	task_deadline_write(r, "deadline", task->deadline);
	json_text(json, "deadline_kind", task_deadline_kind_word(task->deadline_kind));
	json_text(json, "deadline_written", task->deadline_written);
	write_recurrence(json, &task->recurrence);
	json_text(json, "state", task_state_word(task->state));
	json_text(json, "timeliness",
		  task_timeliness_word(task_timeliness(task->state, task->deadline, task->completed_at, now,
						       views->soon)));
	json_int(json, "percent", task->percent);
	json_int(json, "rolled_percent", task->rolled / 100);
	json_int(json, "late_children", task->late_below);
	json_instant(json, "completion_requested_at", task->asked_at);
	json_instant(json, "completed_at", task->completed_at);
	json_bool(json, "explanation_due", task_explanation_due(task, now));
	json_int(json, "children", task->children);
	write_may(r, task);
	write_source(json, task);
	json_instant(json, "created_at", task->created_at);
	json_int(json, "version", task->version);
}

void task_write(struct request *r, const char *key, const struct task_views *views, size_t at)
{
	json_object(&r->json, key);
	write_members(r, views, &views->tasks[at]);
	json_end(&r->json);
}

bool task_write_one(struct request *r, const char *key, const struct task *task)
{
	struct task_views views;

	if (!task_views_load(r, task, 1, TASK_COOPERATING_LISTED, &views))
		return false;
	task_write(r, key, &views, 0);
	return true;
}

void task_file_write(struct request *r, const char *key, const struct task_file_row *row, const struct people *people)
{
	struct json *json = &r->json;

	json_object(json, key);
	json_id(json, "id", row->id);
	json_text(json, "name", row->file.name);
	json_int(json, "size", row->file.size);
	json_text(json, "type", row->file.type);
	people_write(people, json, "added_by", row->added_by);
	json_instant(json, "added_at", row->added_at);
	json_end(json);
}

/* All that hangs on a task. */
struct hanging {
	struct task_report_row *reports;
	struct task_request_row *requests;
	struct task_explanation_row *explanations;
	struct task_deadline_row *deadlines;
	struct task_file_row *files;
	size_t report_count, request_count, explanation_count, deadline_count, file_count;
	struct people people;
};

static bool load_hanging(struct call *c, id task_id, struct hanging *h)
{
	*h = (struct hanging){ .report_count = 0 };
	if (!task_report_rows(c, task_id, &h->reports, &h->report_count) ||
	    !task_request_rows(c, task_id, &h->requests, &h->request_count) ||
	    !task_explanation_rows(c, task_id, &h->explanations, &h->explanation_count) ||
	    !task_deadline_rows(c, task_id, &h->deadlines, &h->deadline_count) ||
	    !task_file_rows(c, task_id, &h->files, &h->file_count))
		return false;
	for (size_t i = 0; i < h->report_count; i++)
		people_add(&h->people, c, h->reports[i].reported_by);
	for (size_t i = 0; i < h->request_count; i++) {
		people_add(&h->people, c, h->requests[i].asked_by);
		people_add(&h->people, c, h->requests[i].decided_by);
	}
	for (size_t i = 0; i < h->explanation_count; i++)
		people_add(&h->people, c, h->explanations[i].given_by);
	for (size_t i = 0; i < h->deadline_count; i++)
		people_add(&h->people, c, h->deadlines[i].set_by);
	for (size_t i = 0; i < h->file_count; i++)
		people_add(&h->people, c, h->files[i].added_by);
	return people_load(&h->people, c);
}

/* Those of a report or of a request; of the task itself when both are 0. */
static void write_files(struct request *r, const struct task_file_row *files, size_t count,
			const struct people *people, id report_id, id request_id)
{
	json_array(&r->json, "files");
	for (size_t i = 0; i < count; i++)
		if (files[i].report_id == report_id && files[i].request_id == request_id)
			task_file_write(r, NULL, &files[i], people);
	json_end(&r->json);
}

static void write_on_time(struct json *json, const struct task_report_row *row, instant now)
{
	instant at = row->reported_at ? row->reported_at : now;

	if (!row->deadline || (!row->reported_at && now < row->deadline))
		json_null(json, "on_time");
	else
		json_bool(json, "on_time", at < row->deadline);
}

static void write_report(struct request *r, const struct task_report_row *row, const struct hanging *h)
{
	struct json *json = &r->json;
	char text[PERIOD_TEXT_MAX];

	json_object(json, NULL);
	json_id(json, "id", row->id);
	json_text(json, "period", row->period ? task_slot_format(row->period, text) : NULL);
	task_deadline_write(r, "deadline", row->deadline);
	write_on_time(json, row, r->call.now);
	json_int(json, "percent", row->percent);
	json_text(json, "result", row->result);
	json_text(json, "difficulties", row->difficulties);
	json_text(json, "requests", row->requests);
	json_bool(json, "nil", row->nil);
	write_files(r, h->files, h->file_count, &h->people, row->id, 0);
	people_write(&h->people, json, "reported_by", row->reported_by);
	json_instant(json, "reported_at", row->reported_at);
	json_end(json);
}

void task_request_write(struct request *r, const char *key, const struct task_request_row *row,
			const struct task_file_row *files, size_t file_count, const struct people *people)
{
	static const char *const states[] = { "waiting", "accepted", "refused", "withdrawn" };
	struct json *json = &r->json;

	json_object(json, key);
	json_id(json, "id", row->id);
	json_text(json, "kind", row->kind == TASK_ASK_COMPLETION ? "completion" : "extension");
	json_text(json, "state", states[row->state]);
	json_text(json, "reason", row->reason);
	task_deadline_write(r, "deadline", row->deadline);
	write_files(r, files, file_count, people, 0, row->id);
	people_write(people, json, "asked_by", row->asked_by);
	json_instant(json, "asked_at", row->asked_at);
	people_write(people, json, "decided_by", row->decided_by);
	json_instant(json, "decided_at", row->decided_at);
	json_text(json, "decision", row->decision ? row->decision : "");
	json_end(json);
}

static void write_explanation(struct request *r, const struct task_explanation_row *row, const struct people *people)
{
	struct json *json = &r->json;
	char text[CIVIL_TEXT_MAX];

	json_object(json, NULL);
	json_id(json, "id", row->id);
	task_deadline_write(r, "deadline", row->deadline);
	json_text(json, "cause", row->cause);
	json_text(json, "remedy", row->remedy);
	json_text(json, "new_date", civil_format_date(row->new_date, text));
	people_write(people, json, "given_by", row->given_by);
	json_instant(json, "given_at", row->given_at);
	json_end(json);
}

static void write_deadline(struct request *r, const struct task_deadline_row *row, const struct people *people)
{
	struct json *json = &r->json;

	json_object(json, NULL);
	task_deadline_write(r, "deadline", row->deadline);
	json_text(json, "kind", task_deadline_kind_word(row->kind));
	json_text(json, "written", row->written);
	json_id(json, "request_id", row->request_id);
	people_write(people, json, "set_by", row->set_by);
	json_instant(json, "set_at", row->set_at);
	json_end(json);
}

static void write_hanging(struct request *r, const struct hanging *h)
{
	struct json *json = &r->json;

	json_array(json, "reports");
	for (size_t i = 0; i < h->report_count; i++)
		write_report(r, &h->reports[i], h);
	json_end(json);
	json_array(json, "requests");
	for (size_t i = 0; i < h->request_count; i++)
		task_request_write(r, NULL, &h->requests[i], h->files, h->file_count, &h->people);
	json_end(json);
	json_array(json, "explanations");
	for (size_t i = 0; i < h->explanation_count; i++)
		write_explanation(r, &h->explanations[i], &h->people);
	json_end(json);
	json_array(json, "deadlines");
	for (size_t i = 0; i < h->deadline_count; i++)
		write_deadline(r, &h->deadlines[i], &h->people);
	json_end(json);
	write_files(r, h->files, h->file_count, &h->people, 0, 0);
}

/* The tasks above it that the caller may read, from the root down. */
static bool write_ancestors(struct request *r, const struct task *task)
{
	struct call *c = &r->call;
	const char *at = task->tree;

	json_array(&r->json, "ancestors");
	for (const char *slash = strchr(at, '/'); slash && slash[1]; at = slash + 1, slash = strchr(at, '/')) {
		struct task above;
		bool found, visible;
		id above_id;

		if (!id_parse(arena_strndup(c->mem, at, (size_t)(slash - at)), &above_id) ||
		    !task_row(c, above_id, &found, &above) || !found || !task_visible(c, &above, &visible))
			return error_internal(c->err, "task tree %s", task->tree);
		if (!visible)
			continue;
		json_object(&r->json, NULL);
		json_id(&r->json, "id", above.id);
		json_text(&r->json, "title", above.title);
		json_end(&r->json);
	}
	json_end(&r->json);
	return true;
}

static bool write_parts(struct request *r, const struct task *task)
{
	struct call *c = &r->call;
	struct task_query query = { .role = -1, .state = -1, .timeliness = -1, .parent_id = task->id,
				    .sort = TASK_BY_DUE, .limit = TASK_PARTS_MAX };
	struct task_views views;
	struct task *parts;
	size_t count = 0;

	if (task->children && (!task_scope(c, RIGHT_TASK_READ, &query.ranges) || !task_rows(c, &query, &parts, &count) ||
			       !task_views_load(r, parts, count, TASK_COOPERATING_LISTED, &views)))
		return false;
	json_array(&r->json, "parts");
	for (size_t i = 0; i < count; i++)
		task_write(r, NULL, &views, i);
	json_end(&r->json);
	return true;
}

bool task_reply(struct request *r, id task_id)
{
	struct task task;
	struct task_views views;
	struct hanging hanging;

	if (!task_get(&r->call, task_id, &task) ||
	    !task_views_load(r, &task, 1, TASK_COOPERATING_MAX, &views) || !load_hanging(&r->call, task_id, &hanging))
		return false;
	reply_etag(r, task.version);
	json_object(&r->json, NULL);
	write_members(r, &views, &task);
	if (!write_ancestors(r, &task) || !write_parts(r, &task))
		return false;
	write_hanging(r, &hanging);
	json_end(&r->json);
	return true;
}

bool task_waiting_write(struct request *r, const char *key, const struct task_waiting *rows, size_t count)
{
	struct task *tasks = ARENA_ARRAY(r->call.mem, struct task, count);
	struct json *json = &r->json;
	struct task_views views;
	char text[PERIOD_TEXT_MAX];

	for (size_t i = 0; i < count; i++)
		tasks[i] = rows[i].task;
	if (!task_views_load(r, tasks, count, TASK_COOPERATING_LISTED, &views))
		return false;
	json_array(json, key);
	for (size_t i = 0; i < count; i++) {
		json_object(json, NULL);
		json_text(json, "kind", task_wait_word(rows[i].kind));
		task_write(r, "task", &views, i);
		json_id(json, "request_id", rows[i].request_id);
		json_text(json, "period", rows[i].period ? task_slot_format(rows[i].period, text) : NULL);
		task_deadline_write(r, "deadline",
				    rows[i].report_deadline ? rows[i].report_deadline : tasks[i].deadline);
		json_end(json);
	}
	json_end(json);
	return true;
}
