#include "account/account.h"
#include "base/arena.h"
#include "indicator/indicator_api.h"
#include "indicator/indicator_rules.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

enum { TITLE_MAX = 300, TEXT_MAX_LENGTH = 4000, WORD_MAX_LENGTH = 100, ABOUT_MAX = 500, CUT_DAY_MAX = 28 };

/* A check compares; it has no range. */
#define CHECK_OPERATOR_WORDS "at_least|more|at_most|less|equal"

#define REPORT_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX }, \
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = INDICATOR_CODE_MAX }, \
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TITLE_MAX }, \
	{ .name = "resolution", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = WORD_MAX_LENGTH }, \
	{ .name = "instructions", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TEXT_MAX_LENGTH }, \
	{ .name = "frequency", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = FREQUENCY_WORDS }, \
	{ .name = "cut_day", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = CUT_DAY_MAX, \
	  .about = "Day on which the window of the figures begins; 0: the calendar period." }, \
	{ .name = "owner", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape }, \
	{ .name = "valid_from", .type = FIELD_TIME, .flags = FIELD_REQUIRED }

static const struct field row_fields[] = { REPORT_FIELDS, { 0 } };
static const struct shape row_shape = { "Report", row_fields };

static const struct field item_fields[] = {
	{ .name = "position", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = REPORT_ITEMS_MAX },
	{ .name = "section", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = WORD_MAX_LENGTH },
	{ .name = "required", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "evidence_required", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "indicator", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &indicator_shape },
	{ 0 },
};
static const struct shape item_shape = { "ReportItem", item_fields };

static const struct field check_fields[] = {
	{ .name = "left_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "operator", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = CHECK_OPERATOR_WORDS },
	{ .name = "right_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "about", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = ABOUT_MAX,
	  .about = "The sentence shown when it does not hold." },
	{ .name = "blocks", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "False: it only warns." },
	{ 0 },
};
static const struct shape check_shape = { "ReportCheck", check_fields };

static const struct field detail_fields[] = {
	REPORT_FIELDS,
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &item_shape,
	  .max = REPORT_ITEMS_MAX },
	{ .name = "checks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &check_shape,
	  .max = REPORT_CHECKS_MAX },
	{ .name = "may_change", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape detail_shape = { "ReportDetail", detail_fields };

static const struct field list_fields[] = {
	{ .name = "reports", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &row_shape },
	{ .name = "next", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "may_create", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape list_shape = { "ReportList", list_fields };

static const struct field item_input_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "section", .type = FIELD_TEXT, .max = WORD_MAX_LENGTH,
	  .about = "Without it, the indicator's group." },
	{ .name = "required", .type = FIELD_BOOL,
	  .about = "Without it, when the indicator has the form's frequency." },
	{ .name = "evidence_required", .type = FIELD_BOOL, .about = "Without it, as the definition says." },
	{ 0 },
};
static const struct shape item_input_shape = { "ReportItemInput", item_input_fields };

#define INPUT_FIELDS(flag) \
	{ .name = "title", .type = FIELD_TEXT, .flags = (flag), .min = 1, .max = TITLE_MAX }, \
	{ .name = "resolution", .type = FIELD_TEXT, .max = WORD_MAX_LENGTH }, \
	{ .name = "instructions", .type = FIELD_TEXT, .max = TEXT_MAX_LENGTH }, \
	{ .name = "cut_day", .type = FIELD_INT, .max = CUT_DAY_MAX }, \
	{ .name = "items", .type = FIELD_ARRAY, .flags = (flag), .of = &item_input_shape, .min = 1, \
	  .max = REPORT_ITEMS_MAX }, \
	{ .name = "checks", .type = FIELD_ARRAY, .of = &check_shape, .max = REPORT_CHECKS_MAX }

static const struct field create_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = INDICATOR_CODE_MAX },
	{ .name = "frequency", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = FREQUENCY_WORDS },
	{ .name = "owner_unit_id", .type = FIELD_ID, .about = "Without it, the caller's unit." },
	INPUT_FIELDS(FIELD_REQUIRED),
	{ 0 },
};
static const struct shape create_shape = { "ReportInput", create_fields };

static const struct field change_fields[] = { INPUT_FIELDS(0), { 0 } };
static const struct shape change_shape = { "ReportChange", change_fields };

static void write_members(struct json *json, const struct report *report, const struct unit *owner)
{
	json_id(json, "id", report->id);
	json_int(json, "version", report->version);
	json_text(json, "code", report->code);
	json_text(json, "title", report->title);
	json_text(json, "resolution", report->resolution);
	json_text(json, "instructions", report->instructions);
	json_text(json, "frequency", frequency_word(report->frequency));
	json_int(json, "cut_day", report->cut_day);
	unit_write_ref(json, "owner", owner);
	json_instant(json, "valid_from", report->valid_from);
}

static bool may_read(struct call *c)
{
	struct unit root;

	return unit_root(c, &root) && account_require(c, RIGHT_INDICATOR_READ, root.path);
}

static bool list(struct request *r)
{
	struct call *c = &r->call;
	struct report *reports;
	struct unit *owners, own = { 0 };
	size_t count;
	id *owner_ids;

	if (!may_read(c) || !report_list(c, &reports, &count))
		return false;
	owner_ids = ARENA_ARRAY(c->mem, id, count);
	for (size_t i = 0; i < count; i++)
		owner_ids[i] = reports[i].owner_unit_id;
	if (!unit_by_ids(c, owner_ids, count, NULL, &owners) ||
	    (c->actor && !unit_by_id(c, c->actor->unit_id, NULL, &own)))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "reports");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		write_members(&r->json, &reports[i], &owners[i]);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_null(&r->json, "next");
	json_bool(&r->json, "may_create", c->actor && account_may(c, RIGHT_INDICATOR_MANAGE, own.path));
	json_end(&r->json);
	return true;
}

static bool write_items(struct request *r, const struct report *report)
{
	struct unit *owners;
	id *owner_ids = ARENA_ARRAY(r->call.mem, id, report->item_count);

	for (size_t i = 0; i < report->item_count; i++)
		owner_ids[i] = report->items[i].indicator->owner_unit_id;
	if (!unit_by_ids(&r->call, owner_ids, report->item_count, NULL, &owners))
		return false;
	json_array(&r->json, "items");
	for (size_t i = 0; i < report->item_count; i++) {
		const struct report_item *item = &report->items[i];

		json_object(&r->json, NULL);
		json_int(&r->json, "position", item->position);
		json_text(&r->json, "section", item->section);
		json_bool(&r->json, "required", item->required);
		json_bool(&r->json, "evidence_required", item->evidence_required);
		indicator_write(&r->json, "indicator", item->indicator, &owners[i]);
		json_end(&r->json);
	}
	json_end(&r->json);
	return true;
}

static void write_checks(struct json *json, const struct report *report)
{
	json_array(json, "checks");
	for (size_t i = 0; i < report->check_count; i++) {
		const struct report_check *check = &report->checks[i];

		json_object(json, NULL);
		json_id(json, "left_id", check->left);
		json_text(json, "operator", target_operator_word(check->operator));
		json_id(json, "right_id", check->right);
		json_text(json, "about", check->about);
		json_bool(json, "blocks", check->blocks);
		json_end(json);
	}
	json_end(json);
}

static bool reply_report(struct request *r, id report_id)
{
	struct call *c = &r->call;
	const struct report *report;
	struct unit owner;

	if (!report_get(c, report_id, &report) || !unit_by_id(c, report->owner_unit_id, NULL, &owner))
		return false;
	reply_etag(r, report->version);
	json_object(&r->json, NULL);
	write_members(&r->json, report, &owner);
	if (!write_items(r, report))
		return false;
	write_checks(&r->json, report);
	json_bool(&r->json, "may_change", account_may(c, RIGHT_INDICATOR_MANAGE, owner.path));
	json_end(&r->json);
	return true;
}

static bool look(struct request *r)
{
	id report_id = request_path_id(r, "id");

	return report_id && may_read(&r->call) && reply_report(r, report_id);
}

static void take_items(struct call *c, const json_t *rows, enum frequency frequency, struct report_draft *out)
{
	size_t count = json_array_size(rows);
	id *ids = ARENA_ARRAY(c->mem, id, count);
	const char **sections = ARENA_ARRAY(c->mem, const char *, count);
	bool *required = ARENA_ARRAY(c->mem, bool, count);
	bool *evidence = ARENA_ARRAY(c->mem, bool, count);

	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);
		const struct indicator *indicator;
		struct error ignored = { .code = ERR_none };
		struct call look = *c;

		ids[i] = json_get_id(row, "indicator_id");
		sections[i] = json_get_text(row, "section");
		/* An unknown one is told of when the form is made. */
		look.err = &ignored;
		if (!indicator_by_id(&look, ids[i], NULL, &indicator))
			continue;
		required[i] = json_get_bool(row, "required", indicator->frequency == frequency);
		evidence[i] = json_get_bool(row, "evidence_required", indicator->evidence_required);
	}
	out->indicator_ids = ids;
	out->sections = sections;
	out->required = required;
	out->evidence_required = evidence;
	out->item_count = count;
}

static void take_checks(struct call *c, const json_t *rows, struct report_draft *out)
{
	size_t count = json_array_size(rows);
	struct report_check *checks = ARENA_ARRAY(c->mem, struct report_check, count);

	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);

		checks[i] = (struct report_check){
			.left = json_get_id(row, "left_id"),
			.right = json_get_id(row, "right_id"),
			.about = json_get_text(row, "about"),
			.blocks = json_get_bool(row, "blocks", false),
		};
		target_operator_parse(json_get_text(row, "operator"), &checks[i].operator);
	}
	out->checks = checks;
	out->check_count = count;
}

static bool create(struct request *r)
{
	struct call *c = &r->call;
	struct report_draft draft = {
		.code = json_get_text(r->body, "code"),
		.title = json_get_text(r->body, "title"),
		.resolution = json_get_text(r->body, "resolution"),
		.instructions = json_get_text(r->body, "instructions"),
		.cut_day = (int)json_get_int(r->body, "cut_day", 0),
		.owner_unit_id = json_get_id(r->body, "owner_unit_id"),
	};
	id made;

	if (!draft.owner_unit_id && c->actor)
		draft.owner_unit_id = c->actor->unit_id;
	frequency_parse(json_get_text(r->body, "frequency"), &draft.frequency);
	take_items(c, json_object_get(r->body, "items"), draft.frequency, &draft);
	take_checks(c, json_object_get(r->body, "checks"), &draft);
	return report_create(c, &draft, &made) && reply_report(r, made);
}

/* The items that stand, for a change that leaves them. */
static void keep_items(struct call *c, const struct report *report, struct report_draft *out)
{
	id *ids = ARENA_ARRAY(c->mem, id, report->item_count);
	const char **sections = ARENA_ARRAY(c->mem, const char *, report->item_count);
	bool *required = ARENA_ARRAY(c->mem, bool, report->item_count);
	bool *evidence = ARENA_ARRAY(c->mem, bool, report->item_count);

	for (size_t i = 0; i < report->item_count; i++) {
		ids[i] = report->items[i].indicator->id;
		sections[i] = report->items[i].section;
		required[i] = report->items[i].required;
		evidence[i] = report->items[i].evidence_required;
	}
	out->indicator_ids = ids;
	out->sections = sections;
	out->required = required;
	out->evidence_required = evidence;
	out->item_count = report->item_count;
}

static bool change(struct request *r)
{
	struct call *c = &r->call;
	id report_id = request_path_id(r, "id");
	const json_t *items = json_object_get(r->body, "items"), *checks = json_object_get(r->body, "checks");
	const char *text;
	const struct report *before;
	struct report_draft draft;

	if (!report_id || !report_get(c, report_id, &before) ||
	    !account_require(c, RIGHT_INDICATOR_MANAGE, before->owner_path))
		return false;
	draft = (struct report_draft){
		.title = before->title,
		.resolution = before->resolution,
		.instructions = before->instructions,
		.frequency = before->frequency,
		.cut_day = (int)json_get_int(r->body, "cut_day", before->cut_day),
		.checks = before->checks,
		.check_count = before->check_count,
	};
	if ((text = json_get_text(r->body, "title")) != NULL)
		draft.title = text;
	if ((text = json_get_text(r->body, "resolution")) != NULL)
		draft.resolution = text;
	if ((text = json_get_text(r->body, "instructions")) != NULL)
		draft.instructions = text;
	if (items)
		take_items(c, items, draft.frequency, &draft);
	else
		keep_items(c, before, &draft);
	if (checks)
		take_checks(c, checks, &draft);
	return report_change(c, report_id, request_if_match(r), &draft) && reply_report(r, report_id);
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/reports", .right = "indicator.read", .class = CLASS_READ,
	  .reply = &list_shape,
	  .act = list, .summary = "Lists report forms." },
	{ .method = "GET", .path = "/api/reports/{id}", .right = "indicator.read", .class = CLASS_READ,
	  .reply = &detail_shape, .act = look,
	  .summary = "Gives a report form with its indicators and checks." },
	{ .method = "POST", .path = "/api/reports", .right = "indicator.manage", .flags = ROUTE_CREATES,
	  .class = CLASS_ENTRY, .body = &create_shape, .reply = &detail_shape, .act = create,
	  .summary = "Makes a report form." },
	{ .method = "PATCH", .path = "/api/reports/{id}", .right = "indicator.manage",
	  .flags = ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY, .body = &change_shape, .reply = &detail_shape, .act = change,
	  .summary = "Makes a new version of a form; figures entered before keep theirs." },
};

const struct route_table report_routes = { "report", routes, sizeof(routes) / sizeof(routes[0]) };
