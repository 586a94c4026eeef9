#include "submission/submission_json.h"
#include "assignment/assignment_api.h"
#include "deadline/deadline_api.h"
#include "unit/unit_api.h"
#include "watch/watch_json.h"

#define STANDINGS "none|open|on_time|late|missing"

static const struct field query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "Without it the caller's own unit." },
	{ .name = "report_id", .type = FIELD_ID, .about = "Without it the unit's first report." },
	{ .name = "period", .type = FIELD_PERIOD, .about = "Without it the newest opened." },
	{ .name = NULL },
};
const struct shape overview_query_shape = { NULL, query_fields };

static const struct field share_fields[] = {
	{ .name = "part", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "assigned", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape share_shape = { "Share", share_fields };

static const struct field child_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "territory", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Code of its area on the map." },
	{ .name = "submission_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "state", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "standing", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = STANDINGS },
	{ .name = "assignment_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Its own assignment of the report to the units below it." },
	{ .name = "tally", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &tally_shape },
	{ .name = NULL },
};
static const struct shape child_shape = { "OverviewChild", child_fields };

static const struct field late_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "submission_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "state", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "standing", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = STANDINGS },
	{ .name = "submitted_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "late_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
static const struct shape late_shape = { "OverviewLate", late_fields };

static const struct field heat_row_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "cells", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT },
	{ .name = NULL },
};
static const struct shape heat_row_shape = { "HeatRow", heat_row_fields };

static const struct field heat_fields[] = {
	{ .name = "periods", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_PERIOD },
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &heat_row_shape, .max = 5000 },
	{ .name = NULL },
};
static const struct shape heat_shape = { "HeatMap", heat_fields };

static const struct field indicator_ref_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "unit_of_measure", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "value_type", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "aggregation", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "decimals", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "illustrative", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape indicator_ref_shape = { "IndicatorRef", indicator_ref_fields };

static const struct field trend_fields[] = {
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "value", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
static const struct shape trend_shape = { "TrendPoint", trend_fields };

static const struct field figure_fields[] = {
	{ .name = "indicator", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &indicator_ref_shape },
	{ .name = "provisional", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &cell_shape },
	{ .name = "approved", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &cell_shape,
	  .about = "The level's own approved figure; before that, of the units that have approved theirs." },
	{ .name = "label", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "approved|provisional|none" },
	{ .name = "target", .type = FIELD_ANY, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "trend", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &trend_shape },
	{ .name = NULL },
};
static const struct shape figure_shape = { "OverviewFigure", figure_fields };

static const struct field part_fields[] = {
	{ .name = "assignment_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_shape },
	{ .name = NULL },
};
static const struct shape part_shape = { "OverviewPart", part_fields };

static const struct field reply_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "level", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "national|province|unit" },
	{ .name = "reports", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &watch_report_shape },
	{ .name = "report", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &watch_report_shape },
	{ .name = "periods", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_PERIOD },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape,
	  .about = "By which all units below have to submit: the last of the parts'." },
	{ .name = "own_deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape,
	  .about = "Of the unit's own submission to the level above." },
	{ .name = "own_submission_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "own_state", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "parts", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &part_shape,
	  .about = "The unit's assignments of the report that are open in the period; the level is all of them." },
	{ .name = "tally", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &tally_shape },
	{ .name = "below", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &tally_shape,
	  .about = "The units below the children, summed." },
	{ .name = "completeness", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &share_shape },
	{ .name = "timeliness", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &share_shape },
	{ .name = "children", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &child_shape, .max = 5000 },
	{ .name = "late", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &late_shape, .max = 5000 },
	{ .name = "heat", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &heat_shape },
	{ .name = "indicators", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &figure_shape, .max = 500 },
	{ .name = NULL },
};
const struct shape overview_reply_shape = { "Overview", reply_fields };

static void write_share(struct json *json, const char *key, int64_t part, int64_t assigned)
{
	json_object(json, key);
	json_int(json, "part", part);
	json_int(json, "assigned", assigned);
	json_end(json);
}

static void write_tallies(struct json *json, const struct overview *o)
{
	if (!o->deadline) {
		json_null(json, "tally");
		json_null(json, "below");
		json_null(json, "completeness");
		json_null(json, "timeliness");
		return;
	}
	tally_write(json, "tally", &o->tally);
	if (o->has_below)
		tally_write(json, "below", &o->below);
	else
		json_null(json, "below");
	write_share(json, "completeness", o->tally.submitted, o->tally.assigned);
	write_share(json, "timeliness", o->tally.on_time, o->tally.assigned);
}

static void write_child(struct json *json, const struct overview *o, const struct child *child, instant now)
{
	json_object(json, NULL);
	unit_write_ref(json, "unit", &child->unit);
	json_text(json, "territory", child->unit.territory);
	json_id(json, "submission_id", child->now ? child->now->id : 0);
	json_text(json, "state", child->now ? submission_state_word(child->now->state) : NULL);
	json_text(json, "standing", standing_word(standing_at(child, o->at, now)));
	json_id(json, "assignment_id", child->passed_on ? child->passed_on->id : 0);
	if (child->passed_on)
		tally_write(json, "tally", &child->tally);
	else
		json_null(json, "tally");
	json_end(json);
}

static void write_late(struct json *json, const struct overview *o, instant now)
{
	json_array(json, "late");
	for (size_t i = 0; i < o->child_count; i++) {
		const struct child *child = &o->children[i];
		enum standing standing = standing_at(child, o->at, now);

		if (standing != STANDING_LATE && standing != STANDING_MISSING)
			continue;
		json_object(json, NULL);
		unit_write_ref(json, "unit", &child->unit);
		json_id(json, "submission_id", child->now->id);
		json_text(json, "state", submission_state_word(child->now->state));
		json_text(json, "standing", standing_word(standing));
		json_instant(json, "submitted_at", child->now->first_submitted_at);
		json_text(json, "late_reason", child->now->late_reason);
		json_end(json);
	}
	json_end(json);
}

static void write_heat(struct json *json, const struct overview *o, instant now)
{
	json_object(json, "heat");
	json_array(json, "periods");
	for (size_t p = 0; p < o->period_count; p++)
		period_write(json, NULL, o->periods[p]);
	json_end(json);
	json_array(json, "rows");
	for (size_t i = 0; i < o->child_count; i++) {
		json_object(json, NULL);
		json_id(json, "unit_id", o->children[i].unit.id);
		json_array(json, "cells");
		for (size_t p = 0; p < o->period_count; p++)
			json_text(json, NULL, standing_word(standing_at(&o->children[i], p, now)));
		json_end(json);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void write_indicator(struct json *json, const struct indicator *indicator)
{
	json_object(json, "indicator");
	json_id(json, "id", indicator->id);
	json_text(json, "code", indicator->code);
	json_text(json, "name", indicator->name);
	json_text(json, "unit_of_measure", indicator->unit_of_measure);
	json_text(json, "value_type", value_type_word(indicator->type));
	json_text(json, "aggregation", aggregation_word(indicator->aggregation));
	json_int(json, "decimals", indicator->decimals);
	json_bool(json, "illustrative", indicator->illustrative);
	json_end(json);
}

/* Approved is what the level answered for; before that every figure is provisional, also the sum of what is approved below. */
static const char *label_of(const struct overview *o, const struct level_figure *figure)
{
	if (o->answered_for && (figure->approved.present || figure->approved.nil))
		return "approved";
	return figure->provisional.present || figure->provisional.nil ? "provisional" : "none";
}

static void write_figure(struct json *json, const struct overview *o, const struct level_figure *figure,
			 enum language lang)
{
	bool gives = o->part_count != 0, own = o->answered_for && o->received.assignment.id;
	period p = o->periods[o->at];

	json_object(json, NULL);
	write_indicator(json, figure->indicator);
	watch_cell_write(json, "provisional", figure->indicator, &figure->provisional,
			 gives ? &figure->provisional_target : NULL, p, lang);
	watch_cell_write(json, "approved", figure->indicator, &figure->approved,
			 own ? NULL : &figure->approved_target, p, lang);
	json_text(json, "label", label_of(o, figure));
	target_write(json, "target", figure->indicator, target_of_year(figure->indicator, period_year(p)));
	json_array(json, "trend");
	for (size_t i = 0; i < o->period_count; i++) {
		json_object(json, NULL);
		period_write(json, "period", o->periods[i]);
		if (figure->has_trend[i])
			json_decimal(json, "value", figure->trend[i], figure->indicator->decimals);
		else
			json_null(json, "value");
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void write_part(struct request *r, const struct assignment_period *part)
{
	if (!part->period)
		return;
	json_object(&r->json, NULL);
	json_id(&r->json, "assignment_id", part->assignment.id);
	deadline_write(&r->json, "deadline", r->call.mem, part->deadline, r->lang);
	json_end(&r->json);
}

static void write_head(struct request *r, const struct overview *o)
{
	struct json *json = &r->json;
	bool own = o->own.id != 0;

	unit_write_ref(json, "unit", &o->unit);
	json_text(json, "level",
		  o->unit.parent_id == 0 ? "national" : o->unit.id == o->unit.province_id ? "province" : "unit");
	json_array(json, "reports");
	for (size_t i = 0; i < o->report_count; i++)
		watch_report_write(json, NULL, &o->reports[i]);
	json_end(json);
	if (o->report)
		watch_report_write(json, "report", o->report);
	else
		json_null(json, "report");
	json_array(json, "periods");
	for (size_t p = 0; p < o->period_count; p++)
		period_write(json, NULL, o->periods[p]);
	json_end(json);
	if (o->period_count)
		period_write(json, "period", o->periods[o->at]);
	else
		json_null(json, "period");
	if (o->deadline)
		deadline_write(json, "deadline", r->call.mem, o->deadline, r->lang);
	else
		json_null(json, "deadline");
	if (o->received.period)
		deadline_write(json, "own_deadline", r->call.mem, o->received.deadline, r->lang);
	else
		json_null(json, "own_deadline");
	json_id(json, "own_submission_id", o->own.id);
	json_text(json, "own_state", own ? submission_state_word(o->own.state) : NULL);
	json_array(json, "parts");
	for (size_t i = 0; i < o->part_count; i++)
		write_part(r, &o->parts[i].now);
	json_end(json);
}

/* A level shows all it gathers; a unit that gathers nothing, what it fills in itself. */
static bool is_shown(const struct overview *o, size_t i)
{
	return o->part_count || report_item_applies(&o->report->items[i], level_of_kind(o->unit.kind));
}

bool overview_act(struct request *r)
{
	struct overview o;
	period p = 0;

	if (request_query(r, "period"))
		period_parse(request_query(r, "period"), &p);
	if (!watch_overview(&r->call, request_query_id(r, "unit_id"), request_query_id(r, "report_id"), p, &o))
		return false;
	json_object(&r->json, NULL);
	write_head(r, &o);
	write_tallies(&r->json, &o);
	json_array(&r->json, "children");
	for (size_t i = 0; i < o.child_count; i++)
		write_child(&r->json, &o, &o.children[i], r->call.now);
	json_end(&r->json);
	write_late(&r->json, &o, r->call.now);
	write_heat(&r->json, &o, r->call.now);
	json_array(&r->json, "indicators");
	for (size_t i = 0; i < o.figure_count; i++)
		if (is_shown(&o, i))
			write_figure(&r->json, &o, &o.figures[i], r->lang);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}
