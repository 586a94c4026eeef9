#include "http/system_routes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/log.h"
#include "http/documents.h"
#include "http/exchange.h"
#include "http/metrics.h"
#include "http/watchman.h"

enum { OPENAPI, DOCS, DOCS_STYLE, EVENTS, HEALTH, METRICS };

static const struct field health_fields[] = {
	{ .name = "status", .type = FIELD_CHOICE, .choices = "ok|failing", .flags = FIELD_REQUIRED },
	{ .name = "version", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape health_shape = { "health", health_fields };

static const struct route routes[] = {
	[OPENAPI] = { .method = "GET", .path = "/api/openapi.json", .flags = ROUTE_PUBLIC,
		      .summary = "This document." },
	[DOCS] = { .method = "GET", .path = "/api/docs", .flags = ROUTE_PUBLIC,
		   .summary = "The API for people." },
	[DOCS_STYLE] = { .method = "GET", .path = "/api/docs.css", .flags = ROUTE_PUBLIC,
			 .summary = "Style of the page." },
	[EVENTS] = { .method = "GET", .path = "/api/events", .right = "self", .flags = ROUTE_BACKGROUND,
		     .summary = "Changes in one's own scope as they happen, as Server-Sent Events: `change` with "
				"id, kind, unit, subject and time, or `reset` when some may have been missed." },
	[HEALTH] = { .method = "GET", .path = "/healthz", .flags = ROUTE_PUBLIC, .reply = &health_shape,
		     .summary = "200 while the store can be read and written, else 503." },
	[METRICS] = { .method = "GET", .path = "/metrics", .flags = ROUTE_PUBLIC,
		      .summary = "Figures in the Prometheus text form, with the operator's token or from loopback." },
};

const struct route_table system_routes = { "system", routes, sizeof(routes) / sizeof(*routes) };

bool system_is_stream(const struct route *route)
{
	return route == &routes[EVENTS];
}

bool system_answers(const struct exchange *x)
{
	const struct route *route = x->match.route;

	return route >= routes && route < routes + sizeof(routes) / sizeof(*routes) && route != &routes[EVENTS];
}

static bool answer_document(struct exchange *x, const char *type, const struct document *document)
{
	reply_header(&x->request, "Cache-Control", "no-cache");
	x->etag = document->etag;
	reply_content(&x->request, type, document->bytes, document->length);
	return true;
}

static bool answer_page(struct exchange *x)
{
	x->content.page = true;
	reply_header(&x->request, "Content-Security-Policy", reply_policy(x, ""));
	return answer_document(x, "text/html; charset=utf-8", &x->server->documents->page);
}

static bool answer_health(struct exchange *x)
{
	struct request *r = &x->request;
	bool healthy = watchman_healthy(x->server->watchman) && !atomic_load(&x->server->stopping);

	r->status = healthy ? 200 : 503;
	json_object(&r->json, NULL);
	json_text(&r->json, "status", healthy ? "ok" : "failing");
	json_text(&r->json, "version", THEODOI_VERSION);
	json_end(&r->json);
	return true;
}

/* The token's file is read each time: it may be changed without a restart. */
static bool token_matches(const char *path, const char *given)
{
	char token[256];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, token, sizeof(token) - 1) : -1;

	if (fd >= 0)
		close(fd);
	if (length <= 0) {
		LOG(LOG_WARN, "metrics_token_unreadable", LOG_INT("errno", errno));
		return false;
	}
	token[length] = '\0';
	token[strcspn(token, "\r\n")] = '\0';
	return token[0] && secret_equal(token, given);
}

static bool may_see_metrics(const struct exchange *x)
{
	const char *path = x->server->options.metrics_token_file;
	const char *authorization = wire_header(x, "Authorization");

	if (!path)
		return x->from_here;
	return authorization && !strncmp(authorization, "Bearer ", 7) && token_matches(path, authorization + 7);
}

static bool answer_metrics(struct exchange *x)
{
	struct buf out;

	if (!may_see_metrics(x))
		return error_set(&x->err, ERR_not_found, NULL, NULL);
	buf_init(&out, x->request.call.mem, 0);
	metrics_write(x->server, &out);
	reply_content(&x->request, "text/plain; version=0.0.4; charset=utf-8", out.data, out.length);
	return true;
}

bool system_answer(struct exchange *x)
{
	switch (x->match.route - routes) {
	case OPENAPI:
		return answer_document(x, "application/json", &x->server->documents->openapi);
	case DOCS:
		return answer_page(x);
	case DOCS_STYLE:
		return answer_document(x, "text/css; charset=utf-8", &x->server->documents->style);
	case HEALTH:
		return answer_health(x);
	default:
		return answer_metrics(x);
	}
}
