#include "account/account.h"
#include "base/arena.h"
#include "evidence/evidence_json.h"
#include "indicator/indicator_api.h"
#include "submission/grid.h"
#include "submission/submission_handlers.h"
#include "submission/submission_json.h"
#include "submission/value_store.h"

enum { PANEL_HISTORY = 24 };

static const struct field history_fields[] = {
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "value", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "numerator", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "denominator", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "basis", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "provisional|approved" },
	{ .name = NULL },
};
static const struct shape history_shape = { NULL, history_fields };

static const struct field version_fields[] = {
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "approved_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &person_shape },
	{ .name = "approved_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "late_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "cell", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &cell_shape },
	{ .name = NULL },
};
static const struct shape version_shape = { NULL, version_fields };

static const struct field mark_fields[] = {
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "comment", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape mark_shape = { NULL, mark_fields };

static const struct field panel_fields[] = {
	{ .name = "indicator", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &indicator_shape },
	{ .name = "history", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &history_shape,
	  .about = "Earlier periods, newest first." },
	{ .name = "versions", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &version_shape,
	  .about = "Submitted versions of this period, newest first." },
	{ .name = "evidence", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &evidence_shape },
	{ .name = "marks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &mark_shape },
	{ .name = NULL },
};
const struct shape panel_shape = { "CellPanel", panel_fields };

static const struct field difference_query_fields[] = {
	{ .name = "from", .type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 0, .max = INT64_C(1) << 31,
	  .about = "A version; 0 is before the first." },
	{ .name = "to", .type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 0, .max = INT64_C(1) << 31 },
	{ .name = NULL },
};
const struct shape difference_query_shape = { NULL, difference_query_fields };

static const struct field difference_row_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "before", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &cell_shape },
	{ .name = "after", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &cell_shape },
	{ .name = NULL },
};
static const struct shape difference_row_shape = { NULL, difference_row_fields };

static const struct field difference_fields[] = {
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &difference_row_shape,
	  .about = "Changed cells alone." },
	{ .name = NULL },
};
const struct shape difference_shape = { NULL, difference_fields };

/* Everything the panel shows, read before anything is written. */
struct panel {
	struct work work;
	const struct indicator *indicator;
	struct past_row *past;
	size_t past_count;
	struct version_row *versions;
	size_t version_count;
	struct cell *cells; /* one per version */
	struct mark_row *marks;
	size_t mark_count;
	struct evidence *evidence;
	size_t evidence_count;
	struct people people;
};

static bool load_versions(struct call *c, struct panel *panel)
{
	const struct submission *s = &panel->work.s;
	int64_t *numbers;
	struct cell *cells;
	size_t count;

	if (!store_versions(c, s->id, &panel->versions, &panel->version_count) ||
	    !store_cell_versions(c, s, panel->indicator->id, &numbers, &cells, &count))
		return false;
	panel->cells = ARENA_ARRAY(c->mem, struct cell, panel->version_count);
	for (size_t i = 0; i < panel->version_count; i++)
		for (size_t k = 0; k < count; k++)
			if (numbers[k] == panel->versions[i].version)
				panel->cells[i] = cells[k];
	/* What the unit has taken back shows to itself alone. */
	if (!sees_drafts(c, s) && !standing_shows(s) && panel->version_count > 0) {
		panel->versions++;
		panel->cells++;
		panel->version_count--;
	}
	return true;
}

static bool load(struct call *c, id submission_id, id indicator_id, struct panel *panel)
{
	const struct report_item *item;
	const struct report *report;

	if (!work_load(c, submission_id, &panel->work) ||
	    !account_require(c, RIGHT_FIGURE_READ, panel->work.unit.path) ||
	    !report_get(c, panel->work.s.report_id, &report))
		return false;
	item = report_item_find(report, indicator_id);
	if (!item)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	panel->indicator = item->indicator;
	if (!store_past_of(c, panel->work.unit.id, panel->work.s.report_id, indicator_id,
			   panel->work.s.period, PANEL_HISTORY, &panel->past, &panel->past_count) ||
	    !load_versions(c, panel) || !store_marks(c, submission_id, &panel->marks, &panel->mark_count))
		return false;
	if ((sees_drafts(c, &panel->work.s) || standing_shows(&panel->work.s)) &&
	    !evidence_of_submission(c, submission_id, &panel->evidence, &panel->evidence_count))
		return false;
	for (size_t i = 0; i < panel->version_count; i++) {
		people_add(&panel->people, c, panel->versions[i].by);
		people_add(&panel->people, c, panel->versions[i].approved_by);
	}
	for (size_t i = 0; i < panel->mark_count; i++)
		people_add(&panel->people, c, panel->marks[i].by);
	for (size_t i = 0; i < panel->evidence_count; i++)
		people_add(&panel->people, c, panel->evidence[i].added_by);
	return people_load(&panel->people, c);
}

static void write_history(struct json *json, const struct panel *panel)
{
	const struct indicator *indicator = panel->indicator;

	json_array(json, "history");
	for (size_t i = 0; i < panel->past_count; i++) {
		const struct past_row *row = &panel->past[i];
		bool parts = row->cell.present && indicator->type == VALUE_PERCENTAGE;
		json_object(json, NULL);
		period_write(json, "period", row->period);
		figure_write(json, "value", indicator, &row->cell);
		if (parts) {
			json_decimal(json, "numerator", row->cell.numerator, indicator->part_decimals);
			json_decimal(json, "denominator", row->cell.denominator, indicator->part_decimals);
		} else {
			json_null(json, "numerator");
			json_null(json, "denominator");
		}
		json_text(json, "basis",
			  submission_counts(row->state, BASIS_APPROVED) ? "approved" : "provisional");
		json_end(json);
	}
	json_end(json);
}

static void write_versions(struct request *r, const struct panel *panel)
{
	struct json *json = &r->json;

	json_array(json, "versions");
	for (size_t i = 0; i < panel->version_count; i++) {
		const struct version_row *version = &panel->versions[i];
		struct cell_view view = {
			.indicator = panel->indicator,
			.cell = &panel->cells[i],
			.year = period_year(panel->work.s.period),
		};
		json_object(json, NULL);
		json_int(json, "version", version->version);
		json_instant(json, "at", version->at);
		people_write(&panel->people, json, "by", version->by);
		people_write(&panel->people, json, "approved_by", version->approved_by);
		json_instant(json, "approved_at", version->approved_at);
		json_text(json, "late_reason", version->late_reason);
		cell_write(json, "cell", &view, r->lang);
		json_end(json);
	}
	json_end(json);
}

static void write_marks(struct json *json, const struct panel *panel)
{
	json_array(json, "marks");
	for (size_t i = 0; i < panel->mark_count; i++) {
		const struct mark_row *mark = &panel->marks[i];
		if (mark->indicator_id != panel->indicator->id)
			continue;
		json_object(json, NULL);
		json_int(json, "version", mark->version);
		json_text(json, "comment", mark->comment);
		people_write(&panel->people, json, "by", mark->by);
		json_instant(json, "at", mark->at);
		json_end(json);
	}
	json_end(json);
}

bool panel_get(struct request *r)
{
	id submission_id = request_path_id(r, "id");
	id indicator_id = submission_id ? request_path_id(r, "indicator_id") : 0;
	struct panel panel = { .indicator = NULL };

	if (indicator_id == 0 || !load(&r->call, submission_id, indicator_id, &panel))
		return false;
	json_object(&r->json, NULL);
	indicator_write(&r->json, "indicator", panel.indicator, NULL);
	write_history(&r->json, &panel);
	write_versions(r, &panel);
	json_array(&r->json, "evidence");
	for (size_t i = 0; i < panel.evidence_count; i++)
		if (panel.evidence[i].indicator_id == indicator_id)
			evidence_write(&r->json, NULL, &panel.evidence[i], &panel.people);
	json_end(&r->json);
	write_marks(&r->json, &panel);
	json_end(&r->json);
	return true;
}

/* The cells of one version; 0 is the empty form before the first. */
static bool version_cells(struct request *r, const struct work *work, const struct form *form,
			  int64_t version, struct cell **out)
{
	int64_t newest = work->s.version;

	if (!sees_drafts(&r->call, &work->s) && !standing_shows(&work->s))
		newest--;
	if (version > newest) {
		error_set(r->call.err, ERR_version_unknown, NULL,
			  arena_printf(r->call.mem, "%lld", (long long)version), NULL);
		return false;
	}
	return store_values(&r->call, &work->s, form, version, out);
}

bool difference_get(struct request *r)
{
	id submission_id = request_path_id(r, "id");
	int64_t from = request_query_int(r, "from", 0), to = request_query_int(r, "to", 0);
	struct cell *before, *after;
	const struct report *report;
	struct work work;
	struct form form;

	if (submission_id == 0 || !work_load(&r->call, submission_id, &work) ||
	    !account_require(&r->call, RIGHT_FIGURE_READ, work.unit.path) ||
	    !report_get(&r->call, work.s.report_id, &report))
		return false;
	form_init(&form, r->call.mem, report);
	if (!version_cells(r, &work, &form, from, &before) || !version_cells(r, &work, &form, to, &after))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "rows");
	for (size_t i = 0; i < report->item_count; i++) {
		const struct indicator *indicator = report->items[i].indicator;
		struct cell_view a = {
			.indicator = indicator, .cell = &before[i], .year = period_year(work.s.period)};
		struct cell_view b = {
			.indicator = indicator, .cell = &after[i], .year = period_year(work.s.period)};
		if (cell_equal(&before[i], &after[i]))
			continue;
		json_object(&r->json, NULL);
		json_id(&r->json, "indicator_id", indicator->id);
		json_text(&r->json, "code", indicator->code);
		json_text(&r->json, "name", indicator->name);
		if (from > 0)
			cell_write(&r->json, "before", &a, r->lang);
		else
			json_null(&r->json, "before");
		if (to > 0)
			cell_write(&r->json, "after", &b, r->lang);
		else
			json_null(&r->json, "after");
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
	return true;
}
