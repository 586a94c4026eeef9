#include "submission/submission_json.h"

#include "base/decimal.h"
#include "evidence/evidence.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

#define STATES "draft|submitted|approved|received|returned"

static const struct field person_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape person_shape = { "Person", person_fields };

static const struct field warning_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape cell_warning_shape = { "CellWarning", warning_fields };

static const struct field cell_fields[] = {
	{ .name = "present", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "A figure is there." },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "Nothing to report." },
	{ .name = "value", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "As derived; of a percentage from its parts." },
	{ .name = "numerator", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "denominator", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "text", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .max = CELL_TEXT_MAX },
	{ .name = "note", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .max = CELL_NOTE_MAX },
	{ .name = "revision", .type = FIELD_INT, .flags = FIELD_REQUIRED,
	  .about = "To be sent back as base_revision with a change of the cell." },
	{ .name = "rolled_up", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Comes from the level below." },
	{ .name = "target_state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "none|reached|missed" },
	{ .name = "warnings", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &cell_warning_shape },
	{ .name = NULL },
};
const struct shape cell_shape = { "Cell", cell_fields };

static const struct field form_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "instructions", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape form_shape = { "SubmissionReport", form_fields };

static const struct field submission_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "revision", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "For If-Match." },
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED,
	  .about = "Submitted versions so far." },
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = STATES },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "assignment_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "report", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &form_shape },
	{ .name = "from", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "first_submitted_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "submitted_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "on_time", .type = FIELD_BOOL, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Submitted before the deadline: first, and again when its unit took it back; null before." },
	{ .name = "late_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "entered_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &person_shape },
	{ .name = "approved_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &person_shape },
	{ .name = "approved_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "received_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &person_shape },
	{ .name = "received_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "return_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "exception_until", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
const struct shape submission_shape = { "Submission", submission_fields };

void period_write(struct json *json, const char *key, period p)
{
	char text[PERIOD_TEXT_MAX];

	json_text(json, key, period_format(p, text));
}

void figure_write(struct json *json, const char *key, const struct indicator *indicator,
		  const struct cell *cell)
{
	if (cell->present && indicator->type != VALUE_TEXT)
		json_decimal(json, key, cell->number, indicator->decimals);
	else
		json_null(json, key);
}

static void part_write(struct json *json, const char *key, const struct indicator *indicator,
		       const struct cell *cell, int64_t number)
{
	if (cell->present && indicator->type == VALUE_PERCENTAGE)
		json_decimal(json, key, number, indicator->part_decimals);
	else
		json_null(json, key);
}

static enum target_state target_state(const struct cell_view *view)
{
	const struct target *used;

	if (view->target)
		return *view->target;
	if (!view->cell->present || view->indicator->type == VALUE_TEXT)
		return TARGET_NONE;
	return target_compare(view->indicator, view->year, view->cell->number, &used);
}

void warnings_write(struct json *json, const char *key, const struct cell_warnings *warnings,
		    enum language lang)
{
	char title[512];

	json_array(json, key);
	for (size_t i = 0; warnings && i < warnings->count; i++) {
		json_object(json, NULL);
		json_text(json, "code", error_word(warnings->rows[i].code));
		json_text(json, "title",
			  error_detail_sentence(&warnings->rows[i], lang, title, sizeof(title)));
		json_end(json);
	}
	json_end(json);
}

void cell_write_members(struct json *json, const struct cell_view *view, enum language lang)
{
	const struct cell *cell = view->cell;

	json_bool(json, "present", cell->present);
	json_bool(json, "nil", cell->nil);
	figure_write(json, "value", view->indicator, cell);
	part_write(json, "numerator", view->indicator, cell, cell->numerator);
	part_write(json, "denominator", view->indicator, cell, cell->denominator);
	json_text(json, "text", cell->text);
	json_text(json, "note", cell->note);
	json_int(json, "revision", view->revision);
	json_bool(json, "rolled_up", view->rolled_up);
	json_text(json, "target_state", target_state_word(target_state(view)));
	warnings_write(json, "warnings", view->warnings, lang);
}

void cell_write(struct json *json, const char *key, const struct cell_view *view, enum language lang)
{
	json_object(json, key);
	cell_write_members(json, view, lang);
	json_end(json);
}

void submission_add_people(struct people *people, struct call *c, const struct submission *s)
{
	people_add(people, c, s->entered_by);
	people_add(people, c, s->approved_by);
	people_add(people, c, s->received_by);
}

void submission_write(struct json *json, const char *key, const struct submission_view *view)
{
	const struct submission *s = view->s;

	json_object(json, key);
	json_id(json, "id", s->id);
	json_int(json, "revision", s->revision);
	json_int(json, "version", s->version);
	json_text(json, "state", submission_state_word(s->state));
	unit_write_ref(json, "unit", view->unit);
	period_write(json, "period", s->period);
	json_id(json, "assignment_id", s->assignment_id);
	json_object(json, "report");
	json_id(json, "id", view->report->id);
	json_text(json, "code", view->report->code);
	json_text(json, "title", view->report->title);
	json_text(json, "instructions", view->report->instructions);
	json_end(json);
	unit_write_ref(json, "from", view->from);
	json_instant(json, "first_submitted_at", s->first_submitted_at);
	json_instant(json, "submitted_at", s->submitted_at);
	if (s->first_submitted_at)
		json_bool(json, "on_time", s->on_time);
	else
		json_null(json, "on_time");
	json_text(json, "late_reason", s->late_reason);
	json_bool(json, "nil", s->nil);
	people_write(view->people, json, "entered_by", s->entered_by);
	people_write(view->people, json, "approved_by", s->approved_by);
	json_instant(json, "approved_at", s->approved_at);
	people_write(view->people, json, "received_by", s->received_by);
	json_instant(json, "received_at", s->received_at);
	json_text(json, "return_reason", s->return_reason);
	json_instant(json, "exception_until", s->exception_until);
	json_end(json);
}
