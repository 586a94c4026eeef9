#include "watch/watch_json.h"

#include "submission/submission_json.h"

static const struct field report_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape watch_report_shape = { "ReportRef", report_fields };

void watch_report_write(struct json *json, const char *key, const struct report *report)
{
	json_object(json, key);
	json_id(json, "id", report->id);
	json_text(json, "code", report->code);
	json_text(json, "title", report->title);
	json_end(json);
}

void watch_cell_write(struct json *json, const char *key, const struct indicator *indicator, const struct cell *cell,
		      const enum target_state *target, period p, enum language lang)
{
	struct cell_view view = { .indicator = indicator, .cell = cell, .year = period_year(p), .rolled_up = target != NULL, .target = target };

	if (cell->present || cell->nil || cell->text)
		cell_write(json, key, &view, lang);
	else
		json_null(json, key);
}
