#include "account/account.h"
#include "base/arena.h"
#include "base/text.h"
#include "submission/bulk.h"
#include "submission/cell_input.h"
#include "submission/submission_handlers.h"
#include "submission/submission_json.h"
#include "submission/work.h"

enum { REASON_MAX = 1000, MARKS_MAX = 500 };

static const struct field submit_body_fields[] = {
	{ .name = "cells", .type = FIELD_ARRAY, .flags = FIELD_NULLABLE, .max = CELLS_MAX,
	  .of = &cell_input_shape,
	  .about = "The whole form; without it the draft is submitted." },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_NULLABLE,
	  .about = "Nothing to report in the whole form." },
	{ .name = "late_reason", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = REASON_MAX },
	{ .name = NULL },
};
const struct shape submit_body_shape = { NULL, submit_body_fields };

static const struct field recall_body_fields[] = {
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = REASON_MAX },
	{ .name = NULL },
};
const struct shape recall_body_shape = { NULL, recall_body_fields };

static const struct field approve_body_fields[] = {
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 1, .max = INT64_C(1) << 31,
	  .about = "The version that was looked at." },
	{ .name = NULL },
};
const struct shape approve_body_shape = { NULL, approve_body_fields };

static const struct field mark_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "comment", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = REASON_MAX },
	{ .name = NULL },
};
static const struct shape mark_shape = { NULL, mark_fields };

static const struct field return_body_fields[] = {
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = REASON_MAX },
	{ .name = "marks", .type = FIELD_ARRAY, .flags = FIELD_NULLABLE, .max = MARKS_MAX,
	  .of = &mark_shape },
	{ .name = NULL },
};
const struct shape return_body_shape = { NULL, return_body_fields };

static const struct field act_reply_fields[] = {
	{ .name = "submission", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &submission_shape },
	{ .name = NULL },
};
const struct shape act_reply_shape = { NULL, act_reply_fields };

static const struct field bulk_item_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 1, .max = INT64_C(1) << 31 },
	{ .name = NULL },
};
static const struct shape bulk_item_shape = { NULL, bulk_item_fields };

static const struct field bulk_body_fields[] = {
	{ .name = "action", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "approve|receive|return" },
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .min = 1, .max = BULK_MAX,
	  .of = &bulk_item_shape },
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = REASON_MAX },
	{ .name = NULL },
};
const struct shape bulk_body_shape = { NULL, bulk_body_fields };

static const struct field refused_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape refused_shape = { NULL, refused_fields };

static const struct field bulk_reply_fields[] = {
	{ .name = "done", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ID },
	{ .name = "refused", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &refused_shape },
	{ .name = NULL },
};
const struct shape bulk_reply_shape = { NULL, bulk_reply_fields };

/* What is read and checked before the writer's turn. */
struct prepared_act {
	struct work work;
	struct unit from;
	const struct report *report;
	struct cell *cells; /* NULL: the draft */
};

static struct prepared_act *prepare(struct request *r)
{
	struct prepared_act *prepared = ARENA_NEW(r->call.mem, struct prepared_act);
	struct work *work = &prepared->work;
	id submission_id = request_path_id(r, "id");

	if (submission_id == 0 || !work_load(&r->call, submission_id, work) ||
	    !unit_by_id(&r->call, work->ap.assignment.from_unit_id, NULL, &prepared->from) ||
	    !report_get(&r->call, work->s.report_id, &prepared->report))
		return NULL;
	r->prepared = prepared;
	return prepared;
}

/* Rights are checked by the act itself; what is read here shows in an answer only when it passed. */
bool act_prepare(struct request *r)
{
	return prepare(r) != NULL;
}

/* Most of what can be wrong is told without a turn of the writer. Everything is judged there again. */
static bool check_early(struct request *r, struct prepared_act *prepared)
{
	const struct work *work = &prepared->work;
	struct deed_facts facts = work_facts(work);
	struct faults faults = { .mem = r->call.mem };
	const json_t *cells = json_object_get(r->body, "cells");
	const char *late_reason = json_get_text(r->body, "late_reason");
	enum submission_state next;
	enum error_code refusal;
	struct form form;

	if (!work_check_revision(&r->call, work, request_if_match(r)))
		return false;
	facts.reason = late_reason && late_reason[0];
	refusal = submission_decide(DEED_SUBMIT, &facts, &next);
	if (refusal != ERR_none)
		return work_refuse(&r->call, work, refusal, 0);
	if (!json_is_array(cells))
		return true;
	if (json_get_bool(r->body, "nil", false))
		return error_set(r->call.err, ERR_nil_with_cells, "nil", NULL);
	form_init(&form, r->call.mem, prepared->report);
	prepared->cells = cells_read(r->call.mem, &form, cells, &faults);
	return submission_check(&r->call, work->s.id, prepared->report, level_of_kind(work->unit.kind),
				prepared->cells, &faults) &&
	       faults_none(&faults, r->call.err);
}

bool submit_prepare(struct request *r)
{
	struct prepared_act *prepared = prepare(r);

	return prepared && account_require(&r->call, RIGHT_FIGURE_ENTER, prepared->work.unit.path) &&
	       check_early(r, prepared);
}

static bool answer(struct request *r, const struct submission *s)
{
	const struct prepared_act *prepared = r->prepared;
	struct people people = { .count = 0 };
	struct submission_view view = {
		.s = s,
		.report = prepared->report,
		.unit = &prepared->work.unit,
		.from = &prepared->from,
		.people = &people,
	};

	submission_add_people(&people, &r->call, s);
	if (!people_load(&people, &r->call))
		return false;
	reply_etag(r, s->revision);
	json_object(&r->json, NULL);
	submission_write(&r->json, "submission", &view);
	json_end(&r->json);
	return true;
}

bool submit_post(struct request *r)
{
	const struct prepared_act *prepared = r->prepared;
	struct submission_entry entry = {
		.submission_id = prepared->work.s.id,
		.revision = request_if_match(r),
		.report = prepared->cells ? prepared->report : NULL,
		.cells = prepared->cells,
		.nil = json_get_bool(r->body, "nil", false),
		.late_reason = json_get_text(r->body, "late_reason"),
	};
	struct submission s;

	return submission_submit(&r->call, &entry, &s) && answer(r, &s);
}

static struct submission_step step_of(struct request *r)
{
	const struct prepared_act *prepared = r->prepared;

	return (struct submission_step){
		.submission_id = prepared->work.s.id,
		.revision = request_if_match(r),
		.version = json_get_int(r->body, "version", 0),
		.reason = json_get_text(r->body, "reason"),
	};
}

bool recall_post(struct request *r)
{
	struct submission_step step = step_of(r);
	struct submission s;

	return submission_recall(&r->call, &step, &s) && answer(r, &s);
}

bool approve_post(struct request *r)
{
	struct submission_step step = step_of(r);
	struct submission s;

	return submission_approve(&r->call, &step, &s) && answer(r, &s);
}

bool receive_post(struct request *r)
{
	struct submission_step step = step_of(r);
	struct submission s;

	return submission_receive(&r->call, &step, &s) && answer(r, &s);
}

bool return_post(struct request *r)
{
	struct submission_step step = step_of(r);
	const json_t *marks = json_object_get(r->body, "marks");
	size_t count = json_array_size(marks);
	struct cell_mark *rows = ARENA_ARRAY(r->call.mem, struct cell_mark, count);
	struct submission s;

	for (size_t i = 0; i < count; i++) {
		const json_t *mark = json_array_get(marks, i);
		rows[i] =
			(struct cell_mark){ json_get_id(mark, "indicator_id"), json_get_text(mark, "comment") };
	}
	step.marks = rows;
	step.mark_count = count;
	return submission_return(&r->call, &step, &s) && answer(r, &s);
}

static void write_bulk(struct request *r, const struct submission_step *steps,
		       const struct bulk_outcome *outcomes, size_t count)
{
	char title[512];

	json_object(&r->json, NULL);
	json_array(&r->json, "done");
	for (size_t i = 0; i < count; i++)
		if (outcomes[i].done)
			json_id(&r->json, NULL, steps[i].submission_id);
	json_end(&r->json);
	json_array(&r->json, "refused");
	for (size_t i = 0; i < count; i++) {
		if (outcomes[i].done)
			continue;
		json_object(&r->json, NULL);
		json_id(&r->json, "id", steps[i].submission_id);
		json_text(&r->json, "code", error_word(outcomes[i].err->code));
		json_text(&r->json, "title", error_sentence(outcomes[i].err, r->lang, title, sizeof(title)));
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
}

bool bulk_post(struct request *r)
{
	const json_t *items = json_object_get(r->body, "items");
	const char *word = json_get_text(r->body, "action");
	size_t count = json_array_size(items);
	struct submission_step *steps = ARENA_ARRAY(r->call.mem, struct submission_step, count);
	struct bulk_outcome *outcomes;
	enum bulk_action action = text_equal(word, "approve") ? BULK_APPROVE :
				  text_equal(word, "receive") ? BULK_RECEIVE : BULK_RETURN;

	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(items, i);
		steps[i] = (struct submission_step){
			.submission_id = json_get_id(item, "id"),
			.revision = -1,
			.version = json_get_int(item, "version", 0),
			.reason = action == BULK_RETURN ? json_get_text(r->body, "reason") : NULL,
		};
	}
	if (!submission_bulk(&r->call, action, steps, count, &outcomes))
		return false;
	write_bulk(r, steps, outcomes, count);
	return true;
}
