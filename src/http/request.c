#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/exchange.h"

/* What a handler asks of its request. */

static struct exchange *exchange_of(const struct request *r)
{
	return r->http;
}

const char *request_path(const struct request *r, const char *name)
{
	const struct route_match *match = &exchange_of(r)->match;

	for (size_t i = 0; i < match->count; i++)
		if (!strcmp(match->names[i], name))
			return match->values[i];
	return NULL;
}

id request_path_id(const struct request *r, const char *name)
{
	const char *text = request_path(r, name);
	id value;

	if (text && id_parse(text, &value))
		return value;
	error_set(r->call.err, ERR_not_found, NULL, NULL);
	return 0;
}

const char *request_query(const struct request *r, const char *name)
{
	const struct exchange *x = exchange_of(r);

	for (size_t i = 0; i < x->query_count; i++)
		if (!strcmp(x->query[i].name, name))
			return x->query[i].value;
	return NULL;
}

id request_query_id(const struct request *r, const char *name)
{
	const char *text = request_query(r, name);
	id value;

	return text && id_parse(text, &value) ? value : 0;
}

int64_t request_query_int(const struct request *r, const char *name, int64_t absent)
{
	const char *text = request_query(r, name);
	int64_t value;

	return text && text_to_int(text, INT64_MIN, INT64_MAX, &value) ? value : absent;
}

const char *request_header(const struct request *r, const char *name)
{
	return wire_header(exchange_of(r), name);
}

bool request_is_background(const struct request *r)
{
	const struct exchange *x = exchange_of(r);

	return !x->wire || (r->route->flags & ROUTE_BACKGROUND) || wire_header(x, "X-Background");
}

const char *request_origin(const struct request *r)
{
	const struct exchange *x = exchange_of(r);
	const char *host = wire_header(x, "Host");
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";

	if (!host || !*host || host[strspn(host, allowed)])
		return NULL;
	return arena_printf(r->call.mem, "%s://%s", x->server->options.behind_tls ? "https" : "http", host);
}

int64_t request_if_match(const struct request *r)
{
	const char *text = request_header(r, "If-Match");
	char digits[24];
	int64_t version;
	size_t length;

	if (!text)
		return -1;
	if (text_starts(text, "W/"))
		text += 2;
	length = strlen(text);
	if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
		text++;
		length -= 2;
	}
	if (length == 0 || length >= sizeof(digits))
		return -1;
	memcpy(digits, text, length);
	digits[length] = '\0';
	return text_to_int(digits, 0, INT64_MAX, &version) ? version : -1;
}

const struct upload *request_upload(const struct request *r)
{
	return exchange_of(r)->upload;
}

int request_limit(const struct request *r, int absent, int most)
{
	int64_t limit = request_query_int(r, "limit", absent);

	if (limit < 1)
		return 1;
	return limit < most ? (int)limit : most;
}
