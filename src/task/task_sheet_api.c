#include "task/task_sheet_api.h"

#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/buf.h"
#include "deadline/deadline_api.h"
#include "file/file_api.h"
#include "task/task_api.h"
#include "task/task_actions.h"
#include "task/task_document.h"
#include "task/task_import.h"
#include "task/task_json.h"
#include "task/task_rules.h"
#include "task/task_shapes.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

static const struct field named_fields[] = {
	{ .name = "text", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &unit_ref_shape,
	  .about = "When it is one unit." },
	{ .name = "units", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "How many units are meant." },
	{ .name = NULL },
};
static const struct shape named_shape = { "TaskImportUnit", named_fields };

static const struct field deadline_fields[] = {
	{ .name = "before", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "wording", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape deadline_read_shape = { "TaskImportDeadline", deadline_fields };

static const struct field fault_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "field", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "The letter of the column." },
	{ .name = NULL },
};
static const struct shape fault_shape = { "TaskImportFault", fault_fields };

static const struct field row_fields[] = {
	{ .name = "line", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "As the spreadsheet numbers it." },
	{ .name = "section", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Becomes the field of work." },
	{ .name = "content", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "lead", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &named_shape },
	{ .name = "cooperating", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &named_shape },
	{ .name = "product", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_read_shape },
	{ .name = "errors", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &fault_shape },
	{ .name = NULL },
};
static const struct shape row_shape = { "TaskImportRow", row_fields };

static const struct field preview_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &row_shape, .max = TASK_SHEET_ROWS_MAX },
	{ .name = "errors", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape preview_shape = { "TaskImport", preview_fields };

static const struct field made_fields[] = {
	{ .name = "tasks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ID, .max = TASK_SHEET_ROWS_MAX },
	{ .name = NULL },
};
static const struct shape made_shape = { "TaskImportMade", made_fields };

static const struct field import_query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "That gives the tasks; without it the caller's own unit." },
	{ .name = NULL },
};
static const struct shape import_query_shape = { NULL, import_query_fields };

struct looked_at {
	struct task_import import;
	struct task_sheet_row *rows;
	size_t count;
};

static id unit_of(struct request *r)
{
	id unit_id = request_query_id(r, "unit_id");

	return unit_id || !r->call.actor ? unit_id : r->call.actor->unit_id;
}

static bool import_prepare(struct request *r)
{
	struct looked_at *looked = ARENA_NEW(r->call.mem, struct looked_at);

	r->prepared = looked;
	looked->import.unit_id = unit_of(r);
	looked->import.created_at = r->call.now;
	return file_upload_check(r) && task_import_may(&r->call, looked->import.unit_id) &&
	       file_from_upload(r, &looked->import.file) &&
	       task_import_read(&r->call, &looked->import, &looked->rows, &looked->count);
}

static bool write_named(struct request *r, const char *key, const char *text, const struct letter_match *matches,
			size_t count)
{
	const struct letter_match *one = count == 1 && matches[0].unit_count == 1 ? matches : NULL;
	size_t units = 0;
	struct unit unit;

	for (size_t i = 0; i < count; i++)
		units += matches[i].unit_count;
	if (one && !unit_by_id(&r->call, one->unit_ids[0], NULL, &unit))
		return false;
	json_object(&r->json, key);
	json_text(&r->json, "text", text);
	unit_write_ref(&r->json, "unit", one ? &unit : NULL);
	json_int(&r->json, "units", (int64_t)units);
	json_end(&r->json);
	return true;
}

static void write_faults(struct request *r, const struct task_sheet_row *row)
{
	char column[4], title[600];

	json_array(&r->json, "errors");
	for (size_t i = 0; i < row->fault_count; i++) {
		const struct task_sheet_fault *fault = &row->faults[i];

		json_object(&r->json, NULL);
		json_text(&r->json, "code", error_word(fault->detail.code));
		json_text(&r->json, "title", error_detail_sentence(&fault->detail, r->lang, title, sizeof(title)));
		json_text(&r->json, "field", sheet_column_name(fault->column, column));
		json_end(&r->json);
	}
	json_end(&r->json);
}

static bool write_row(struct request *r, const struct task_sheet_row *row)
{
	struct json *json = &r->json;

	json_object(json, NULL);
	json_int(json, "line", row->line);
	json_text(json, "section", row->section);
	json_text(json, "content", row->content);
	if (!write_named(r, "lead", row->lead, row->leads, row->lead_count))
		return false;
	json_array(json, "cooperating");
	for (size_t i = 0; i < row->other_count; i++)
		if (!write_named(r, NULL, row->others[i].name, &row->others[i], 1))
			return false;
	json_end(json);
	json_text(json, "product", row->product);
	if (row->deadline_text[0]) {
		json_object(json, "deadline");
		json_instant(json, "before", row->deadline.known ? row->deadline.before : 0);
		json_text(json, "wording", row->deadline_text);
		json_end(json);
	} else {
		json_null(json, "deadline");
	}
	write_faults(r, row);
	json_end(json);
	return true;
}

static bool import_post(struct request *r)
{
	const struct looked_at *looked = r->prepared;
	struct task_import made;
	int64_t errors = 0;

	if (!task_import_add(&r->call, looked->import.unit_id, &looked->import.file, &made))
		return false;
	json_object(&r->json, NULL);
	json_id(&r->json, "id", made.id);
	json_text(&r->json, "name", made.file.name);
	json_array(&r->json, "rows");
	for (size_t i = 0; i < looked->count; i++) {
		errors += looked->rows[i].fault_count > 0;
		if (!write_row(r, &looked->rows[i]))
			return false;
	}
	json_end(&r->json);
	json_int(&r->json, "errors", errors);
	json_end(&r->json);
	return true;
}

static bool accept_prepare(struct request *r)
{
	struct looked_at *looked = ARENA_NEW(r->call.mem, struct looked_at);
	id import_id = request_path_id(r, "id");

	r->prepared = looked;
	return import_id && task_import_load(&r->call, import_id, &looked->import) &&
	       task_import_read(&r->call, &looked->import, &looked->rows, &looked->count);
}

static bool accept_post(struct request *r)
{
	const struct looked_at *looked = r->prepared;
	id *made = ARENA_ARRAY(r->call.mem, id, looked->count);

	if (!task_import_accept(&r->call, &looked->import, looked->rows, looked->count, made))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "tasks");
	for (size_t i = 0; i < looked->count; i++)
		json_id(&r->json, NULL, made[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

struct prepared_sheet {
	const char *bytes;
	size_t size;
};

static const char *join_cooperating(struct call *c, const struct task_views *views, id task_id)
{
	struct buf out;

	buf_init(&out, c->mem, 0);
	for (size_t i = 0; i < views->cooperating_count; i++) {
		const struct task_unit_row *row = &views->cooperating[i];

		if (row->task_id != task_id)
			continue;
		for (size_t k = 0; k < views->unit_count; k++)
			if (views->units[k].id == row->unit_id)
				buf_add_format(&out, "%s%s", out.length ? "; " : "", views->units[k].name);
	}
	return out.data ? out.data : "";
}

static const char *name_of(const struct task_views *views, id unit_id)
{
	for (size_t i = 0; i < views->unit_count; i++)
		if (views->units[i].id == unit_id)
			return views->units[i].name;
	return "";
}

static bool sheet_prepare(struct request *r)
{
	struct prepared_sheet *prepared = ARENA_NEW(r->call.mem, struct prepared_sheet);
	struct call *c = &r->call;
	struct task_sheet_line *lines;
	struct task_query query;
	struct task_views views;
	struct sheet_page page;
	struct task *tasks;
	size_t count;

	r->prepared = prepared;
	if (!task_query_read(r, &query))
		return false;
	query.limit = TASK_SHEET_ROWS_MAX;
	if (!task_rows(c, &query, &tasks, &count) || !task_views_load(r, tasks, count, TASK_COOPERATING_MAX, &views))
		return false;
	lines = ARENA_ARRAY(c->mem, struct task_sheet_line, count + 1);
	for (size_t i = 0; i < count; i++)
		lines[i] = (struct task_sheet_line){
			.task = &tasks[i],
			.lead = name_of(&views, tasks[i].lead_id),
			.cooperating = join_cooperating(c, &views, tasks[i].id),
			.document = task_document_number(&views.documents, tasks[i].document_id),
			.timeliness = task_timeliness(tasks[i].state, tasks[i].deadline, tasks[i].completed_at, c->now,
						      query.soon),
		};
	page = task_sheet_page(c->mem, lines, count, c->now, r->lang);
	return sheet_write(c->mem, &page, &prepared->bytes, &prepared->size, c->err);
}

static bool sheet_get(struct request *r)
{
	const struct prepared_sheet *prepared = r->prepared;

	reply_header(r, "Content-Disposition", "attachment; filename=\"nhiem-vu.xlsx\"");
	reply_content(r, SHEET_TYPE, prepared->bytes, prepared->size);
	return true;
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/task-sheet", .right = "task.read", .flags = ROUTE_SLOW, .class = CLASS_EXPORT,
	  .query = &task_query_shape, .prepare = sheet_prepare, .act = sheet_get,
	  .summary = "A filtered list of tasks as an Excel sheet that can be brought in again." },
	{ .method = "POST", .path = "/api/task-imports", .right = "task.assign",
	  .flags = ROUTE_UPLOAD | ROUTE_SLOW | ROUTE_CREATES, .class = CLASS_ENTRY, .body_max = SHEET_FILE_MAX,
	  .query = &import_query_shape, .reply = &preview_shape, .prepare = import_prepare, .act = import_post,
	  .summary = "Reads a list of tasks from Excel and says what is wrong with it; gives nothing yet." },
	{ .method = "POST", .path = "/api/task-imports/{id}/accept", .right = "task.assign", .flags = ROUTE_SLOW,
	  .class = CLASS_ENTRY, .reply = &made_shape, .prepare = accept_prepare, .act = accept_post,
	  .summary = "Gives the tasks of a list that has no faults." },
};

const struct route_table task_sheet_routes = { "task-sheets", routes, sizeof(routes) / sizeof(routes[0]) };
