#include "deadline/deadline_api.h"
#include "base/arena.h"
#include "evidence/evidence_json.h"
#include "file/file.h"
#include "indicator/indicator_api.h"
#include "submission/grid.h"
#include "submission/submission_handlers.h"
#include "submission/submission_json.h"
#include "unit/unit_api.h"

static const struct field window_fields[] = {
	{ .name = "first", .type = FIELD_DATE, .flags = FIELD_REQUIRED },
	{ .name = "end", .type = FIELD_DATE, .flags = FIELD_REQUIRED, .about = "The day after the last." },
	{ .name = NULL },
};
static const struct shape window_shape = { NULL, window_fields };

static const struct field rules_fields[] = {
	{ .name = "max_bytes", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "types", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT },
	{ .name = NULL },
};
static const struct shape rules_shape = { NULL, rules_fields };

static const struct field may_fields[] = {
	{ .name = "enter", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "submit", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "recall", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "approve", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "return", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "receive", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "attach", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape may_shape = { NULL, may_fields };

static const struct field mark_fields[] = {
	{ .name = "comment", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape mark_shape = { NULL, mark_fields };

static const struct field row_fields[] = {
	{ .name = "indicator", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &indicator_shape },
	{ .name = "section", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "required", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "evidence_required", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "target", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &target_shape },
	{ .name = "cell", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &cell_shape },
	{ .name = "previous", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &cell_shape,
	  .about = "The period before." },
	{ .name = "last_submitted", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &cell_shape, .about = "The standing version of this period." },
	{ .name = "history", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ANY,
	  .about = "Decimal texts of the 12 periods before, oldest first; null where there is none." },
	{ .name = "median", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "mark", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &mark_shape },
	{ .name = "evidence", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &evidence_shape },
	{ .name = NULL },
};
static const struct shape row_shape = { "GridRow", row_fields };

static const struct field step_fields[] = {
	{ .name = "step", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "submitted|recalled|approved|returned|received|reopened" },
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
static const struct shape step_shape = { NULL, step_fields };

static const struct field grid_fields[] = {
	{ .name = "submission", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &submission_shape },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_shape },
	{ .name = "window", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "not_yet|open|late|locked" },
	{ .name = "figures_window", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &window_shape },
	{ .name = "evidence_rules", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &rules_shape },
	{ .name = "may", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &may_shape },
	{ .name = "periods", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_PERIOD },
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &row_shape },
	{ .name = "evidence", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &evidence_shape,
	  .about = "Files of the submission as a whole." },
	{ .name = "steps", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &step_shape },
	{ .name = NULL },
};
const struct shape grid_shape = { "Grid", grid_fields };

static const char *window_word(enum entry_window window)
{
	switch (window) {
	case ENTRY_NOT_YET:
		return "not_yet";
	case ENTRY_OPEN:
		return "open";
	case ENTRY_LATE:
		return "late";
	case ENTRY_LOCKED:
		break;
	}
	return "locked";
}

static void write_evidence(struct json *json, const char *key, const struct grid *grid, id indicator_id)
{
	json_array(json, key);
	for (size_t i = 0; i < grid->evidence_count; i++)
		if (grid->evidence[i].indicator_id == indicator_id)
			evidence_write(json, NULL, &grid->evidence[i], &grid->people);
	json_end(json);
}

/* The newest comment of the version that was returned. */
static void write_mark(struct json *json, const struct grid *grid, id indicator_id)
{
	for (size_t i = 0; i < grid->mark_count; i++) {
		const struct mark_row *mark = &grid->marks[i];
		if (mark->indicator_id != indicator_id || mark->version != grid->work.s.version)
			continue;
		json_object(json, "mark");
		json_text(json, "comment", mark->comment);
		people_write(&grid->people, json, "by", mark->by);
		json_instant(json, "at", mark->at);
		json_end(json);
		return;
	}
	json_null(json, "mark");
}

static void write_history(struct json *json, const struct indicator *indicator,
			  const struct past_figure *past)
{
	int64_t median;

	json_array(json, "history");
	for (size_t i = 0; i < PAST_PERIODS; i++) {
		if (past[i].present && indicator->type != VALUE_TEXT)
			json_decimal(json, NULL, past[i].number, indicator->decimals);
		else
			json_null(json, NULL);
	}
	json_end(json);
	if (indicator->type != VALUE_TEXT && past_median(past, PAST_PERIODS, &median))
		json_decimal(json, "median", median, indicator->decimals);
	else
		json_null(json, "median");
}

static void write_plain_cell(struct json *json, const char *key, const struct indicator *indicator,
			     const struct cell *cell, period p, bool there)
{
	struct cell_view view = { .indicator = indicator, .cell = cell, .year = period_year(p) };

	if (there)
		cell_write(json, key, &view, LANG_VI);
	else
		json_null(json, key);
}

static void write_row(struct request *r, const struct grid *grid, size_t position)
{
	struct json *json = &r->json;
	const struct submission *s = &grid->work.s;
	const struct report_item *item = &grid->report->items[position];
	const struct past_figure *past = past_of(&grid->past, position);
	struct cell_warnings warnings;
	struct cell_view view = {
		.indicator = item->indicator,
		.cell = &grid->working.cells[position],
		.revision = grid->working.rows[position].revision,
		.rolled_up = grid->working.rows[position].rolled_up,
		.year = period_year(s->period),
		.warnings = &warnings,
	};

	cell_warn(r->call.mem, grid->report, grid->working.cells, position, s->period, past, PAST_PERIODS,
		  &warnings);
	json_object(json, NULL);
	indicator_write(json, "indicator", item->indicator, NULL);
	json_text(json, "section", item->section);
	json_bool(json, "required", item->required);
	json_bool(json, "evidence_required", item->evidence_required);
	target_write(json, "target", item->indicator, target_of_year(item->indicator, view.year));
	cell_write(json, "cell", &view, r->lang);
	write_plain_cell(json, "previous", item->indicator, &grid->past.previous[position],
			 period_add(s->period, -1), grid->past.has_previous[position]);
	write_plain_cell(json, "last_submitted", item->indicator, &grid->working.standing[position],
			 s->period, s->version > 0 && (grid->drafts || standing_shows(s)));
	write_history(json, item->indicator, past);
	write_mark(json, grid, item->indicator->id);
	write_evidence(json, "evidence", grid, item->indicator->id);
	json_end(json);
}

static void write_frame(struct request *r, const struct grid *grid)
{
	struct json *json = &r->json;
	struct civil_date first, end;
	char day[CIVIL_TEXT_MAX];

	deadline_write(json, "deadline", r->call.mem, grid->work.ap.deadline, r->lang);
	json_text(json, "window", window_word(grid->work.window));
	period_window(grid->work.s.period, grid->report->cut_day, &first, &end);
	json_object(json, "figures_window");
	json_text(json, "first", civil_format_date(first, day));
	json_text(json, "end", civil_format_date(end, day));
	json_end(json);
	json_object(json, "evidence_rules");
	json_int(json, "max_bytes", EVIDENCE_MAX);
	json_array(json, "types");
	for (size_t i = 0; file_endings[i]; i++)
		json_text(json, NULL, file_endings[i]);
	json_end(json);
	json_end(json);
	json_object(json, "may");
	json_bool(json, "enter", grid->may.enter);
	json_bool(json, "submit", grid->may.submit);
	json_bool(json, "recall", grid->may.recall);
	json_bool(json, "approve", grid->may.approve);
	json_bool(json, "return", grid->may.give_back);
	json_bool(json, "receive", grid->may.receive);
	json_bool(json, "attach", grid->may.attach);
	json_end(json);
	json_array(json, "periods");
	for (size_t i = 0; i < PAST_PERIODS; i++)
		period_write(json, NULL, grid->past.periods[i]);
	json_end(json);
}

static void write_steps(struct json *json, const struct grid *grid)
{
	json_array(json, "steps");
	for (size_t i = 0; i < grid->step_count; i++) {
		const struct step_row *step = &grid->steps[i];
		json_object(json, NULL);
		json_text(json, "step", step->step);
		json_instant(json, "at", step->at);
		people_write(&grid->people, json, "by", step->by);
		json_int(json, "version", step->version);
		json_text(json, "reason", step->reason);
		json_end(json);
	}
	json_end(json);
}

bool grid_get(struct request *r)
{
	id submission_id = request_path_id(r, "id");
	struct json *json = &r->json;
	struct grid grid;

	if (submission_id == 0 || !grid_load(&r->call, submission_id, &grid))
		return false;
	struct submission_view view = {
		.s = &grid.work.s,
		.report = grid.report,
		.unit = &grid.work.unit,
		.from = &grid.from,
		.people = &grid.people,
	};
	reply_etag(r, grid.work.s.revision);
	json_object(json, NULL);
	submission_write(json, "submission", &view);
	write_frame(r, &grid);
	json_array(json, "rows");
	for (size_t i = 0; i < grid.report->item_count; i++)
		if (report_item_applies(&grid.report->items[i], grid.level))
			write_row(r, &grid, i);
	json_end(json);
	write_evidence(json, "evidence", &grid, 0);
	write_steps(json, &grid);
	json_end(json);
	return true;
}
