#include "watch/watch_api.h"

#include "watch/watch_json.h"

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/my-work", .right = "self", .class = CLASS_READ, .reply = &my_work_reply_shape,
	  .act = my_work_act,
	  .summary = "What waits for the caller: forms to fill, submissions to approve, reports to collect." },
	{ .method = "GET", .path = "/api/overview", .right = "overview.read", .flags = ROUTE_SHARED, .class = CLASS_READ,
	  .query = &overview_query_shape, .reply = &overview_reply_shape, .act = overview_act,
	  .summary = "How a level stands with a report in a period: counts, late units, heat map, figures." },
	{ .method = "GET", .path = "/api/figures", .right = "figure.read", .class = CLASS_READ,
	  .query = &figures_query_shape, .reply = &figures_reply_shape, .act = figures_act,
	  .summary = "One step from a figure down to those it is made of, with authors, approvers and evidence." },
};

const struct route_table watch_routes = { "watch", routes, sizeof(routes) / sizeof(routes[0]) };
