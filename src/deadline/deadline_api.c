#include "deadline/deadline_api.h"

#include "account/account.h"
#include "deadline/deadline.h"
#include "unit/unit.h"

enum { HOLIDAY_NAME_MAX = 200, HOLIDAY_KIND_MAX = 60 };

static const struct field deadline_fields[] = {
	{ .name = "before", .type = FIELD_TIME, .flags = FIELD_REQUIRED, .about = "The instant it ends, exclusive." },
	{ .name = "wording", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "As a letter words it." },
	{ 0 },
};
const struct shape deadline_shape = { "Deadline", deadline_fields };

static const struct field rule_fields[] = {
	{ .name = "day", .type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 1, .max = 31,
	  .about = "Before 24h00 of this day; 29 to 31 mean the last day of a shorter month." },
	{ .name = "month_offset", .type = FIELD_INT, .min = 0, .max = 12,
	  .about = "Months after the last month of the period; 0 is in it." },
	{ .name = "roll", .type = FIELD_BOOL, .about = "To the next working day when it falls on a day off." },
	{ .name = "locks", .type = FIELD_BOOL, .about = "Entry is locked after it; otherwise it is late, with a reason." },
	{ .name = "opens_day", .type = FIELD_INT, .min = 0, .max = 31,
	  .about = "Day of the same month entry opens on; 0 is the first." },
	{ 0 },
};
const struct shape deadline_rule_shape = { "DeadlineRule", rule_fields };

static const struct field holiday_fields[] = {
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape holiday_shape = { "Holiday", holiday_fields };

static const struct field list_query_fields[] = {
	{ .name = "year", .type = FIELD_INT, .min = 1900, .max = 2998, .about = "Without it all years." },
	{ 0 },
};
static const struct shape list_query = { NULL, list_query_fields };

static const struct field list_fields[] = {
	{ .name = "holidays", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .max = 4000, .of = &holiday_shape },
	{ 0 },
};
static const struct shape list_shape = { "HolidayList", list_fields };

static const struct field put_fields[] = {
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = HOLIDAY_NAME_MAX },
	{ .name = "kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = HOLIDAY_KIND_MAX },
	{ 0 },
};
static const struct shape put_shape = { "HolidayInput", put_fields };

static const struct field preview_fields[] = {
	{ .name = "rule", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_rule_shape },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape preview_shape = { "DeadlinePreviewInput", preview_fields };

static const struct field preview_reply_fields[] = {
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_shape },
	{ .name = "opens", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape preview_reply = { "DeadlinePreview", preview_reply_fields };

static void write_holiday(struct json *json, const char *key, const struct holiday *holiday)
{
	char date[CIVIL_TEXT_MAX];
	json_object(json, key);
	json_text(json, "date", civil_format_date(holiday->date, date));
	json_text(json, "name", holiday->name);
	json_text(json, "kind", holiday->kind);
	json_end(json);
}

static bool list(struct request *r)
{
	struct holiday *holidays;
	size_t count;
	if (!holiday_list(&r->call, (int)request_query_int(r, "year", 0), &holidays, &count))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "holidays");
	for (size_t i = 0; i < count; i++)
		write_holiday(&r->json, NULL, &holidays[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static bool path_date(struct request *r, struct civil_date *out)
{
	return civil_parse_date(request_path(r, "date"), out) || error_set(r->call.err, ERR_not_found, NULL, NULL);
}

static bool put(struct request *r)
{
	struct holiday holiday = {
		.name = json_get_text(r->body, "name"),
		.kind = json_get_text(r->body, "kind"),
	};
	if (!path_date(r, &holiday.date) || !holiday_put(&r->call, &holiday))
		return false;
	write_holiday(&r->json, NULL, &holiday);
	return true;
}

static bool take_away(struct request *r)
{
	struct civil_date date;
	return path_date(r, &date) && holiday_remove(&r->call, date);
}

static bool preview(struct request *r)
{
	struct call *c = &r->call;
	struct unit root;
	struct deadline_rule rule;
	struct holidays holidays;
	period p;
	if (!unit_root(c, &root) || !account_require(c, RIGHT_UNIT_READ, root.path) ||
	    !deadline_rule_read(json_object_get(r->body, "rule"), "rule", &rule, c->err))
		return false;
	if (!period_parse(json_get_text(r->body, "period"), &p))
		return error_set(c->err, ERR_field_invalid, "period", NULL);
	if (!deadline_holidays(c, &holidays))
		return false;
	json_object(&r->json, NULL);
	deadline_write(&r->json, "deadline", c->mem, deadline_of(&rule, p, &holidays), r->lang);
	json_instant(&r->json, "opens", deadline_opens(&rule, p));
	json_end(&r->json);
	return true;
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/holidays", .right = "unit.read", .class = CLASS_READ, .query = &list_query,
	  .reply = &list_shape, .act = list, .summary = "Lists the days without work." },
	{ .method = "PUT", .path = "/api/holidays/{date}", .right = "system.manage", .class = CLASS_ENTRY,
	  .body = &put_shape, .reply = &holiday_shape, .act = put,
	  .summary = "Makes a day one without work, or changes its name." },
	{ .method = "DELETE", .path = "/api/holidays/{date}", .right = "system.manage", .class = CLASS_ENTRY,
	  .act = take_away, .summary = "Makes a day a working day again." },
	{ .method = "POST", .path = "/api/deadline-preview", .right = "unit.read", .class = CLASS_READ,
	  .body = &preview_shape, .reply = &preview_reply, .act = preview,
	  .summary = "Works out the deadline a rule gives in a period." },
};

const struct route_table deadline_routes = { "deadline", routes, sizeof(routes) / sizeof(routes[0]) };
