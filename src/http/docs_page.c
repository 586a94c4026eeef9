#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"
#include "http/documents.h"
#include "http/http.h"

/* The API for people: one page, no script, from the rows of the route tables. */

static const char *const type_words[] = {
	[FIELD_TEXT] = "text",
	[FIELD_ID] = "id",
	[FIELD_INT] = "integer",
	[FIELD_BOOL] = "true or false",
	[FIELD_DECIMAL] = "decimal as text, 1234.5",
	[FIELD_DATE] = "date, 2026-05-16",
	[FIELD_TIME] = "time, ISO 8601",
	[FIELD_PERIOD] = "period, 2026-05, 2026-Q2, 2026-H1 or 2026",
	[FIELD_CHOICE] = "one of",
	[FIELD_OBJECT] = "object",
	[FIELD_ARRAY] = "list of",
	[FIELD_MAP] = "map of",
	[FIELD_ANY] = "any JSON",
};

static const struct {
	unsigned flag;
	const char *words;
} notes[] = {
	{ ROUTE_PUBLIC, "No session needed." },
	{ ROUTE_PENDING, "Open while a password change or second factor is outstanding." },
	{ ROUTE_SUDO, "The password must have been confirmed within the last 10 minutes." },
	{ ROUTE_NO_TOKEN, "Not for personal tokens." },
	{ ROUTE_IF_MATCH, "Needs If-Match with the version that is being changed." },
	{ ROUTE_CREATES, "Honours Idempotency-Key." },
	{ ROUTE_UPLOAD, "The body is the file itself; its name goes into X-File-Name." },
	{ ROUTE_SHARED, "Carries an ETag; If-None-Match answers 304. May be up to 250 ms older than the newest write of others; "
				"Cache-Control: no-cache asks for the newest." },
};

/* Text between tags and in attributes. */
static void put(struct buf *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '<':
			buf_add_text(out, "&lt;");
			break;
		case '>':
			buf_add_text(out, "&gt;");
			break;
		case '&':
			buf_add_text(out, "&amp;");
			break;
		case '"':
			buf_add_text(out, "&quot;");
			break;
		default:
			buf_add_char(out, *text);
		}
	}
}

static void put_tagged(struct buf *out, const char *open, const char *text, const char *close)
{
	buf_add_text(out, open);
	put(out, text);
	buf_add_text(out, close);
}

static void put_shape_link(struct buf *out, const struct shape *shape)
{
	if (!shape || !shape->name) {
		buf_add_text(out, "object");
		return;
	}
	put_tagged(out, "<a href=\"#shape-", shape->name, "\">");
	put_tagged(out, "", shape->name, "</a>");
}

static void put_type(struct buf *out, const struct field *field)
{
	bool listed = field->type == FIELD_ARRAY || field->type == FIELD_MAP;

	if (field->type == FIELD_OBJECT && field->of) {
		put_shape_link(out, field->of);
		return;
	}
	put(out, type_words[field->type]);
	buf_add_char(out, ' ');
	if (listed && field->of)
		put_shape_link(out, field->of);
	else if (listed)
		put(out, type_words[field->item]);
	if (!field->choices)
		return;
	for (const char *at = field->choices; *at; at++) {
		if (*at == '|')
			buf_add_text(out, ", ");
		else
			buf_add_char(out, *at);
	}
}

static void put_fields(struct buf *out, const struct shape *shape)
{
	buf_add_text(out, "<table><thead><tr><th>Field<th>Type<th>About</tr></thead><tbody>\n");
	for (const struct field *field = shape->fields; field->name; field++) {
		put_tagged(out, "<tr><td><code>", field->name, "</code>");
		if (field->flags & FIELD_REQUIRED)
			buf_add_text(out, " <b>required</b>");
		buf_add_text(out, "<td>");
		put_type(out, field);
		if (field->flags & FIELD_NULLABLE)
			buf_add_text(out, " or null");
		buf_add_text(out, "<td>");
		if (field->about)
			put(out, field->about);
		buf_add_text(out, "</tr>\n");
	}
	buf_add_text(out, "</tbody></table>\n");
}

static void put_part(struct buf *out, const char *title, const struct shape *shape)
{
	if (!shape)
		return;
	put_tagged(out, "<h4>", title, "</h4>\n");
	if (shape->name) {
		buf_add_text(out, "<p>");
		put_shape_link(out, shape);
		buf_add_text(out, "</p>\n");
	} else {
		put_fields(out, shape);
	}
}

static void put_route(struct buf *out, const struct route *route)
{
	put_tagged(out, "<section class=\"route\"><h3><span>", route->method, "</span> ");
	put_tagged(out, "<code>", route->path, "</code></h3>\n");
	if (route->summary)
		put_tagged(out, "<p>", route->summary, "</p>\n");
	buf_add_text(out, "<p class=\"notes\">");
	if (route->right)
		put_tagged(out, "Right: <code>", route->right, "</code>. ");
	for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++) {
		if (!(route->flags & notes[i].flag))
			continue;
		put(out, notes[i].words);
		buf_add_char(out, ' ');
	}
	buf_add_text(out, "</p>\n");
	put_part(out, "Query", route->query);
	put_part(out, "Body", route->body);
	put_part(out, "Reply", route->reply);
	buf_add_text(out, "</section>\n");
}

enum { SHOWN_MAX = 1000 };

struct shown {
	const struct shape *shapes[SHOWN_MAX];
	size_t count;
};

static void put_named(struct buf *out, struct shown *shown, const struct shape *shape)
{
	if (!shape)
		return;
	if (shape->name) {
		for (size_t i = 0; i < shown->count; i++)
			if (shown->shapes[i] == shape)
				return;
		if (shown->count == SHOWN_MAX)
			return;
		shown->shapes[shown->count++] = shape;
		put_tagged(out, "<section><h3 id=\"shape-", shape->name, "\">");
		put_tagged(out, "<code>", shape->name, "</code></h3>\n");
		put_fields(out, shape);
		buf_add_text(out, "</section>\n");
	}
	for (const struct field *field = shape->fields; field->name; field++)
		put_named(out, shown, field->of);
}

static void put_shapes(struct buf *out, const struct route_table *const *tables, size_t count)
{
	struct shown shown = { .count = 0 };

	buf_add_text(out, "<h2 id=\"shapes\">Objects</h2>\n");
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < tables[i]->count; k++) {
			put_named(out, &shown, tables[i]->routes[k].body);
			put_named(out, &shown, tables[i]->routes[k].reply);
		}
	}
}

/* Every code an answer can carry; the `type` of a problem points here. */
static void put_errors(struct buf *out)
{
	char sentence[512];

	buf_add_text(out, "<h2 id=\"errors\">Errors</h2>\n<table><thead><tr><th>Code<th>Status<th>Sentence</tr></thead>"
			  "<tbody>\n");
	for (int code = ERR_none + 1; code < ERR_count; code++) {
		struct error err = { .code = (enum error_code)code };

		put_tagged(out, "<tr id=\"", error_word(err.code), "\"><td><code>");
		put(out, error_word(err.code));
		buf_add_text(out, "</code><td>");
		buf_add_format(out, "%d", error_status(err.code));
		buf_add_text(out, "<td>");
		put(out, error_sentence(&err, LANG_EN, sentence, sizeof(sentence)));
		buf_add_text(out, "</tr>\n");
	}
	buf_add_text(out, "</tbody></table>\n");
}

static void put_contents(struct buf *out, const struct route_table *const *tables, size_t count)
{
	buf_add_text(out, "<nav><h1>theodoi API</h1><ul>\n");
	for (size_t i = 0; i < count; i++) {
		put_tagged(out, "<li><a href=\"#room-", tables[i]->room, "\">");
		put_tagged(out, "", tables[i]->room, "</a></li>\n");
	}
	buf_add_text(out, "<li><a href=\"#shapes\">Objects</a></li>\n<li><a href=\"#errors\">Errors</a></li>\n"
			  "<li><a href=\"/api/openapi.json\">openapi.json</a></li></ul></nav>\n");
}

void docs_page_write(struct buf *out, const struct route_table *const *tables, size_t count)
{
	buf_add_text(out,
		     "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
		     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
		     "<title>theodoi API</title><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body>\n");
	put_contents(out, tables, count);
	buf_add_text(out,
		     "<main><p>JSON in and out. Ids and amounts are strings; times are ISO 8601 with +07:00. "
		     "A session is a cookie from <code>POST /api/session</code>, its writes carry "
		     "<code>X-CSRF-Token</code>; programs send <code>Authorization: Bearer</code> with a personal "
		     "token. Errors are <code>application/problem+json</code>.</p>\n");
	for (size_t i = 0; i < count; i++) {
		put_tagged(out, "<h2 id=\"room-", tables[i]->room, "\">");
		put_tagged(out, "", tables[i]->room, "</h2>\n");
		for (size_t k = 0; k < tables[i]->count; k++)
			put_route(out, &tables[i]->routes[k]);
	}
	put_shapes(out, tables, count);
	put_errors(out);
	buf_add_text(out, "</main></body></html>\n");
}

void docs_style_write(struct buf *out)
{
	buf_add_text(out,
		     ":root{color-scheme:light dark}"
		     "body{font:14px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:0 1rem;"
		     "display:grid;grid-template-columns:12rem minmax(0,1fr);gap:2rem}"
		     "nav{position:sticky;top:0;align-self:start;padding-top:1rem}"
		     "nav h1{font-size:1.1rem}nav ul{list-style:none;padding:0}"
		     "h2{border-bottom:2px solid #a61b1b;margin-top:2.5rem}"
		     "h3 span{color:#a61b1b;display:inline-block;min-width:4rem}h4{margin:.5rem 0}"
		     ".route{border-bottom:1px solid #8884;padding-bottom:1rem}.notes{opacity:.75}"
		     "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
		     "padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8883;overflow-wrap:anywhere}"
		     "@media(max-width:48rem){body{display:block}nav{position:static}}"
		     "@media(prefers-color-scheme:dark){h3 span{color:#ff8a8a}a{color:#8ab4ff}}\n");
}
