#include "http/idempotency.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "http/exchange.h"
#include "http/idempotency_store.h"
#include "http/shape.h"

enum { KEY_MAX = 128 };

static bool key_valid(const char *key)
{
	size_t length = strlen(key);

	if (length == 0 || length > KEY_MAX)
		return false;
	for (size_t i = 0; i < length; i++)
		if (key[i] <= ' ' || key[i] > '~')
			return false;
	return true;
}

static char *dump_without_secrets(struct arena *mem, const struct shape *shape, const json_t *value)
{
	json_t *copy = json_deep_copy(value);
	char *text, *out;

	shape_redact(shape, copy);
	text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);
	out = arena_strdup(mem, text ? text : "");
	free(text);
	json_decref(copy);
	return out;
}

/* Whatever tells two requests apart. A digest of a short secret would give it away, so secrets are left out. */
static void digest_request(struct exchange *x)
{
	struct request *r = &x->request;
	struct buf all;

	buf_init(&all, r->call.mem, 0);
	buf_add_text(&all, x->path);
	buf_add_char(&all, '\n');
	if (x->upload) {
		buf_add_text(&all, x->upload->sha256);
		buf_add_text(&all, x->upload->name);
	} else if (r->route->body && shape_has_secret(r->route->body)) {
		buf_add_text(&all, dump_without_secrets(r->call.mem, r->route->body, r->body));
	} else {
		buf_add(&all, x->body.data, x->body.length);
	}
	for (size_t i = 0; i < x->query_count; i++) {
		buf_add_char(&all, '\n');
		buf_add_text(&all, x->query[i].name);
		buf_add_char(&all, '=');
		buf_add_text(&all, x->query[i].value);
	}
	sha256_hex(all.data, all.length, x->body_digest);
}

bool idempotency_prepare(struct exchange *x)
{
	const struct request *r = &x->request;
	const char *key;

	if (!(r->route->flags & ROUTE_CREATES) || !r->session)
		return true;
	key = wire_header(x, "Idempotency-Key");
	if (!key)
		return true;
	if (!key_valid(key))
		return error_set(&x->err, ERR_field_invalid, "Idempotency-Key", NULL);
	x->idempotency_key = arena_strdup(r->call.mem, key);
	digest_request(x);
	return true;
}

static const char *route_name(const struct exchange *x)
{
	return arena_printf(x->request.call.mem, "%s %s", x->request.route->method, x->request.route->path);
}

static bool answer_again(struct exchange *x, const struct kept_reply *kept)
{
	struct request *r = &x->request;

	if (strcmp(kept->route, route_name(x)) || strcmp(kept->body_digest, x->body_digest))
		return error_set(&x->err, ERR_idempotency_mismatch, "Idempotency-Key", NULL);
	reply_reset(x);
	r->status = kept->status;
	if (kept->reply)
		buf_add_text(&r->out, kept->reply);
	reply_header(r, "Idempotent-Replayed", "true");
	x->replayed = true;
	/* Granted when it was first run, and nothing is told that was not told then. */
	r->call.right_checked = true;
	return true;
}

static bool keep(struct exchange *x, id account)
{
	struct request *r = &x->request;
	struct kept_reply kept = {
		.route = route_name(x),
		.body_digest = x->body_digest,
		.at = r->call.now,
	};
	json_t *value;

	if (x->content.set)
		return error_internal(&x->err, "%s: a reply that is no JSON cannot be kept", r->route->path);
	kept.status = reply_status(x);
	if (r->out.length > 0)
		kept.reply = r->out.data;
	if (kept.reply && r->route->reply && shape_has_secret(r->route->reply)) {
		value = json_parse(r->call.mem, r->out.data, r->out.length, &x->err);
		if (!value)
			return false;
		kept.reply = dump_without_secrets(r->call.mem, r->route->reply, value);
	}
	return kept_reply_write(&r->call, account, x->idempotency_key, &kept);
}

bool idempotency_act(struct exchange *x, bool (*act)(struct exchange *x))
{
	struct request *r = &x->request;
	id account = x->idempotency_key ? http_auth_get()->account(r) : 0;
	struct kept_reply kept;
	bool found;

	if (!account)
		return act(x);
	if (!kept_reply_read(&r->call, account, x->idempotency_key, &kept, &found))
		return false;
	if (found && kept.at > r->call.now - DAY_MS)
		return answer_again(x, &kept);
	if (!act(x))
		return false;
	return x->err.code != ERR_none || keep(x, account);
}

bool idempotency_sweep(struct call *c)
{
	return kept_reply_sweep(c, c->now - DAY_MS);
}
