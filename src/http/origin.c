#include "http/origin.h"

#include <string.h>
#include <strings.h>

#include "base/crypto.h"
#include "http/exchange.h"

static bool refuse(struct exchange *x)
{
	return error_set(&x->err, ERR_csrf_failed, NULL, NULL);
}

bool origin_check(struct exchange *x)
{
	const char *site = wire_header(x, "Sec-Fetch-Site");
	const char *origin = wire_header(x, "Origin");
	const char *host = wire_header(x, "Host");
	const char *authority;

	if (site && strcmp(site, "same-origin") && strcmp(site, "none"))
		return refuse(x);
	if (!origin)
		return true;
	/* The scheme is the proxy's affair: behind it the program sees plain HTTP. */
	authority = strstr(origin, "://");
	if (!authority || !host || strcasecmp(authority + 3, host))
		return refuse(x);
	return true;
}

bool origin_token_check(struct exchange *x, const char *token)
{
	const char *given = wire_header(x, "X-CSRF-Token");

	if (!token || !given || !secret_equal(token, given))
		return refuse(x);
	return true;
}
