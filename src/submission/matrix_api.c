#include <string.h>

#include "deadline/deadline_api.h"
#include "assignment/assignment_api.h"
#include "base/decimal.h"
#include "submission/matrix.h"
#include "submission/submission_handlers.h"
#include "submission/submission_json.h"
#include "unit/unit_api.h"

#define STATES "draft|submitted|approved|received|returned"

static const struct field query_fields[] = {
	{ .name = "assignment_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "period", .type = FIELD_PERIOD, .about = "The newest opened one when absent." },
	{ .name = "q", .type = FIELD_TEXT, .max = 100,
	  .about = "Part of a unit's name or code, without marks." },
	{ .name = "state", .type = FIELD_CHOICE, .choices = STATES },
	{ .name = "periods", .type = FIELD_INT, .min = 1, .max = MATRIX_PERIODS_MAX,
	  .about = "6 when absent." },
	{ .name = NULL },
};
const struct shape matrix_query_shape = { NULL, query_fields };

static const struct field may_fields[] = {
	{ .name = "receive", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "close", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "exception", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape may_shape = { NULL, may_fields };

static const struct field column_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "unit_of_measure", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "decimals", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "value_type", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape column_shape = { NULL, column_fields };

static const struct field cell_fields[] = {
	{ .name = "v", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "The figure." },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "d", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Change against the period before, with its sign." },
	{ .name = "c", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Changed since the version before." },
	{ .name = "w", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Far from what the unit usually reports." },
	{ .name = "t", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "none|reached|missed" },
	{ .name = NULL },
};
static const struct shape matrix_cell_shape = { "MatrixCell", cell_fields };

static const struct field row_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "submission_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "revision", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = STATES },
	{ .name = "on_time", .type = FIELD_BOOL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "submitted_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "late_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "exception_until", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "states", .type = FIELD_MAP, .flags = FIELD_REQUIRED, .item = FIELD_ANY,
	  .about = "By period: { state, on_time }, or null when the unit had no such form." },
	{ .name = "cells", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &matrix_cell_shape,
	  .about = "In the order of the columns." },
	{ .name = "evidence_count", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "entered_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &person_shape },
	{ .name = "approved_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &person_shape },
	{ .name = "return_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
static const struct shape row_shape = { "MatrixRow", row_fields };

static const struct field rollup_fields[] = {
	{ .name = "provisional", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &cell_shape },
	{ .name = "approved", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &cell_shape },
	{ .name = "previous", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &cell_shape,
	  .about = "Approved figures of the period before." },
	{ .name = NULL },
};
static const struct shape rollup_shape = { NULL, rollup_fields };

static const struct field matrix_fields[] = {
	{ .name = "assignment", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &assignment_shape },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "period_state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "open|closed" },
	{ .name = "periods", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_PERIOD },
	{ .name = "tally", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &tally_shape },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_shape },
	{ .name = "may", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &may_shape },
	{ .name = "columns", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &column_shape },
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &row_shape },
	{ .name = "rollup", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &rollup_shape },
	{ .name = "own_submission_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "The assigner's own submission to the level above." },
	{ .name = NULL },
};
const struct shape matrix_shape = { "Matrix", matrix_fields };

static void write_columns(struct json *json, const struct report *report)
{
	json_array(json, "columns");
	for (size_t i = 0; i < report->item_count; i++) {
		const struct indicator *indicator = report->items[i].indicator;
		json_object(json, NULL);
		json_id(json, "indicator_id", indicator->id);
		json_text(json, "code", indicator->code);
		json_text(json, "name", indicator->name);
		json_text(json, "unit_of_measure", indicator->unit_of_measure);
		json_int(json, "decimals", indicator->decimals);
		json_text(json, "value_type", value_type_word(indicator->type));
		json_end(json);
	}
	json_end(json);
}

/* "+1.2" */
static void write_change(struct json *json, const struct indicator *indicator, const struct matrix_cell *cell)
{
	char text[DECIMAL_TEXT_MAX + 1];

	if (!cell->has_change) {
		json_null(json, "d");
		return;
	}
	text[0] = '+';
	decimal_format(cell->change, indicator->decimals, text + 1);
	json_text(json, "d", cell->change > 0 ? text : text + 1);
}

static void write_cells(struct json *json, const struct matrix *matrix, const struct matrix_row *row)
{
	int year = period_year(matrix->ap.period);
	const struct target *used;

	json_array(json, "cells");
	for (size_t i = 0; i < matrix->report->item_count; i++) {
		const struct indicator *indicator = matrix->report->items[i].indicator;
		const struct matrix_cell *cell = &row->cells[i];
		enum target_state state = TARGET_NONE;
		if (cell->cell.present && indicator->type != VALUE_TEXT)
			state = target_compare(indicator, year, cell->cell.number, &used);
		json_object(json, NULL);
		figure_write(json, "v", indicator, &cell->cell);
		json_bool(json, "nil", cell->cell.nil);
		write_change(json, indicator, cell);
		json_bool(json, "c", cell->changed);
		json_bool(json, "w", cell->outlier);
		json_text(json, "t", target_state_word(state));
		json_end(json);
	}
	json_end(json);
}

static void write_on_time(struct json *json, const struct submission *s)
{
	if (s->first_submitted_at)
		json_bool(json, "on_time", s->on_time);
	else
		json_null(json, "on_time");
}

static void write_states(struct json *json, const struct matrix *matrix, const struct matrix_row *row)
{
	char text[PERIOD_TEXT_MAX];

	json_object(json, "states");
	for (size_t i = 0; i < matrix->period_count; i++) {
		const struct submission *s = row->states[i];
		period_format(matrix->periods[i], text);
		if (!s) {
			json_null(json, text);
			continue;
		}
		json_object(json, text);
		json_text(json, "state", submission_state_word(s->state));
		write_on_time(json, s);
		json_end(json);
	}
	json_end(json);
}

static void write_row(struct json *json, const struct matrix *matrix, const struct matrix_row *row)
{
	const struct submission *s = &row->s;

	json_object(json, NULL);
	unit_write_ref(json, "unit", &row->unit);
	json_id(json, "submission_id", s->id);
	json_int(json, "revision", s->revision);
	json_int(json, "version", s->version);
	json_text(json, "state", submission_state_word(s->state));
	write_on_time(json, s);
	json_bool(json, "nil", s->nil);
	json_instant(json, "submitted_at", s->submitted_at);
	json_text(json, "late_reason", s->late_reason);
	json_instant(json, "exception_until", s->exception_until);
	write_states(json, matrix, row);
	write_cells(json, matrix, row);
	json_int(json, "evidence_count", row->files);
	people_write(&matrix->people, json, "entered_by", s->entered_by);
	people_write(&matrix->people, json, "approved_by", s->approved_by);
	json_text(json, "return_reason", s->return_reason);
	json_end(json);
}

static void write_level(struct json *json, const char *key, const struct matrix *matrix,
			const struct level_figure *figures)
{
	json_array(json, key);
	for (size_t i = 0; i < matrix->report->item_count; i++) {
		struct cell_view view = {
			.indicator = matrix->report->items[i].indicator,
			.cell = &figures[i].cell,
			.rolled_up = true,
			.target = &figures[i].target,
		};
		cell_write(json, NULL, &view, LANG_VI);
	}
	json_end(json);
}

static bool write_matrix(struct request *r, const struct matrix *matrix)
{
	struct json *json = &r->json;
	period p = matrix->ap.period;

	json_object(json, NULL);
	if (!assignment_write(r, "assignment", &matrix->assignment))
		return false;
	period_write(json, "period", p);
	json_text(json, "period_state", matrix->ap.state == PERIOD_OPEN ? "open" : "closed");
	json_array(json, "periods");
	for (size_t i = 0; i < matrix->period_count; i++)
		period_write(json, NULL, matrix->periods[i]);
	json_end(json);
	tally_write(json, "tally", &matrix->tally);
	deadline_write(json, "deadline", r->call.mem, matrix->ap.deadline, r->lang);
	json_object(json, "may");
	json_bool(json, "receive", matrix->may_receive);
	json_bool(json, "close", matrix->may_close);
	json_bool(json, "exception", matrix->may_except);
	json_end(json);
	write_columns(json, matrix->report);
	json_array(json, "rows");
	for (size_t i = 0; i < matrix->row_count; i++)
		write_row(json, matrix, &matrix->rows[i]);
	json_end(json);
	json_object(json, "rollup");
	write_level(json, "provisional", matrix, matrix->provisional);
	write_level(json, "approved", matrix, matrix->approved);
	write_level(json, "previous", matrix, matrix->previous);
	json_end(json);
	json_id(json, "own_submission_id", matrix->own_submission_id);
	json_end(json);
	return true;
}

bool matrix_get(struct request *r)
{
	const char *p = request_query(r, "period"), *state = request_query(r, "state");
	struct matrix_query query = {
		.assignment_id = request_query_id(r, "assignment_id"),
		.periods = (int)request_query_int(r, "periods", 6),
		.q = request_query(r, "q"),
	};
	struct matrix matrix;

	query.by_state = state && submission_state_parse(state, &query.state);
	if (p && !period_parse(p, &query.period))
		return error_set(r->call.err, ERR_field_invalid, "period", NULL);
	return matrix_load(&r->call, &query, &matrix) && write_matrix(r, &matrix);
}
