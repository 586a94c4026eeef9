#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/store.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/exchange.h"
#include "http/flight.h"
#include "http/idempotency.h"
#include "http/limits.h"
#include "http/live_stream.h"
#include "http/origin.h"
#include "http/shape.h"
#include "http/slow.h"
#include "http/system_routes.h"
#include "http/upload.h"

/* The way of a request through its phases; see http.h. */

static bool is_read(const struct exchange *x)
{
	return !strcmp(x->method, "GET") || x->head;
}

static bool fails(struct exchange *x, enum error_code code)
{
	return error_set(&x->err, code, NULL, NULL);
}

static void finish(struct exchange *x, bool ok)
{
	x->failed = !ok || x->err.code != ERR_none;
	x->phase = PHASE_REPLY;
}

instant server_now(const struct server *server)
{
	return server->options.clock ? server->options.clock() : clock_now();
}

/* "en" only where it is asked for before Vietnamese. */
static enum language accepted_language(const struct exchange *x)
{
	const char *accept = wire_header(x, "Accept-Language");

	return accept && !strncasecmp(accept, "en", 2) ? LANG_EN : LANG_VI;
}

static void read_language_choice(struct exchange *x)
{
	const char *choice = request_query(&x->request, "lang");

	if (choice && !strcmp(choice, "en"))
		x->request.lang = LANG_EN;
	else if (choice && !strcmp(choice, "vi"))
		x->request.lang = LANG_VI;
}

static const char *bearer_of(const struct exchange *x)
{
	const char *authorization = wire_header(x, "Authorization");

	if (!authorization || strncasecmp(authorization, "Bearer ", 7))
		return NULL;
	authorization += 7;
	while (*authorization == ' ')
		authorization++;
	return *authorization ? authorization : NULL;
}

/* Who asks, and whether this route is open to them. Needs a snapshot. */
static bool check_session(struct exchange *x)
{
	const struct http_auth *auth = http_auth_get();
	struct request *r = &x->request;
	const char *bearer = bearer_of(x);
	const char *cookie = bearer ? NULL : wire_cookie(x, SESSION_COOKIE);

	x->by_cookie = cookie != NULL;
	if ((bearer || cookie) && !auth->authenticate(r, cookie, bearer))
		return false;
	x->signed_in_checked = true;
	if (r->session && !limits_account(x, auth->account(r)))
		return false;
	if (!is_read(x) && !origin_check(x))
		return false;
	if (r->route->flags & ROUTE_PUBLIC)
		return true;
	if (!r->session)
		return fails(x, ERR_not_signed_in);
	if (!auth->allowed(r))
		return false;
	return is_read(x) || !x->by_cookie || origin_token_check(x, auth->csrf(r));
}

static bool is_json(const struct exchange *x)
{
	const char *type = wire_header(x, "Content-Type");

	return type && !strncasecmp(type, "application/json", 16) &&
	       (type[16] == '\0' || type[16] == ';' || type[16] == ' ');
}

static bool fails_too_large(struct exchange *x)
{
	const char *size = x->body_max >= 1 << 20 ?
		arena_printf(x->request.call.mem, "%zu MB", x->body_max >> 20) :
		arena_printf(x->request.call.mem, "%zu KB", x->body_max >> 10);

	return error_set(&x->err, ERR_body_too_large, NULL, size, NULL);
}

static bool check_body(struct exchange *x)
{
	struct request *r = &x->request;
	json_t *body;

	if (x->body_too_large)
		return fails_too_large(x);
	if (!r->route->body || (r->route->flags & ROUTE_UPLOAD))
		return true;
	if (!is_json(x))
		return error_set(&x->err, ERR_unsupported_media, NULL, "application/json", NULL);
	body = json_parse(r->call.mem, x->body.data, x->body.length, &x->err);
	if (!body || !shape_check_body(r->call.mem, r->route->body, body, &x->err))
		return false;
	r->body = body;
	return true;
}

static bool check_request(struct exchange *x)
{
	struct request *r = &x->request;

	if (!shape_check_query(r->call.mem, r->route->query, x->query, &x->query_count, &x->err))
		return false;
	if ((r->route->flags & ROUTE_IF_MATCH) && request_if_match(r) < 0)
		return fails(x, ERR_precondition_required);
	return check_body(x) && idempotency_prepare(x);
}

/*
 * After a handler said yes. One that filled the error besides is answered with
 * it, and keeps what it wrote. The right is the last guard: a route that asked
 * for none has a defect.
 */
static bool check_reply(struct exchange *x)
{
	const struct request *r = &x->request;

	if (x->err.code != ERR_none)
		return true;
	if (!r->call.right_checked && !(r->route->flags & ROUTE_PUBLIC))
		return error_internal(&x->err, "%s %s answered without checking a right", r->route->method,
				      r->route->path);
	if (r->out.overflow)
		return error_internal(&x->err, "%s %s: the reply is too large", r->route->method, r->route->path);
	if (r->out.length > 0 && !x->replayed && !reply_close_json(x))
		return error_internal(&x->err, "%s %s wrote broken JSON", r->route->method, r->route->path);
	return true;
}

static bool act_checked(struct exchange *x)
{
	return x->request.route->act(&x->request) && check_reply(x);
}

static bool write_act(struct call *c, void *arg)
{
	struct exchange *x = arg;

	(void)c;
	return idempotency_act(x, act_checked);
}

static void write_again(struct write_job *job)
{
	struct exchange *x = job->arg;

	error_clear(&x->err);
	x->request.call.right_checked = false;
	reply_reset(x);
}

static void write_done(struct write_job *job, bool ok)
{
	struct exchange *x = job->arg;

	cache_note_write(x);
	finish(x, ok);
	wire_resume(x);
}

/* Hands a suspended exchange to the writer, whose it is from then on. */
static void submit(struct exchange *x)
{
	x->request.call.right_checked = false;
	reply_reset(x);
	x->job = (struct write_job){
		.act = write_act,
		.arg = x,
		.call = &x->request.call,
		.done = write_done,
		.again = write_again,
	};
	if (writer_submit(x->server->store, &x->job))
		return;
	error_set(&x->err, ERR_unavailable, NULL, NULL);
	finish(x, false);
	wire_resume(x);
}

/* `prepare`, and for reading `act`, on the snapshot at hand. */
static bool run_on_snapshot(struct exchange *x)
{
	const struct route *route = x->request.route;

	if (route->prepare && !route->prepare(&x->request))
		return false;
	if (route->act && !is_read(x))
		return true;
	return route->act ? act_checked(x) : check_reply(x);
}

void dispatch_slow(struct exchange *x)
{
	struct call *c = &x->request.call;
	bool ok;

	if (x->spool && !upload_sync(x)) {
		ok = false;
	} else if (!store_read(x->server->store, c)) {
		ok = false;
	} else {
		ok = run_on_snapshot(x);
		store_release(x->server->store, c);
	}
	if (ok && !is_read(x) && x->request.route->act) {
		submit(x);
		return;
	}
	if (ok && x->err.code == ERR_none)
		cache_keep(x);
	finish(x, ok);
	wire_resume(x);
}

void dispatch_answered(struct exchange *x)
{
	finish(x, true);
	wire_resume(x);
}

static const char *copy(const struct exchange *twin, const char *text)
{
	return arena_strdup(twin->request.call.mem, text);
}

struct exchange *dispatch_twin(const struct exchange *x)
{
	struct exchange *twin = exchange_new(x->server, "GET", x->path);
	const char *bearer = bearer_of(x);

	router_match(x->server->router, twin->route_path, twin->method, &twin->match);
	twin->request.route = twin->match.route;
	twin->request.call.now = x->request.call.now;
	twin->request.lang = x->request.lang;
	twin->query = ARENA_ARRAY(twin->request.call.mem, struct pair, x->query_count + 1);
	for (size_t i = 0; i < x->query_count; i++)
		twin->query[twin->query_count++] = (struct pair){ copy(twin, x->query[i].name), copy(twin, x->query[i].value) };
	twin->bearer = copy(twin, bearer);
	twin->cookie = bearer ? NULL : copy(twin, wire_cookie(x, SESSION_COOKIE));
	twin->shared_name = copy(twin, x->shared_name);
	twin->shared_key = x->shared_key;
	return twin;
}

/* As whom it was asked for, who may by now see something else. */
static bool is_still_named(struct exchange *twin)
{
	const char *name = twin->shared_name;
	enum language lang = twin->request.lang;

	if ((twin->cookie || twin->bearer) &&
	    !http_auth_get()->authenticate(&twin->request, twin->cookie, twin->bearer))
		return false;
	twin->request.lang = lang;
	cache_name(twin);
	return !strcmp(name, twin->shared_name);
}

bool dispatch_shared(struct exchange *twin)
{
	struct call *c = &twin->request.call;
	bool ok;

	if (!store_read(twin->server->store, c))
		return false;
	ok = is_still_named(twin) && run_on_snapshot(twin) && twin->err.code == ERR_none;
	store_release(twin->server->store, c);
	return ok && cache_keep(twin);
}

static void to_slow(struct exchange *x)
{
	wire_suspend(x);
	if (slow_push(x->server->slow, x))
		return;
	error_set(&x->err, ERR_unavailable, NULL, NULL);
	finish(x, false);
	wire_resume(x);
}

static bool is_slow(const struct route *route)
{
	return (route->flags & (ROUTE_SLOW | ROUTE_UPLOAD)) != 0;
}

enum next { NEXT_FAIL, NEXT_REPLY, NEXT_SLOW, NEXT_WRITE, NEXT_TAKEN, NEXT_SHARED };

static enum next run_with_snapshot(struct exchange *x)
{
	const struct route *route = x->request.route;

	if (!x->signed_in_checked && !check_session(x))
		return NEXT_FAIL;
	if (!check_request(x))
		return NEXT_FAIL;
	read_language_choice(x);
	if (x->stream && !live_open(x))
		return NEXT_FAIL;
	if (x->stream)
		return x->phase == PHASE_TAKEN ? NEXT_TAKEN : NEXT_REPLY;
	switch (cache_answer(x)) {
	case CACHE_ANSWERED:
		return NEXT_REPLY;
	case CACHE_MISSING:
		return NEXT_SHARED;
	case CACHE_NOT_SHARED:
		break;
	}
	if (is_slow(route))
		return NEXT_SLOW;
	if (!run_on_snapshot(x))
		return NEXT_FAIL;
	return is_read(x) || !route->act ? NEXT_REPLY : NEXT_WRITE;
}

/* False when another thread has the exchange now. */
static bool run_route(struct exchange *x)
{
	struct call *c = &x->request.call;
	enum next next;

	x->shared_commits = store_commits(x->server->store);
	x->shared_taken_us = monotonic_us();
	if (!store_read(x->server->store, c)) {
		finish(x, false);
		return true;
	}
	next = run_with_snapshot(x);
	store_release(x->server->store, c);
	switch (next) {
	case NEXT_SLOW:
		to_slow(x);
		return false;
	case NEXT_WRITE:
		wire_suspend(x);
		submit(x);
		return false;
	case NEXT_SHARED:
		wire_suspend(x);
		flights_join(x);
		return false;
	case NEXT_TAKEN:
		return false;
	case NEXT_REPLY:
		finish(x, true);
		return true;
	case NEXT_FAIL:
		break;
	}
	finish(x, false);
	return true;
}

static bool is_ours(const char *path)
{
	return text_starts(path, "/api/") || !strcmp(path, "/api");
}

/* Paths without a route: the web application's, a wrong method, or nothing. */
static bool answer_without_route(struct exchange *x)
{
	if (!x->match.allowed)
		return is_ours(x->path) ? fails(x, ERR_not_found) : assets_answer(x);
	if (strcmp(x->method, "OPTIONS"))
		return error_set(&x->err, ERR_method_not_allowed, NULL, x->method, NULL);
	reply_header(&x->request, "Allow", x->match.allowed);
	x->request.status = 204;
	return true;
}

bool dispatch_run(struct exchange *x)
{
	if (x->failed) {
		finish(x, false);
		return true;
	}
	if (atomic_load(&x->server->stopping)) {
		x->close = true;
		finish(x, fails(x, ERR_unavailable));
		return true;
	}
	if (!x->match.route) {
		finish(x, answer_without_route(x));
		return true;
	}
	if (system_answers(x)) {
		finish(x, system_answer(x));
		return true;
	}
	if ((!x->signed_in_checked && !limits_address(x)) || !limits_shed(x)) {
		finish(x, false);
		return true;
	}
	return run_route(x);
}

/* An upload is refused before it is taken in. */
static bool check_upload(struct exchange *x)
{
	struct call *c = &x->request.call;
	bool ok;

	if (!limits_address(x) || !store_read(x->server->store, c))
		return false;
	ok = check_session(x);
	store_release(x->server->store, c);
	return ok && upload_open(x);
}

static void choose_body_mode(struct exchange *x, uint64_t declared)
{
	const struct route *route = x->match.route;

	x->body_mode = BODY_DISCARD;
	x->body_max = BODY_DEFAULT;
	if (!route || is_read(x))
		return;
	x->body_max = route->body_max ? route->body_max :
		      route->flags & ROUTE_UPLOAD ? UPLOAD_DEFAULT : BODY_DEFAULT;
	if (declared > x->body_max) {
		x->body_too_large = true;
		return;
	}
	if (route->flags & ROUTE_UPLOAD) {
		x->failed = !check_upload(x);
		x->body_mode = x->failed ? BODY_DISCARD : BODY_SPOOL;
	} else if (route->body) {
		x->body_mode = BODY_KEEP;
		buf_init(&x->body, x->request.call.mem, x->body_max + 1);
		buf_reserve(&x->body, declared ? (size_t)declared : 1024);
	}
}

void dispatch_head(struct exchange *x, uint64_t declared)
{
	struct request *r = &x->request;
	bool refused;

	x->head = !strcmp(x->method, "HEAD");
	router_match(x->server->router, x->route_path, x->method, &x->match);
	r->route = x->match.route;
	x->stream = system_is_stream(r->route);
	r->lang = accepted_language(x);
	choose_body_mode(x, declared);
	refused = x->failed || x->body_too_large || !r->route;
	/* A client that waits to be told, or one with more to send than is worth reading, is told now. */
	if (!(refused && wire_header(x, "Expect")) && !(x->body_mode == BODY_DISCARD && declared > x->body_max + DRAIN_MAX))
		return;
	x->close = true;
	if (!x->failed && r->route)
		fails_too_large(x);
	else if (!x->failed)
		fails(x, ERR_not_found);
	finish(x, false);
}
