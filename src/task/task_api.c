#include "task/task_api.h"

#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/text.h"
#include "task/task_actions.h"
#include "task/task_input.h"
#include "task/task_json.h"
#include "task/task_rules.h"
#include "task/task_shapes.h"
#include "unit/unit.h"

enum { BODY_MAX = 1 << 20, LONG_BODY_MAX = 4 << 20 };

static enum task_sort sort_of(const char *word)
{
	static const char *const words[TASK_SORTS] = {
		[TASK_BY_DUE] = "due",	 [TASK_BY_DUE_LAST] = "-due", [TASK_BY_TITLE] = "title",
		[TASK_BY_LEAD] = "lead", [TASK_BY_STATE] = "state",   [TASK_BY_NEWEST] = "newest",
	};

	for (int i = 0; word && i < TASK_SORTS; i++)
		if (!strcmp(words[i], word))
			return (enum task_sort)i;
	return TASK_BY_DUE;
}

/* The units in view and what they are to the task. */
static bool read_part(struct request *r, struct task_query *out)
{
	struct call *c = &r->call;
	const char *part = request_query(r, "part");
	id unit_id = request_query_id(r, "unit_id");
	enum task_reach reach = TASK_REACH_UNIT;
	bool below = text_equal(part, "below"), within = text_equal(part, "within");
	struct unit unit;

	out->role = text_equal(part, "lead") || below || within ? (int)TASK_ROLE_LEAD
		    : text_equal(part, "cooperating")		? (int)TASK_ROLE_COOPERATING
		    : text_equal(part, "assigned")		? (int)TASK_ROLE_ASSIGNER
								: -1;
	if (!unit_id && (below || within) && c->actor)
		unit_id = c->actor->unit_id;
	if (!unit_id)
		return task_scope(c, RIGHT_TASK_READ, &out->ranges);
	if (below)
		reach = TASK_REACH_BELOW;
	else if (!part || within || text_equal(part, "all"))
		reach = TASK_REACH_ALL;
	return unit_by_id(c, unit_id, "unit_id", &unit) && task_reach(c, RIGHT_TASK_READ, unit.path, reach, &out->ranges);
}

static instant day_of(const char *text, int days_on)
{
	struct civil_date day;

	return text && civil_parse_date(text, &day) ? civil_start(civil_add_days(day, days_on)) : 0;
}

bool task_query_read(struct request *r, struct task_query *out)
{
	const char *roots = request_query(r, "roots");
	enum task_timeliness timeliness;
	enum task_state state;

	*out = (struct task_query){
		.field = request_query(r, "field"),
		.programme = request_query(r, "programme"),
		.q = request_query(r, "q"),
		.document_id = request_query_id(r, "document_id"),
		.parent_id = request_query_id(r, "parent_id"),
		.roots = roots && *roots == 't',
		.due_from = day_of(request_query(r, "due_from"), 0),
		.due_to = day_of(request_query(r, "due_to"), 1),
		.sort = sort_of(request_query(r, "sort")),
		.state = -1,
		.timeliness = -1,
	};
	if (task_state_parse(request_query(r, "state"), &state))
		out->state = (int)state;
	else if (text_equal(request_query(r, "state"), "unfinished"))
		out->state = TASK_UNFINISHED;
	if (task_timeliness_parse(request_query(r, "timeliness"), &timeliness))
		out->timeliness = (int)timeliness;
	return task_due_soon(&r->call, &out->soon) && read_part(r, out);
}

static bool may_create(struct call *c, bool *out)
{
	struct unit own;

	*out = !c->actor;
	if (!c->actor)
		return true;
	if (!unit_by_id(c, c->actor->unit_id, NULL, &own))
		return false;
	*out = account_may(c, RIGHT_TASK_ASSIGN, own.path);
	return true;
}

static bool list(struct request *r)
{
	struct call *c = &r->call;
	int limit = request_limit(r, 50, TASK_PAGE_MAX);
	struct task_query query;
	struct task_views views;
	struct task *tasks;
	size_t count;
	bool more, create;

	if (!task_query_read(r, &query))
		return false;
	query.after = request_query_id(r, "after");
	query.limit = limit + 1;
	if (!task_rows(c, &query, &tasks, &count))
		return false;
	more = count > (size_t)limit;
	if (more)
		count = (size_t)limit;
	if (!may_create(c, &create) || !task_views_load(r, tasks, count, TASK_COOPERATING_LISTED, &views))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "items");
	for (size_t i = 0; i < count; i++)
		task_write(r, NULL, &views, i);
	json_end(&r->json);
	json_id(&r->json, "next", more ? tasks[count - 1].id : 0);
	json_bool(&r->json, "may_create", create);
	json_end(&r->json);
	return true;
}

static bool look(struct request *r)
{
	id task_id = request_path_id(r, "id");

	return task_id && task_reply(r, task_id);
}

/* Without a unit the one that leads the parent gives the task, else the caller's. */
static bool find_assigner(struct call *c, struct task_draft *draft)
{
	struct task parent;

	if (draft->assigner_id)
		return true;
	if (draft->parent_id) {
		if (!task_get(c, draft->parent_id, &parent))
			return false;
		draft->assigner_id = parent.lead_id;
	} else if (c->actor) {
		draft->assigner_id = c->actor->unit_id;
	}
	return true;
}

/* The texts that a draft and a change have alike. */
#define TEXTS(body) \
	.title = json_get_text(body, "title"), .content = json_get_text(body, "content"), \
	.programme = json_get_text(body, "programme"), .field = json_get_text(body, "field"), \
	.product = json_get_text(body, "product"), .head = json_get_text(body, "head")

static bool create(struct request *r)
{
	struct call *c = &r->call;
	const json_t *body = r->body;
	struct task_draft draft = {
		.assigner_id = json_get_id(body, "unit_id"),
		.lead_id = json_get_id(body, "lead_unit_id"),
		.parent_id = json_get_id(body, "parent_id"),
		.document_id = json_get_id(body, "document_id"),
		TEXTS(body),
		.weight = json_get_int(body, "weight", 1),
	};
	struct task made;

	task_read_deadline(json_object_get(body, "deadline"), &draft.deadline, &draft.deadline_kind,
			   &draft.deadline_written);
	task_read_recurrence(json_object_get(body, "recurrence"), &draft.recurrence);
	draft.cooperating = task_read_cooperating(c, json_object_get(body, "cooperating"), &draft.cooperating_count);
	return find_assigner(c, &draft) && task_create(c, &draft, &made) && task_reply(r, made.id);
}

static bool change(struct request *r)
{
	const json_t *body = r->body, *cooperating = json_object_get(body, "cooperating");
	id task_id = request_path_id(r, "id");
	struct task_change changed = {
		TEXTS(body),
		.weight = json_get_int(body, "weight", 0),
		.lead_id = json_get_id(body, "lead_unit_id"),
		.set_document = json_object_get(body, "document_id") != NULL,
		.document_id = json_get_id(body, "document_id"),
		.set_deadline = json_object_get(body, "deadline") != NULL,
		.set_cooperating = cooperating != NULL,
	};
	struct task task;

	task_read_deadline(json_object_get(body, "deadline"), &changed.deadline, &changed.deadline_kind,
			   &changed.deadline_written);
	changed.cooperating = task_read_cooperating(&r->call, cooperating, &changed.cooperating_count);
	return task_id && task_change(&r->call, task_id, request_if_match(r), &changed, &task) && task_reply(r, task_id);
}

static bool pass_down(struct request *r)
{
	const json_t *rows = json_object_get(r->body, "parts");
	size_t count = json_array_size(rows);
	struct task_draft *parts = ARENA_ARRAY(r->call.mem, struct task_draft, count);
	id task_id = request_path_id(r, "id");
	struct task task;

	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);

		parts[i] = (struct task_draft){
			.lead_id = json_get_id(row, "unit_id"),
			.title = json_get_text(row, "title"),
			.content = json_get_text(row, "content"),
			.product = json_get_text(row, "product"),
			.weight = json_get_int(row, "weight", 1),
		};
		task_read_deadline(json_object_get(row, "deadline"), &parts[i].deadline, &parts[i].deadline_kind,
				   &parts[i].deadline_written);
	}
	return task_id && task_pass_down(&r->call, task_id, request_if_match(r), parts, count, &task) &&
	       task_reply(r, task_id);
}

#define ONE "/api/tasks/{id}"

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/tasks", .right = "task.read", .class = CLASS_READ, .query = &task_query_shape,
	  .reply = &task_list_shape, .act = list, .summary = "Lists tasks that the caller may read." },
	{ .method = "POST", .path = "/api/tasks", .right = "task.assign", .flags = ROUTE_CREATES, .class = CLASS_ENTRY,
	  .body_max = BODY_MAX, .body = &task_input_shape, .reply = &task_detail_shape, .act = create,
	  .summary = "Gives a task to a unit." },
	{ .method = "POST", .path = "/api/tasks/bulk", .right = "task.assign", .class = CLASS_ENTRY,
	  .body = &task_bulk_shape, .reply = &task_bulk_reply_shape, .act = task_bulk_post,
	  .summary = "The same act on several tasks, each with its own result." },
	{ .method = "GET", .path = ONE, .right = "task.read", .class = CLASS_READ, .reply = &task_detail_shape,
	  .act = look, .summary = "Gives a task with its parts, reports, requests and explanations." },
	{ .method = "PATCH", .path = ONE, .right = "task.assign", .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY,
	  .body_max = BODY_MAX, .body = &task_change_shape, .reply = &task_detail_shape, .act = change,
	  .summary = "Changes a task; a deadline only before work began." },
	{ .method = "POST", .path = ONE "/parts", .right = "task.assign", .flags = ROUTE_CREATES | ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY, .body_max = LONG_BODY_MAX, .body = &task_parts_shape, .reply = &task_detail_shape,
	  .act = pass_down, .summary = "Passes a task down in parts, from the unit that leads it." },
	{ .method = "POST", .path = ONE "/reports", .right = "task.report", .flags = ROUTE_CREATES | ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY, .body = &task_report_input_shape, .reply = &task_detail_shape, .act = task_report_post,
	  .summary = "Reports progress, or that there is nothing to report." },
	{ .method = "POST", .path = ONE "/requests", .right = "task.report", .flags = ROUTE_CREATES | ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY, .body = &task_request_input_shape, .reply = &task_request_shape,
	  .act = task_request_post, .summary = "Asks for the completion to be confirmed, or for more time." },
	{ .method = "POST", .path = "/api/task-requests/{id}/decision", .right = "task.decide",
	  .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body = &task_decision_shape, .reply = &task_detail_shape,
	  .act = task_decision_post,
	  .summary = "Confirms or refuses what was asked for; If-Match names the task's version." },
	{ .method = "DELETE", .path = "/api/task-requests/{id}", .right = "task.report", .class = CLASS_ENTRY,
	  .act = task_request_delete, .summary = "Withdraws a request that waits." },
	{ .method = "POST", .path = ONE "/explanations", .right = "task.report",
	  .flags = ROUTE_CREATES | ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body = &task_explanation_input_shape,
	  .reply = &task_detail_shape, .act = task_explanation_post,
	  .summary = "Explains why a task is late: the cause, the remedy, a new date." },
	{ .method = "POST", .path = ONE "/state", .right = "task.assign", .flags = ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY, .body = &task_step_shape, .reply = &task_detail_shape, .act = task_state_post,
	  .summary = "Pauses, resumes or cancels a task." },
	{ .method = "POST", .path = ONE "/files", .right = "task.report",
	  .flags = ROUTE_UPLOAD | ROUTE_SLOW | ROUTE_CREATES, .class = CLASS_ENTRY, .body_max = TASK_FILE_MAX,
	  .reply = &task_file_shape, .prepare = task_file_prepare, .act = task_file_post,
	  .summary = "Adds a file to a task." },
	{ .method = "GET", .path = "/api/task-files/{id}", .right = "task.read", .flags = ROUTE_SLOW,
	  .class = CLASS_EXPORT, .prepare = task_file_open_prepare, .act = task_file_open,
	  .summary = "The file, its bytes checked against its hash." },
	{ .method = "DELETE", .path = "/api/task-files/{id}", .right = "task.report", .class = CLASS_ENTRY,
	  .act = task_file_delete, .summary = "Takes away a file that no report or request was sent with." },
	{ .method = "GET", .path = ONE "/comments", .right = "task.read", .class = CLASS_READ,
	  .query = &task_page_query_shape, .reply = &task_comment_list_shape, .act = task_comments_get,
	  .summary = "Lists the comments on a task." },
	{ .method = "POST", .path = ONE "/comments", .right = "task.read", .flags = ROUTE_CREATES,
	  .class = CLASS_ENTRY, .body = &task_comment_input_shape, .reply = &task_comment_shape,
	  .act = task_comment_post, .summary = "Comments on a task." },
	{ .method = "GET", .path = ONE "/readers", .right = "task.read", .class = CLASS_READ,
	  .query = &task_readers_query_shape, .reply = &task_readers_shape, .act = task_readers_get,
	  .summary = "Finds people who may read a task, for mentioning them." },
	{ .method = "GET", .path = ONE "/history", .right = "task.read", .class = CLASS_READ,
	  .query = &task_page_query_shape, .reply = &task_history_shape, .act = task_history_get,
	  .summary = "What happened to a task." },
	{ .method = "GET", .path = "/api/readings/{id}/results", .right = "document.read", .class = CLASS_READ,
	  .reply = &task_reading_results_shape, .act = task_reading_made_get,
	  .summary = "The documents and tasks that were made from a reading." },
	{ .method = "POST", .path = "/api/readings/{id}/accept", .right = "document.manage",
	  .flags = ROUTE_CREATES | ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body_max = LONG_BODY_MAX,
	  .body = &task_accept_shape, .reply = &task_accepted_shape, .act = task_accept_post,
	  .summary = "Makes documents and tasks of what was read out of a letter, as corrected." },
	{ .method = "GET", .path = "/api/task-filters", .right = "self", .class = CLASS_READ,
	  .reply = &task_filter_list_shape, .act = task_filters_get, .summary = "Lists the caller's saved filters." },
	{ .method = "PUT", .path = "/api/task-filters", .right = "self", .class = CLASS_ENTRY,
	  .body = &task_filter_input_shape, .reply = &task_filter_shape, .act = task_filter_put,
	  .summary = "Saves a filter under a name." },
	{ .method = "DELETE", .path = "/api/task-filters/{id}", .right = "self", .class = CLASS_ENTRY,
	  .act = task_filter_delete, .summary = "Removes a saved filter." },
};

const struct route_table task_routes = { "task", routes, sizeof(routes) / sizeof(routes[0]) };
