#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "http/documents.h"
#include "http/http.h"
#include "http/shape.h"

/* The OpenAPI 3.1 document, from the same rows that the server runs by. */

enum { COMPONENTS_MAX = 1000 };

struct writer {
	struct arena *mem;
	struct json json;
	const struct shape *components[COMPONENTS_MAX];
	size_t component_count;
};

static void collect(struct writer *w, const struct shape *shape)
{
	if (!shape)
		return;
	if (shape->name) {
		for (size_t i = 0; i < w->component_count; i++) {
			if (w->components[i] == shape)
				return;
			if (!strcmp(w->components[i]->name, shape->name))
				die("two shapes are named %s", shape->name);
		}
		if (w->component_count == COMPONENTS_MAX)
			die("more than %d shapes", COMPONENTS_MAX);
		w->components[w->component_count++] = shape;
	}
	for (const struct field *field = shape->fields; field->name; field++)
		collect(w, field->of);
}

static void put_type(struct json *json, const char *type, bool nullable)
{
	if (!nullable) {
		json_text(json, "type", type);
		return;
	}
	json_array(json, "type");
	json_text(json, NULL, type);
	json_text(json, NULL, "null");
	json_end(json);
}

static void put_string(struct json *json, const char *attribute, const char *value, bool nullable)
{
	put_type(json, "string", nullable);
	json_text(json, attribute, value);
}

static void put_bounds(struct json *json, const struct field *field, const char *least, const char *most)
{
	if (field->min)
		json_int(json, least, field->min);
	if (field->max)
		json_int(json, most, field->max);
}

static void put_choices(struct writer *w, const char *choices, bool nullable)
{
	const char *at = choices, *end;

	put_type(&w->json, "string", nullable);
	json_array(&w->json, "enum");
	while (at) {
		end = strchr(at, '|');
		json_text_n(&w->json, NULL, at, end ? (size_t)(end - at) : strlen(at));
		at = end ? end + 1 : NULL;
	}
	if (nullable)
		json_null(&w->json, NULL);
	json_end(&w->json);
}

static void put_object(struct writer *w, const struct shape *shape);

/* A shape by name, or as it is when it has none. */
static void put_shape(struct writer *w, const struct shape *shape)
{
	if (shape->name)
		json_text(&w->json, "$ref", arena_printf(w->mem, "#/components/schemas/%s", shape->name));
	else
		put_object(w, shape);
}

static void put_shape_or_null(struct writer *w, const struct shape *shape, bool nullable)
{
	if (!shape) {
		put_type(&w->json, "object", nullable);
		return;
	}
	if (!nullable) {
		put_shape(w, shape);
		return;
	}
	json_array(&w->json, "anyOf");
	json_object(&w->json, NULL);
	put_shape(w, shape);
	json_end(&w->json);
	json_object(&w->json, NULL);
	json_text(&w->json, "type", "null");
	json_end(&w->json);
	json_end(&w->json);
}

static void put_schema(struct writer *w, const struct field *field, enum field_type type, bool nullable);

static void put_items(struct writer *w, const struct field *field, const char *key)
{
	const struct field item = { .name = field->name, .type = field->item, .choices = field->choices };

	json_object(&w->json, key);
	if (field->of)
		put_shape(w, field->of);
	else
		put_schema(w, &item, field->item, false);
	json_end(&w->json);
}

/* The members of a schema object that is open already. */
static void put_schema(struct writer *w, const struct field *field, enum field_type type, bool nullable)
{
	struct json *json = &w->json;

	switch (type) {
	case FIELD_TEXT:
		put_type(json, "string", nullable);
		put_bounds(json, field, "minLength", "maxLength");
		break;
	case FIELD_ID:
		put_string(json, "pattern", "^[1-9][0-9]{0,18}$", nullable);
		break;
	case FIELD_INT:
		put_type(json, "integer", nullable);
		if (field->min || field->max) {
			json_int(json, "minimum", field->min);
			json_int(json, "maximum", field->max);
		}
		break;
	case FIELD_BOOL:
		put_type(json, "boolean", nullable);
		break;
	case FIELD_DECIMAL:
		put_string(json, "pattern", "^-?[0-9]{1,18}(\\.[0-9]+)?$", nullable);
		break;
	case FIELD_DATE:
		put_string(json, "format", "date", nullable);
		break;
	case FIELD_TIME:
		put_string(json, "format", "date-time", nullable);
		break;
	case FIELD_PERIOD:
		put_string(json, "pattern", "^[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$", nullable);
		break;
	case FIELD_CHOICE:
		put_choices(w, field->choices, nullable);
		break;
	case FIELD_OBJECT:
		put_shape_or_null(w, field->of, nullable);
		break;
	case FIELD_ARRAY:
		put_type(json, "array", nullable);
		put_bounds(json, field, "minItems", "maxItems");
		put_items(w, field, "items");
		break;
	case FIELD_MAP:
		put_type(json, "object", nullable);
		put_items(w, field, "additionalProperties");
		break;
	case FIELD_ANY:
		break;
	}
}

static void put_field(struct writer *w, const struct field *field, const char *key)
{
	/* A secret is told once: the stored answer to a repeated request has null in its place. */
	bool nullable = (field->flags & (FIELD_NULLABLE | FIELD_SECRET)) != 0;

	json_object(&w->json, key);
	put_schema(w, field, field->type, nullable);
	if (field->about)
		json_text(&w->json, "description", field->about);
	json_end(&w->json);
}

static void put_object(struct writer *w, const struct shape *shape)
{
	struct json *json = &w->json;

	json_text(json, "type", "object");
	json_array(json, "required");
	for (const struct field *field = shape->fields; field->name; field++)
		if (field->flags & FIELD_REQUIRED)
			json_text(json, NULL, field->name);
	json_end(json);
	json_object(json, "properties");
	for (const struct field *field = shape->fields; field->name; field++)
		put_field(w, field, field->name);
	json_end(json);
	json_bool(json, "additionalProperties", false);
}

static void put_parameter(struct writer *w, const char *name, const char *in, bool required, const char *about,
			  const struct field *field)
{
	struct json *json = &w->json;

	json_object(json, NULL);
	json_text(json, "name", name);
	json_text(json, "in", in);
	json_bool(json, "required", required);
	if (about)
		json_text(json, "description", about);
	json_object(json, "schema");
	put_schema(w, field, field->type, false);
	json_end(json);
	json_end(json);
}

static void put_path_parameters(struct writer *w, const char *path)
{
	for (const char *at = strchr(path, '{'); at; at = strchr(at + 1, '{')) {
		const char *end = strchr(at, '}');
		char *name = arena_strndup(w->mem, at + 1, (size_t)(end - at) - 1);
		bool is_id = !strcmp(name, "id") || text_ends(name, "_id");
		const struct field field = { .name = name, .type = is_id ? FIELD_ID : FIELD_TEXT };

		put_parameter(w, name, "path", true, NULL, &field);
	}
}

static void put_parameters(struct writer *w, const struct route *route)
{
	static const struct field text = { .type = FIELD_TEXT };
	static const struct field language = { .type = FIELD_CHOICE, .choices = "vi|en" };
	bool writes = strcmp(route->method, "GET") != 0;

	json_array(&w->json, "parameters");
	put_path_parameters(w, route->path);
	for (const struct field *field = route->query ? route->query->fields : NULL; field && field->name; field++)
		put_parameter(w, field->name, "query", (field->flags & FIELD_REQUIRED) != 0, field->about, field);
	put_parameter(w, "lang", "query", false, "Language of the sentences in errors.", &language);
	if (route->flags & ROUTE_IF_MATCH)
		put_parameter(w, "If-Match", "header", true, "The version that is being changed.", &text);
	if (route->flags & ROUTE_CREATES)
		put_parameter(w, "Idempotency-Key", "header", false,
			      "A repeat with the same key within 24 hours gets the first answer again.", &text);
	if (writes && !(route->flags & ROUTE_PUBLIC))
		put_parameter(w, "X-CSRF-Token", "header", false, "Required of writes by session cookie.", &text);
	if (route->flags & ROUTE_UPLOAD)
		put_parameter(w, "X-File-Name", "header", false, "The file's name, percent-encoded UTF-8.", &text);
	json_end(&w->json);
}

static void put_request_body(struct writer *w, const struct route *route)
{
	struct json *json = &w->json;

	if (!route->body && !(route->flags & ROUTE_UPLOAD))
		return;
	json_object(json, "requestBody");
	json_bool(json, "required", true);
	json_object(json, "content");
	if (route->flags & ROUTE_UPLOAD) {
		json_object(json, "application/octet-stream");
	} else {
		json_object(json, "application/json");
		json_object(json, "schema");
		put_shape(w, route->body);
		json_end(json);
	}
	json_end(json);
	json_end(json);
	json_end(json);
}

static void put_content(struct writer *w, const char *type, const struct shape *shape)
{
	struct json *json = &w->json;

	json_object(json, "content");
	json_object(json, type);
	if (shape) {
		json_object(json, "schema");
		put_shape(w, shape);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void put_responses(struct writer *w, const struct route *route)
{
	struct json *json = &w->json;
	bool reads = !strcmp(route->method, "GET");

	json_object(json, "responses");
	if (route->flags & ROUTE_CREATES)
		json_object(json, "201");
	else
		json_object(json, route->reply || reads ? "200" : "204");
	json_text(json, "description", "Done.");
	if (route->reply)
		put_content(w, "application/json", route->reply);
	else if (reads)
		put_content(w, strcmp(route->path, "/api/events") ? "*/*" : "text/event-stream", NULL);
	json_end(json);
	json_object(json, "default");
	json_text(json, "description", "What went wrong, and what to do next.");
	json_object(json, "content");
	json_object(json, "application/problem+json");
	json_object(json, "schema");
	json_text(json, "$ref", "#/components/schemas/problem");
	json_end(json);
	json_end(json);
	json_end(json);
	json_end(json);
	json_end(json);
}

/* "get_units_id" for GET /api/units/{id}. */
static const char *operation_id(struct writer *w, const struct route *route)
{
	struct buf out;

	buf_init(&out, w->mem, 0);
	for (const char *at = route->method; *at; at++)
		buf_add_char(&out, (char)(*at | 0x20));
	for (const char *at = route->path + strlen("/api"); *at; at++) {
		if (strchr("/-.", *at))
			buf_add_char(&out, '_');
		else if (*at != '{' && *at != '}')
			buf_add_char(&out, *at);
	}
	return out.data;
}

static void put_operation(struct writer *w, const struct route *route, const char *room)
{
	struct json *json = &w->json;
	char method[16] = "";

	for (size_t i = 0; i + 1 < sizeof(method) && route->method[i]; i++)
		method[i] = (char)(route->method[i] | 0x20);
	json_object(json, method);
	json_text(json, "operationId", operation_id(w, route));
	json_array(json, "tags");
	json_text(json, NULL, room);
	json_end(json);
	if (route->summary)
		json_text(json, "summary", route->summary);
	if (route->right)
		json_text(json, "x-right", route->right);
	if (route->flags & ROUTE_PUBLIC) {
		json_array(json, "security");
		json_end(json);
	}
	put_parameters(w, route);
	put_request_body(w, route);
	put_responses(w, route);
	json_end(json);
}

/* A path stands once in the document, with all its methods. */
static bool is_first_of_path(const struct route_table *const *tables, size_t table, size_t index)
{
	const char *path = tables[table]->routes[index].path;

	for (size_t i = 0; i <= table; i++)
		for (size_t k = 0; k < (i == table ? index : tables[i]->count); k++)
			if (!strcmp(tables[i]->routes[k].path, path))
				return false;
	return true;
}

static void put_path(struct writer *w, const struct route_table *const *tables, size_t count, const char *path)
{
	json_object(&w->json, path);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < tables[i]->count; k++)
			if (!strcmp(tables[i]->routes[k].path, path))
				put_operation(w, &tables[i]->routes[k], tables[i]->room);
	json_end(&w->json);
}

static const struct field problem_detail_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "field", .type = FIELD_TEXT, .about = "Where in the input: cells/3/value." },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape problem_detail = { NULL, problem_detail_fields };

static const struct field problem_fields[] = {
	{ .name = "type", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "For people, in their language." },
	{ .name = "status", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "For programs." },
	{ .name = "field", .type = FIELD_TEXT, .about = "The first input at fault." },
	{ .name = "revision", .type = FIELD_INT, .about = "With stale_version: the version that stands." },
	{ .name = "errors", .type = FIELD_ARRAY, .of = &problem_detail, .about = "All faults, at most 200." },
	{ .name = NULL },
};
static const struct shape problem = { "problem", problem_fields };

static void put_scheme(struct json *json, const char *name, const char *type, const char *key, const char *value,
		       const char *where)
{
	json_object(json, name);
	json_text(json, "type", type);
	json_text(json, key, value);
	if (where)
		json_text(json, "in", where);
	json_end(json);
}

static void put_components(struct writer *w)
{
	struct json *json = &w->json;

	json_object(json, "components");
	json_object(json, "securitySchemes");
	put_scheme(json, "session", "apiKey", "name", SESSION_COOKIE, "cookie");
	put_scheme(json, "token", "http", "scheme", "bearer", NULL);
	json_end(json);
	json_object(json, "schemas");
	for (size_t i = 0; i < w->component_count; i++) {
		json_object(json, w->components[i]->name);
		put_object(w, w->components[i]);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void put_security(struct json *json)
{
	json_array(json, "security");
	json_object(json, NULL);
	json_array(json, "session");
	json_end(json);
	json_end(json);
	json_object(json, NULL);
	json_array(json, "token");
	json_end(json);
	json_end(json);
	json_end(json);
}

void openapi_write(struct arena *mem, struct buf *out, const struct route_table *const *tables, size_t count)
{
	struct writer *w = ARENA_NEW(mem, struct writer);
	struct json *json = &w->json;

	w->mem = mem;
	collect(w, &problem);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < tables[i]->count; k++) {
			collect(w, tables[i]->routes[k].body);
			collect(w, tables[i]->routes[k].reply);
		}
	}
	json_start(json, out);
	json_object(json, NULL);
	json_text(json, "openapi", "3.1.0");
	json_object(json, "info");
	json_text(json, "title", "theodoi");
	json_text(json, "version", THEODOI_VERSION);
	json_end(json);
	put_security(json);
	json_object(json, "paths");
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < tables[i]->count; k++)
			if (route_is_api(&tables[i]->routes[k]) && is_first_of_path(tables, i, k))
				put_path(w, tables, count, tables[i]->routes[k].path);
	json_end(json);
	put_components(w);
	json_end(json);
	if (!json_finish(json))
		die("the API document is not balanced");
}
