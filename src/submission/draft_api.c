#include "account/account.h"
#include "base/arena.h"
#include "submission/cell_input.h"
#include "submission/draft.h"
#include "submission/grid.h"
#include "submission/submission_handlers.h"
#include "submission/submission_json.h"

static const struct field draft_body_fields[] = {
	{ .name = "cells", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .min = 1, .max = CELLS_MAX,
	  .of = &cell_input_shape },
	{ .name = NULL },
};
const struct shape draft_body_shape = { NULL, draft_body_fields };

static const struct field saved_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "revision", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "value", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "target_state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "none|reached|missed" },
	{ .name = "warnings", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &cell_warning_shape },
	{ .name = NULL },
};
static const struct shape saved_shape = { NULL, saved_fields };

static const struct field conflict_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "theirs", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &cell_shape },
	{ .name = "by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
static const struct shape conflict_shape = { NULL, conflict_fields };

static const struct field invalid_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "field", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape invalid_shape = { NULL, invalid_fields };

static const struct field draft_reply_fields[] = {
	{ .name = "saved", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &saved_shape },
	{ .name = "conflicts", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &conflict_shape },
	{ .name = "invalid", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &invalid_shape },
	{ .name = "saved_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape draft_reply_shape = { NULL, draft_reply_fields };

static const struct field copied_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "cell", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &cell_shape },
	{ .name = NULL },
};
static const struct shape copied_shape = { NULL, copied_fields };

static const struct field copy_reply_fields[] = {
	{ .name = "cells", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &copied_shape },
	{ .name = "saved_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape copy_reply_shape = { NULL, copy_reply_fields };

/* Read before the write: the form, the caller's cells and the unit's past, which the warnings compare with. */
struct prepared_draft {
	struct work work;
	struct form form;
	struct past past;
	struct cell_change *changes;
	size_t count;
};

static struct prepared_draft *prepare(struct request *r)
{
	struct prepared_draft *prepared = ARENA_NEW(r->call.mem, struct prepared_draft);
	id submission_id = request_path_id(r, "id");
	const struct report *report;

	if (submission_id == 0 || !work_load(&r->call, submission_id, &prepared->work) ||
	    !account_require(&r->call, RIGHT_FIGURE_ENTER, prepared->work.unit.path) ||
	    !report_get(&r->call, prepared->work.s.report_id, &report))
		return NULL;
	form_init(&prepared->form, r->call.mem, report);
	if (!past_load(&r->call, &prepared->work.s, &prepared->form, &prepared->past))
		return NULL;
	r->prepared = prepared;
	return prepared;
}

bool draft_prepare(struct request *r)
{
	struct prepared_draft *prepared = prepare(r);

	if (!prepared)
		return false;
	prepared->changes = changes_read(r->call.mem, &prepared->form, json_object_get(r->body, "cells"),
					 &prepared->count);
	return true;
}

/* Warnings of the cell at `position` of the form as it now is; none when the form changed meanwhile. */
static void warn(struct request *r, const struct prepared_draft *prepared, const struct draft_result *result,
		 size_t position, struct cell_warnings *out)
{
	out->count = 0;
	if (result->report->version == prepared->form.report->version)
		cell_warn(r->call.mem, result->report, result->cells, position, prepared->work.s.period,
			  past_of(&prepared->past, position), PAST_PERIODS, out);
}

static struct cell_view view_of(const struct prepared_draft *prepared, const struct draft_result *result,
				size_t position, const struct draft_outcome *outcome)
{
	return (struct cell_view){
		.indicator = result->report->items[position].indicator,
		.cell = &outcome->cell,
		.revision = outcome->revision,
		.year = period_year(prepared->work.s.period),
	};
}

static void write_saved(struct request *r, const struct form *form, const struct draft_result *result)
{
	const struct prepared_draft *prepared = r->prepared;
	struct cell_warnings warnings;
	const struct target *used;
	size_t position;

	json_array(&r->json, "saved");
	for (size_t i = 0; i < prepared->count; i++) {
		const struct draft_outcome *outcome = &result->outcomes[i];
		enum target_state state = TARGET_NONE;
		if (outcome->kind != DRAFT_SAVED ||
			!form_position(form, outcome->cell.indicator_id, &position))
			continue;
		const struct indicator *indicator = result->report->items[position].indicator;
		warn(r, prepared, result, position, &warnings);
		if (outcome->cell.present && indicator->type != VALUE_TEXT)
			state = target_compare(indicator, period_year(prepared->work.s.period),
					       outcome->cell.number, &used);
		json_object(&r->json, NULL);
		json_id(&r->json, "indicator_id", indicator->id);
		json_int(&r->json, "revision", outcome->revision);
		figure_write(&r->json, "value", indicator, &outcome->cell);
		json_text(&r->json, "target_state", target_state_word(state));
		warnings_write(&r->json, "warnings", &warnings, r->lang);
		json_end(&r->json);
	}
	json_end(&r->json);
}

static bool write_conflicts(struct request *r, const struct form *form, const struct draft_result *result)
{
	const struct prepared_draft *prepared = r->prepared;
	struct people people = { .count = 0 };
	size_t position;

	for (size_t i = 0; i < prepared->count; i++)
		if (result->outcomes[i].kind == DRAFT_CONFLICT)
			people_add(&people, &r->call, result->outcomes[i].by);
	if (!people_load(&people, &r->call))
		return false;
	json_array(&r->json, "conflicts");
	for (size_t i = 0; i < prepared->count; i++) {
		const struct draft_outcome *outcome = &result->outcomes[i];
		if (outcome->kind != DRAFT_CONFLICT ||
			!form_position(form, outcome->cell.indicator_id, &position))
			continue;
		struct cell_view view = view_of(prepared, result, position, outcome);
		json_object(&r->json, NULL);
		json_id(&r->json, "indicator_id", outcome->cell.indicator_id);
		cell_write(&r->json, "theirs", &view, r->lang);
		people_write(&people, &r->json, "by", outcome->by);
		json_instant(&r->json, "at", outcome->at);
		json_end(&r->json);
	}
	json_end(&r->json);
	return true;
}

static void write_invalid(struct request *r, const struct draft_result *result)
{
	const struct prepared_draft *prepared = r->prepared;
	char title[512];

	json_array(&r->json, "invalid");
	for (size_t i = 0; i < prepared->count; i++) {
		const struct draft_outcome *outcome = &result->outcomes[i];
		if (outcome->kind != DRAFT_INVALID)
			continue;
		json_object(&r->json, NULL);
		json_id(&r->json, "indicator_id", prepared->changes[i].cell.indicator_id);
		json_text(&r->json, "code", error_word(outcome->invalid.code));
		json_text(&r->json, "title",
			  error_detail_sentence(&outcome->invalid, r->lang, title, sizeof(title)));
		json_text(&r->json, "field", outcome->invalid.field);
		json_end(&r->json);
	}
	json_end(&r->json);
}

bool draft_put(struct request *r)
{
	const struct prepared_draft *prepared = r->prepared;
	struct draft_result result;
	struct form form;

	if (!submission_save_draft(&r->call, prepared->work.s.id, prepared->changes, prepared->count,
				   &result))
		return false;
	form_init(&form, r->call.mem, result.report);
	json_object(&r->json, NULL);
	write_saved(r, &form, &result);
	if (!write_conflicts(r, &form, &result))
		return false;
	write_invalid(r, &result);
	json_instant(&r->json, "saved_at", r->call.now);
	json_end(&r->json);
	return true;
}

bool copy_prepare(struct request *r)
{
	return prepare(r) != NULL;
}

bool copy_post(struct request *r)
{
	const struct prepared_draft *prepared = r->prepared;
	struct draft_result result;
	struct cell_warnings warnings;
	size_t position, done = 0;
	struct form form;
	size_t count;

	if (!draft_copy_last(&r->call, prepared->work.s.id, &result, &count))
		return false;
	form_init(&form, r->call.mem, result.report);
	json_object(&r->json, NULL);
	json_array(&r->json, "cells");
	for (; done < count; done++) {
		const struct draft_outcome *outcome = &result.outcomes[done];
		if (outcome->kind != DRAFT_SAVED ||
			!form_position(&form, outcome->cell.indicator_id, &position))
			continue;
		struct cell_view view = view_of(prepared, &result, position, outcome);
		warn(r, prepared, &result, position, &warnings);
		view.warnings = &warnings;
		json_object(&r->json, NULL);
		json_id(&r->json, "indicator_id", outcome->cell.indicator_id);
		cell_write(&r->json, "cell", &view, r->lang);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_instant(&r->json, "saved_at", r->call.now);
	json_end(&r->json);
	return true;
}
