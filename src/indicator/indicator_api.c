#include "indicator/indicator_api.h"

#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/text.h"
#include "indicator/indicator_rules.h"
#include "indicator/indicator_store.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

enum { NAME_MAX_LENGTH = 300, TEXT_MAX_LENGTH = 2000, WORD_MAX_LENGTH = 100 };

static const struct field target_fields[] = {
	{ .name = "year", .type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 2000, .max = 2100 },
	{ .name = "operator", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = TARGET_OPERATOR_WORDS },
	{ .name = "value", .type = FIELD_DECIMAL, .flags = FIELD_REQUIRED },
	{ .name = "high", .type = FIELD_DECIMAL, .flags = FIELD_NULLABLE, .about = "Of a range." },
	{ 0 },
};
const struct shape target_shape = { "Target", target_fields };

/* What a definition says, in replies and, all of it optional, in changes. */
#define WORD_FIELDS(flag) \
	{ .name = "name", .type = FIELD_TEXT, .flags = (flag), .max = NAME_MAX_LENGTH }, \
	{ .name = "group", .type = FIELD_TEXT, .flags = (flag), .max = WORD_MAX_LENGTH }, \
	{ .name = "resolution", .type = FIELD_TEXT, .flags = (flag), .max = WORD_MAX_LENGTH }, \
	{ .name = "unit_of_measure", .type = FIELD_TEXT, .flags = (flag), .max = WORD_MAX_LENGTH }, \
	{ .name = "definition", .type = FIELD_TEXT, .flags = (flag), .max = TEXT_MAX_LENGTH }, \
	{ .name = "source", .type = FIELD_TEXT, .flags = (flag), .max = TEXT_MAX_LENGTH }
#define KIND_FIELDS(flag) \
	{ .name = "value_type", .type = FIELD_CHOICE, .flags = (flag), .choices = VALUE_TYPE_WORDS }, \
	{ .name = "accrual", .type = FIELD_CHOICE, .flags = (flag), .choices = ACCRUAL_WORDS, \
	  .about = "At a moment, in the period, or since 1 January." }, \
	{ .name = "frequency", .type = FIELD_CHOICE, .flags = (flag), .choices = FREQUENCY_WORDS }, \
	{ .name = "direction", .type = FIELD_CHOICE, .flags = (flag), .choices = DIRECTION_WORDS, \
	  .about = "Which way is better." }, \
	{ .name = "aggregation", .type = FIELD_CHOICE, .flags = (flag), .choices = AGGREGATION_WORDS, \
	  .about = "How a level's figure comes from those below it." }
#define SCALE_FIELDS(flag) \
	{ .name = "decimals", .type = FIELD_INT, .flags = (flag), .max = DECIMAL_PLACES_MAX }, \
	{ .name = "part_decimals", .type = FIELD_INT, .flags = (flag), .max = DECIMAL_PLACES_MAX, \
	  .about = "Of numerator and denominator." }, \
	{ .name = "factor", .type = FIELD_INT, .flags = (flag), .min = 1, .max = 1000000, \
	  .about = "Value = numerator / denominator x factor." }, \
	{ .name = "min", .type = FIELD_DECIMAL, .flags = (flag) | FIELD_NULLABLE }, \
	{ .name = "max", .type = FIELD_DECIMAL, .flags = (flag) | FIELD_NULLABLE }, \
	{ .name = "outlier_percent", .type = FIELD_INT, .flags = (flag), .max = 100000, \
	  .about = "Change against the unit's own median that is warned of; 0: none." }
#define REST_FIELDS(flag) \
	{ .name = "evidence_required", .type = FIELD_BOOL, .flags = (flag) }, \
	{ .name = "illustrative", .type = FIELD_BOOL, .flags = (flag), \
	  .about = "A demonstration's definition." }, \
	{ .name = "levels", .type = FIELD_ARRAY, .flags = (flag), .item = FIELD_TEXT, .max = 5, \
	  .about = LEVEL_WORDS }, \
	{ .name = "targets", .type = FIELD_ARRAY, .flags = (flag), .of = &target_shape, \
	  .max = INDICATOR_TARGETS_MAX }

#define INDICATOR_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX }, \
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = INDICATOR_CODE_MAX }, \
	WORD_FIELDS(FIELD_REQUIRED), KIND_FIELDS(FIELD_REQUIRED), SCALE_FIELDS(FIELD_REQUIRED), \
	REST_FIELDS(FIELD_REQUIRED), \
	{ .name = "owner", .type = FIELD_OBJECT, .of = &unit_ref_shape }, \
	{ .name = "valid_from", .type = FIELD_TIME, .flags = FIELD_REQUIRED }, \
	{ .name = "valid_to", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }

static const struct field indicator_fields[] = { INDICATOR_FIELDS, { 0 } };
const struct shape indicator_shape = { "Indicator", indicator_fields };

static const struct field version_fields[] = {
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX },
	{ .name = "valid_from", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "valid_to", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "changed_by", .type = FIELD_TEXT, .flags = FIELD_REQUIRED,
	  .about = "Full name; empty for the system." },
	{ .name = "change_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .max = TEXT_MAX_LENGTH },
	{ 0 },
};
static const struct shape version_shape = { "IndicatorVersion", version_fields };

static const struct field detail_fields[] = {
	INDICATOR_FIELDS,
	{ .name = "versions", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &version_shape,
	  .about = "Newest first." },
	{ .name = "may_change", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape detail_shape = { "IndicatorDetail", detail_fields };

static const struct field query_fields[] = {
	{ .name = "q", .type = FIELD_TEXT, .max = WORD_MAX_LENGTH,
	  .about = "Code or name, without regard to tone marks." },
	{ .name = "group", .type = FIELD_TEXT, .max = WORD_MAX_LENGTH },
	{ .name = "report_id", .type = FIELD_ID, .about = "Those of this form." },
	{ .name = "after", .type = FIELD_TEXT, .max = INDICATOR_CODE_MAX,
	  .about = "The cursor `next` of the page before." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = 500 },
	{ 0 },
};
static const struct shape query_shape = { NULL, query_fields };

static const struct field list_fields[] = {
	{ .name = "indicators", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &indicator_shape },
	{ .name = "next", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "may_create", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Whether the caller's own unit may own definitions." },
	{ 0 },
};
static const struct shape list_shape = { "IndicatorList", list_fields };

static const struct field create_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = INDICATOR_CODE_MAX },
	{ .name = "owner_unit_id", .type = FIELD_ID, .about = "Without it, the caller's unit." },
	WORD_FIELDS(0), KIND_FIELDS(0), SCALE_FIELDS(0), REST_FIELDS(0),
	{ 0 },
};
static const struct shape create_shape = { "IndicatorInput", create_fields };

static const struct field change_fields[] = {
	WORD_FIELDS(0), KIND_FIELDS(0), SCALE_FIELDS(0), REST_FIELDS(0),
	{ .name = "change_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1,
	  .max = TEXT_MAX_LENGTH },
	{ 0 },
};
static const struct shape change_shape = { "IndicatorChange", change_fields };

static bool may_read(struct call *c)
{
	struct unit root;

	return unit_root(c, &root) && account_require(c, RIGHT_INDICATOR_READ, root.path);
}

static bool list(struct request *r)
{
	struct call *c = &r->call;
	const char *q = request_query(r, "q");
	int limit = request_limit(r, 100, 500);
	struct indicator_query query = {
		.fold = q ? text_fold(c->mem, q) : NULL,
		.group = request_query(r, "group"),
		.report_id = request_query_id(r, "report_id"),
		.after_code = request_query(r, "after"),
		.limit = limit + 1,
	};
	struct indicator *indicators;
	struct unit *owners, own = { 0 };
	id *owner_ids;
	size_t count;
	bool more;

	if (!may_read(c) || !indicator_page(c, &query, &indicators, &count))
		return false;
	more = count > (size_t)limit;
	if (more)
		count = (size_t)limit;
	owner_ids = ARENA_ARRAY(c->mem, id, count);
	for (size_t i = 0; i < count; i++)
		owner_ids[i] = indicators[i].owner_unit_id;
	if (!unit_by_ids(c, owner_ids, count, NULL, &owners) ||
	    (c->actor && !unit_by_id(c, c->actor->unit_id, NULL, &own)))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "indicators");
	for (size_t i = 0; i < count; i++)
		indicator_write(&r->json, NULL, &indicators[i], &owners[i]);
	json_end(&r->json);
	json_text(&r->json, "next", more ? indicators[count - 1].code : NULL);
	json_bool(&r->json, "may_create", c->actor && account_may(c, RIGHT_INDICATOR_MANAGE, own.path));
	json_end(&r->json);
	return true;
}

static void write_versions(struct request *r, const struct indicator_version *versions,
			   const char *const *names, size_t count)
{
	json_array(&r->json, "versions");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		json_int(&r->json, "version", versions[i].version);
		json_instant(&r->json, "valid_from", versions[i].valid_from);
		json_instant(&r->json, "valid_to", versions[i].valid_to);
		json_text(&r->json, "changed_by", names[i]);
		json_text(&r->json, "change_reason", versions[i].reason);
		json_end(&r->json);
	}
	json_end(&r->json);
}

/* One definition with its versions: an Indicator with two members more. */
static bool reply_indicator(struct request *r, id indicator_id)
{
	struct call *c = &r->call;
	const struct indicator *indicator;
	struct indicator_version *versions;
	const char **names;
	struct unit owner;
	size_t count;
	id *accounts;

	if (!indicator_by_id(c, indicator_id, NULL, &indicator) ||
	    !unit_by_id(c, indicator->owner_unit_id, NULL, &owner) ||
	    !indicator_versions(c, indicator_id, &versions, &count))
		return false;
	accounts = ARENA_ARRAY(c->mem, id, count);
	names = ARENA_ARRAY(c->mem, const char *, count);
	for (size_t i = 0; i < count; i++)
		accounts[i] = versions[i].changed_by;
	if (!account_names(c, accounts, count, names))
		return false;
	reply_etag(r, indicator->version);
	json_object(&r->json, NULL);
	indicator_write_members(&r->json, indicator, &owner);
	write_versions(r, versions, names, count);
	json_bool(&r->json, "may_change", account_may(c, RIGHT_INDICATOR_MANAGE, owner.path));
	json_end(&r->json);
	return true;
}

static bool look(struct request *r)
{
	id indicator_id = request_path_id(r, "id");

	return indicator_id && may_read(&r->call) && reply_indicator(r, indicator_id);
}

/* Takes a word over when the body has it. */
static void take_text(const json_t *body, const char *key, const char **out)
{
	const char *text = json_get_text(body, key);

	if (text)
		*out = text;
}

static void take_words(const json_t *body, struct indicator *out)
{
	const char *word;

	take_text(body, "name", &out->name);
	take_text(body, "group", &out->group);
	take_text(body, "resolution", &out->resolution);
	take_text(body, "unit_of_measure", &out->unit_of_measure);
	take_text(body, "definition", &out->definition);
	take_text(body, "source", &out->source);
	/* The shape has checked the words. */
	if ((word = json_get_text(body, "value_type")) != NULL)
		value_type_parse(word, &out->type);
	if ((word = json_get_text(body, "accrual")) != NULL)
		accrual_parse(word, &out->accrual);
	if ((word = json_get_text(body, "frequency")) != NULL)
		frequency_parse(word, &out->frequency);
	if ((word = json_get_text(body, "direction")) != NULL)
		direction_parse(word, &out->direction);
	if ((word = json_get_text(body, "aggregation")) != NULL)
		aggregation_parse(word, &out->aggregation);
}

/* A bound: absent stays, null takes it away. */
static bool take_bound(struct call *c, const json_t *body, const char *key, int decimals, bool *has,
		       int64_t *out)
{
	const json_t *value = json_object_get(body, key);

	if (!value)
		return true;
	*has = !json_is_null(value);
	return !*has || decimal_parse(json_string_value(value), decimals, out, key, c->err);
}

static bool take_targets(struct call *c, const json_t *body, struct indicator *out)
{
	const json_t *rows = json_object_get(body, "targets");
	size_t count = json_array_size(rows);
	struct target *targets;

	if (!rows)
		return true;
	targets = ARENA_ARRAY(c->mem, struct target, count);
	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);
		const char *high = json_get_text(row, "high");

		targets[i].year = (int)json_get_int(row, "year", 0);
		target_operator_parse(json_get_text(row, "operator"), &targets[i].operator);
		if (!decimal_parse(json_get_text(row, "value"), out->decimals, &targets[i].value,
				   arena_printf(c->mem, "targets/%zu/value", i), c->err))
			return false;
		if (targets[i].operator == TARGET_RANGE && !high)
			return error_set(c->err, ERR_field_required,
					 arena_printf(c->mem, "targets/%zu/high", i), NULL);
		if (high && !decimal_parse(high, out->decimals, &targets[i].high,
					   arena_printf(c->mem, "targets/%zu/high", i), c->err))
			return false;
	}
	out->targets = targets;
	out->target_count = count;
	return true;
}

static bool take_levels(struct call *c, const json_t *body, struct indicator *out)
{
	const json_t *rows = json_object_get(body, "levels");

	if (!rows)
		return true;
	out->levels = 0;
	for (size_t i = 0; i < json_array_size(rows); i++) {
		unsigned level = level_parse(json_string_value(json_array_get(rows, i)));

		if (!level)
			return error_set(c->err, ERR_field_choice, arena_printf(c->mem, "levels/%zu", i),
					 LEVEL_WORDS, NULL);
		out->levels |= level;
	}
	return true;
}

/* Numbers already there are at the old scale: they are taken to the new one with it. */
static bool rescale(struct call *c, struct indicator *out, int from)
{
	struct target *targets = ARENA_ARRAY(c->mem, struct target, out->target_count);

	if (out->decimals == from)
		return true;
	if (out->decimals < 0 || out->decimals > DECIMAL_PLACES_MAX ||
	    !decimal_rescale(out->min, from, out->decimals, &out->min) ||
	    !decimal_rescale(out->max, from, out->decimals, &out->max))
		return error_set(c->err, ERR_decimals_invalid, "decimals", NULL);
	for (size_t i = 0; i < out->target_count; i++) {
		targets[i] = out->targets[i];
		if (!decimal_rescale(targets[i].value, from, out->decimals, &targets[i].value) ||
		    !decimal_rescale(targets[i].high, from, out->decimals, &targets[i].high))
			return error_set(c->err, ERR_number_too_large, "targets", NULL);
	}
	out->targets = targets;
	return true;
}

/* Puts the members of the body into a definition. */
static bool take_body(struct call *c, const json_t *body, struct indicator *out)
{
	int from = out->decimals;

	take_words(body, out);
	out->decimals = (int)json_get_int(body, "decimals", out->decimals);
	out->part_decimals = (int)json_get_int(body, "part_decimals", out->part_decimals);
	out->factor = json_get_int(body, "factor", out->factor);
	out->outlier_percent = (int)json_get_int(body, "outlier_percent", out->outlier_percent);
	out->evidence_required = json_get_bool(body, "evidence_required", out->evidence_required);
	out->illustrative = json_get_bool(body, "illustrative", out->illustrative);
	return rescale(c, out, from) && take_bound(c, body, "min", out->decimals, &out->has_min, &out->min) &&
	       take_bound(c, body, "max", out->decimals, &out->has_max, &out->max) &&
	       take_targets(c, body, out) && take_levels(c, body, out);
}

static bool create(struct request *r)
{
	struct call *c = &r->call;
	bool percentage = text_equal(json_get_text(r->body, "value_type"), "percentage");
	struct indicator definition = {
		.code = json_get_text(r->body, "code"),
		.frequency = FREQUENCY_MONTH,
		.decimals = percentage ? 2 : 0,
		.factor = percentage ? 100 : 1,
		.owner_unit_id = json_get_id(r->body, "owner_unit_id"),
	};
	id made;

	if (!definition.owner_unit_id && c->actor)
		definition.owner_unit_id = c->actor->unit_id;
	return take_body(c, r->body, &definition) && indicator_create(c, &definition, &made) &&
	       reply_indicator(r, made);
}

static bool change(struct request *r)
{
	struct call *c = &r->call;
	id indicator_id = request_path_id(r, "id");
	const struct indicator *before;
	struct indicator definition;

	if (!indicator_id || !indicator_by_id(c, indicator_id, NULL, &before))
		return false;
	definition = *before;
	return account_require(c, RIGHT_INDICATOR_MANAGE, before->owner_path) &&
	       take_body(c, r->body, &definition) &&
	       indicator_change(c, indicator_id, request_if_match(r), &definition,
				json_get_text(r->body, "change_reason")) &&
	       reply_indicator(r, indicator_id);
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/indicators", .right = "indicator.read", .class = CLASS_READ,
	  .query = &query_shape, .reply = &list_shape, .act = list, .summary = "Lists definitions by code." },
	{ .method = "GET", .path = "/api/indicators/{id}", .right = "indicator.read", .class = CLASS_READ,
	  .reply = &detail_shape, .act = look, .summary = "Gives a definition with its versions." },
	{ .method = "POST", .path = "/api/indicators", .right = "indicator.manage", .flags = ROUTE_CREATES,
	  .class = CLASS_ENTRY, .body = &create_shape, .reply = &detail_shape, .act = create,
	  .summary = "Defines an indicator." },
	{ .method = "PATCH", .path = "/api/indicators/{id}", .right = "indicator.manage",
	  .flags = ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY, .body = &change_shape, .reply = &detail_shape, .act = change,
	  .summary = "Makes a new version of a definition; figures entered before keep theirs." },
};

const struct route_table indicator_routes = { "indicator", routes, sizeof(routes) / sizeof(routes[0]) };
