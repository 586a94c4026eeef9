#include "task/task_reading.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "task/task_actions.h"
#include "task/task_document_store.h"
#include "task/task_give.h"

static bool make_documents(struct call *c, const struct reading *reading, const struct task_reading_input *input,
			   id *made, struct task_reading_made *out)
{
	for (size_t i = 0; i < input->document_count; i++) {
		struct document_input draft = input->documents[i].input;
		struct document document;

		if (input->documents[i].skip)
			continue;
		draft.unit_id = reading->unit_id;
		draft.reading_id = reading->id;
		if (!document_create(c, &draft, &document) || !reading_file_to(c, reading, document.id))
			return error_within(c->err, "documents", i);
		out->withheld = out->withheld || document.stub;
		made[i] = document.id;
		out->documents[out->document_count++] = document.id;
	}
	return true;
}

/* The document an instruction stands in: 0 when it is not to be registered. */
static bool find_document(struct call *c, const struct task_reading_input *input, const id *made, int64_t index, id *out)
{
	*out = 0;
	if (index < 0)
		return true;
	for (size_t i = 0; i < input->document_count; i++) {
		if (input->documents[i].index == index) {
			*out = made[i];
			return true;
		}
	}
	return error_set(c->err, ERR_task_reading_index, "document_index",
			 arena_printf(c->mem, "%lld", (long long)index), NULL);
}

static bool make_task(struct call *c, const struct reading *reading, const struct task_reading_task *row, id document_id,
		      id *out)
{
	struct task_draft draft = row->draft;

	draft.assigner_id = reading->unit_id;
	draft.reading_id = reading->id;
	draft.document_id = document_id;
	return task_give(c, &draft, row->lead_ids, row->lead_count, out);
}

bool task_reading_accept(struct call *c, id reading_id, int64_t version, const struct task_reading_input *input,
			 struct task_reading_made *out)
{
	id *made = ARENA_ARRAY(c->mem, id, input->document_count), document_id;
	struct reading reading;

	*out = (struct task_reading_made){
		.documents = ARENA_ARRAY(c->mem, id, input->document_count),
		.tasks = ARENA_ARRAY(c->mem, id, input->task_count),
	};
	if (!reading_accept(c, reading_id, version, &reading) ||
	    (input->task_count && !account_require(c, RIGHT_TASK_ASSIGN, reading.unit_path)))
		return false;
	if (!make_documents(c, &reading, input, made, out))
		return false;
	if (!out->document_count && !input->task_count)
		return error_set(c->err, ERR_task_reading_empty, NULL, NULL);
	for (size_t i = 0; i < input->task_count; i++)
		if (!find_document(c, input, made, input->tasks[i].document_index, &document_id) ||
		    !make_task(c, &reading, &input->tasks[i], document_id, &out->tasks[out->task_count++]))
			return error_within(c->err, "tasks", i);
	return !out->withheld || reading_withhold(c, &reading);
}

bool task_reading_made(struct call *c, id reading_id, struct task_reading_results *out)
{
	struct task_ranges ranges;
	struct reading reading;

	return reading_get(c, reading_id, &reading) &&
	       document_refs_of_reading(c, reading_id, &out->documents, &out->document_count) &&
	       task_scope(c, RIGHT_TASK_READ, &ranges) &&
	       task_rows_of_reading(c, reading_id, &ranges, TASK_READING_TASKS_MAX, &out->tasks, &out->task_count);
}
