#include "task/task_figures_api.h"

#include <string.h>

#include "base/civil.h"
#include "task/task_tally.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

static const struct field query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "by", .type = FIELD_CHOICE, .choices = "unit|programme|field", .about = "Without it by unit." },
	{ .name = "programme", .type = FIELD_TEXT, .max = TASK_NAME_MAX },
	{ .name = "field", .type = FIELD_TEXT, .max = TASK_NAME_MAX },
	{ .name = "from", .type = FIELD_DATE, .about = "Deadlines from this day on." },
	{ .name = "to", .type = FIELD_DATE, .about = "Deadlines up to this day, itself included." },
	{ .name = NULL },
};
static const struct shape query_shape = { NULL, query_fields };

#define FIGURES \
	{ .name = "total", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "completed_on_time", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "completed_late", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "open_in_time", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "overdue", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "without_deadline", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "Of those in time." }, \
	{ .name = "paused", .type = FIELD_INT, .flags = FIELD_REQUIRED }

static const struct field sum_fields[] = { FIGURES, { .name = NULL } };
static const struct shape sum_shape = { "TaskFigures", sum_fields };

static const struct field row_fields[] = {
	{ .name = "key", .type = FIELD_TEXT, .flags = FIELD_REQUIRED,
	  .about = "Id of the unit, or name of the programme or field; empty: tasks without one." },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &unit_ref_shape },
	{ .name = "own", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "What the unit asked for leads itself; its other rows are of the units below." },
	FIGURES,
	{ .name = NULL },
};
static const struct shape row_shape = { "TaskFiguresRow", row_fields };

static const struct field reply_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &row_shape, .max = 5001 },
	{ .name = "sum", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &sum_shape },
	{ .name = NULL },
};
static const struct shape reply_shape = { "TaskFiguresReply", reply_fields };

static void write_figures(struct json *json, const struct task_figures_row *row)
{
	json_int(json, "total", task_figures_total(row));
	json_int(json, "completed_on_time", row->completed_on_time);
	json_int(json, "completed_late", row->completed_late);
	json_int(json, "open_in_time", row->open_in_time);
	json_int(json, "overdue", row->overdue);
	json_int(json, "without_deadline", row->without_deadline);
	json_int(json, "paused", row->paused);
}

static void write_row(struct json *json, const struct task_figures_row *row)
{
	json_object(json, NULL);
	if (row->unit)
		json_id(json, "key", row->unit->id);
	else
		json_text(json, "key", row->key);
	json_text(json, "name", row->unit ? row->unit->name : row->key);
	unit_write_ref(json, "unit", row->unit);
	json_bool(json, "own", row->own);
	write_figures(json, row);
	json_end(json);
}

static enum task_figures_by by_of(const char *word)
{
	if (word && !strcmp(word, "programme"))
		return TASK_BY_PROGRAMME;
	return word && !strcmp(word, "field") ? TASK_BY_FIELD : TASK_BY_UNIT;
}

static instant day_of(const char *text, int add)
{
	struct civil_date day;

	return text && civil_parse_date(text, &day) ? civil_start(civil_add_days(day, add)) : 0;
}

static bool figures_get(struct request *r)
{
	const struct task_figures_query query = {
		.unit_id = request_query_id(r, "unit_id"),
		.by = by_of(request_query(r, "by")),
		.programme = request_query(r, "programme"),
		.field = request_query(r, "field"),
		.from = day_of(request_query(r, "from"), 0),
		.to = day_of(request_query(r, "to"), 1),
	};
	struct task_figures_row *rows, sum;
	struct unit unit;
	size_t count;

	if (!task_figures(&r->call, &query, &unit, &rows, &count, &sum))
		return false;
	json_object(&r->json, NULL);
	unit_write_ref(&r->json, "unit", &unit);
	json_array(&r->json, "rows");
	for (size_t i = 0; i < count; i++)
		write_row(&r->json, &rows[i]);
	json_end(&r->json);
	json_object(&r->json, "sum");
	write_figures(&r->json, &sum);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/task-figures", .right = "task.read", .flags = ROUTE_SHARED, .class = CLASS_READ,
	  .query = &query_shape, .reply = &reply_shape, .act = figures_get,
	  .summary = "How the tasks of a unit and those below it stand: completed on time and late, open in time and "
		     "overdue." },
};

const struct route_table task_figures_routes = { "task-figures", routes, sizeof(routes) / sizeof(routes[0]) };
