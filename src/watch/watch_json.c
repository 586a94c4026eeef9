#include "watch/watch_json.h"

#include "submission/submission_json.h"

static const struct field report_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape watch_report_shape = { "ReportRef", report_fields };

static const struct field tally_fields[] = {
	{ .name = "assigned", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "submitted", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "Submitted or further." },
	{ .name = "on_time", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "First submitted before the deadline." },
	{ .name = "late", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "approved", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "received", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "returned", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "nil", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape watch_tally_shape = { "WatchTally", tally_fields };

void watch_report_write(struct json *json, const char *key, const struct report *report)
{
	json_object(json, key);
	json_id(json, "id", report->id);
	json_text(json, "code", report->code);
	json_text(json, "title", report->title);
	json_end(json);
}

void watch_tally_write(struct json *json, const char *key, const struct tally *tally)
{
	json_object(json, key);
	json_int(json, "assigned", tally->assigned);
	json_int(json, "submitted", tally->submitted);
	json_int(json, "on_time", tally->on_time);
	json_int(json, "late", tally->late);
	json_int(json, "approved", tally->approved);
	json_int(json, "received", tally->received);
	json_int(json, "returned", tally->returned);
	json_int(json, "nil", tally->nil);
	json_end(json);
}

void watch_cell_write(struct json *json, const char *key, const struct indicator *indicator, const struct cell *cell,
		      period p, enum language lang)
{
	struct cell_view view = { .indicator = indicator, .cell = cell, .year = period_year(p) };

	if (cell->present || cell->nil || cell->text)
		cell_write(json, key, &view, lang);
	else
		json_null(json, key);
}
