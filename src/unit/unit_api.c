#include "unit/unit_api.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "base/embed.h"
#include "unit/unit.h"
#include "unit/unit_rules.h"

#define LINES "party|state|front"

static const struct field ref_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "path", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = 1000,
	  .about = "Codes from the topmost unit down, each ended by '/'." },
	{ 0 },
};
const struct shape unit_ref_shape = { "UnitRef", ref_fields };

static const struct field kind_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "In the language of the request." },
	{ .name = "line", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = LINES },
	{ .name = "position", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape kind_shape = { "UnitKind", kind_fields };

static const struct field kinds_fields[] = {
	{ .name = "kinds", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &kind_shape },
	{ 0 },
};
static const struct shape kinds_shape = { "UnitKindList", kinds_fields };

#define UNIT_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "name_en", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "line", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = LINES }, \
	{ .name = "parent_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "parent_name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "path", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = 1000 }, \
	{ .name = "province_id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "territory", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .about = "Official code of its territory." }, \
	{ .name = "children", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT32_MAX, \
	  .about = "Units directly below that are valid on the day asked for." }, \
	{ .name = "valid_from", .type = FIELD_DATE, .flags = FIELD_REQUIRED }, \
	{ .name = "valid_to", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .about = "Its first day as no unit." }, \
	{ .name = "successor_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX }

static const struct field unit_fields[] = { UNIT_FIELDS, { 0 } };
static const struct shape unit_shape = { "Unit", unit_fields };

static const struct field detail_fields[] = {
	UNIT_FIELDS,
	{ .name = "ancestors", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &unit_ref_shape,
	  .about = "From the topmost unit down." },
	{ 0 },
};
static const struct shape detail_shape = { "UnitDetail", detail_fields };

static const struct field list_query_fields[] = {
	{ .name = "parent_id", .type = FIELD_ID, .about = "Direct children of this unit." },
	{ .name = "under", .type = FIELD_ID, .about = "This unit and all below it." },
	{ .name = "q", .type = FIELD_TEXT, .max = UNIT_NAME_MAX, .about = "Name or code, without regard to tone marks." },
	{ .name = "kind", .type = FIELD_TEXT, .max = UNIT_CODE_MAX },
	{ .name = "valid_on", .type = FIELD_DATE, .about = "Without it, today." },
	{ .name = "after", .type = FIELD_ID, .about = "The cursor `next` of the page before." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = 500 },
	{ 0 },
};
static const struct shape list_query = { NULL, list_query_fields };

static const struct field list_fields[] = {
	{ .name = "units", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &unit_shape },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ 0 },
};
static const struct shape list_shape = { "UnitList", list_fields };

static const struct field create_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = UNIT_CODE_MAX },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = UNIT_NAME_MAX },
	{ .name = "name_en", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = UNIT_NAME_MAX },
	{ .name = "kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = UNIT_CODE_MAX },
	{ .name = "line", .type = FIELD_CHOICE, .flags = FIELD_NULLABLE, .choices = LINES,
	  .about = "Without it, that of the kind." },
	{ .name = "parent_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "territory", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = UNIT_CODE_MAX },
	{ .name = "valid_from", .type = FIELD_DATE, .flags = FIELD_NULLABLE, .about = "Without it, today." },
	{ 0 },
};
static const struct shape create_shape = { "UnitInput", create_fields };

static const struct field change_fields[] = {
	{ .name = "name", .type = FIELD_TEXT, .min = 1, .max = UNIT_NAME_MAX },
	{ .name = "name_en", .type = FIELD_TEXT, .min = 1, .max = UNIT_NAME_MAX },
	{ .name = "kind", .type = FIELD_TEXT, .min = 1, .max = UNIT_CODE_MAX },
	{ .name = "line", .type = FIELD_CHOICE, .choices = LINES },
	{ .name = "parent_id", .type = FIELD_ID, .about = "Moves the unit with all below it." },
	{ .name = "territory", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = UNIT_CODE_MAX,
	  .about = "Empty or null takes it away." },
	{ .name = "valid_from", .type = FIELD_DATE },
	{ 0 },
};
static const struct shape change_shape = { "UnitChange", change_fields };

static const struct field merge_fields[] = {
	{ .name = "successor_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "on", .type = FIELD_DATE, .flags = FIELD_REQUIRED, .about = "First day without the unit." },
	{ 0 },
};
static const struct shape merge_shape = { "UnitMerge", merge_fields };

static void write_date(struct json *json, const char *key, struct civil_date date)
{
	char text[CIVIL_TEXT_MAX];
	json_text(json, key, date.year ? civil_format_date(date, text) : NULL);
}

static void write_fields(struct json *json, const struct unit *unit)
{
	json_id(json, "id", unit->id);
	json_text(json, "code", unit->code);
	json_text(json, "name", unit->name);
	json_text(json, "name_en", unit->name_en);
	json_text(json, "kind", unit->kind);
	json_text(json, "line", unit->line);
	json_id(json, "parent_id", unit->parent_id);
	json_text(json, "parent_name", unit->parent_name);
	json_text(json, "path", unit->path);
	json_id(json, "province_id", unit->province_id);
	json_text(json, "territory", unit->territory);
	json_int(json, "children", unit->child_count);
	write_date(json, "valid_from", unit->valid_from);
	write_date(json, "valid_to", unit->valid_to);
	json_id(json, "successor_id", unit->successor_id);
	json_int(json, "version", unit->version);
}

static bool kinds(struct request *r)
{
	struct unit root;
	struct unit_kind *rows;
	size_t count;
	if (!unit_root(&r->call, &root) || !account_require(&r->call, RIGHT_UNIT_READ, root.path) ||
	    !unit_kinds(&r->call, &rows, &count))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "kinds");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		json_text(&r->json, "code", rows[i].code);
		json_text(&r->json, "name", r->lang == LANG_EN ? rows[i].name_en : rows[i].name);
		json_text(&r->json, "line", rows[i].line);
		json_int(&r->json, "position", rows[i].position);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static struct civil_date optional_date(const char *text)
{
	struct civil_date date = { 0 };
	if (text)
		civil_parse_date(text, &date);
	return date;
}

static bool list(struct request *r)
{
	struct unit_query query = {
		.parent_id = request_query_id(r, "parent_id"),
		.under_id = request_query_id(r, "under"),
		.q = request_query(r, "q"),
		.kind = request_query(r, "kind"),
		.valid_on = optional_date(request_query(r, "valid_on")),
		.after = request_query_id(r, "after"),
		.limit = request_limit(r, 50, 500),
	};
	struct unit *units;
	size_t count;
	if (!unit_list(&r->call, &query, &units, &count))
		return false;
	bool more = count > (size_t)query.limit;
	if (more)
		count = (size_t)query.limit;
	json_object(&r->json, NULL);
	json_array(&r->json, "units");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		write_fields(&r->json, &units[i]);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_id(&r->json, "next", more ? units[count - 1].id : 0);
	json_end(&r->json);
	return true;
}

/* The reply to a look at one unit and to every change of it. */
static bool reply_unit(struct request *r, id unit_id)
{
	struct unit unit, *ancestors;
	size_t count;
	if (!unit_read(&r->call, unit_id, &unit, &ancestors, &count))
		return false;
	reply_etag(r, unit.version);
	json_object(&r->json, NULL);
	write_fields(&r->json, &unit);
	json_array(&r->json, "ancestors");
	for (size_t i = 0; i < count; i++)
		unit_write_ref(&r->json, NULL, &ancestors[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static bool look(struct request *r)
{
	id unit_id = request_path_id(r, "id");
	return unit_id && reply_unit(r, unit_id);
}

static bool create(struct request *r)
{
	struct unit_input input = {
		.code = json_get_text(r->body, "code"),
		.name = json_get_text(r->body, "name"),
		.name_en = json_get_text(r->body, "name_en"),
		.kind = json_get_text(r->body, "kind"),
		.line = json_get_text(r->body, "line"),
		.territory = json_get_text(r->body, "territory"),
		.parent_id = json_get_id(r->body, "parent_id"),
		.valid_from = optional_date(json_get_text(r->body, "valid_from")),
	};
	struct unit unit;
	return unit_create(&r->call, &input, &unit) && reply_unit(r, unit.id);
}

static bool change(struct request *r)
{
	id unit_id = request_path_id(r, "id");
	struct unit_input input = {
		.name = json_get_text(r->body, "name"),
		.name_en = json_get_text(r->body, "name_en"),
		.kind = json_get_text(r->body, "kind"),
		.line = json_get_text(r->body, "line"),
		.territory = json_get_text(r->body, "territory"),
		.parent_id = json_get_id(r->body, "parent_id"),
		.valid_from = optional_date(json_get_text(r->body, "valid_from")),
	};
	if (json_is_null(json_object_get(r->body, "territory")))
		input.territory = "";
	struct unit unit;
	return unit_id && unit_change(&r->call, unit_id, request_if_match(r), &input, &unit) && reply_unit(r, unit_id);
}

static bool merge(struct request *r)
{
	id unit_id = request_path_id(r, "id");
	struct civil_date on = optional_date(json_get_text(r->body, "on"));
	struct unit unit;
	return unit_id && unit_merge(&r->call, unit_id, json_get_id(r->body, "successor_id"), on, &unit) &&
	       reply_unit(r, unit_id);
}

/* Maps are carried by the program and change with it only: the hash of their bytes is their version. */
static bool reply_map(struct request *r, const struct embedded_file *map)
{
	if (!map)
		return error_set(r->call.err, ERR_not_found, NULL, NULL);
	char digest[SHA256_HEX_MAX];
	const char *etag = arena_printf(r->call.mem, "\"%s\"", sha256_hex(map->data, map->size, digest));
	const char *had = request_header(r, "If-None-Match");
	reply_header(r, "ETag", etag);
	reply_header(r, "Cache-Control", "public, max-age=86400");
	if (had && strstr(had, etag)) {
		r->status = 304;
		return true;
	}
	reply_content(r, "application/json", map->data, map->size);
	return true;
}

static bool map_of_provinces(struct request *r)
{
	return reply_map(r, embedded_find("data/provinces.topojson"));
}

static bool map_of_communes(struct request *r)
{
	const char *code = request_path(r, "code");
	if (!unit_code_valid(code))
		return error_set(r->call.err, ERR_not_found, NULL, NULL);
	return reply_map(r, embedded_find(arena_printf(r->call.mem, "data/communes/%s.topojson", code)));
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/unit-kinds", .right = "unit.read", .class = CLASS_READ, .reply = &kinds_shape,
	  .act = kinds, .summary = "Lists the kinds of units." },
	{ .method = "GET", .path = "/api/units", .right = "unit.read", .class = CLASS_READ, .query = &list_query,
	  .reply = &list_shape, .act = list, .summary = "Lists units, searched by name or code." },
	{ .method = "GET", .path = "/api/units/{id}", .right = "unit.read", .class = CLASS_READ, .reply = &detail_shape,
	  .act = look, .summary = "Gives a unit with those above it." },
	{ .method = "POST", .path = "/api/units", .right = "unit.manage", .flags = ROUTE_CREATES, .class = CLASS_ENTRY,
	  .body = &create_shape, .reply = &detail_shape, .act = create, .summary = "Creates a unit." },
	{ .method = "PATCH", .path = "/api/units/{id}", .right = "unit.manage", .flags = ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY, .body = &change_shape, .reply = &detail_shape, .act = change,
	  .summary = "Renames, moves or otherwise changes a unit." },
	{ .method = "POST", .path = "/api/units/{id}/merge", .right = "unit.manage", .class = CLASS_ENTRY,
	  .body = &merge_shape, .reply = &detail_shape, .act = merge,
	  .summary = "Ends a unit and names its successor." },
	{ .method = "GET", .path = "/api/maps/provinces", .flags = ROUTE_PUBLIC, .class = CLASS_READ,
	  .act = map_of_provinces, .summary = "The provinces as TopoJSON." },
	{ .method = "GET", .path = "/api/maps/{code}", .flags = ROUTE_PUBLIC, .class = CLASS_READ,
	  .act = map_of_communes, .summary = "The communes of a province as TopoJSON." },
};

const struct route_table unit_routes = { "unit", routes, sizeof(routes) / sizeof(routes[0]) };
