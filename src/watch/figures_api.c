#include <string.h>

#include "base/arena.h"
#include "evidence/evidence.h"
#include "submission/submission_json.h"
#include "unit/unit_api.h"
#include "watch/watch_json.h"

static const struct field query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "report_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "as_of", .type = FIELD_TIME, .about = "The figures as they were known then." },
	{ .name = NULL },
};
const struct shape figures_query_shape = { NULL, query_fields };

static const struct field file_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "size", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape file_shape = { "FigureFile", file_fields };

static const struct field row_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "submission_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "state", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "label", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "approved|provisional|none" },
	{ .name = "cell", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &cell_shape },
	{ .name = "has_children", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "entered_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "entered_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "approved_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "approved_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "evidence", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &file_shape },
	{ .name = NULL },
};
static const struct shape row_shape = { "FigureRow", row_fields };

static const struct field reply_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "report", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &watch_report_shape },
	{ .name = "indicator", .type = FIELD_ANY, .flags = FIELD_REQUIRED },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "figure", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &row_shape,
	  .about = "The unit's own submission." },
	{ .name = "provisional", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &cell_shape,
	  .about = "Rolled up from what the units below submitted." },
	{ .name = "approved", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &cell_shape,
	  .about = "Rolled up from what they approved." },
	{ .name = "children", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &row_shape, .max = 5000 },
	{ .name = NULL },
};
const struct shape figures_reply_shape = { "Figures", reply_fields };

struct writing {
	struct request *r;
	const struct figure_view *view;
	const struct evidence *files;
	size_t file_count;
	struct people people;
};

/* Files go with the figures they prove: none where no figure shows. */
static void write_files(struct writing *w, const struct figure_row *row)
{
	json_array(&w->r->json, "evidence");
	for (size_t i = 0; row->has_cell && i < w->file_count; i++) {
		if (w->files[i].submission_id != row->submission.id)
			continue;
		json_object(&w->r->json, NULL);
		json_id(&w->r->json, "id", w->files[i].id);
		json_text(&w->r->json, "name", w->files[i].name);
		json_int(&w->r->json, "size", w->files[i].size);
		json_end(&w->r->json);
	}
	json_end(&w->r->json);
}

static void write_row(struct writing *w, const char *key, const struct figure_row *row)
{
	struct json *json = &w->r->json;
	bool there = row->submission.id != 0;

	json_object(json, key);
	unit_write_ref(json, "unit", &row->unit);
	json_id(json, "submission_id", row->submission.id);
	json_text(json, "state", there ? submission_state_word(row->submission.state) : NULL);
	json_text(json, "label", row->approved ? "approved" : row->has_cell ? "provisional" : "none");
	if (row->has_cell)
		watch_cell_write(json, "cell", w->view->indicator, &row->cell, NULL, w->view->period, w->r->lang);
	else
		json_null(json, "cell");
	json_bool(json, "has_children", row->has_children);
	people_write(&w->people, json, "entered_by", row->entered_by);
	json_instant(json, "entered_at", row->entered_at);
	people_write(&w->people, json, "approved_by", row->approved_by);
	json_instant(json, "approved_at", row->approved_at);
	write_files(w, row);
	json_end(json);
}

static bool load_people(struct writing *w)
{
	struct call *c = &w->r->call;

	people_add(&w->people, c, w->view->own.entered_by);
	people_add(&w->people, c, w->view->own.approved_by);
	for (size_t i = 0; i < w->view->child_count; i++) {
		people_add(&w->people, c, w->view->children[i].entered_by);
		people_add(&w->people, c, w->view->children[i].approved_by);
	}
	return people_load(&w->people, c);
}

static void add_files(struct writing *w, const struct evidence *files, size_t count)
{
	struct evidence *all = ARENA_ARRAY(w->r->call.mem, struct evidence, w->file_count + count + 1);

	if (w->file_count)
		memcpy(all, w->files, w->file_count * sizeof(*all));
	for (size_t i = 0; i < count; i++)
		if (files[i].indicator_id == w->view->indicator->id)
			all[w->file_count++] = files[i];
	w->files = all;
}

/* Those of the unit's own submission and, in one query for each part, of the units below. */
static bool load_files(struct writing *w)
{
	const struct figure_view *view = w->view;
	struct call *c = &w->r->call;
	struct evidence *files;
	size_t count;

	if (view->own.submission.id) {
		if (!evidence_of_submission(c, view->own.submission.id, &files, &count))
			return false;
		add_files(w, files, count);
	}
	for (size_t i = 0; i < view->part_count; i++) {
		if (!evidence_of_period(c, view->part_ids[i], view->period, view->indicator->id, &files, &count))
			return false;
		add_files(w, files, count);
	}
	return true;
}

bool figures_act(struct request *r)
{
	struct figure_view view;
	struct writing w = { .r = r, .view = &view };
	struct figure_query q = {
		.unit_id = request_query_id(r, "unit_id"),
		.report_id = request_query_id(r, "report_id"),
		.indicator_id = request_query_id(r, "indicator_id"),
	};

	period_parse(request_query(r, "period"), &q.period);
	if (request_query(r, "as_of"))
		civil_parse(request_query(r, "as_of"), &q.as_of);
	if (!watch_figures(&r->call, &q, &view) || !load_people(&w) || !load_files(&w))
		return false;
	json_object(&r->json, NULL);
	unit_write_ref(&r->json, "unit", &view.unit);
	watch_report_write(&r->json, "report", view.report);
	indicator_write(&r->json, "indicator", view.indicator, NULL);
	period_write(&r->json, "period", view.period);
	write_row(&w, "figure", &view.own);
	watch_cell_write(&r->json, "provisional", view.indicator, &view.provisional,
			 &view.provisional_target, view.period, r->lang);
	watch_cell_write(&r->json, "approved", view.indicator, &view.approved,
			 &view.approved_target, view.period, r->lang);
	json_array(&r->json, "children");
	for (size_t i = 0; i < view.child_count; i++)
		write_row(&w, NULL, &view.children[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}
