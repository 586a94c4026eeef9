#include "task/task_calendar_api.h"

#include "base/arena.h"
#include "base/buf.h"
#include "task/task_calendar.h"

static const struct field calendar_fields[] = {
	{ .name = "created_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "When the address was made; null: there is none." },
	{ .name = "url", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "The secret address, told once, when it is made." },
	{ .name = NULL },
};
static const struct shape calendar_shape = { "TaskCalendar", calendar_fields };

static void answer(struct request *r, instant created_at, const char *url)
{
	json_object(&r->json, NULL);
	json_instant(&r->json, "created_at", created_at);
	json_text(&r->json, "url", url);
	json_end(&r->json);
}

static bool calendar_get(struct request *r)
{
	instant created_at;

	if (!task_calendar_get(&r->call, &created_at))
		return false;
	answer(r, created_at, NULL);
	return true;
}

static bool calendar_post(struct request *r)
{
	const char *origin = request_origin(r);
	char secret[TOKEN_TEXT_MAX];

	if (!task_calendar_make(&r->call, secret))
		return false;
	answer(r, r->call.now,
	       arena_printf(r->call.mem, "%s/calendar/%s/theodoi.ics", origin ? origin : "", secret));
	return true;
}

static bool calendar_delete(struct request *r)
{
	return task_calendar_remove(&r->call);
}

static bool feed_get(struct request *r)
{
	struct ical_event *events;
	enum language lang;
	struct buf out;
	size_t count;

	if (!task_calendar_events(&r->call, request_path(r, "secret"), request_origin(r), &events, &count, &lang))
		return false;
	buf_init(&out, r->call.mem, 0);
	ical_write(&out, task_calendar_name(&r->call, lang), events, count);
	reply_header(r, "Cache-Control", "private, max-age=900");
	reply_content(r, "text/calendar; charset=utf-8", out.data, out.length);
	return true;
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/me/calendar", .right = "self", .flags = ROUTE_NO_TOKEN, .class = CLASS_READ,
	  .reply = &calendar_shape, .act = calendar_get, .summary = "Whether the caller's deadlines have a calendar address." },
	{ .method = "POST", .path = "/api/me/calendar", .right = "self", .flags = ROUTE_NO_TOKEN, .class = CLASS_ENTRY,
	  .reply = &calendar_shape, .act = calendar_post,
	  .summary = "A new secret calendar address; the one before ends." },
	{ .method = "DELETE", .path = "/api/me/calendar", .right = "self", .flags = ROUTE_NO_TOKEN, .class = CLASS_ENTRY,
	  .act = calendar_delete, .summary = "Ends the calendar address." },
	{ .method = "GET", .path = "/calendar/{secret}/theodoi.ics", .flags = ROUTE_PUBLIC, .class = CLASS_EXPORT,
	  .act = feed_get, .summary = "The owner's deadlines as an iCalendar feed (RFC 5545)." },
};

const struct route_table task_calendar_routes = { "task-calendar", routes, sizeof(routes) / sizeof(routes[0]) };
