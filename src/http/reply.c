#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "http/exchange.h"

/* What a handler answers with, kept in the exchange until server.c sends it. */

/* On every answer. */
const struct pair reply_fixed_headers[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
	{ "X-Frame-Options", "DENY" },
	{ NULL, NULL },
};

static struct exchange *exchange_of(const struct request *r)
{
	return r->http;
}

static void close_file(void *arg)
{
	struct exchange *x = arg;

	if (x->content.fd >= 0)
		close(x->content.fd);
	x->content.fd = -1;
}

void reply_reset(struct exchange *x)
{
	struct request *r = &x->request;

	close_file(x);
	r->status = 0;
	buf_clear(&r->out);
	json_start(&r->json, &r->out);
	x->header_count = 0;
	x->etag = NULL;
	x->etag_is_version = false;
	x->retry_after = 0;
	x->replayed = false;
	memset(&x->content, 0, sizeof(x->content));
	x->content.fd = -1;
}

bool reply_close_json(struct exchange *x)
{
	struct json *json = &x->request.json;

	if (x->request.out.length == 0)
		return false;
	while (json->depth > 0)
		json_end(json);
	return json_finish(json);
}

static bool header_name_valid(const char *name)
{
	if (!*name)
		return false;
	for (; *name; name++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", *name))
			return false;
	return true;
}

static bool header_value_valid(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < 0x20 || *value == 0x7f)
			return false;
	return true;
}

void reply_header(struct request *r, const char *name, const char *value)
{
	struct exchange *x = exchange_of(r);

	if (!header_name_valid(name) || !header_value_valid(value)) {
		LOG(LOG_WARN, "reply_header_refused", LOG_TEXT("route", r->route ? r->route->path : "-"));
		return;
	}
	if (x->header_count == HEADERS_MAX)
		die("%s: more than %d reply headers", r->route ? r->route->path : "-", HEADERS_MAX);
	x->headers[x->header_count].name = arena_strdup(r->call.mem, name);
	x->headers[x->header_count++].value = arena_strdup(r->call.mem, value);
}

void reply_etag(struct request *r, int64_t version)
{
	struct buf out;

	buf_init(&out, r->call.mem, 0);
	buf_add_format(&out, "\"%lld\"", (long long)version);
	exchange_of(r)->etag = out.data;
	exchange_of(r)->etag_is_version = true;
}

void reply_retry_after(struct request *r, int64_t seconds)
{
	exchange_of(r)->retry_after = seconds > INT_MAX ? INT_MAX : (int)seconds;
}

void reply_cookie(struct request *r, const char *name, const char *value, int64_t max_age_s)
{
	struct exchange *x = exchange_of(r);
	struct buf out;

	if (strpbrk(value, " ;,\"\\")) {
		LOG(LOG_WARN, "reply_cookie_refused", LOG_TEXT("cookie", name));
		return;
	}
	buf_init(&out, r->call.mem, 0);
	buf_add_text(&out, name);
	buf_add_char(&out, '=');
	buf_add_text(&out, value);
	if (max_age_s >= 0)
		buf_add_format(&out, "; Max-Age=%lld", (long long)max_age_s);
	buf_add_text(&out, "; Path=/; HttpOnly; SameSite=Strict");
	if (x->server->options.behind_tls)
		buf_add_text(&out, "; Secure");
	reply_header(r, "Set-Cookie", out.data);
}

void reply_content(struct request *r, const char *type, const void *bytes, size_t length)
{
	struct reply_body *content = &exchange_of(r)->content;

	content->set = true;
	content->type = type;
	content->bytes = bytes;
	content->length = length;
}

static bool is_token_byte(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
	       c == '-' || c == '_';
}

/* RFC 6266: a name for old readers without anything but letters, and the real one percent-encoded. */
static const char *disposition(struct arena *mem, const char *name)
{
	static const char digits[] = "0123456789ABCDEF";
	struct buf out;

	buf_init(&out, mem, 0);
	buf_add_text(&out, "attachment; filename=\"");
	for (const char *at = name; *at; at++) {
		if (is_token_byte((unsigned char)*at) || *at == ' ')
			buf_add_char(&out, *at);
		else if (((unsigned char)*at & 0xc0) != 0x80)
			buf_add_char(&out, '_');
	}
	buf_add_text(&out, "\"; filename*=UTF-8''");
	for (const char *at = name; *at; at++) {
		unsigned char c = (unsigned char)*at;

		if (is_token_byte(c)) {
			buf_add_char(&out, *at);
			continue;
		}
		buf_add_char(&out, '%');
		buf_add_char(&out, digits[c >> 4]);
		buf_add_char(&out, digits[c & 15]);
	}
	return out.data;
}

bool reply_file(struct request *r, const char *path, const char *type, const char *name)
{
	struct exchange *x = exchange_of(r);
	struct stat stat;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno == ENOENT ? error_set(r->call.err, ERR_not_found, NULL, NULL) :
					 error_internal(r->call.err, "open of a stored file: errno %d", errno);
	if (fstat(fd, &stat) || !S_ISREG(stat.st_mode)) {
		close(fd);
		return error_internal(r->call.err, "a stored file is no regular file");
	}
	close_file(x);
	x->content.set = true;
	x->content.type = type;
	x->content.fd = fd;
	x->content.file_size = (uint64_t)stat.st_size;
	arena_defer(r->call.mem, close_file, x);
	reply_header(r, "Content-Disposition", disposition(r->call.mem, name));
	return true;
}

int reply_status(const struct exchange *x)
{
	const struct request *r = &x->request;
	bool content = x->content.set || r->out.length > 0;

	if (r->status)
		return r->status;
	if (!content)
		return 204;
	return r->route && (r->route->flags & ROUTE_CREATES) ? 201 : 200;
}

static void log_failure(const struct exchange *x, int status)
{
	LOG(LOG_WARN, "request_failed", LOG_TEXT("method", x->method),
	    LOG_TEXT("route", x->match.route ? x->match.route->path : "-"), LOG_INT("status", status),
	    LOG_TEXT("code", error_word(x->err.code)), LOG_TEXT("trace", x->err.trace));
}

static void write_details(struct json *json, const struct error *err, enum language lang)
{
	char sentence[512];

	json_array(json, "errors");
	for (size_t i = 0; i < err->detail_count; i++) {
		const struct error_detail *detail = &err->details[i];

		json_object(json, NULL);
		json_text(json, "code", error_word(detail->code));
		if (detail->field)
			json_text(json, "field", detail->field);
		json_text(json, "title", error_detail_sentence(detail, lang, sentence, sizeof(sentence)));
		json_end(json);
	}
	json_end(json);
}

/* The error of the exchange as application/problem+json (RFC 9457). */
void reply_problem(struct exchange *x)
{
	struct request *r = &x->request;
	const char *code;
	char sentence[1024];
	int64_t revision;
	int status, retry_after = x->retry_after;

	if (x->err.code == ERR_none)
		error_internal(&x->err, "failed without an error");
	code = error_word(x->err.code);
	status = error_status(x->err.code);
	if (status >= 500)
		log_failure(x, status);
	reply_reset(x);
	r->status = status;
	json_object(&r->json, NULL);
	json_text(&r->json, "type", arena_printf(r->call.mem, "/api/docs#%s", code));
	json_text(&r->json, "title", error_sentence(&x->err, r->lang, sentence, sizeof(sentence)));
	json_int(&r->json, "status", status);
	json_text(&r->json, "code", code);
	if (x->err.field[0])
		json_text(&r->json, "field", x->err.field);
	if (x->err.code == ERR_stale_version && text_to_int(x->err.args[0], 0, INT64_MAX, &revision))
		json_int(&r->json, "revision", revision);
	if (x->err.detail_count)
		write_details(&r->json, &x->err, r->lang);
	json_end(&r->json);
	if (status == 405 && x->match.allowed)
		reply_header(r, "Allow", x->match.allowed);
	if (status == 401)
		reply_header(r, "WWW-Authenticate", "Bearer");
	x->retry_after = retry_after ? retry_after : status == 503 ? 2 : 0;
	x->content.type = "application/problem+json";
}

/* The Content-Security-Policy. `nonce` is a page's own; NULL for all that is no page of ours. */
const char *reply_policy(struct exchange *x, const char *nonce)
{
	struct buf out;

	if (!nonce)
		return "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
	buf_init(&out, x->request.call.mem, 0);
	buf_add_text(&out, "default-src 'none'; script-src 'self'; style-src 'self'");
	if (*nonce) {
		buf_add_text(&out, " 'nonce-");
		buf_add_text(&out, nonce);
		buf_add_char(&out, '\'');
	}
	buf_add_text(&out, "; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
			   "frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
	return out.data;
}
