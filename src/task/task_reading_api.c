/* The route that makes documents and tasks of what was read out of a letter. */
#include "base/arena.h"
#include "document/document_shapes.h"
#include "task/task_api.h"
#include "task/task_input.h"
#include "task/task_json.h"
#include "task/task_reading.h"
#include "task/task_shapes.h"

static const struct field span_fields[] = {
	{ .name = "start", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT32_MAX },
	{ .name = "end", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT32_MAX },
	{ .name = NULL },
};
static const struct shape span_shape = { "TaskSourceInput", span_fields };

static const struct field accepted_task_fields[] = {
	{ .name = "document_index", .type = FIELD_INT, .flags = FIELD_NULLABLE, .max = 1000,
	  .about = "The document it stands in; without one when that is not registered." },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_TITLE_MAX },
	{ .name = "content", .type = FIELD_TEXT, .max = TASK_CONTENT_MAX },
	{ .name = "lead_unit_ids", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ID, .min = 1,
	  .max = TASK_PARTS_MAX,
	  .about = "With several, one task led by the unit that accepts, and a part for each of them." },
	{ .name = "cooperating", .type = FIELD_ARRAY, .of = &task_cooperating_input_shape, .max = TASK_COOPERATING_MAX },
	{ .name = "product", .type = FIELD_TEXT, .max = TASK_TITLE_MAX },
	{ .name = "programme", .type = FIELD_TEXT, .max = TASK_NAME_MAX },
	{ .name = "field", .type = FIELD_TEXT, .max = TASK_NAME_MAX },
	{ .name = "weight", .type = FIELD_INT, .min = 1, .max = TASK_WEIGHT_MAX },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &task_deadline_input_shape },
	{ .name = "recurrence", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &task_recurrence_shape },
	{ .name = "source", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &span_shape },
	{ .name = NULL },
};
static const struct shape accepted_task_shape = { "AcceptedTask", accepted_task_fields };

static const struct field accept_fields[] = {
	{ .name = "documents", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &document_accepted_shape, .max = 50 },
	{ .name = "tasks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &accepted_task_shape, .max = 500 },
	{ .name = NULL },
};
const struct shape task_accept_shape = { "ReadingAcceptance", accept_fields };

static const struct field made_fields[] = {
	{ .name = "documents", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ID },
	{ .name = "tasks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ID },
	{ .name = NULL },
};
const struct shape task_accepted_shape = { "ReadingAccepted", made_fields };

static const struct field results_fields[] = {
	{ .name = "documents", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &document_ref_shape },
	{ .name = "tasks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_shape, .max = TASK_READING_TASKS_MAX,
	  .about = "As far as the caller may read them; parts are left out." },
	{ .name = NULL },
};
const struct shape task_reading_results_shape = { "ReadingResults", results_fields };

static bool read_document(struct call *c, const json_t *row, struct task_reading_document *out)
{
	out->index = json_get_int(row, "index", 0);
	out->skip = json_get_bool(row, "skip", false);
	return document_input_read(c, row, &out->input);
}

static bool read_task(struct call *c, const json_t *row, struct task_reading_task *out)
{
	const json_t *source = json_object_get(row, "source");
	struct task_draft *draft = &out->draft;
	id *lead_ids;

	out->document_index = json_get_int(row, "document_index", -1);
	draft->title = json_get_text(row, "title");
	draft->content = json_get_text(row, "content");
	draft->product = json_get_text(row, "product");
	draft->programme = json_get_text(row, "programme");
	draft->field = json_get_text(row, "field");
	draft->weight = json_get_int(row, "weight", 1);
	draft->source_start = json_get_int(source, "start", 0);
	draft->source_end = json_get_int(source, "end", 0);
	task_read_deadline(json_object_get(row, "deadline"), &draft->deadline, &draft->deadline_kind,
			   &draft->deadline_written);
	task_read_recurrence(json_object_get(row, "recurrence"), &draft->recurrence);
	/* A letter gives the first day of what recurs; a task has that of each period. */
	if (draft->recurrence.every != TASK_ONCE) {
		draft->deadline = 0;
		draft->deadline_kind = TASK_DEADLINE_NONE;
	}
	draft->cooperating = task_read_cooperating(c, json_object_get(row, "cooperating"), &draft->cooperating_count);
	if (!task_read_ids(c, json_object_get(row, "lead_unit_ids"), "lead_unit_ids", &lead_ids, &out->lead_count))
		return false;
	out->lead_ids = lead_ids;
	return true;
}

static void write_ids(struct json *json, const char *key, const id *ids, size_t count)
{
	json_array(json, key);
	for (size_t i = 0; i < count; i++)
		json_id(json, NULL, ids[i]);
	json_end(json);
}

bool task_accept_post(struct request *r)
{
	struct call *c = &r->call;
	const json_t *documents = json_object_get(r->body, "documents"), *tasks = json_object_get(r->body, "tasks");
	id reading_id = request_path_id(r, "id");
	struct task_reading_input input = {
		.document_count = json_array_size(documents),
		.task_count = json_array_size(tasks),
	};
	struct task_reading_made made;

	input.documents = ARENA_ARRAY(c->mem, struct task_reading_document, input.document_count);
	input.tasks = ARENA_ARRAY(c->mem, struct task_reading_task, input.task_count);
	for (size_t i = 0; i < input.document_count; i++)
		if (!read_document(c, json_array_get(documents, i), &input.documents[i]))
			return false;
	for (size_t i = 0; i < input.task_count; i++)
		if (!read_task(c, json_array_get(tasks, i), &input.tasks[i]))
			return false;
	if (!reading_id || !task_reading_accept(c, reading_id, request_if_match(r), &input, &made))
		return false;
	json_object(&r->json, NULL);
	write_ids(&r->json, "documents", made.documents, made.document_count);
	write_ids(&r->json, "tasks", made.tasks, made.task_count);
	json_end(&r->json);
	return true;
}

bool task_reading_made_get(struct request *r)
{
	id reading_id = request_path_id(r, "id");
	struct task_reading_results made;
	struct task_views views;

	if (!reading_id || !task_reading_made(&r->call, reading_id, &made) ||
	    !task_views_load(r, made.tasks, made.task_count, TASK_COOPERATING_LISTED, &views))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "documents");
	for (size_t i = 0; i < made.document_count; i++)
		document_ref_write(r, NULL, &made.documents[i]);
	json_end(&r->json);
	json_array(&r->json, "tasks");
	for (size_t i = 0; i < made.task_count; i++)
		task_write(r, NULL, &views, i);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}
