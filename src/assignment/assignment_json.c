#include "account/account.h"
#include "assignment/assignment_api.h"
#include "assignment/assignment_store.h"
#include "indicator/indicator.h"
#include "indicator/indicator_api.h"
#include "unit/unit.h"
#include "unit/unit_api.h"
#include "deadline/deadline_api.h"

enum { PERIODS_SHOWN = 12 };

static const struct field tally_fields[] = {
	{ .name = "assigned", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "submitted", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "on_time", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "late", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "approved", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "received", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "returned", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "nil", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ 0 },
};
const struct shape tally_shape = { "Tally", tally_fields };

static const struct field report_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "frequency", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "month|quarter|half_year|year" },
	{ 0 },
};
static const struct shape report_shape = { "AssignedReport", report_fields };

static const struct field period_fields[] = {
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "open|closed" },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_shape },
	{ .name = "opens", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "closed_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "tally", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &tally_shape },
	{ 0 },
};
static const struct shape period_shape = { "AssignmentPeriod", period_fields };

static const struct field may_fields[] = {
	{ .name = "manage", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "Change, open periods." },
	{ .name = "receive", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Receive or return what the units handed up, close periods, grant exceptions." },
	{ .name = "pass_down", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Assign it further from the caller's own unit." },
	{ 0 },
};
static const struct shape may_shape = { "AssignmentMay", may_fields };

static const struct field assignment_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "report", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &report_shape },
	{ .name = "from", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "parent_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "The assignment of the level above that this one passes on." },
	{ .name = "document", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .max = ASSIGNMENT_DOCUMENT_MAX },
	{ .name = "rule", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_rule_shape },
	{ .name = "rule_wording", .type = FIELD_TEXT, .flags = FIELD_REQUIRED,
	  .about = "In the request's language." },
	{ .name = "first_period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "last_period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "unit_count", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "periods", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &period_shape,
	  .about = "Opened ones, newest first, at most 12." },
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "may", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &may_shape },
	{ .name = "units", .type = FIELD_ARRAY, .of = &unit_ref_shape, .max = ROLLUP_UNITS_MAX,
	  .about = "Only where one assignment is asked for; by path." },
	{ 0 },
};
const struct shape assignment_shape = { "Assignment", assignment_fields };

void tally_write(struct json *json, const char *key, const struct tally *tally)
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

static bool write_periods(struct request *r, const struct assignment *assignment)
{
	struct call *c = &r->call;
	struct assignment_period *periods;
	struct period_tally *tallies;
	size_t count, tally_count;
	char text[PERIOD_TEXT_MAX];

	if (!assignment_period_rows(c, assignment->id, PERIODS_SHOWN, &periods, &count) ||
	    !rollup_tallies(c, assignment->province_id, assignment->id, count ? periods[count - 1].period : 0,
			    count ? periods[0].period : 0, &tallies, &tally_count))
		return false;
	json_array(&r->json, "periods");
	for (size_t i = 0; i < count; i++) {
		struct tally tally = { 0 };

		for (size_t k = 0; k < tally_count; k++)
			if (tallies[k].period == periods[i].period)
				tally = tallies[k].tally;
		json_object(&r->json, NULL);
		json_text(&r->json, "period", period_format(periods[i].period, text));
		json_text(&r->json, "state", periods[i].state == PERIOD_CLOSED ? "closed" : "open");
		deadline_write(&r->json, "deadline", c->mem, periods[i].deadline, r->lang);
		json_instant(&r->json, "opens", periods[i].opens);
		json_instant(&r->json, "closed_at", periods[i].closed_at);
		tally_write(&r->json, "tally", &tally);
		json_end(&r->json);
	}
	json_end(&r->json);
	return true;
}

/* The caller's unit may pass on what it was assigned. */
static bool may_pass_down(struct call *c, const struct assignment *assignment, bool *out)
{
	struct unit own;

	*out = false;
	if (!c->actor)
		return true;
	return unit_by_id(c, c->actor->unit_id, NULL, &own) &&
	       (!account_may(c, RIGHT_ASSIGNMENT_MANAGE, own.path) ||
		assignment_has_unit(c, assignment->id, own.id, out));
}

static bool write_may(struct request *r, const struct assignment *assignment)
{
	bool pass_down;

	if (!may_pass_down(&r->call, assignment, &pass_down))
		return false;
	json_object(&r->json, "may");
	json_bool(&r->json, "manage", account_may(&r->call, RIGHT_ASSIGNMENT_MANAGE, assignment->from_path));
	json_bool(&r->json, "receive", account_may(&r->call, RIGHT_FIGURE_RECEIVE, assignment->from_path));
	json_bool(&r->json, "pass_down", pass_down);
	json_end(&r->json);
	return true;
}

static void write_report(struct json *json, const struct report *report)
{
	static const char *const frequencies[] = {
		[FREQUENCY_MONTH] = "month",
		[FREQUENCY_QUARTER] = "quarter",
		[FREQUENCY_HALF_YEAR] = "half_year",
		[FREQUENCY_YEAR] = "year",
	};

	json_object(json, "report");
	json_id(json, "id", report->id);
	json_text(json, "code", report->code);
	json_text(json, "title", report->title);
	json_text(json, "frequency", frequencies[report->frequency]);
	json_end(json);
}

bool assignment_write_members(struct request *r, const struct assignment *assignment)
{
	struct call *c = &r->call;
	const struct report *report;
	struct unit from;
	char text[PERIOD_TEXT_MAX];

	if (!report_get(c, assignment->report_id, &report) ||
	    !unit_by_id(c, assignment->from_unit_id, NULL, &from))
		return false;
	json_id(&r->json, "id", assignment->id);
	write_report(&r->json, report);
	unit_write_ref(&r->json, "from", &from);
	json_id(&r->json, "parent_id", assignment->parent_id);
	json_text(&r->json, "document", assignment->document);
	deadline_rule_write(&r->json, "rule", &assignment->rule);
	json_text(&r->json, "rule_wording",
		  assignment_rule_wording(c->mem, &assignment->rule, assignment->first, r->lang));
	json_text(&r->json, "first_period", period_format(assignment->first, text));
	json_text(&r->json, "last_period", assignment->last ? period_format(assignment->last, text) : NULL);
	json_int(&r->json, "unit_count", assignment->unit_count);
	json_int(&r->json, "version", assignment->version);
	return write_periods(r, assignment) && write_may(r, assignment);
}

bool assignment_write(struct request *r, const char *key, const struct assignment *assignment)
{
	json_object(&r->json, key);
	if (!assignment_write_members(r, assignment))
		return false;
	json_end(&r->json);
	return true;
}
